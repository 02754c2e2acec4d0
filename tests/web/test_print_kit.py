"""The counter of paper: one page for all sheets, each behind the door of its role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.accounts import actor_of
from models.attendance import Attendance
from models.service_log import ServiceLog
from tests import serving
from tests.cast import Cast


def test_the_kit_shows_each_role_its_sheets(client_for: Callable[..., Any], cast: Cast) -> None:
    of = serving.project(cast)
    day = serving.activity(cast, of)
    made, _door = serving.service_list(cast, of)
    worker, clerk, head = (client_for(one).get("/print-kit").text for one in (cast.worker, cast.clerk, cast.head))
    for address in (f"/activities/{day.public_id}/sign-in-sheet", f"/board/activities/{day.public_id}/poster.png",
                    f"/service-lists/{made.public_id}/sheet", f"/board/projects/{of.public_id}/sheet",
                    f"/projects/{of.public_id}/people-sheet"):  # fmt: skip
        assert address in worker
        # A committee prints for those who serve in its community; it does not tick their doors.
        assert address in clerk
        assert client_for(cast.clerk).get(address).status_code == 200
        assert address not in client_for(cast.other_clerk).get("/print-kit").text
    assert (
        f'href="/service-lists/{made.public_id}"' in worker and f'href="/service-lists/{made.public_id}"' not in clerk
    )
    assert "不代打勾" in clerk and "不代打勾" not in worker
    assert client_for(cast.clerk).get(f"/service-lists/{made.public_id}").status_code == 404
    assert client_for(cast.other_clerk).get(f"/service-lists/{made.public_id}/sheet").status_code == 404
    assert "复制到微信群" in worker
    assert "/ratings/services" in clerk
    assert "/ratings/services" not in worker
    assert "/hours/sheet" in head
    assert "/hours/sheet" not in clerk
    assert client_for(cast.resident).get("/print-kit").status_code == 403


def test_the_sheets_are_filled_from_what_is_known(client_for: Callable[..., Any], cast: Cast) -> None:
    of = serving.project(cast)
    day = serving.activity(cast, of)
    Attendance.sign_up(day, cast.neighbor, by=actor_of(cast.resident))
    serving.approved(cast, of, cast.neighbor)
    worker = client_for(cast.worker)
    sheet = worker.get(f"/activities/{day.public_id}/sign-in-sheet").text
    assert cast.neighbor.name in sheet
    assert "data:image/svg+xml" in sheet
    assert cast.neighbor.name in worker.get(f"/projects/{of.public_id}/people-sheet").text
    assert "健康操" in worker.get(f"/activities/{day.public_id}/wall-poster").text
    supervisor = client_for(cast.supervisor)
    assert supervisor.get("/hours/sheet").status_code == 200
    assert supervisor.get("/hours/sheet?month=soon").status_code == 404
    meeting = worker.get("/print-kit/meeting?what=联席会议&rows=900&at=never")
    assert "联席会议" in meeting.text
    assert meeting.text.count("<tr>") == 61
    assert client_for(cast.other_worker).get(f"/projects/{of.public_id}/people-sheet").status_code == 404


def test_whoever_serves_prints_the_poster_for_ratings_and_no_codes(client_for: Callable[..., Any], cast: Cast) -> None:
    day = serving.activity(cast, serving.project(cast))
    worker, here = client_for(cast.worker), f"/activities/{day.public_id}"
    assert worker.get(f"{here}/rating-poster").location == here
    record = ServiceLog.prepare(day, by=actor_of(cast.worker))
    assert f"{here}/rating-poster" in worker.get(here).text
    sheet = worker.get(f"{here}/rating-poster")
    assert f"/ratings/events/{record.public_id}" in sheet.text and f'href="{here}"' in sheet.text
    assert worker.get(f"/ratings/services/{record.public_id}").status_code == 403
    assert client_for(cast.clerk).get(f"{here}/rating-poster").status_code == 200
    assert client_for(cast.other_worker).get(f"{here}/rating-poster").status_code == 404
    assert client_for(cast.resident).get(f"{here}/rating-poster").status_code == 403
