"""Nothing unmasked leaves but by two people: one says what for, another agrees, and it lasts for days and three times."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from models import unmasked_files
from models.accounts import Grant, actor_of
from models.base import Refused, now, travel
from models.base import db as database
from models.desk import Filters
from models.events import Event
from models.needs import Field
from models.permissions import Permission, approve_each_other
from models.states import UnmaskedFileState
from models.tellings import Telling
from models.unmasked_files import MOST_TAKINGS, OPEN_FOR, UnmaskedFile, UnmaskedKind, Wanted
from tests import builders
from tests.cast import Cast

WHY = "区里周五核对高龄补贴，用后删除"


def asked(cast: Cast, kind: UnmaskedKind = UnmaskedKind.RESIDENTS, by: Any = None, **more: Any) -> UnmaskedFile:
    return UnmaskedFile.ask(cast.community, Wanted(kind, **more), WHY, by=actor_of(by or cast.clerk))


def agreed(cast: Cast, kind: UnmaskedKind = UnmaskedKind.RESIDENTS, **more: Any) -> UnmaskedFile:
    one = asked(cast, kind, **more)
    one.approve(by=actor_of(cast.head))
    return one


def test_a_clerk_asks_a_head_agrees_and_the_clerk_takes_everything_in_full(db: Any, cast: Cast) -> None:
    builders.person(cast.community, "欧阳建国", phone="13811112222", building="3", unit="2", room="601")
    one = agreed(cast)
    assert one.rows == 2 and one.is_open and one.open_until == one.decided_at + OPEN_FOR  # type: ignore[operator]
    sheet = one.take(by=actor_of(cast.clerk))
    row = dict(zip(sheet.columns, next(row for row in sheet.rows if row[0] == "欧阳建国"), strict=True))
    assert (row["联系电话"], row["楼栋"], row["单元"], row["房号"]) == ("13811112222", "3", "2", "601")
    events = database.session.scalars(select(Event).where(Event.verb.startswith("unmasked_file")).order_by(Event.id))
    assert [event.verb for event in events] == ["unmasked_file.ask", "unmasked_file.approve", "unmasked_file.take"]
    taken = database.session.scalars(select(Event).where(Event.verb == "unmasked_file.take")).one()
    assert taken.details == {"kind": "RESIDENTS", "rows": 2, "masked": False, "time": 1}
    assert WHY not in str([event.details for event in database.session.scalars(select(Event))])
    told = database.session.execute(
        select(Telling.account_id, Telling.sentence).where(Telling.kind == "unmasked_files")
    )
    assert {(cast.head.id, "unmasked_asked"), (cast.street_officer.id, "unmasked_asked")} < set(map(tuple, told.all()))


def test_needs_leave_as_narrowed_and_in_full(db: Any, cast: Cast) -> None:
    author = builders.person(cast.community, "欧阳建国", phone="13811112222")
    builders.accepted(cast.community, actor_of(cast.clerk), Field.HEALTH, text="请打 13811112222", author=author,
                      place_detail="5栋2单元301")  # fmt: skip
    builders.need(cast.community)
    builders.need(cast.other_community)
    one = agreed(cast, UnmaskedKind.NEEDS, filters=Filters(field=Field.HEALTH))
    assert one.choice == {"tab": "all", "field": "HEALTH"}
    (row,) = one.take(by=actor_of(cast.clerk)).rows
    assert {"欧阳建国", "13811112222", "请打 13811112222"} <= set(row) and "301" in str(row)
    assert asked(cast, UnmaskedKind.NEEDS).rows == 2


@pytest.mark.parametrize(
    "kind", [UnmaskedKind.SERVED, UnmaskedKind.VOLUNTEERS, UnmaskedKind.PROJECTS, UnmaskedKind.WORK_ORDERS]
)
def test_a_list_of_nobody_is_not_asked_for(db: Any, cast: Cast, kind: UnmaskedKind) -> None:
    with pytest.raises(Refused, match="nothing_to_export"):
        asked(cast, kind)


def test_nobody_agrees_to_what_they_asked_for(db: Any, cast: Cast) -> None:
    one = asked(cast, by=cast.head)
    for act in (lambda: one.approve(by=actor_of(cast.head)), lambda: one.refuse(WHY, by=actor_of(cast.head))):
        with pytest.raises(Refused, match="unmasked_own"):
            act()
    # The street above is always another pair of eyes.
    one.approve(by=actor_of(cast.street_officer))
    assert one.state == UnmaskedFileState.APPROVED
    one.decided_by_id = one.asked_by_id
    with pytest.raises(IntegrityError, match="decided_by_another"), database.session.begin_nested():
        database.session.flush()


def test_only_whoever_may_see_numbers_and_that_list_there_asks(db: Any, cast: Cast) -> None:
    for account in (cast.street_officer, cast.other_clerk, cast.grid_worker, cast.worker, cast.auditor, cast.resident):
        with pytest.raises(Refused, match="unmasked_not_yours"):
            asked(cast, by=account)
    for words in ("", "要用", "  要核对补贴   "):
        with pytest.raises(Refused, match="unmasked_reason_short"):
            UnmaskedFile.ask(cast.community, Wanted(UnmaskedKind.RESIDENTS), words, by=actor_of(cast.clerk))


def test_it_is_taken_by_whoever_asked_three_times_within_three_days(db: Any, cast: Cast) -> None:
    one, clerk = asked(cast), actor_of(cast.clerk)
    with pytest.raises(Refused, match="not_from_here"):
        one.take(by=clerk)
    one.approve(by=actor_of(cast.head))
    for account in (cast.head, cast.two_hats):
        with pytest.raises(Refused, match="unmasked_of_another"):
            one.take(by=actor_of(account))
        with pytest.raises(Refused, match="unmasked_of_another"):
            one.withdraw(by=actor_of(account))
    with travel(now() + OPEN_FOR - timedelta(minutes=1)):
        assert one.take(by=clerk).rows
    with travel(now() + OPEN_FOR), pytest.raises(Refused, match="unmasked_over"):
        one.take(by=clerk)
    for _ in range(MOST_TAKINGS - 1):
        one.take(by=clerk)
    assert not one.is_open
    for act in (
        lambda: one.take(by=clerk),
        lambda: one.withdraw(by=clerk),
        lambda: one.refuse(WHY, by=actor_of(cast.head)),
    ):
        with pytest.raises(Refused, match="unmasked_over"):
            act()
    one.taken = MOST_TAKINGS + 1
    with pytest.raises(IntegrityError, match="taken_few_times"), database.session.begin_nested():
        database.session.flush()


def test_a_refusal_says_why_and_a_yes_can_be_taken_back(db: Any, cast: Cast) -> None:
    one, head = asked(cast), actor_of(cast.head)
    with pytest.raises(Refused, match="unmasked_reason_short"):
        one.refuse("不行", by=head)
    one.approve(by=head)
    with pytest.raises(Refused, match="not_from_here"):
        one.approve(by=actor_of(cast.street_officer))
    one.refuse("核对已经改期，下周再申请", by=actor_of(cast.street_officer))
    assert (one.state, one.open_until) == (UnmaskedFileState.REFUSED, None)
    for act in (one.take, one.withdraw):
        with pytest.raises(Refused, match="not_from_here"):
            act(by=actor_of(cast.clerk))
    other = asked(cast)
    other.withdraw(by=actor_of(cast.clerk))
    with pytest.raises(Refused, match="not_from_here"):
        other.approve(by=head)


def test_whoever_lost_the_role_takes_nothing_along(db: Any, cast: Cast) -> None:
    one = agreed(cast)
    grant = database.session.scalars(select(Grant).where(Grant.account_id == cast.clerk.id)).one()
    grant.ended_at = now()
    database.session.flush()
    with pytest.raises(Refused, match="unmasked_not_yours"):
        one.take(by=actor_of(cast.clerk))


def test_it_stands_open_to_committee_street_and_auditor_there_alone(db: Any, cast: Cast) -> None:
    asked(cast)
    for account, decides in (
        (cast.clerk, False),
        (cast.head, True),
        (cast.street_officer, True),
        (cast.auditor, False),
    ):
        (card,), _ = unmasked_files.cards(actor_of(account))
        assert (card.reason, card.asked_by, card.decides) == (WHY, "李晓梅", decides)
    for account in (cast.other_clerk, cast.other_head, cast.resident, cast.worker):
        assert unmasked_files.cards(actor_of(account)) == ([], None)
    assert unmasked_files.count_waiting(actor_of(cast.head)) == 1 and not unmasked_files.count_waiting(
        actor_of(cast.clerk)
    )
    asks, agrees = frozenset({Permission.ASK_UNMASKED}), frozenset({Permission.APPROVE_UNMASKED})
    assert approve_each_other(asks, agrees)
