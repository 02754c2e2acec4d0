"""An office drops its own sheets in: understood by meaning, looked at, brought in whole, taken back, taken along."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select

from models import ledgers, people, vault
from models.accounts import Grant, actor_of
from models.base import Refused, now, travel
from models.base import db as database
from models.events import Event, EventSubject
from models.ledgers import Ledger, LedgerKind, LedgerState, looking
from models.ledgers.recognizing import recognize
from models.needs import Need
from models.people import Person, PersonState, Tag
from models.permissions import Permission
from models.projects import Project
from models.sheets import read
from models.states import NeedState, ProjectState
from tests.cast import Cast
from web import jobs


def workbook(rows: Sequence[Sequence[Any]], *merged: str, title: str = "Sheet1") -> bytes:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def untidy(courtyard: str) -> bytes:
    """Return a list of residents as offices keep them."""
    return workbook(
        [
            ["晋阳社区居民台账（2026年）"],
            ["填表单位：晋阳社区居委会", None, None, "更新日期：2026-11-01"],
            ["序号", "居民姓名（必填）", "性别", "出生日期", "本人手机号码", "所在小区", "楼栋", "单元", "房号", "人群类别", "依据", "依据日期", "备注"],
            [1, "张 三", "男", "1956年3月", "１３９００００１１１１", courtyard, "３栋", "2单元", 501, "独居老人", "法定名册", "2026/1/5", "耳背"],
            [2, "李　梅", "女", "1988.7", "139 0000 2222、028-85551234", courtyard, None, "1", "302", None, None, None, None],
            [3, "欧阳\n小宝", "男性", 2018, None, "没有这个院", None, None, None, "儿童", None, None, None],
            [4, None, None, None, "13900003333", courtyard, "4", "1", "101", None, None, None, "没写名字"],
            [5, "王五", "不详", "看身份证", "139000", None, "5栋", None, None, None, None, None, None],
            [6, "张三", "男", 1956, "13900001111", courtyard, "3", "2", "501", None, None, None, "重复的"],
            ["序号", "居民姓名（必填）", "性别", "出生日期", "本人手机号码", "所在小区", "楼栋", "单元", "房号", "人群类别", "依据", "依据日期", "备注"],
            ["合计", 6], ["填表人：李晓梅", None, None, "审核人："],
        ],
        "A1:M1", "G4:G5",
    )  # fmt: skip


def drop(data: bytes, cast: Cast, name: str = "台账.xlsx", kind: LedgerKind | None = None, by: Any = None) -> Ledger:
    """Drop a file in and let the job read it."""
    one = Ledger.receive(cast.community, name, data, kind, by=actor_of(by or cast.clerk))
    if one.state == LedgerState.RECEIVED:
        one.check(actor_of(by or cast.clerk))
    return one


def bring(one: Ledger, cast: Cast) -> Ledger:
    one.start(by=actor_of(cast.clerk))
    database.session.commit()
    jobs.bring_ledger_in(one)
    return one


def test_an_untidy_list_of_residents_is_understood_as_it_is(db: Any, cast: Cast) -> None:
    one = drop(untidy(cast.courtyard.name), cast, "2026年最新.xlsx")
    assert (one.state, one.kind) == (LedgerState.CHECKED, LedgerKind.RESIDENTS)
    assert (one.rows, one.added, one.unchanged, one.outside) == (6, 4, 0, 1)
    card = ledgers.card(one, actor_of(cast.clerk))
    assert {c["title"]: c["field"] for c in card.columns} == {
        "序号": "", "居民姓名（必填）": "name", "性别": "gender", "出生日期": "birth", "本人手机号码": "phone",
        "所在小区": "courtyard", "楼栋": "building", "单元": "unit", "房号": "room", "人群类别": "tags", "依据": "basis",
        "依据日期": "basis_on", "备注": "",
    }  # fmt: skip
    faults = [(f.line, f.field, f.key, f.note) for f in card.faults]
    assert faults == [
        (7, "name", "cell_empty", False), (6, "courtyard", "courtyard_unknown", True), (8, "phone", "phone_invalid", True),
        (8, "birth", "day_invalid", True), (9, "name", "person_repeated", True),
    ]  # fmt: skip
    assert card.faults[0].text == f"4 · 139****3333 · {cast.courtyard.name} · 4 · 1 · 101 · 没写名字"
    assert card.faults[-1].value == "4" and len(card.sample) == 4


def test_residents_come_in_once_unseen_until_the_last_step(db: Any, cast: Cast) -> None:
    data = untidy(cast.courtyard.name)
    one, clerk = drop(data, cast), actor_of(cast.clerk)
    one.start(by=clerk)
    steps = one.bring_in(by=clerk)
    assert [next(steps), next(steps)] == [0, 4]
    assert people.register(clerk, Permission.READ_PEOPLE, words="张三")[0] == []
    coming = db.session.scalars(select(Person).where(Person.state == PersonState.COMING)).first()
    with pytest.raises(Exception, match="Person"):
        Person.find(coming.public_id, Person.visible_to(clerk, Permission.READ_PEOPLE))
    assert list(steps) == [4]
    db.session.expire_all()
    entered = {p.name: p for p in db.session.scalars(select(Person).where(Person.import_id == one.import_id))}
    assert set(entered) == {"张三", "李梅", "欧阳小宝", "王五"}
    zhang, li = entered["张三"], entered["李梅"]
    assert (zhang.birth_year, zhang.phone, zhang.door, zhang.courtyard_id) == (
        1956,
        "13900001111",
        "3-2-501",
        cast.courtyard.id,
    )
    assert (li.phone, li.building, li.gender) == ("13900002222", "3", "F"), "the merged cell reaches down"
    assert people.consented_tags([p.id for p in entered.values()]) == {zhang.id: {Tag.ELDER, Tag.LONELY_ELDER}}
    event = db.session.scalars(select(Event).where(Event.verb == "ledger.bring_in")).one()
    assert db.session.scalar(select(func.count()).where(EventSubject.event_id == event.id)) == 5
    again = drop(data, cast)
    assert (again.added, again.unchanged) == (0, 5) and again.same_before() is not None
    with pytest.raises(Refused, match="ledger_brings_nothing"):
        again.start(by=clerk)


def test_what_nobody_touched_is_taken_back_within_a_day(db: Any, cast: Cast) -> None:
    data = untidy(cast.courtyard.name)
    one = bring(drop(data, cast), cast)
    kept = db.session.scalars(select(Person).where(Person.name == "李梅")).one()
    kept.confirm(by=actor_of(cast.clerk))
    with pytest.raises(Refused, match="only_the_importer_undoes"):
        one.undo(by=actor_of(cast.head))
    with travel(timedelta(hours=25)), pytest.raises(Refused, match="undo_too_late"):
        one.undo(by=actor_of(cast.clerk))
    assert one.undo(by=actor_of(cast.clerk)) == 3 and one.state == LedgerState.UNDONE
    left = db.session.scalars(select(Person).where(Person.import_id == one.import_id)).all()
    assert sorted((p.state, p.name, p.phone_lookup is None) for p in left) == [
        ("ACTIVE", "李梅", False), ("ERASED", "—", True), ("ERASED", "—", True), ("ERASED", "—", True),
    ]  # fmt: skip
    assert drop(data, cast).added == 3, "the list may come again"


def test_a_ledger_that_breaks_off_leaves_nothing(db: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    one = drop(untidy(cast.courtyard.name), cast)
    before = db.session.scalar(select(func.count(Person.id)))
    one.start(by=actor_of(cast.clerk))
    steps = one.bring_in(by=actor_of(cast.clerk))
    next(steps), next(steps)
    one.give_up("ledger_broke_off", by=actor_of(cast.clerk))
    assert one.state == LedgerState.FAILED and db.session.scalar(select(func.count(Person.id))) == before


def test_columns_said_by_hand_are_remembered_for_the_community_and_kind(db: Any, cast: Cast) -> None:
    rows = [["甲", "乙", "丙"], ["赵六", "13900004444", "9"], ["钱七", "13900005555", "8"]]
    one, clerk = drop(workbook(rows), cast), actor_of(cast.clerk)
    assert ledgers.card(one, clerk).lacking == ("name",)
    with pytest.raises(Refused, match="ledger_columns_lack"):
        one.start(by=clerk)
    with pytest.raises(Refused, match="column_twice"):
        one.read_by_hand(LedgerKind.RESIDENTS, 1, {0: "name", 1: "name"}, by=clerk)
    one.read_by_hand(LedgerKind.RESIDENTS, 1, {0: "name", 1: "phone", 2: "building"}, by=clerk)
    one.check(clerk)
    assert one.added == 2
    bring(one, cast)
    rows[1:] = [["孙八", "13900006666", "7"]]
    again = drop(workbook(rows), cast)
    assert (again.kind, again.added) == (LedgerKind.RESIDENTS, 1)
    assert [c["field"] for c in ledgers.card(again, clerk).columns] == ["name", "phone", "building"]


def test_work_orders_come_in_as_needs_and_go_again(db: Any, cast: Cast) -> None:
    rows = [
        ["12345热线派单汇总表（11月）"], ["工单编号", "来电人", "来电号码", "诉求标题", "诉求内容描述", "受理时间", "办结时限"],
        ["２０２６１１０１", "刘先生", "１３８ ００１３ ８０００", "路灯不亮", "三单元门口路灯坏了一周", "2026年11月1日 9时05分", "2026-11-08"],
        ["20261102", None, None, None, None, "2026-11-02", None],
    ]  # fmt: skip
    with travel(now().replace(year=2026, month=11, day=20)):
        one = drop(workbook(rows), cast)
        assert (one.kind, one.added, one.outside) == (LedgerKind.WORK_ORDERS, 1, 1)
        bring(one, cast)
        need = db.session.scalars(select(Need).where(Need.external_no == "20261101")).one()
        assert (need.hidden, need.title, need.state) == (False, "路灯不亮", NeedState.SUBMITTED)
        assert drop(workbook(rows), cast).unchanged == 1
        assert one.undo(by=actor_of(cast.clerk)) == 1
    db.session.expire_all()
    assert need.state == NeedState.WITHDRAWN and need.external_no is None


def test_running_projects_come_in_whole_and_go_again(db: Any, cast: Cast) -> None:
    rows = [
        ["在执行项目一览"], ["项目名称", "合同编号", "承接机构", "服务领域", "开始日期", "结束日期", "合同金额（元）"],
        ["独居老人陪伴", "清购〔2026〕001号", cast.organization.name, "扶老助残", "2026-01-01", "2026-12-31", "238000.00"],
        ["儿童课后托管", "清购〔2026〕002号", "没有这家", "支教助学", "2026/3/1", "2027/2/28", 96000],
    ]  # fmt: skip
    one = drop(workbook(rows), cast)
    assert (one.kind, one.added, one.outside) == (LedgerKind.PROJECTS, 1, 1)
    bring(one, cast)
    project = db.session.scalars(select(Project)).one()
    assert (project.state, project.budget) == (ProjectState.RUNNING, 23_800_000)
    sheet = ledgers.take(cast.community, LedgerKind.PROJECTS, by=actor_of(cast.clerk))
    assert sheet.columns[:2] == ("项目名称", "合同编号") and sheet.rows[0][0] == "独居老人陪伴"
    assert one.undo(by=actor_of(cast.clerk)) == 1 and project.state == ProjectState.TAKEN_BACK
    assert drop(workbook(rows), cast).added == 1


def test_what_leaves_can_be_read_here_again(db: Any, cast: Cast) -> None:
    bring(drop(untidy(cast.courtyard.name), cast), cast)
    sheet = ledgers.take(cast.community, LedgerKind.RESIDENTS, by=actor_of(cast.clerk))
    rows = {row[0]: row for row in sheet.rows}
    assert rows["张三"][3] == "139****1111" and rows["张三"][8:10] == ("老年人、独居老人", "法定名册")
    again = drop(workbook([sheet.columns, *([str(c or "") for c in row] for row in sheet.rows)]), cast)
    assert again.kind == LedgerKind.RESIDENTS and again.unchanged == len(sheet.rows) - again.added


def test_only_what_one_may_bring_in_is_offered(db: Any, cast: Cast) -> None:
    officer = actor_of(cast.street_officer)
    assert ledgers.kinds_of(officer) == [LedgerKind.PROJECTS]
    with pytest.raises(Refused, match="ledger_not_yours"):
        Ledger.receive(cast.community, "a.csv", b"x", LedgerKind.RESIDENTS, by=officer)
    with pytest.raises(Refused, match="ledger_not_yours"):
        ledgers.take(cast.community, LedgerKind.RESIDENTS, by=actor_of(cast.other_clerk))
    one = drop(untidy(cast.courtyard.name), cast)
    for actor in (officer, actor_of(cast.other_clerk)):
        assert list(db.session.scalars(Ledger.visible_to(actor, Permission.BRING_LEDGERS))) == []
    assert ledgers.card(one, actor_of(cast.clerk)).line.who == cast.clerk.name


def test_whoever_may_no_longer_do_so_brings_nothing_in(db: Any, cast: Cast) -> None:
    one = drop(untidy(cast.courtyard.name), cast)
    one.start(by=actor_of(cast.clerk))
    seat = db.session.scalars(select(Grant).where(Grant.account_id == cast.clerk.id)).one()
    cast.clerk.end_grant(seat, by=actor_of(cast.head))
    db.session.commit()
    assert jobs.bring_ledgers_in() == 0 and (one.state, one.failure) == (LedgerState.FAILED, "ledger_not_yours")


def test_what_is_no_sheet_fails_with_a_reason_and_files_are_shredded_in_time(db: Any, cast: Cast) -> None:
    broken = drop(b"PK\x03\x04 broken", cast)
    assert (broken.state, broken.failure) == (LedgerState.FAILED, "file_unreadable")
    one = bring(drop(untidy(cast.courtyard.name), cast), cast)
    left = drop(workbook([["姓名", "电话"], ["周九", ""]]), cast)
    kept = [one.file, one.look, left.file]
    with travel(timedelta(hours=25)):
        assert Ledger.sweep() == 2 and left.state == LedgerState.CHECKED
    with travel(timedelta(days=8)):
        Ledger.sweep()
    database.session.commit()
    assert left.state == LedgerState.PUT_AWAY and one.file is left.file is None
    for name in kept:
        with pytest.raises(FileNotFoundError):
            vault.store().get(name or "")
    assert looking.look_of(one)["faults"] == []


@pytest.mark.parametrize(
    ("cell", "door"),
    [
        ("桐梓林家园3栋2单元501", ("3", "2", "501")), ("3-2-501号", ("3", "2", "501")), ("武侯大道１２号５幢１０１室", ("5", "", "101")),
        ("5号楼2单元12层1203室", ("5", "2", "1203")), ("武侯大道", ("", "", "")),
    ],
)  # fmt: skip
def test_a_whole_address_is_read_into_building_unit_and_room(cell: str, door: tuple[str, str, str]) -> None:
    from models.people.lines import read_line
    from models.sheets import Row

    _, person = read_line(Row(2, {"name": "张三", "address": cell}), {}, lenient=True)
    assert person is not None and (person.building or "", person.unit or "", person.room or "") == door


def test_an_identity_number_gives_year_and_gender_and_goes_no_further(db: Any, cast: Cast) -> None:
    rows = [["姓名", "身份证号码"], ["张三", "51010719560305123X"], ["李四", "510107198807051228"]]
    one = bring(drop(workbook(rows), cast), cast)
    found = {
        p.name: (p.gender, p.birth_year)
        for p in db.session.scalars(select(Person).where(Person.import_id == one.import_id))
    }
    assert found == {"张三": ("M", 1956), "李四": ("F", 1988)}
    assert "51010719560305123X" not in str(looking.look_of(one)["sample"])


def test_a_nameless_column_of_phone_numbers_is_known_by_its_shape() -> None:
    sheet = read("a.csv", "姓名,栋,联系\n张三,1,13900001111\n李四,2,13900002222\n".encode())
    found = recognize(sheet, ledgers.KEEPERS, remembered={})
    assert found.fields == {"name": 0, "building": 1, "phone": 2}
