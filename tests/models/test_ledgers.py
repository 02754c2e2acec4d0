"""An office drops its own sheets in: understood by meaning, looked at, brought in whole, taken back, taken along."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

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
from models.rosters import RosterEntry
from models.sheets import read
from models.states import NeedState, ProjectState
from tests import builders, serving, untidy
from tests.cast import Cast
from tests.untidy import workbook
from web import jobs


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
    one = drop(untidy.residents(cast.courtyard.name), cast, "2026年最新.xlsx")
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
    data = untidy.residents(cast.courtyard.name)
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
    data = untidy.residents(cast.courtyard.name)
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
    one = drop(untidy.residents(cast.courtyard.name), cast)
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


def test_what_leaves_tells_strangers_nobody_and_comes_in_again_as_nobody(db: Any, cast: Cast) -> None:
    bring(drop(untidy.residents(cast.courtyard.name), cast), cast)
    sheet = ledgers.take(cast.community, LedgerKind.RESIDENTS, by=actor_of(cast.clerk))
    row = dict(zip(sheet.columns, next(row for row in sheet.rows if row[3] == "139****1111"), strict=True))
    assert (row["姓名"], row["联系电话"], row["标签"], row["标签依据"]) == (
        "张**",
        "139****1111",
        "老年人、独居老人",
        "法定名册",
    )
    assert row["楼栋"] and not any(row[name] for name in ("出生年份", "单元", "房号"))
    again = drop(workbook([sheet.columns, *([str(c or "") for c in row] for row in sheet.rows)]), cast)
    card = ledgers.card(again, actor_of(cast.clerk))
    assert again.kind == LedgerKind.RESIDENTS and (again.added, again.changed) == (0, 0)
    assert again.outside == len(sheet.rows) and len([one for one in card.faults if one.key == "name_is_masked"]) == len(
        sheet.rows
    )


def test_work_orders_leave_masked_and_lose_nothing_when_they_come_back(db: Any, cast: Cast) -> None:
    rows = [
        ["工单编号", "来电人", "来电号码", "诉求标题", "诉求内容描述", "受理时间", "地址"],
        [
            "W1",
            "刘建国",
            "13800138000",
            "路灯不亮",
            "刘建国来电：请打 13800138000，灯坏了",
            "2026-11-02",
            "纺织厂小区5栋2单元301",
        ],
    ]
    bring(drop(workbook(rows), cast, kind=LedgerKind.WORK_ORDERS), cast)
    sheet = ledgers.take(cast.community, LedgerKind.WORK_ORDERS, by=actor_of(cast.clerk))
    (row,) = sheet.rows
    cells = dict(zip(sheet.columns, row, strict=True))
    assert (cells["user"], cells["phone"], cells["address"]) == ("刘**", "138****8000", "纺织厂小区5栋")
    assert cells["text"] == "刘**来电：请打 ****，灯坏了"
    masked = workbook(
        [list(sheet.columns), [str(c or "")[:10] if c == cells["created_at"] else str(c or "") for c in row]]
    )
    again = drop(masked, cast, kind=LedgerKind.WORK_ORDERS)
    if again.changed:
        bring(again, cast)
    db.session.expire_all()
    need = db.session.scalars(select(Need)).one()
    assert need.text == "刘建国来电：请打 13800138000，灯坏了" and need.place_detail == "纺织厂小区5栋2单元301"


@pytest.mark.parametrize("kind", [LedgerKind.SERVED, LedgerKind.VOLUNTEERS, LedgerKind.WORK_ORDERS])
def test_each_kind_leaves_in_columns_that_are_read_as_that_kind(db: Any, cast: Cast, kind: LedgerKind) -> None:
    rows: list[list[Any]] = {
        LedgerKind.SERVED: [["晋阳社区服务对象名单"], ["姓名", "联系电话", "楼栋"], ["孙阿姨", "13900007777", "3栋"]],
        LedgerKind.VOLUNTEERS: [
            ["晋阳社区志愿者花名册"],
            ["姓名", "联系电话", "楼栋"],
            ["孙阿姨", "13900007777", "3栋"],
        ],
        LedgerKind.WORK_ORDERS: [
            ["工单编号", "标题", "内容", "来电时间"],
            ["W1", "路灯不亮", "三单元的灯不亮", "2026-11-02"],
        ],
    }[kind]
    one = drop(workbook(rows), cast, kind=kind)
    bring(one, cast)
    sheet = ledgers.take(cast.community, kind, by=actor_of(cast.clerk))
    assert len(sheet.rows) == 1 and all(len(row) == len(sheet.columns) for row in sheet.rows)
    again = drop(workbook([list(sheet.columns), *([str(c or "") for c in row] for row in sheet.rows)]), cast, kind=kind)
    assert again.kind == kind and again.state == LedgerState.CHECKED and again.rows == 1


def test_only_what_one_may_bring_in_is_offered(db: Any, cast: Cast) -> None:
    officer = actor_of(cast.street_officer)
    assert ledgers.kinds_of(officer) == [LedgerKind.PROJECTS]
    with pytest.raises(Refused, match="ledger_not_yours"):
        Ledger.receive(cast.community, "a.csv", b"x", LedgerKind.RESIDENTS, by=officer)
    with pytest.raises(Refused, match="ledger_not_yours"):
        ledgers.take(cast.community, LedgerKind.RESIDENTS, by=actor_of(cast.other_clerk))
    one = drop(untidy.residents(cast.courtyard.name), cast)
    for actor in (officer, actor_of(cast.other_clerk)):
        assert list(db.session.scalars(Ledger.visible_to(actor, Permission.BRING_LEDGERS))) == []
    assert ledgers.card(one, actor_of(cast.clerk)).line.who == cast.clerk.name


def test_whoever_may_no_longer_do_so_brings_nothing_in(db: Any, cast: Cast) -> None:
    one = drop(untidy.residents(cast.courtyard.name), cast)
    one.start(by=actor_of(cast.clerk))
    seat = db.session.scalars(select(Grant).where(Grant.account_id == cast.clerk.id)).one()
    cast.clerk.end_grant(seat, by=actor_of(cast.head))
    db.session.commit()
    assert jobs.bring_ledgers_in() == 0 and (one.state, one.failure) == (LedgerState.FAILED, "ledger_not_yours")


def test_what_is_no_sheet_fails_with_a_reason_and_files_are_shredded_in_time(db: Any, cast: Cast) -> None:
    broken = drop(b"PK\x03\x04 broken", cast)
    assert (broken.state, broken.failure) == (LedgerState.FAILED, "file_unreadable")
    one = bring(drop(untidy.residents(cast.courtyard.name), cast), cast)
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

    _, person = read_line(Row(2, {"name": "张三", "address": cell}), {})
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


@pytest.mark.parametrize(
    ("kind", "rows", "added", "outside", "faults"),
    [
        (LedgerKind.RESIDENTS, 6, 4, 1,
         {"cell_empty", "courtyard_unknown", "phone_invalid", "day_invalid", "person_repeated"}),
        (LedgerKind.SERVED, 6, 4, 1, {"cell_empty", "person_repeated", "day_invalid", "project_unknown"}),
        (LedgerKind.VOLUNTEERS, 6, 4, 1,
         {"cell_empty", "person_repeated", "day_invalid", "cell_unknown", "phone_invalid"}),
        (LedgerKind.PROJECTS, 4, 2, 1,
         {"cell_empty", "organization_unknown", "field_unknown", "day_unreadable", "sum_unreadable"}),
        (LedgerKind.WORK_ORDERS, 5, 3, 2, {"cell_is_empty", "id_repeated"}),
    ],
)  # fmt: skip
def test_every_kind_comes_in_from_a_sheet_made_by_hand(
    db: Any, cast: Cast, kind: LedgerKind, rows: int, added: int, outside: int, faults: set[str]
) -> None:
    serving.project(cast, title="夕阳守护")
    data = untidy.of(kind, cast.courtyard.name, "夕阳守护", cast.organization.name)
    one = drop(data, cast, "2026年最新.xlsx")
    card = ledgers.card(one, actor_of(cast.clerk))
    assert (one.kind, one.rows, one.added, one.outside) == (kind, rows, added, outside)
    assert {fault.key for fault in card.faults} == faults
    bring(one, cast)
    assert (one.state, one.failure) == (LedgerState.DONE, None)
    # The same file twice changes nothing, and within a day everything can be taken back.
    again = drop(data, cast, "2026年最新.xlsx")
    assert (again.added, again.changed, again.unchanged >= added) == (0, 0, True)
    assert one.undo(by=actor_of(cast.clerk)) == added
    assert drop(data, cast, "2026年最新.xlsx").added == added


def test_what_offices_write_by_hand_is_read_as_it_is_meant(db: Any, cast: Cast) -> None:
    serving.project(cast, title="夕阳守护")
    for kind in (LedgerKind.SERVED, LedgerKind.VOLUNTEERS, LedgerKind.PROJECTS, LedgerKind.WORK_ORDERS):
        bring(drop(untidy.of(kind, cast.courtyard.name, "夕阳守护", cast.organization.name), cast), cast)
    listed = {p.name: (r, p) for r, p in db.session.execute(
        select(RosterEntry, Person).join(Person, Person.id == RosterEntry.person_id))}  # fmt: skip
    # Names are closed up, wide figures narrowed, a merged cell reaches down, a signature is nobody.
    assert set(listed) == {"孙桂芳", "周大爷", "吴阿姨", "郑奶奶", "钱多多", "冯强", "陈静", "褚卫"}
    assert (listed["孙桂芳"][1].phone, listed["孙桂芳"][1].door) == ("13800001122", "5-2-601")
    assert listed["周大爷"][0].project_id is not None and listed["周大爷"][1].phone is None
    assert str(listed["吴阿姨"][0].since) == "2025-11-30", "a day that became a number"
    assert (listed["钱多多"][0].number, listed["钱多多"][0].minutes_before) == ("ZY-001", 36 * 60 + 30)
    contracts = {p.contract_no: p for p in db.session.scalars(select(Project).where(Project.contract_no.is_not(None)))}
    first = contracts["清购〔2026〕011号"]
    assert (first.title, first.budget, str(first.ends_on)) == ("独居老人陪伴", 23_800_000, "2026-12-31")
    assert contracts["清购〔2026〕012号"].organization_id == cast.organization.id
    order = db.session.scalars(select(Need).where(Need.external_no == "20261104")).one()
    assert f"{order.raised_at:%Y-%m-%d %H:%M}" == "2026-11-03 04:00" and order.text.startswith("一楼下水堵了")


# What the register lacks of people it knows.


def known(cast: Cast) -> dict[str, Person]:
    """Let five people stand in the register, each with something lacking, or with something else than the sheet says."""
    return {
        "door only": builders.person(cast.community, "孙桂芳", building="5", unit="2", room="601", phone=None),
        "number only": builders.person(cast.community, "周大爷", phone="13800002222"),
        "another number": builders.person(cast.community, "吴阿姨", building="8", phone="13800009999"),
        "another door": builders.person(cast.community, "郑奶奶", phone="13800004444", building="1"),
        "bare": builders.person(cast.community, "冯强", phone=None),
    }


FILLING = [
    ["晋阳社区居民台账"], ["姓名", "电话", "性别", "小区", "楼栋", "单元", "房号"],
    ["孙桂芳", "１３８００００１１１１", "女", "{yard}", "5栋", "2", "601"],
    ["周大爷", "13800002222", None, "{yard}", "7", "1", "302"],
    ["吴阿姨", "13800003333", "女", None, "8", None, None],
    ["郑奶奶", "13800004444", None, None, "2", "1", "101"],
    ["冯强", "13800005555", None, None, "9", "1", "101"],
    ["孙桂芳", "13800001111", None, None, "5", "2", "601"],
]  # fmt: skip


def filling(cast: Cast) -> bytes:
    return workbook(
        [[cell and cell.replace("{yard}", cast.courtyard.name) for cell in row] for row in FILLING], "A1:G1"
    )


def test_a_list_fills_what_the_register_lacks_of_known_people_and_writes_nothing_over(db: Any, cast: Cast) -> None:
    people_, data = known(cast), filling(cast)
    one = drop(data, cast)
    card = ledgers.card(one, actor_of(cast.clerk))
    assert (one.added, one.changed, one.unchanged, one.outside) == (1, 3, 2, 0)
    assert [(line, name, dict(cells)) for line, name, cells in card.fills] == [
        (3, "孙桂芳", {"phone": "138****1111", "gender": "女", "courtyard": cast.courtyard.name}),
        (4, "周大爷", {"courtyard": cast.courtyard.name, "building": "7", "unit": "1", "room": "302"}),
        (5, "吴阿姨", {"gender": "女"}),
    ]
    assert [(f.line, f.field, f.key, f.value, f.note) for f in card.faults] == [
        (5, "phone", "register_differs", "138****3333", True), (6, "building", "register_differs", "2", True),
        (7, "name", "name_in_register", "冯强", True),
    ]  # fmt: skip
    bring(one, cast)
    db.session.expire_all()
    sun, zhou, wu, zheng = (people_[name] for name in ("door only", "number only", "another number", "another door"))
    assert (sun.phone, sun.gender, sun.courtyard_id, sun.grid_id) == (
        "13800001111", "F", cast.courtyard.id, cast.grid.id,
    )  # fmt: skip
    assert (zhou.door, zhou.phone) == ("7-1-302", "13800002222")
    assert (wu.phone, wu.gender) == ("13800009999", "F") and zheng.door == "1"
    again = drop(data, cast)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 6)


def test_what_was_filled_goes_again_with_the_ledger_unless_somebody_changed_it(db: Any, cast: Cast) -> None:
    people_ = known(cast)
    sun, zhou, wu = (people_[name] for name in ("door only", "number only", "another number"))
    sun.grid_id = cast.grid.id
    one = bring(drop(filling(cast), cast), cast)
    db.session.expire_all()
    zhou.edit("周大爷", by=actor_of(cast.clerk), building="7", unit="1", room="303")
    assert one.undo(by=actor_of(cast.clerk)) == 3 and one.done == 1
    db.session.expire_all()
    assert (sun.phone, sun.phone_lookup, sun.gender, sun.courtyard_id, sun.door) == (None, None, None, None, "5-2-601")
    assert sun.grid_id == cast.grid.id and wu.gender is None and wu.phone == "13800009999"
    assert zhou.door == "7-1-303" and zhou.courtyard_id == cast.courtyard.id
    assert drop(filling(cast), cast).changed == 2


def test_a_line_that_fits_two_entries_fills_neither(db: Any, cast: Cast) -> None:
    builders.person(cast.community, "何平", phone="13800007777")
    builders.person(cast.community, "何平", building="3", unit="1", room="101", phone=None)
    rows = [["姓名", "电话", "楼栋", "单元", "房号"], ["何平", "13800007777", "3", "1", "101"]]
    one = drop(workbook(rows), cast)
    card = ledgers.card(one, actor_of(cast.clerk))
    assert (one.added, one.changed, one.unchanged) == (0, 0, 1)
    assert [(f.key, f.note) for f in card.faults] == [("fits_two_entries", True)]


@pytest.mark.parametrize("kind", [LedgerKind.SERVED, LedgerKind.VOLUNTEERS])
def test_a_roster_fills_the_register_too_also_of_whoever_is_listed_already(
    db: Any, cast: Cast, kind: LedgerKind
) -> None:
    bare = [["姓名", "电话", "楼栋"], ["周大爷", "13800002222", None]]
    first = bring(drop(workbook(bare), cast, kind=kind), cast)
    assert (first.added, first.changed) == (1, 0)
    builders.person(cast.community, "孙桂芳", building="5", phone=None)
    full = [["姓名", "电话", "楼栋"], ["周大爷", "13800002222", "7"], ["孙桂芳", "13800001111", "5"]]
    second = drop(workbook(full), cast, kind=kind)
    assert (second.added, second.changed, second.unchanged) == (1, 1, 0)
    assert len(ledgers.card(second, actor_of(cast.clerk)).fills) == 2
    bring(second, cast)
    db.session.expire_all()
    everybody = {p.name: p for p in db.session.scalars(select(Person).where(Person.name.in_(["周大爷", "孙桂芳"])))}
    assert (everybody["周大爷"].building, everybody["孙桂芳"].phone) == ("7", "13800001111")
    second.undo(by=actor_of(cast.clerk))
    db.session.expire_all()
    assert (everybody["周大爷"].building, everybody["孙桂芳"].phone) == (None, None)
