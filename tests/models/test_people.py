"""The register: marks need a basis, two entries become one, and families act for each other."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from models import people
from models.accounts import Grant, actor_of
from models.base import NotFound, Refused, now, today
from models.events import IMPORT
from models.ledgers import Ledger, LedgerKind
from models.ledgers.looking import look_of
from models.needs import Need
from models.people import MandateKind, MandateWay, Person, PersonState, Tag, TagBasis
from models.people.acting import for_account
from models.permissions import Permission
from models.working_time import start_of
from tests import builders
from tests.cast import Cast


def test_a_mark_without_a_basis_counts_nowhere(db: Any, cast: Cast) -> None:
    clerk, person = actor_of(cast.clerk), cast.neighbor
    person.set_tag(Tag.LONELY_ELDER, by=clerk, basis=None)
    assert people.consented_tags([person.id]) == {}
    person.set_tag(Tag.LONELY_ELDER, by=clerk, basis=TagBasis.CONSENT, basis_on=date(2026, 1, 1))
    assert people.consented_tags([person.id]) == {person.id: {Tag.LONELY_ELDER}}
    with pytest.raises(Refused, match="basis_day_needed"):
        person.set_tag(Tag.ELDER, by=clerk, basis=TagBasis.STATUTORY_LIST)


def test_everything_a_merged_person_did_stays_theirs(db: Any, cast: Cast) -> None:
    clerk, twin = actor_of(cast.clerk), builders.person(cast.community, "王桂兰")
    need = builders.need(cast.community, author=twin)
    for one in (twin, cast.neighbor):
        one.set_tag(Tag.ELDER, by=clerk, basis=TagBasis.CONSENT, basis_on=date(2026, 1, 1))
    twin.merge_into(cast.neighbor, "同一人登记了两次，已电话核实", by=clerk)
    db.session.expire_all()
    assert need.author_person_id == cast.neighbor.id
    assert (twin.state, twin.merged_into_id) == (PersonState.MERGED, cast.neighbor.id)
    with pytest.raises(Refused, match="person_not_here"):
        twin.edit("王", by=clerk)


def test_a_merger_needs_a_reason_and_one_community(db: Any, cast: Cast) -> None:
    clerk, stranger = actor_of(cast.clerk), builders.person(cast.other_community, "赵")
    with pytest.raises(Refused, match="merge_reason_needed"):
        cast.neighbor.merge_into(builders.person(cast.community), "短", by=clerk)
    with pytest.raises(Refused, match="other_community"):
        cast.neighbor.merge_into(stranger, "同一人登记了两次，已电话核实", by=clerk)


@pytest.mark.parametrize("first", [PersonState.MOVED, PersonState.DIED, PersonState.REFUSES])
def test_people_move_die_refuse_and_come_back(db: Any, cast: Cast, first: PersonState) -> None:
    clerk = actor_of(cast.clerk)
    cast.neighbor.move_to(first, by=clerk)
    with pytest.raises(Refused, match="not_from_here"):
        cast.neighbor.move_to(PersonState.MERGED, by=clerk)
    cast.neighbor.move_to(PersonState.ACTIVE, by=clerk)
    assert cast.neighbor.state == PersonState.ACTIVE


def test_a_mandate_is_recorded_shown_and_revocable(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    elder = builders.person(cast.community, "陈奶奶", grid_id=cast.grid.id)
    mandate = elder.give_mandate(cast.resident, MandateKind.FAMILY, MandateWay.ON_SIGHT, by=clerk)
    assert [one.person_id for one in people.acts_for(actor_of(cast.resident))] == [elder.id]
    with pytest.raises(Refused, match="mandate_exists"):
        elder.give_mandate(cast.resident, MandateKind.FAMILY, MandateWay.PHONE, by=clerk)
    with pytest.raises(Refused, match="mandate_needs_grid"):
        elder.give_mandate(cast.worker, MandateKind.GRID, MandateWay.PHONE, by=clerk)
    elder.give_mandate(cast.grid_worker, MandateKind.GRID, MandateWay.PHONE, by=clerk)
    mandate.revoke(by=actor_of(cast.resident))
    assert people.acts_for(actor_of(cast.resident)) == []


def _reached(db: Any, account: Any) -> list[int]:
    return list(db.session.scalars(for_account(account.id, account.person_id, now())))


def test_a_mandate_that_was_given_up_to_a_day_ends_with_that_day(db: Any, cast: Cast, clock: Any) -> None:
    clerk, today_ = actor_of(cast.clerk), today()
    elder = builders.person(cast.community, "陈奶奶", grid_id=cast.grid.id)
    with pytest.raises(Refused, match="mandate_day_passed"):
        elder.give_mandate(
            cast.resident, MandateKind.FAMILY, MandateWay.PHONE, by=clerk, last_day=today_ - timedelta(days=1)
        )
    mandate = elder.give_mandate(
        cast.resident, MandateKind.FAMILY, MandateWay.PHONE, by=clerk, last_day=today_ + timedelta(days=2)
    )
    need = builders.need(cast.community, author=elder)
    assert people.acts_for(actor_of(cast.resident))[0].last_day == today_ + timedelta(days=2)
    assert people.acts_for(actor_of(cast.resident))[0].person_id in _reached(db, cast.resident)
    assert Need.find(need.public_id, Need.visible_to(actor_of(cast.resident), Permission.OWN)) == need
    third = start_of(today_ + timedelta(days=3))
    clock.read = lambda: third - timedelta(seconds=1)
    assert people.acts_for(actor_of(cast.resident))
    clock.read = lambda: third
    assert people.acts_for(actor_of(cast.resident)) == []
    assert elder.id not in _reached(db, cast.resident)
    with pytest.raises(NotFound):
        Need.find(need.public_id, Need.visible_to(actor_of(cast.resident), Permission.OWN))
    [told] = people.acting_for(elder.id)
    assert told.over and not told.taken_back and told.last_day == today_ + timedelta(days=2)
    with pytest.raises(Refused, match="mandate_is_over"):
        mandate.revoke(by=clerk)
    elder.give_mandate(cast.resident, MandateKind.FAMILY, MandateWay.PHONE, by=clerk)


def test_a_grid_worker_who_leaves_the_grid_acts_for_nobody_there(db: Any, cast: Cast) -> None:
    clerk, head = actor_of(cast.clerk), actor_of(cast.head)
    elder = builders.person(cast.community, "陈奶奶", grid_id=cast.grid.id)
    elder.give_mandate(cast.grid_worker, MandateKind.GRID, MandateWay.PHONE, by=clerk)
    assert elder.id in _reached(db, cast.grid_worker)
    grant = db.session.scalars(select(Grant).where(Grant.account_id == cast.grid_worker.id)).one()
    cast.grid_worker.leave(by=head, grants=[grant])
    assert elder.id not in _reached(db, cast.grid_worker)
    assert people.acting_for(elder.id)[0].over


def test_members_of_a_household_act_for_each_other(db: Any, cast: Cast) -> None:
    husband = builders.person(cast.community, "老李")
    husband.live_with(cast.neighbor, by=actor_of(cast.clerk))
    assert [one.kind for one in people.acts_for(actor_of(cast.resident))] == [None]


def looked_at(cast: Cast, text: str) -> tuple[Ledger, list[tuple[int, str]]]:
    """Return a list as whoever runs the house drops it in, and which cells of it are wrong."""
    one = Ledger.receive(cast.community, "a.csv", text.encode(), LedgerKind.RESIDENTS, by=IMPORT)
    one.check(IMPORT)
    return one, sorted((fault["line"], fault["field"]) for fault in look_of(one)["faults"])


def test_a_file_names_every_faulty_line_and_enters_the_rest_once(db: Any, cast: Cast) -> None:
    text = "姓名,电话,楼栋,标签,依据,依据日期\n张三,13900001111,3栋,残疾,名册,2026-01-01\n,1,,,,\n李四,12,3,,,\n王五,,,独居,,\n"
    for added, known, notes in ((3, 0, [(4, "phone")]), (0, 3, [])):
        one, faults = looked_at(cast, text)
        assert (one.added, one.unchanged) == (added, known)
        assert faults == [(3, "name"), (3, "phone"), *notes]
        if added:
            one.start(by=IMPORT)
            assert list(one.bring_in(by=IMPORT))[-1] == added
        else:
            with pytest.raises(Refused, match="ledger_brings_nothing"):
                one.start(by=IMPORT)
    with pytest.raises(Refused, match="ledger_not_now"):
        next(one.bring_in(by=IMPORT))
    entered = {p.name: p for p in db.session.query(Person).filter(Person.import_id.is_not(None))}
    assert people.consented_tags([p.id for p in entered.values()]) == {entered["张三"].id: {Tag.DISABLED}}


def test_ten_thousand_lines_are_read_within_seconds(db: Any, cast: Cast) -> None:
    text = "姓名,楼栋,房号\n" + "".join(f"居民{n},{n % 40},{n}\n" for n in range(10_000))
    assert looked_at(cast, text)[0].added == 10_000
