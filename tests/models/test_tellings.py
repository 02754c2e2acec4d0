"""Word reaches people: in the app where there is an account, by phone where there is none."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from models import tellings
from models.accounts import actor_of
from models.base import Refused, now, travel
from models.tellings import Telling, TellingState, tell
from tests import builders
from tests.cast import Cast


def lines_about(db: Any, need: Any) -> list[Telling]:
    """Return what was told about a need."""
    db.session.flush()
    return list(db.session.query(Telling).filter_by(kind="needs", subject_id=need.id))


def test_who_has_no_account_stands_on_the_list_and_who_has_one_does_not(db: Any, cast: Cast) -> None:
    need = builders.need(cast.community)
    cast.resident.password_hash = "set"
    alone = builders.person(cast.community, phone=None)
    people = [cast.neighbor.id, alone.id]
    tell(need, "need_resolved", people=people, community_id=cast.community.id, ticket="1")
    by_state = {line.state: line for line in lines_about(db, need)}
    assert by_state[TellingState.IN_APP].account_id == cast.resident.id
    assert by_state[TellingState.TO_PHONE].person_id == alone.id
    listed, more = tellings.page_to_phone(actor_of(cast.clerk))
    assert [(one.name, one.has_phone) for one in listed] == [("王桂兰", False)] and more is None
    assert tellings.page_to_phone(actor_of(cast.other_clerk)) == ([], None)


def test_a_word_among_staff_does_not_reach_those_who_follow(db: Any, cast: Cast) -> None:
    need = builders.need(cast.community)
    tellings.follow(need, by=actor_of(cast.resident))
    tell(need, "need_overdue", accounts=[cast.head.id], community_id=cast.community.id, followers=False, ticket="1")
    assert {line.account_id for line in lines_about(db, need)} == {cast.head.id}


def test_tries_count_by_day_and_since_an_instant(db: Any, cast: Cast) -> None:
    need, clerk = builders.need(cast.community), actor_of(cast.clerk)
    for hours in (0, 1, 30):
        with travel(timedelta(hours=hours)):
            tellings.attempt(need, "NO_ANSWER", by=clerk)
    assert tellings.days_tried(need) in (2, 3)
    assert tellings.days_tried(need, since=now() + timedelta(hours=20)) == 1


def test_a_line_is_told_once(db: Any, cast: Cast) -> None:
    need, clerk = builders.need(cast.community), actor_of(cast.clerk)
    tell(need, "need_resolved", people=[builders.person(cast.community).id], community_id=cast.community.id, ticket="1")
    line = lines_about(db, need)[0]
    line.tick("TOLD", by=clerk)
    assert (line.state, line.told_by_id) == (TellingState.TOLD, clerk.account_id)
    with pytest.raises(Refused, match="already_told"):
        line.tick("TOLD", by=clerk)


def test_a_contact_person_is_named_where_somebody_has_no_phone(db: Any, cast: Cast) -> None:
    need, daughter = builders.need(cast.community), builders.person(cast.community, "王小梅")
    old = builders.person(cast.community, "王老太", phone=None, contact_person_id=daughter.id)
    tell(need, "need_resolved", people=[old.id], community_id=cast.community.id, ticket="1")
    contact = tellings.contact_of(lines_about(db, need)[0])
    assert (contact.name, contact.through, contact.phone) == ("王老太", "王小梅", daughter.phone)
