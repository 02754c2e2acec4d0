"""The to-notify list: whoever has no account is phoned, and each call is ticked."""

from __future__ import annotations

from typing import Any

import pytest

from models.accounts import actor_of
from models.doorkeeping import AccessNote
from models.tellings import Telling, TellingState
from tests import builders
from tests.cast import Cast


@pytest.fixture
def line(cast: Cast, db: Any) -> Telling:
    """Return a line of the list: somebody without an account, whose need was turned away."""
    from models.needs import RejectReason

    need = builders.need(cast.community, author=builders.person(cast.community, "冯德海"))
    need.reject(RejectReason.OUT_OF_SCOPE, "这件事归城管。", by=actor_of(cast.clerk))
    db.session.flush()
    found: Telling = db.session.query(Telling).filter_by(subject_id=need.id, state=TellingState.TO_PHONE).one()
    return found


def test_a_clerk_phones_and_ticks_and_the_line_is_gone(client_for: Any, cast: Cast, line: Telling) -> None:
    clerk = client_for(cast.clerk)
    page = clerk.get("/desk/calls")
    assert "冯德海" in page.text and "这件事归城管。" in page.text
    form = {"key": "0000-00000001", "outcome": "NO_ANSWER"}
    assert clerk.post(f"/tellings/{line.public_id}/ticks", data=form).status_code == 303
    assert clerk.post(f"/tellings/{line.public_id}/ticks", data=form).status_code == 303
    assert line.attempts == 1
    form = {"key": "0000-00000002", "outcome": "TOLD"}
    assert clerk.post(f"/tellings/{line.public_id}/ticks", data=form).status_code == 303
    assert "冯德海" not in clerk.get("/desk/calls").text
    form = {"key": "0000-00000003", "outcome": "TOLD"}
    assert clerk.post(f"/tellings/{line.public_id}/ticks", data=form).status_code == 422


def test_the_number_is_shown_on_request_and_logged(client_for: Any, cast: Cast, line: Telling, db: Any) -> None:
    clerk = client_for(cast.clerk)
    page = clerk.post(f"/tellings/{line.public_id}/contact-reveal")
    assert page.status_code == 200 and 'href="tel:138' in page.text
    fragment = clerk.post(f"/tellings/{line.public_id}/contact-reveal", headers={"HX-Request": "true"})
    assert 'href="tel:138' in fragment.text and "<html" not in fragment.text
    assert db.session.query(AccessNote).filter_by(what="reveal.phone", account_id=cast.clerk.id).count() == 2


def test_nobody_else_calls_ticks_or_looks(client_for: Any, cast: Cast, line: Telling) -> None:
    for account, status in ((cast.other_clerk, 404), (cast.resident, 403), (cast.street_officer, 403)):
        visitor = client_for(account)
        form = {"key": "0000-00000004", "outcome": "TOLD"}
        assert visitor.post(f"/tellings/{line.public_id}/ticks", data=form).status_code == status
        assert visitor.post(f"/tellings/{line.public_id}/contact-reveal").status_code == status
    assert client_for().get("/desk/calls").status_code == 302
    assert client_for(cast.resident).get("/desk/calls").status_code == 403
    assert client_for(cast.clerk).post(f"/tellings/{line.public_id}/ticks", data={"outcome": "x"}).status_code == 422


def test_the_list_goes_on_with_the_same_number_of_questions(
    client_for: Any, cast: Cast, line: Telling, count_queries: Any
) -> None:
    from models.tellings import tell

    clerk = client_for(cast.clerk)
    clerk.get("/desk/calls")
    with count_queries() as few:
        clerk.get("/desk/calls")
    people = [builders.person(cast.community, f"邻居{n}").id for n in range(30)]
    tell(("needs", line.subject_id), "need_split_out", people=people, community_id=cast.community.id, ticket="1")
    clerk.get("/desk/calls")
    with count_queries() as many:
        first = clerk.get("/desk/calls").text
    assert len(many) == len(few)
    second = clerk.get("/desk/calls?after=" + first.partition("?after=")[2][:10]).text
    assert first.count("data-row") == 25 and second.count("data-row") == 6
    assert clerk.get("/desk/calls?after=NOTTHERE00").status_code == 404


def test_whoever_asked_to_be_called_again_stays_on_the_list(client_for: Any, cast: Cast, line: Telling) -> None:
    clerk = client_for(cast.clerk)
    assert clerk.post(f"/tellings/{line.public_id}/ticks", data={"outcome": "AGAIN"}).status_code == 303
    assert (line.state, line.last_outcome, line.attempts) == ("TO_PHONE", "AGAIN", 1)
    assert "请改时间再打" in clerk.get("/desk/calls").text
