"""A file of needs comes in whole or not at all, line by line, and for a day it can be taken back."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from models import need_counts, need_imports, sheets
from models.accounts import actor_of
from models.base import SHANGHAI, Refused, now, travel
from models.base import db as database
from models.events import Event, EventSubject, timeline
from models.need_imports import ImportState, Known, NeedImport, bringing, read_drafts
from models.needs import Field, Kind, Need, Urgency, clocks, matching
from models.needs.missed import MissedDate
from models.people import Person
from models.permissions import Permission
from models.seals import close_new, verify
from models.states import NeedState
from tests import builders
from tests.cast import Cast
from web import jobs, sentences

MESSAGES = Path(os.environ.get("LINLI_DATA") or Path(__file__).parents[3] / "shared" / "data") / "messages.jsonl"


def lines(*rows: dict[str, Any] | str) -> bytes:
    return "\n".join(one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in rows).encode()


def row(number: str = "1", **more: Any) -> dict[str, Any]:
    return {
        "id": number, "user": "A00074795", "title": "路灯不亮", "created_at": "2019-02-14 20:00:00",
        "text": f"三单元门口的路灯不亮，编号{number}", **more,
    }  # fmt: skip


def come_in(data: bytes, cast: Cast, name: str = "needs.jsonl", by: Any = None) -> NeedImport:
    """Take the file through all its steps, as the counter and the job do."""
    one = NeedImport.receive(cast.community, name, data, by=by or actor_of(cast.clerk))
    if one.state == ImportState.RECEIVED:
        one.check()
    if one.state == ImportState.CHECKED:
        one.start(by=by or actor_of(cast.clerk))
        database.session.commit()
        jobs.bring_in(one)
    return one


def needs(cast: Cast) -> dict[str | None, Need]:
    database.session.expire_all()
    query = select(Need).where(Need.community_id == cast.community.id).order_by(Need.id)
    return {need.external_no: need for need in database.session.scalars(query)}


def read(*rows: dict[str, Any] | str, **known: Any) -> tuple[list[Any], list[tuple[int, str, str]]]:
    drafts, faults = read_drafts(sheets.read("a.jsonl", lines(*rows)), Known(now(), **known))
    return drafts, [(fault.line, fault.field, fault.key) for fault in faults]


def test_every_line_that_cannot_come_in_is_named_and_the_others_go_on() -> None:
    drafts, faults = read(
        row("1"), "{broken", row("1", text="again"), row("", text="no number"), row("5", title="", text=""),
        row("6", text="字" * 4859), row("7", text="字" * 5001), row("8", created_at="gestern"),
        row("9", created_at="2099-01-01 00:00:00"), row("x" * 81), row("11", title=""), row("12", text=""),
    )  # fmt: skip
    assert [draft.external_no for draft in drafts] == ["1", "6", "11", "12"]
    assert faults == [
        (2, "", "line_broken"), (3, "id", "id_repeated"), (4, "id", "cell_is_empty"), (5, "text", "cell_is_empty"),
        (7, "text", "words_too_long"), (8, "created_at", "time_unreadable"), (9, "created_at", "time_in_future"),
        (10, "id", "id_too_long"),
    ]  # fmt: skip
    assert drafts[2].title is None and drafts[3].text == drafts[3].title == "路灯不亮"


def test_cells_that_a_need_can_do_without_are_noted_and_left_out() -> None:
    drafts, faults = read(row("1", kind="闹着玩", field="天上", phone="12", due="bald", title="题" * 201))
    assert [key for _, _, key in faults] == [
        "title_cut", "kind_not_known", "field_not_known", "phone_unreadable", "due_unreadable",
    ]  # fmt: skip
    assert len(drafts[0].title) == 200 and drafts[0].kind is drafts[0].field is drafts[0].phone is None


def test_cells_are_read_as_offices_write_them() -> None:
    drafts, faults = read(
        row("１８８００７", kind="投诉", field="扶老助残", phone="１３８ 0013 8000", due="2026年3月1日 14时30分",
            place="纺织厂家属院", address="5栋\n2单元", text="第一行\n第二行\t８０５路", created_at="2019/2/14 20:00"),
        places={"纺织厂家属院": (7, False)},
    )  # fmt: skip
    (draft,) = drafts
    assert not faults and draft.external_no == "188007" and draft.place == 7 and draft.phone == "13800138000"
    assert (draft.kind, draft.field) == (Kind.COMPLAINT, Field.ELDERLY_DISABLED)
    assert draft.text == "第一行\n第二行\t８０５路" and draft.detail == "纺织厂家属院 5栋 2单元"
    assert draft.raised_at == datetime(2019, 2, 14, 20, tzinfo=SHANGHAI)
    assert draft.due == datetime(2026, 3, 1, 14, 30, tzinfo=SHANGHAI)


def test_a_sheet_without_the_two_needed_columns_is_refused(db: Any, cast: Cast) -> None:
    one = come_in("名称,内容\n甲,乙\n".encode(), cast, "a.csv")
    assert one.state == ImportState.FAILED and one.failure == "columns_missing" and needs(cast) == {}


@pytest.mark.parametrize("kind", ["csv", "xlsx", "jsonl"])
def test_the_three_kinds_of_files_say_the_same(db: Any, cast: Cast, kind: str) -> None:
    names = ["id", "user", "title", "text", "created_at"]
    cells = [[row(number)[name] for name in names] for number in ("1", "2")]
    data = {
        "csv": lambda: sheets.write_csv(names, cells),
        "xlsx": lambda: sheets.write_xlsx("needs", names, cells),
        "jsonl": lambda: lines(row("1"), row("2")),
    }[kind]()
    one = come_in(data, cast, f"needs.{kind}")
    assert (one.state, one.added, one.errors) == (ImportState.DONE, 2, [])
    assert needs(cast)["2"].text == "三单元门口的路灯不亮，编号2" and needs(cast)["1"].author_code == "A00074795"


def test_an_imported_need_is_private_and_has_no_clock_before_its_day(db: Any, cast: Cast) -> None:
    come_in(lines(row("1", due="2019-03-01")), cast)
    need = needs(cast)["1"]
    assert need.public_title is None and need.state == NeedState.SUBMITTED and not need.hidden
    assert need.raised_at.year == 2019 and need.external_due_at is not None and need.external_due_at.year == 2019
    assert need.acceptance_due_at is not None and need.acceptance_due_at > now()
    clock = clocks.current(need)
    assert clock is not None and clock.due == need.acceptance_due_at and not clock.missed
    assert Need.escalate_all(by=builders.JOB) == 0
    assert list(database.session.scalars(select(Need).where(matching("路灯")))) == [need]
    assert need_counts.kept() == need_counts.counted() != {}


@pytest.mark.usefixtures("ticking_clock")
def test_what_came_with_a_file_is_looked_at_by_the_time_that_lists_are_sorted_by(db: Any, cast: Cast) -> None:
    come_in(lines(row("1")), cast)
    running = clocks.current(needs(cast)["1"])
    assert running is not None and running.due == needs(cast)["1"].acceptance_due_at


def test_numbers_run_on_after_those_that_were_given_singly(db: Any, cast: Cast) -> None:
    first = builders.need(cast.community)
    come_in(lines(row("1"), row("2"), row("3")), cast)
    last = builders.need(cast.community)
    every = database.session.scalars(select(Need.ticket_no).where(Need.community_id == cast.community.id))
    assert int(last.ticket_no[-4:]) == int(first.ticket_no[-4:]) + 4 and len(set(every)) == 5


def test_the_same_file_twice_changes_nothing(db: Any, cast: Cast) -> None:
    data = lines(row("1"), row("2"))
    first = come_in(data, cast)
    before = {number: (need.version, need.ticket_no) for number, need in needs(cast).items()}
    assert come_in(data, cast) is first
    again = come_in(lines(row("2"), row("1")), cast)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 2)
    assert {number: (need.version, need.ticket_no) for number, need in needs(cast).items()} == before


def test_a_repeated_number_changes_only_what_nobody_has_touched(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    come_in(lines(row("1"), row("2"), row("3")), cast)
    needs(cast)["2"].accept(Field.ENVIRONMENT, Urgency.GENERAL, by=clerk)
    one = come_in(lines(row("1", text="电梯停了"), row("2", text="电梯停了"), row("3"), row("4")), cast)
    assert (one.added, one.updated, one.unchanged) == (1, 1, 1)
    assert [(fault["line"], fault["key"]) for fault in one.errors] == [(2, "row_was_touched")]
    found = needs(cast)
    assert found["1"].text == "电梯停了" and "路灯" in found["2"].text and found["1"].version == 2
    assert set(database.session.scalars(select(Need.external_no).where(matching("电梯")))) == {"1"}
    assert need_counts.kept() == need_counts.counted()


def test_an_import_is_one_verb_with_all_its_needs_as_subjects(db: Any, cast: Cast) -> None:
    one = come_in(lines(*(row(str(number)) for number in range(30))), cast)
    events = list(database.session.scalars(select(Event).where(Event.verb == "need_import.bring_in")))
    assert len(events) == 1 and events[0].account_id == cast.clerk.id
    subjects = database.session.scalars(
        select(EventSubject.subject_id).where(EventSubject.event_id == events[0].id, EventSubject.kind == "needs")
    )
    assert set(subjects) == {need.id for need in needs(cast).values()}
    assert [line.verb for line in timeline([needs(cast)["7"]])] == ["need_import.bring_in"]
    assert "路灯" not in events[0].body and one.done == one.rows == 30
    close_new()
    assert verify().whole


def test_nothing_is_seen_before_the_last_step(db: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bringing, "AT_ONCE", 2)
    monkeypatch.setattr(bringing, "MOST", 4)
    clerk = actor_of(cast.clerk)
    one = NeedImport.receive(cast.community, "a.jsonl", lines(*(row(str(n)) for n in range(10))), by=clerk)
    one.check()
    seen = []
    for count in one.bring_in(by=clerk):
        database.session.commit()
        visible = database.session.scalar(
            select(func.count()).select_from(Need.visible_to(clerk, Permission.READ_NEEDS).subquery())
        )
        counted = sum(need_counts.kept().values())
        seen.append((count, visible, counted))
    assert seen == [(0, 0, 0), (4, 0, 0), (4, 0, 0), (2, 0, 0), (0, 10, 10)]


def test_a_failure_removes_every_row_that_nobody_saw(db: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bringing, "AT_ONCE", 2)
    monkeypatch.setattr(bringing, "MOST", 2)
    clerk = actor_of(cast.clerk)
    rows = [row(str(n), phone=f"1390000{n:04d}") for n in range(6)]
    one = NeedImport.receive(cast.community, "a.jsonl", lines(*rows), by=clerk)
    one.check()
    one.start(by=clerk)
    database.session.commit()
    people = set(database.session.scalars(select(Person.id)))
    steps = one.bring_in(by=clerk)
    for _ in range(3):
        next(steps)
        database.session.commit()
    assert len(needs(cast)) == 4 and all(need.hidden for need in needs(cast).values())
    # The process is gone; ten minutes later the next one finds what it left.
    with travel(timedelta(minutes=11)):
        jobs.bring_needs_in()
    database.session.expire_all()
    assert one.state == ImportState.FAILED and needs(cast) == {}
    assert set(database.session.scalars(select(Person.id))) == people
    assert set(database.session.scalars(select(Need.id).where(matching("路灯")))) == set()
    assert come_in(lines(*rows), cast).added == 6


def test_who_has_a_phone_is_found_in_the_register_or_entered_unconfirmed(db: Any, cast: Cast) -> None:
    known = builders.person(cast.community, "王桂兰", phone="13911112222")
    come_in(
        lines(row("1", user="王桂兰", phone="139-1111-2222"), row("2", user="刘建", phone="13933334444"),
              row("3", user="刘建", phone="13933334444"), row("4")),
        cast,
    )  # fmt: skip
    found = needs(cast)
    assert found["1"].author_person_id == known.id and found["4"].author_person_id is None
    entered = Person.get(found["2"].author_person_id or 0)
    assert entered.id == found["3"].author_person_id and entered.confirmed_at is None
    assert entered.phone == "13933334444"


def test_a_yard_of_the_community_is_recognized(db: Any, cast: Cast) -> None:
    come_in(lines(row("1", place="纺织厂家属院"), row("2", place="第一网格"), row("3", place="河边")), cast)
    found = needs(cast)
    assert (found["1"].courtyard_id, found["1"].grid_id) == (cast.courtyard.id, cast.grid.id)
    assert (found["2"].courtyard_id, found["2"].grid_id) == (None, cast.grid.id)
    assert found["3"].courtyard_id is None and found["3"].place_detail == "河边"


def test_taking_back_withdraws_what_nobody_has_touched_and_frees_the_numbers(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    data = lines(row("1"), row("2"))
    one = come_in(data, cast)
    needs(cast)["2"].accept(Field.ENVIRONMENT, Urgency.GENERAL, by=clerk)
    database.session.flush()
    late = needs(cast)["1"].id
    with travel(timedelta(days=30)):
        Need.escalate_all(by=builders.JOB)
    kept = set(database.session.scalars(select(MissedDate.need_id)))
    assert one.undo(by=clerk) == 1 and one.state == ImportState.UNDONE
    # Its dates were never owed; those of what somebody had taken up were.
    assert late in kept and set(database.session.scalars(select(MissedDate.need_id))) == kept - {late} != set()
    states = {need.state for need in needs(cast).values() if need.external_no is None}
    assert states == {NeedState.WITHDRAWN} and needs(cast)["2"].state == NeedState.ACCEPTED
    assert need_counts.kept() == need_counts.counted()
    again = come_in(data, cast)
    assert (again.added, again.unchanged) == (1, 1)


def test_an_import_is_taken_back_within_a_day_and_by_who_brought_it(db: Any, cast: Cast) -> None:
    one = come_in(lines(row("1")), cast)
    with pytest.raises(Refused, match="only_the_importer_undoes"):
        one.undo(by=actor_of(cast.head))
    with travel(timedelta(hours=25)), pytest.raises(Refused, match="undo_too_late"):
        one.undo(by=actor_of(cast.clerk))
    one.undo(by=actor_of(cast.clerk))
    with pytest.raises(Refused, match="import_not_now"):
        one.undo(by=actor_of(cast.clerk))


def test_two_files_of_one_community_do_not_run_into_each_other(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    first = NeedImport.receive(cast.community, "a.jsonl", lines(row("1")), by=clerk)
    second = NeedImport.receive(cast.community, "b.jsonl", lines(row("2")), by=clerk)
    first.check()
    second.check()
    next(first.bring_in(by=clerk))
    with pytest.raises(Refused, match="import_running"):
        next(second.bring_in(by=clerk))


def test_a_day_later_the_file_and_its_cells_are_gone(db: Any, cast: Cast) -> None:
    one = come_in(lines(row("1"), "{broken 13800138000"), cast)
    assert NeedImport.sweep() == 0
    with travel(timedelta(hours=25)):
        assert NeedImport.sweep() == 1
    assert one.file is None and [fault["value"] for fault in one.errors] == [""]


def test_every_fault_of_a_line_has_its_sentence() -> None:
    keys = {"line_broken", "cell_is_empty", "more_cells_than_columns", "import_broke_off", *need_imports.NOTES}
    assert keys <= set(sentences.REFUSALS)


@pytest.mark.parametrize(
    ("command", "data", "words"),
    [
        ("import-needs", b"", "这个文件是空的"),
        ("import-needs", "编号,内容\n".encode("gb18030"), "一行内容也没有"),
        ("import-needs", "甲,乙\n1,2\n".encode(), "表里缺少这一列：工单编号、留言详情。"),
        ("import-people", b"\xef\xbb\xbf" + "姓名,电话\n".encode(), "一行内容也没有"),
        ("import-people", bytes(range(256)) * 4, "这个文件读不出来"),
        ("import-places", "区,街道\n甲,乙\n".encode(), "表里缺少这一列：区代码、街道代码"),
    ],
)
def test_a_command_says_in_a_sentence_what_is_wrong_with_a_file(
    app: Any, db: Any, cast: Cast, tmp_path: Path, command: str, data: bytes, words: str
) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(data)
    where = [] if command == "import-places" else ["--community", cast.community.code]
    answer = app.test_cli_runner().invoke(args=[command, str(file), *where])
    assert answer.exit_code == 1 and words in answer.output, answer.output


@pytest.mark.skipif(not MESSAGES.exists(), reason="the messages are not on this machine")
def test_a_city_of_messages_comes_in(db: Any, cast: Cast, count_queries: Callable[..., Any]) -> None:
    one = come_in(MESSAGES.read_bytes(), cast, "messages.jsonl")
    assert (one.state, one.added, one.outside) == (ImportState.DONE, 2120, 0)
    assert max(len(need.text) for need in needs(cast).values()) == 4859
    with count_queries() as queries:
        assert bringing.sort(cast.community.id, []).unchanged == 0
    assert queries == []
