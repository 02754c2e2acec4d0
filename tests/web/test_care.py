"""The counter of the people served: the page of a person, the round to walk, and a finding in one tap."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from models.accounts import actor_of
from models.base import now, today
from models.contact_terms import USUAL, terms_of
from models.needs import Need
from models.people import Tag, TagBasis
from tests import builders, serving
from tests.cast import Cast
from tests.models.test_care import LONG_AGO, alone


def key() -> str:
    return f"0000-{builders.number():08d}"


def test_a_worker_goes_from_a_visit_to_the_person_and_to_a_need(client_for: Any, cast: Cast, db: Any) -> None:
    person = cast.neighbor
    log = serving.log(serving.project(cast), cast.worker, person)
    worker = client_for(cast.worker)
    assert f"/served/{person.public_id}" in worker.get(f"/logs/{log.public_id}").text
    page = worker.get(f"/served/{person.public_id}")
    assert page.status_code == 200
    assert "上门探访" in page.text and f'name="person" value="{person.public_id}"' in page.text
    form = {"key": key(), "person": person.public_id, "log": log.public_id, "text": "楼道灯坏了", "agreed": "y"}
    assert worker.post("/findings", data={**form, "text": ""}).status_code == 422
    assert worker.post("/findings", data=form).status_code == 303
    worker.post("/findings", data=form)
    need = db.session.query(Need).one()
    assert (need.text, need.proactive) == ("楼道灯坏了", True)
    assert need.ticket_no in worker.get(f"/logs/{log.public_id}").text
    assert "主动发现" in client_for(cast.clerk).get(f"/desk/needs/{need.public_id}").text
    assert client_for(cast.other_worker).post("/findings", data={**form, "key": key()}).status_code == 404


def test_the_list_of_those_not_seen_follows_the_days_that_the_clerk_sets(client_for: Any, cast: Cast, db: Any) -> None:
    person, clerk = alone(cast), client_for(cast.clerk)
    serving.log(serving.project(cast), cast.worker, person, **LONG_AGO)
    never = builders.person(cast.community, "钱独居")
    never.set_tag(Tag.LONELY_ELDER, by=actor_of(cast.clerk), basis=TagBasis.CONSENT, basis_on=today())
    never.created_at = now() - timedelta(days=365)
    assert person.name in clerk.get("/long-unseen").text
    for page in ("/long-unseen", f"/served/{never.public_id}"):
        shown = clerk.get(page).text
        # The key of a form, drawn by lot, may hold the same three digits between others.
        assert "从没走访过" in shown and not re.search(r"(?<![0-9A-Za-z])365(?![0-9A-Za-z])", shown)
    assert person.name in client_for(cast.worker).get("/my-people?long=1").text
    days = {tag.value if tag else "NONE": str(value) for tag, value in USUAL.items()}
    assert clerk.get("/contact-terms").status_code == 200
    assert clerk.post("/contact-terms", data={"key": key(), **days, "ELDER": "366"}).status_code == 422
    assert clerk.post("/contact-terms", data={"key": key(), **days, "LONELY_ELDER": "21"}).status_code == 303
    assert sorted(terms_of([cast.community.id])[cast.community.id].values()) == [0, 0, 21, 30, 30, 30, 30]
    assert person.name not in clerk.get("/long-unseen").text
    assert "没联系" in client_for(cast.worker).get("/my-people?long=1").text
    assert client_for(cast.worker).get("/long-unseen").status_code == 403


def test_a_late_promise_stands_on_the_page(client_for: Any, cast: Cast, db: Any) -> None:
    need = builders.accepted(cast.community, actor_of(cast.clerk), author=cast.neighbor)
    need._plan(next_step="装扶手", next_step_at=now() - timedelta(days=1))
    page = client_for(cast.clerk).get(f"/served/{cast.neighbor.public_id}").text
    assert "装扶手" in page
    assert "TA" in client_for(cast.clerk).get(f"/people/{cast.neighbor.public_id}").text
