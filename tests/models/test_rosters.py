"""Lists of people served and of volunteers come in with the register, and leave again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from models import ledgers, rosters
from models.accounts import actor_of
from models.ledgers import LedgerKind
from models.people import Person, PersonState
from models.permissions import Permission
from models.rosters import Roster, RosterEntry
from tests.cast import Cast
from tests.models.test_ledgers import bring, drop, workbook

SERVED = [
    ["晋阳社区关爱服务对象名单"],
    ["姓名", "手机", "楼栋", "单元", "房号", "服务项目", "建档日期", "上次走访", "备注"],
    ["王桂兰", None, "5", "1", None, "没有这个项目", "2025年3月1日", "2025.10.30", "一人住"],
    ["赵 六", "１３９００００４４４４", "2", None, None, None, "看档案", None, None],
    ["王桂兰", None, "5栋", "1单元", None, None, None, None, None],
]
HELPING = [
    ["志愿者花名册"], ["志愿者姓名", "联系电话", "特长", "可服务时间", "累计服务时长（小时）"],
    ["钱七", "13900005555", "理发", "周末", "120.5小时"], ["孙八", "13900006666", None, None, "很多"],
]  # fmt: skip


def test_people_served_are_found_again_or_entered_and_put_on_the_list(db: Any, cast: Cast) -> None:
    one, clerk = drop(workbook(SERVED), cast, "名单.xlsx"), actor_of(cast.clerk)
    assert (one.kind, one.added, one.outside) == (LedgerKind.SERVED, 2, 0)
    assert {(f.line, f.key) for f in ledgers.card(one, clerk).faults} == {
        (3, "project_unknown"), (4, "day_invalid"), (5, "person_repeated"),
    }  # fmt: skip
    before = len(db.session.scalars(select(Person.id)).all())
    bring(one, cast)
    assert len(db.session.scalars(select(Person.id)).all()) == before + 1
    found, _ = rosters.lines(clerk, Permission.READ_PEOPLE, Roster.SERVED)
    assert [(line.name, line.phone, str(line.last_seen_on)) for line in found] == [
        ("赵六", "139****4444", "None"), ("王桂兰", cast.neighbor.phone[:3] + "****" + cast.neighbor.phone[-4:], "2025-10-30"),
    ]  # fmt: skip
    assert rosters.lines(actor_of(cast.other_clerk), Permission.READ_PEOPLE, Roster.SERVED)[0] == []
    assert drop(workbook(SERVED), cast).added == 0
    assert one.undo(by=clerk) == 1
    db.session.expire_all()
    assert rosters.lines(clerk, Permission.READ_PEOPLE, Roster.SERVED)[0] == []
    assert cast.neighbor.state == PersonState.ACTIVE and cast.neighbor.name == "王桂兰"
    assert drop(workbook(SERVED), cast).added == 2


def test_volunteers_keep_what_the_office_counted_as_told(db: Any, cast: Cast) -> None:
    one = bring(drop(workbook(HELPING), cast), cast)
    assert (one.kind, one.added, one.noted) == (LedgerKind.VOLUNTEERS, 2, 1)
    told = {e.skills: e.minutes_before for e in db.session.scalars(select(RosterEntry))}
    assert told == {"理发": 7230, None: None}
    sheet = ledgers.take(cast.community, LedgerKind.VOLUNTEERS, by=actor_of(cast.clerk))
    assert [row[0] for row in sheet.rows] == ["钱**", "孙**"] and sheet.rows[0][3] == "139****5555"
    again = drop(workbook([sheet.columns, *([str(c or "") for c in row] for row in sheet.rows)]), cast)
    assert again.kind == LedgerKind.VOLUNTEERS


def test_a_list_that_breaks_off_leaves_nobody_on_it(db: Any, cast: Cast) -> None:
    one, clerk = drop(workbook(HELPING), cast), actor_of(cast.clerk)
    before = len(db.session.scalars(select(Person.id)).all())
    one.start(by=clerk)
    steps = one.bring_in(by=clerk)
    next(steps), next(steps)
    assert rosters.lines(clerk, Permission.READ_PEOPLE, Roster.VOLUNTEERS)[0] == []
    one.give_up("ledger_broke_off", by=clerk)
    assert len(db.session.scalars(select(Person.id)).all()) == before
    assert db.session.scalars(select(RosterEntry)).all() == []
