"""The board of activities at the counter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from models.accounts import actor_of
from models.activities import Activity
from models.attendance import Attendance
from models.base import SHANGHAI, now
from models.states import AttendanceState
from tests import serving
from tests.cast import Cast
from tests.web.test_service_log import key
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
