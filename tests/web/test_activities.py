"""The board of activities at the counter."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from models import check_ins
from models.accounts import actor_of
from models.activities import Activity
from models.attendance import Attendance
from models.base import SHANGHAI, now
from models.doorkeeping import AccessNote
from models.states import AttendanceState
from tests import serving
from tests.cast import Cast
from tests.visiting import sign_in
from tests.web.test_service_log import key
from web import feeds
from web.forms.moments import local


def typed(**more: str) -> dict[str, str]:
    starts = now() + timedelta(days=1)
    return {
        "key": key(), "title": "健康操", "content": "带上水杯。", "place": "活动室", "starts": local(starts),
        "ends": local(starts + timedelta(hours=2)), "in_charge": "李晓梅", "project": "", **more,
    }  # fmt: skip


def test_the_board_is_open_to_everybody(client_for: Callable[..., Any], cast: Cast) -> None:
    day = serving.activity(cast, capacity=3)
    public = client_for()
    assert "健康操" in public.get("/activities").text
    page = public.get(f"/activities/{day.public_id}").text
    assert "还有 3 个名额" in page
    assert day.code not in page
    assert public.get("/activities/NOSUCHONE1").status_code == 404
    assert public.get(f"/activities/{day.public_id}/poster").status_code == 302


def test_the_calendar_is_open_to_everybody_and_forgives_what_no_calendar_has(
    client_for: Callable[..., Any], cast: Cast
) -> None:
    day = serving.activity(cast, starts_at=now() + timedelta(days=1))
    here, public = cast.community.public_id, client_for()
    on = (now() + timedelta(days=1)).astimezone(SHANGHAI).date().isoformat()
    for show in ("month", "week"):
        page = public.get(f"/activities/calendar?show={show}&on={on}&community={here}").text
        assert f"/activities/{day.public_id}" in page
        assert f"{here}/feed.ics" in page
    assert "健康操" in public.get(f"/activities/calendar?on={on}&community=all").text
    for odd in ("on=soon", "on=0001-01-01", "show=%00", "on=9999-12-31"):
        assert public.get(f"/activities/calendar?{odd}").status_code == 200
    assert public.get("/activities/calendar?community=NOSUCHONE1").status_code == 404
    assert public.get("/activities/calendar/NOSUCHONE1/feed.ics").status_code == 404


def test_a_phone_follows_the_calendar_of_a_community(client_for: Callable[..., Any], cast: Cast) -> None:
    day = serving.activity(cast, content="带上水杯，剪刀；\n" + "一起做操" * 20, place="活动室, 二楼")
    serving.activity(cast).cancel("下雨改期", by=actor_of(cast.clerk))
    answer = client_for().get(f"/activities/calendar/{cast.community.public_id}/feed.ics")
    assert answer.content_type == "text/calendar; charset=utf-8"
    sent = answer.data
    assert all(len(line) <= 75 for line in sent.split(b"\r\n"))
    assert b"\n" not in sent.replace(b"\r\n", b"")
    text = sent.replace(b"\r\n ", b"").decode()
    start = day.starts_at.astimezone(SHANGHAI)
    assert f"UID:{day.public_id}@activities.linli\r\n" in text
    assert f"DTSTART;TZID=Asia/Shanghai:{start:%Y%m%dT%H%M%S}\r\n" in text
    assert "DESCRIPTION:带上水杯，剪刀；\\n一起做操" in text
    assert "LOCATION:活动室\\, 二楼\\, " in text
    assert (text.count("STATUS:CONFIRMED"), text.count("STATUS:CANCELLED")) == (1, 1)
    assert day.code not in text


def test_clerk_and_worker_announce_and_others_do_not(client_for: Callable[..., Any], cast: Cast) -> None:
    of = serving.project(cast)
    clerk, worker = client_for(cast.clerk), client_for(cast.worker)
    assert clerk.get("/activities/new").status_code == 200
    assert clerk.post("/activities", data=typed()).status_code == 303
    assert worker.post("/activities", data=typed()).status_code == 422
    assert worker.post("/activities", data=typed(project=of.public_id)).status_code == 303
    assert client_for(cast.other_worker).post("/activities", data=typed(project=of.public_id)).status_code == 422
    assert client_for(cast.resident).post("/activities", data=typed()).status_code == 403
    for wrong in ({"starts": "soon"}, {"ends": local(now())}, {"capacity": "-1"}, {"title": " "}, {"in_charge": ""}):
        assert clerk.post("/activities", data=typed(**wrong)).status_code == 422
    assert [one.organization_id for one in Activity.query.order_by(Activity.id)] == [None, cast.organization.id]


def test_a_resident_takes_a_place_and_gives_it_back(client_for: Callable[..., Any], cast: Cast) -> None:
    day = serving.activity(cast, capacity=1)
    here = f"/activities/{day.public_id}"
    resident, other = client_for(cast.resident), client_for(cast.other_resident)
    mine = {"person": cast.neighbor.public_id, "part": "SERVED"}
    assert resident.post(f"{here}/places", data={"key": key(), **mine}).status_code == 303
    assert resident.post(f"{here}/places", data={"key": key(), **mine}).status_code == 422
    assert other.post(f"{here}/places", data={"key": key(), **mine}).status_code == 422
    row = Attendance.query.one()
    assert "名额已满" in client_for().get(here).text
    assert other.post(f"/attendances/{row.public_id}/cancellation", data={"key": key()}).status_code == 404
    assert resident.post(f"/attendances/{row.public_id}/cancellation", data={"key": key()}).status_code == 303
    assert Attendance.query.one().state == AttendanceState.CANCELLED
    assert client_for().post(f"{here}/places", data={"key": key(), **mine}).status_code == 302


def test_those_in_charge_see_the_code_and_call_it_off(client_for: Callable[..., Any], cast: Cast) -> None:
    day = serving.activity(cast)
    here = f"/activities/{day.public_id}"
    clerk = client_for(cast.clerk)
    assert day.code in clerk.get(here).text
    assert day.code in clerk.get(f"{here}/poster").text
    for stranger in (cast.other_clerk, cast.worker, cast.resident, cast.auditor):
        assert day.code not in client_for(stranger).get(here).text
    assert client_for(cast.other_clerk).get(f"{here}/poster").status_code == 404
    assert clerk.post(f"{here}/calling-off", data={"key": key(), "reason": ""}).status_code == 422
    assert clerk.post(f"{here}/calling-off", data={"key": key(), "reason": "下雨改期"}).status_code == 303
    assert "下雨改期" in client_for().get(here).text


def test_strips_hang_at_the_door_before_the_record_is_written(client_for: Callable[..., Any], cast: Cast) -> None:
    one = serving.activity(cast, serving.project(cast))
    here = f"/activities/{one.public_id}"
    worker, clerk, resident = client_for(cast.worker), client_for(cast.clerk), client_for(cast.resident)
    assert f"{here}/record" in worker.get(here).text and "/record" not in resident.get(here).text
    opened = worker.post(f"{here}/record", data={"key": key()})
    assert opened.status_code == 303 and worker.get(opened.location).status_code == 200
    assert worker.post(f"{here}/record", data={"key": key()}).status_code == 422
    assert "带码的撕条由社区打印" in worker.get(here).text
    log = opened.location.rsplit("/", 1)[1]
    assert f"/ratings/services/{log}" in clerk.get(here).text
    sheet = clerk.post(f"/ratings/services/{log}/strips", data={"key": key(), "number": "3"})
    assert sheet.status_code == 303 and clerk.get(sheet.location).status_code == 200
    assert client_for().get(f"/ratings/events/{log}").status_code == 200
    assert worker.post(f"/logs/{log}/submission", data={"key": key()}).status_code == 422


def test_ten_wrong_codes_close_the_door_for_one_account_and_not_for_the_next(
    client_for: Callable[..., Any], cast: Cast
) -> None:
    day = serving.activity(cast, starts_at=now() + timedelta(minutes=5))
    here, resident = f"/activities/{day.public_id}/check-in", client_for(cast.resident)

    def tried(code: str) -> int:
        sent = {"key": key(), "code": code, "person": cast.neighbor.public_id, "part": "SERVED"}
        return int(resident.post(here, data=sent).status_code)

    assert [tried(f"{n:04d}") for n in range(10)] == [422] * 10
    assert tried(day.code) == 429
    other = {"key": key(), "code": "0000", "person": cast.neighbor.public_id, "part": "SERVED"}
    assert client_for(cast.other_resident).post(here, data=other).status_code in (404, 422)


def test_whoever_scans_the_turning_code_is_here_with_one_tap(client_for: Callable[..., Any], cast: Cast) -> None:
    day = serving.activity(cast, starts_at=now() + timedelta(minutes=5))
    here, clerk, resident = f"/activities/{day.public_id}", client_for(cast.clerk), client_for(cast.resident)
    screen = clerk.get(f"{here}/turning-code").text
    six = check_ins.digits(day, check_ins.step_at(now()))
    assert f"{six[:3]} {six[3:]}" in screen
    assert '<noscript><meta http-equiv="refresh"' in screen
    assert clerk.get(f"{here}/turning-code/now").status_code == 303
    assert 'id="turning"' in clerk.get(f"{here}/turning-code/now", headers={"HX-Request": "true"}).text
    page = resident.get(f"{here}/check-in?seen={check_ins.token(day, check_ins.step_at(now()))}").text
    held = re.search(r'name="code" value="(pass-[^"]+)"', page)
    assert held
    old = resident.get(f"{here}/check-in?seen={check_ins.token(day, check_ins.step_at(now()) - 9)}").text
    assert "已经变了" in old
    assert "pass-" not in old
    mine = {"key": key(), "person": cast.neighbor.public_id, "part": "SERVED", "code": held[1]}
    assert client_for(cast.other_resident).post(f"{here}/check-in", data=mine).status_code == 422
    assert resident.post(f"{here}/check-in", data=mine).status_code == 303
    row = Attendance.query.one()
    assert (row.state, row.way) == (AttendanceState.PRESENT, "SCAN")
    away = {"key": key(), "code": held[1]}
    assert resident.post(f"/attendances/{row.public_id}/check-out", data=away).status_code == 303
    assert [one.way for one in check_ins.lines_of(row.id)] == ["SCAN", "SCAN"]


def test_a_check_in_that_waited_on_the_phone_counts_from_when_it_was_made(
    client_for: Callable[..., Any], cast: Cast
) -> None:
    day = serving.activity(cast, starts_at=now() - timedelta(minutes=50))
    resident, at = client_for(cast.resident), now() - timedelta(minutes=40)
    ahead = timedelta(hours=3)
    sent = {
        "key": key(), "person": cast.neighbor.public_id, "part": "SERVED",
        "code": check_ins.digits(day, check_ins.step_at(at)),
        "done_at": (at + ahead).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }  # fmt: skip
    clock = str(int((now() + ahead).timestamp() * 1000))
    later = {"X-Linli-Replay": "later", "X-Linli-Clock": clock}
    here = f"/activities/{day.public_id}/check-in"
    assert resident.post(here, data=sent, headers=later).headers["X-Linli-Receipt"] == sent["key"]
    (line,) = check_ins.lines_of(Attendance.query.one().id)
    assert abs(line.at - at) < timedelta(seconds=2)
    assert (line.way, line.offline, line.clock_off) == ("DIGITS", True, True)
    seat = Attendance.query.one().public_id
    book = client_for(cast.clerk).get(f"/attendances/{seat}/check-ins").text
    assert "没网时记的" in book
    assert "手机时间不准" in book
    assert client_for(cast.other_clerk).get(f"/attendances/{seat}/check-ins").status_code == 404
    wrong = {"key": key(), "at": "", "reason": "替别人记的"}
    address = f"/check-ins/{line.public_id}/correction"
    assert client_for(cast.clerk).post(address, data=wrong).status_code == 422
    fresh = {"key": key(), "at": local(now() - timedelta(minutes=30)), "reason": "替别人记的"}
    assert client_for(cast.resident).post(address, data=fresh).status_code == 403
    assert client_for(cast.clerk).post(address, data=fresh).status_code == 303
    assert [one.corrects_id for one in check_ins.lines_of(line.attendance_id)] == [None, line.id]


def test_a_line_of_a_calendar_is_folded_by_octets_and_what_ends_it_is_escaped() -> None:
    text = "包饺子，三种馅；带围裙\\,\n" * 12
    sent = feeds.folded("DESCRIPTION:" + feeds.escaped(text))
    parts = sent.decode().split("\r\n")
    assert parts[-1] == "" and all(len(part.encode()) <= 75 for part in parts)
    assert all(part.startswith(" ") for part in parts[1:-1])
    whole = parts[0] + "".join(part[1:] for part in parts[1:-1])
    assert whole == "DESCRIPTION:" + "包饺子，三种馅；带围裙\\\\\\,\\n" * 12


def test_who_ticks_it_lets_a_rough_place_be_noted_and_takes_it_back(
    client_for: Callable[..., Any], cast: Cast, db: Any
) -> None:
    day = serving.activity(cast, starts_at=now() + timedelta(minutes=5))
    here, resident = f"/activities/{day.public_id}/check-in", client_for(cast.resident)
    page = resident.get(here).text
    assert "同时记下我大概在哪里" in page
    assert re.search(r"<div hidden data-near[ >]", page)
    sent = {"code": day.code, "person": cast.neighbor.public_id, "part": "SERVED", "near_notice": "place-2026-11"}
    ticked = {**sent, "near_wanted": "y"}
    # What is not ticked, finer than it may be, nowhere on earth, or agreed to under no text of ours leaves no place.
    for odd in ({**sent, "near": "39.92,116.45"}, {**ticked, "near": "39.9234,116.4512"}, {**ticked, "near": "91.00,1.00"},
                {**ticked, "near": "x"}, {**ticked, "near": "39.92,116.45", "near_notice": "place-1999-01"}):  # fmt: skip
        assert resident.post(here, data={**odd, "key": key()}).status_code == 303
    row = Attendance.query.one()
    assert all(line.near is None for line in check_ins.book_of(row.id))
    assert resident.post(here, data={**ticked, "near": "39.92,116.45", "key": key()}).status_code == 303
    assert "纬度 39.92，经度 116.45" in resident.get(here).text
    book = f"/attendances/{row.public_id}/check-ins"
    assert "纬度 39.92" in client_for(cast.worker).get(book).text + client_for(cast.clerk).get(book).text
    auditor = client_for(cast.auditor)
    read = auditor.get(book).text
    assert "纬度 39.92" in read and "这一条记错了" not in read
    assert db.session.scalars(select(AccessNote).where(AccessNote.what == "read.check_ins")).one().subject_id == row.id
    listed = auditor.get(f"/activities/{day.public_id}/attendance").text
    assert book in listed and "加入名单" not in listed
    assert book.replace("check-ins", "leaving") not in listed
    assert f"/activities/{day.public_id}/attendance" in auditor.get(f"/activities/{day.public_id}").text
    assert client_for(cast.other_clerk).get(book).status_code == 404
    assert "删除签到位置记录" in resident.get("/my-data").text
    assert "百分之一度" in resident.get("/privacy/place-2026-11").text
    assert resident.post("/my-data/places/withdrawal").status_code == 303
    assert "纬度" not in resident.get(here).text
    assert resident.post("/my-data/places/withdrawal").status_code == 422


def test_whoever_scans_before_signing_in_goes_on_with_what_they_scanned(
    client_for: Callable[..., Any], cast: Cast
) -> None:
    day = serving.activity(cast, starts_at=now() + timedelta(minutes=5))
    here, stranger = f"/activities/{day.public_id}/check-in", client_for()
    square = check_ins.token(day, check_ins.step_at(now()))
    login = stranger.get(f"{here}?seen={square}").location
    asked = stranger.get(login).text
    onward = re.search(r'name="next"[^>]* value="([^"]+check-in[^"]+)"', asked)
    assert onward and "seen=pass-" in onward[1]
    sign_in(stranger, cast.resident)
    assert 'name="code" value="pass-' in stranger.get(onward[1]).text
    # Nobody else's browser takes it over, and what is no good square is carried along as it is.
    assert "pass-" not in client_for(cast.other_resident).get(onward[1]).text
    for other in (
        f"{here}?seen=1-AAAA",
        f"{here}?seen={day.code}",
        "/activities/NOSUCHONE1/check-in?seen=1-A",
        "/needs",
    ):
        assert f'value="{other}"' in client_for().get("/login", query_string={"next": other}).text
