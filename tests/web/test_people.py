"""The register at the counter: found by who may, masked until asked for, and every look noted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from models.base import today
from models.doorkeeping import AccessNote
from models.people import Person, consented_tags
from tests import builders
from tests.cast import Cast
from tests.visiting import Visitor

PAGES = {
    "clerk": ["/people", "/people/new", "/accounts/requests"],
    "head": ["/accounts", "/invitations", "/invitations/new", "/places"],
    "street_officer": ["/accounts", "/organizations", "/organizations/new", "/places"],
    "auditor": ["/audit", "/audit/access", "/audit/verification", "/accounts"],
    "administrator": ["/accounts", "/places", "/organizations"],
    "resident": ["/settings", "/settings/password", "/settings/sessions", "/my-data", "/privacy"],
}


def test_every_counter_opens_for_those_who_work_at_it(db: Any, cast: Cast, client_for: Callable[..., Visitor]) -> None:
    for part, pages in PAGES.items():
        visitor = client_for(getattr(cast, part))
        for page in pages:
            assert visitor.get(page).status_code == 200, (part, page)
    for page in ("/sign-up", "/sign-up/received", "/slip", "/privacy", "/privacy/2026-11", "/login"):
        assert client_for().get(page).status_code == 200, page
    clerk, head = client_for(cast.clerk), client_for(cast.head)
    for page in (f"/people/{cast.neighbor.public_id}", f"/people/{cast.neighbor.public_id}/edit"):
        assert clerk.get(page).status_code == 200, page
    for page in (f"/places/{cast.courtyard.public_id}", f"/places/{cast.community.public_id}/edit",
                 f"/places/{cast.grid.public_id}/places/new", f"/accounts/{cast.clerk.public_id}"):  # fmt: skip
        assert head.get(page).status_code == 200, page


def test_a_number_stays_masked_until_somebody_says_why_and_the_look_is_noted(
    db: Any, cast: Cast, client_for: Callable[..., Visitor]
) -> None:
    phone = Person.get(cast.neighbor.id).phone or ""
    clerk = client_for(cast.clerk)
    page = f"/people/{cast.neighbor.public_id}"
    assert phone not in clerk.get(page).text
    assert phone in clerk.post(f"{page}/reveal", data={"reason": "VISIT"}).text
    assert phone not in clerk.get(page).text
    note = db.session.scalars(select(AccessNote).where(AccessNote.what == "reveal.contact")).one()
    assert (note.account_id, note.subject_id, note.reason) == (cast.clerk.id, cast.neighbor.id, "VISIT")


def test_a_mandate_for_a_while_shows_its_last_day(db: Any, cast: Cast, client_for: Callable[..., Visitor]) -> None:
    clerk, page = client_for(cast.clerk), f"/people/{cast.neighbor.public_id}"
    phone = cast.grid_worker.phone
    for day in ("2026-02-30", "昨天", "9" * 30, "2020-01-01"):
        sent = {"phone": phone, "kind": "FAMILY", "way": "PHONE", "last_day": day}
        answer = clerk.post(f"{page}/mandates", data=sent)
        assert answer.status_code == 422, day
    last = today() + timedelta(days=30)
    sent = {"phone": phone, "kind": "FAMILY", "way": "PHONE", "last_day": last.isoformat()}
    assert clerk.post(f"{page}/mandates", data=sent).status_code == 303
    assert "为止" in clerk.get(page).text


def test_a_choice_of_spaces_is_no_choice(db: Any, cast: Cast, client_for: Callable[..., Visitor]) -> None:
    clerk, page = client_for(cast.clerk), f"/people/{cast.neighbor.public_id}"
    for spaces in (" ", "\u3000", "\n\t", "\x00"):
        answer = clerk.post(f"{page}/tags", data={"tag": "ELDER", "basis": spaces, "basis_on": ""})
        assert answer.status_code in (303, 422), repr(spaces)
    assert consented_tags([cast.neighbor.id]) == {}


def test_people_of_another_community_are_not_found(db: Any, cast: Cast, client_for: Callable[..., Visitor]) -> None:
    other = client_for(cast.other_clerk)
    page = f"/people/{cast.neighbor.public_id}"
    assert other.get(page).status_code == 404
    assert other.get(f"{page}/edit").status_code == 404
    for noun in ("/reveal", "/state", "/tags", "/merger", "/mandates", "/household", "/confirmation", ""):
        assert other.post(page + noun, data={"reason": "VISIT"}).status_code == 404, noun
    assert client_for(cast.worker).get("/people").status_code == 403
    assert client_for().get("/people").status_code == 302


def test_a_whole_number_finds_and_part_of_one_does_not(db: Any, cast: Cast, client_for: Callable[..., Visitor]) -> None:
    phone = Person.get(cast.neighbor.id).phone or ""
    clerk = client_for(cast.clerk)
    assert cast.neighbor.public_id in clerk.get(f"/people?q={phone}").text
    assert cast.neighbor.public_id not in clerk.get(f"/people?q={phone[:8]}").text
    assert cast.neighbor.public_id in clerk.get("/people?q=桂兰").text
    assert cast.neighbor.public_id not in clerk.get("/people?q=%25").text
    assert clerk.get("/people?state=NOBODY&tag=x&before=9e9&q=%00").status_code == 200


def test_an_entry_is_rewritten_marked_and_merged(db: Any, cast: Cast, client_for: Callable[..., Visitor]) -> None:
    clerk = client_for(cast.clerk)
    twin = builders.person(cast.community, "王桂兰", building="5", unit="1", courtyard_id=cast.courtyard.id)
    page = f"/people/{twin.public_id}"
    good = {"name": "王桂兰", "phone": "", "birth_year": "1950", "building": "5", "unit": "1", "room": "301"}
    assert clerk.post(page, data={**good, "birth_year": "１９５０"}).status_code == 422
    assert clerk.post(page, data=good).status_code == 303
    assert clerk.post(f"{page}/tags", data={"tag": "ELDER", "basis": "CONSENT"}).status_code == 422
    tag = {"tag": "ELDER", "basis": "CONSENT", "basis_on": "2026-01-05"}
    assert clerk.post(f"{page}/tags", data=tag).status_code == 303
    assert clerk.post(f"{page}/merger", data={"other": cast.neighbor.public_id, "why": "短"}).status_code == 422
    merged = {"other": cast.neighbor.public_id, "why": "同一人登记了两次，电话打过核实"}
    assert clerk.post(f"{page}/merger", data=merged).status_code == 303
    assert Person.get(twin.id).merged_into_id == cast.neighbor.id
    assert clerk.get(page).status_code == 200


def test_a_stale_edit_loses_nothing(db: Any, cast: Cast, client_for: Callable[..., Visitor]) -> None:
    clerk = client_for(cast.clerk)
    page = f"/people/{cast.neighbor.public_id}"
    version = Person.get(cast.neighbor.id).version
    assert clerk.post(page, data={"name": "王桂兰甲", "version": version}).status_code == 303
    answer = clerk.post(page, data={"name": "王桂兰乙", "version": version})
    assert answer.status_code == 409
    assert "王桂兰乙" in answer.text
