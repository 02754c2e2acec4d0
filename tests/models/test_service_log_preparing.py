"""A round of visits planned beforehand: slips to give at the door, which count when the record is approved."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from models.accounts import STRANGER, actor_of
from models.attendance import Attendance, NameLine, Outcome, Presence
from models.base import Refused, now, travel
from models.events import JOB
from models.people import Person
from models.ratings import (
    Answer,
    Rating,
    RatingContact,
    RatingInvitation,
    Unfit,
    contact_lines,
    contract_year,
    live,
    slips,
    to_hear,
)
from models.service_log import ServiceLog, ServiceMethod, counts, last_of
from models.states import AttendanceState, ProjectState, RatingState
from tests import builders, serving
from tests.cast import Cast


def planned(cast: Cast, of: Any, *people: Person, **more: Any) -> ServiceLog:
    values: dict[str, Any] = {"starts_at": now() + timedelta(hours=1), "minutes": 90, "title": "走访", **more}
    return ServiceLog.prepare_round(of, people, by=actor_of(cast.worker), **values)


def seat(log: ServiceLog, person: Person) -> Attendance:
    return Attendance.query.filter_by(log_id=log.id, person_id=person.id).one()


def test_slips_given_at_the_door_wait_for_the_record_and_no_word_of_the_worker_voids_them(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    met, away, left_out = serving.people(cast, 3)
    reached = Rating.community_id == cast.community.id
    log = planned(cast, of, met, away, left_out)
    assert {seat(log, one).state for one in (met, away, left_out)} == {AttendanceState.EXPECTED}
    assert RatingInvitation.print_slips(log, by=actor_of(cast.clerk)) == len(slips(log)) == 3
    invited = {one.person_id: one for one in db.session.scalars(select(RatingInvitation))}
    with travel(timedelta(hours=2)):
        first = Rating.give(invited[met.id], Answer(5), by=STRANGER)
        second = Rating.give(invited[away.id], Answer(5), by=STRANGER)
    with travel(timedelta(hours=3)):
        lines = (Presence(met), Presence(away, Outcome.NOT_IN))
        log.rewrite(serving.entry(people=lines, hours_ago=2), by=actor_of(cast.worker))
        # The third door is still to be called at: it stays on the list, and its slip is good.
        assert seat(log, left_out).state == AttendanceState.EXPECTED
        log.submit(by=actor_of(cast.worker))
        assert seat(log, left_out).absence == Outcome.TAKEN_BACK
        third = Rating.give(invited[left_out.id], Answer(1), by=STRANGER)
        assert to_hear(reached) == [], "the record may still change"
        assert counts(of).persons == 0 and first.state == RatingState.WAITING
        log.approve(by=actor_of(cast.supervisor))
        Rating.settle_waiting(by=actor_of(cast.clerk))
        assert [one.state for one in (first, second, third)] == [RatingState.VALID, *[RatingState.WAITING] * 2]
        asked = to_hear(reached)
        assert [(one.public_id, one.missed) for one in asked] == [(one.public_id, True) for one in (second, third)]
        with pytest.raises(Refused, match="no_witness_needed"):
            first.hear(confirmed=True, by=actor_of(cast.clerk))
        before = log.version, seat(log, away).version
        third.hear(confirmed=True, by=actor_of(cast.clerk))
        second.hear(confirmed=False, by=actor_of(cast.clerk))
        assert (third.state, second.invalid_reason) == (RatingState.VALID, Unfit.NOT_THE_PERSON)
        assert to_hear(reached) == [] and len(contact_lines(RatingContact.rating_id == third.id)) == 1
        # The record stays as it was written, and N as whoever served may count it.
        assert (log.version, seat(log, away).version) == before and counts(of).persons == 1
        Rating.settle_waiting(by=JOB)
        told = live(of, contract_year(of))
        assert (third.state, told.ratings, told.n) == (RatingState.VALID, 2, 2)


def test_a_round_that_never_was_is_no_record_and_no_example(db: Any, cast: Cast) -> None:
    of, worker = serving.project(cast), actor_of(cast.worker)
    before = serving.approved(cast, of, cast.neighbor, hours_ago=60)
    log = planned(cast, of, cast.neighbor)
    with pytest.raises(Refused, match="log_in_the_future"), db.session.begin_nested():
        log.submit(by=worker)
    with travel(timedelta(hours=4)):
        with pytest.raises(Refused, match="summary_needed"), db.session.begin_nested():
            log.submit(by=worker)
        with pytest.raises(Refused, match="visit_without_a_door"), db.session.begin_nested():
            log.rewrite(serving.entry(people=()), by=worker, submit=True)
        last = last_of(cast.worker.id, of, ServiceMethod.VISIT)
        assert last and last.started_at == before.started_at
        log.rewrite(serving.entry(people=(), names=(NameLine("刚搬来的"),)), by=worker, submit=True)


def test_nobody_is_called_at_twice_at_one_time(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    first, second = serving.people(cast, 2)
    planned(cast, of, first)
    with pytest.raises(Refused, match="round_planned_already"):
        planned(cast, of, second, first, starts_at=now() + timedelta(hours=2))
    planned(cast, of, second)
    planned(cast, of, first, starts_at=now() + timedelta(hours=3))


def test_what_cannot_be_planned_is_refused(db: Any, cast: Cast) -> None:
    of, elsewhere = serving.project(cast), builders.person(cast.other_community)
    with pytest.raises(Refused, match="round_without_a_door"):
        planned(cast, of)
    with pytest.raises(Refused, match="too_many_doors"):
        planned(cast, of, *[cast.neighbor] * 41)
    for hours in (-1, 24 * 32):
        with pytest.raises(Refused, match="round_not_ahead"):
            planned(cast, of, cast.neighbor, starts_at=now() + timedelta(hours=hours))
    for minutes in (0, 24 * 60 + 1):
        with pytest.raises(Refused, match=r"ends_before_it_starts|log_over_24_hours"):
            planned(cast, of, cast.neighbor, minutes=minutes)
    with pytest.raises(Refused, match="person_of_another_community"):
        planned(cast, of, elsewhere)
    with pytest.raises(Refused, match="project_not_running_then"):
        planned(cast, serving.project(cast, state=ProjectState.SUSPENDED), cast.neighbor)
    with pytest.raises(Refused, match="not_your_project"):
        ServiceLog.prepare_round(
            of, [cast.neighbor], now() + timedelta(hours=1), 60, title="走访", by=actor_of(cast.other_worker)
        )
