"""今天要办: the first page, whole, on one sheet; who is behind; and the word at half past eight."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from models import day_sheets, tellings
from models.accounts import actor_of
from models.base import travel
from models.day_sheets import DayPart, sheet_of
from models.events import JOB, Event
from models.homes import Task
from models.homes.providers import my_round
from tests import builders, serving
from tests.cast import Cast
from tests.models.test_care import LONG_AGO, alone


def test_the_sheet_is_the_first_page_whole_and_names_whom_to_phone(db: Any, cast: Cast) -> None:
    for _ in range(6):
        builders.need(cast.community)
    tellings.tell(("people", cast.neighbor.id), "need_linked", people=[builders.person(cast.community, "何老伯").id],
                  community_id=cast.community.id, title="助餐", step="上门", on="2026-12-01")  # fmt: skip
    sheet = sheet_of(actor_of(cast.clerk))
    parts = dict(sheet.parts)
    assert [one.task for one in parts[DayPart.DUE]] == [Task.ACCEPT] * 6
    assert [line.name for line in sheet.calls] == ["何老伯"]
    assert (sheet.more_calls, sheet.behind) == (0, ())
    assert sheet_of(actor_of(cast.other_clerk)).empty


def test_a_worker_has_visits_and_those_not_seen_for_long(db: Any, cast: Cast) -> None:
    serving.log(serving.project(cast), cast.worker, alone(cast), **LONG_AGO)
    sheet = sheet_of(actor_of(cast.worker))
    assert [one.name for one in sheet.unmet] == ["王桂兰"]
    assert sheet.calls == ()


def test_whoever_two_projects_serve_is_one_person_and_seen_when_either_came(db: Any, cast: Cast) -> None:
    person, worker = alone(cast), actor_of(cast.worker)
    first, second = serving.project(cast), serving.project(cast, title="送餐到家")
    serving.log(first, cast.worker, person, **LONG_AGO)
    late = serving.log(second, cast.worker, person, **{**LONG_AGO, "hours_ago": 24 * 19})
    assert [one.last_at for one in sheet_of(worker).unmet] == [late.ended_at]
    assert [one.n for one in my_round(worker)] == [1]
    serving.log(second, cast.worker, person, hours_ago=5)
    assert sheet_of(worker).unmet == () and my_round(worker) == []


def test_a_head_sees_who_has_not_done_what(db: Any, cast: Cast) -> None:
    with travel(-timedelta(days=40)):
        need = builders.accepted(cast.community, actor_of(cast.clerk))
    need.first_handler_id = cast.clerk.id
    db.session.flush()
    first = sheet_of(actor_of(cast.head)).behind[0]
    assert (first.name, first.answers, first.count) == ("李晓梅", 1, 1)
    serving.log(serving.project(cast), cast.worker, cast.neighbor).return_(
        "签到表看不清，请重拍", by=actor_of(cast.supervisor)
    )
    behind = {one.name: one.records for one in sheet_of(actor_of(cast.manager)).behind}
    assert behind == {"陈社工": 1, "林督导": 0}


def test_the_morning_calls_each_once_on_a_working_day(db: Any, cast: Cast) -> None:
    with travel(serving.MORNING):
        builders.need(cast.community)
        assert day_sheets.ring(by=JOB) >= 1
        assert day_sheets.ring(by=JOB) == 0
        [news] = tellings.news_for(cast.clerk.id)
        assert (news.sentence, news.url, news.values["n"]) == ("day_begins", "/today", 1)
        assert tellings.news_for(cast.other_clerk.id) == []
    assert db.session.query(Event).filter_by(verb="day_sheet.ring").count() == 1
    with travel(serving.MORNING + timedelta(days=4)):
        assert day_sheets.ring(by=JOB) == 0
