"""The list of a day at the counter: ticked, pasted, uploaded; what is uncertain is matched, what is false is said."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from models import sheets
from models.attachments import Attachment
from models.attendance import Attendance
from models.base import travel
from models.service_log import ServiceLog, ServiceMethod, counts
from models.states import AttendanceState
from tests import builders, serving
from tests.cast import Cast
from tests.web.test_service_log import key


def picture() -> bytes:
    """Return a small photo."""
    from PIL import Image

    out = io.BytesIO()
    Image.effect_noise((320, 240), 60).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def event(cast: Cast) -> Any:
    """Return the draft of an event's log."""
    return serving.log(
        serving.project(cast), cast.worker, method=ServiceMethod.EVENT, people=(), submit=False, title="重阳敬老"
    )


def test_sixty_pasted_names_are_on_the_list_after_one_post(client_for: Callable[..., Any], cast: Cast) -> None:
    log = event(cast)
    known = serving.people(cast, 55)
    names = "\n".join(
        [f"{n}. {person.name} 5栋" for n, person in enumerate(known, 1)] + [f"生面孔{n}" for n in range(5)]
    )
    worker = client_for(cast.worker)
    here = f"/logs/{log.public_id}/attendance"
    assert worker.get(here).status_code == 200
    body = {"key": key(), "names": names, "part": "SERVED"}
    assert worker.post(here, data=body).status_code == 303
    assert worker.post(here, data=body).status_code == 303
    assert Attendance.query.filter_by(log_id=log.id).count() == 60
    page = worker.get(here).text
    assert "待核对" in page
    assert worker.post(f"/logs/{log.public_id}/submission", data={"key": key()}).status_code == 303
    waiting = client_for(cast.clerk).get("/to-match").text
    assert waiting.count("名册里没有这个姓名") == 5


def test_a_workbook_and_the_photo_of_the_sheet_come_with_one_form(client_for: Callable[..., Any], cast: Cast) -> None:
    log = event(cast)
    known = serving.people(cast, 3)
    book = sheets.write_xlsx("签到", ["姓名", "楼栋"], [[person.name, "5栋"] for person in known])
    data = {
        "key": key(), "part": "SERVED", "file": (io.BytesIO(book), "签到表.xlsx"),
        "sheet": (io.BytesIO(picture()), "sheet.jpg"),
    }  # fmt: skip
    worker = client_for(cast.worker)
    answer = worker.post(f"/logs/{log.public_id}/attendance", data=data, content_type="multipart/form-data")
    assert answer.status_code == 303
    assert Attendance.query.filter_by(state=AttendanceState.PRESENT).count() == 3
    photo = Attachment.query.one()
    assert (photo.sheet, photo.display, photo.thumbnail, photo.subject_id) == (True, None, None, log.id)
    assert "封存的签到表" in worker.get(f"/logs/{log.public_id}").text


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"names": "\n \n"},
        {"people": "NOSUCHONE1"},
        {"names": "王", "part": "KING"},
        {"names": "\n".join("某" * 501)},
    ],
)
def test_a_list_without_sense_is_said_back(client_for: Callable[..., Any], cast: Cast, body: dict[str, str]) -> None:
    log = event(cast)
    answer = client_for(cast.worker).post(
        f"/logs/{log.public_id}/attendance", data={"key": key(), "part": "SERVED", **body}
    )
    assert answer.status_code == 422
    assert Attendance.query.count() == 0


def test_a_broken_file_is_said_back(client_for: Callable[..., Any], cast: Cast) -> None:
    log = event(cast)
    for name, data in (("a.xlsx", b"PK\x03\x04nonsense"), ("a.exe", b"MZ\x90"), ("a.xlsx", b"")):
        answer = client_for(cast.worker).post(
            f"/logs/{log.public_id}/attendance", content_type="multipart/form-data",
            data={"key": key(), "part": "SERVED", "file": (io.BytesIO(data), name)},
        )  # fmt: skip
        assert answer.status_code == 422


def test_lists_of_others_are_not_found(client_for: Callable[..., Any], cast: Cast) -> None:
    log, day = event(cast), serving.activity(cast)
    assert client_for(cast.worker).get(f"/activities/{day.public_id}/attendance").status_code == 404
    assert client_for(cast.clerk).get(f"/activities/{day.public_id}/attendance").status_code == 200
    for stranger in (cast.other_worker, cast.other_clerk):
        assert client_for(stranger).get(f"/logs/{log.public_id}/attendance").status_code == 404
        assert client_for(stranger).get(f"/activities/{day.public_id}/attendance").status_code == 404
    assert client_for(cast.resident).get(f"/logs/{log.public_id}/attendance").status_code == 403


def test_a_name_is_matched_by_the_clerk_and_not_by_a_stranger(client_for: Callable[..., Any], cast: Cast) -> None:
    log = event(cast)
    one, other = (builders.person(cast.community, "张伟", building=building) for building in ("1", "2"))
    client_for(cast.worker).post(
        f"/logs/{log.public_id}/attendance", data={"key": key(), "names": "张伟", "part": "SERVED"}
    )
    row = Attendance.query.one()
    address = f"/attendances/{row.public_id}/match"
    clerk = client_for(cast.clerk)
    assert clerk.get(f"{address}?q=张").text.count("是这位") == 2
    assert client_for(cast.other_clerk).post(address, data={"key": key(), "person": one.public_id}).status_code == 404
    assert clerk.post(address, data={"key": key(), "person": cast.street.public_id}).status_code == 422
    assert clerk.post(address, data={"key": key(), "person": other.public_id}).status_code == 303
    assert Attendance.query.one().person_id == other.id


def test_two_rows_of_one_page_are_two_acts(client_for: Callable[..., Any], cast: Cast) -> None:
    day = serving.activity(cast)
    rows = [Attendance.sign_up(day, person, by=builders.actor(builders.Role.CLERK, place=cast.community))
            for person in serving.people(cast, 2)]  # fmt: skip
    clerk = client_for(cast.clerk)
    page = clerk.get(f"/activities/{day.public_id}/attendance").text
    import re

    keys = re.findall(r'/presence".*?name="key" value="([^"]+)"', page)
    assert len(set(keys)) == 2
    for row, one in zip(rows, keys, strict=True):
        assert clerk.post(f"/attendances/{row.public_id}/presence", data={"key": one}).status_code == 303
    assert {row.state for row in Attendance.query} == {AttendanceState.PRESENT}
    assert clerk.post(f"/attendances/{rows[0].public_id}/leaving", data={"key": key()}).status_code == 303
    assert (
        client_for(cast.other_clerk).post(f"/attendances/{rows[0].public_id}/absence", data={"key": key()}).status_code
        == 404
    )


def test_a_resident_says_whether_it_is_true_and_the_committee_decides(
    client_for: Callable[..., Any], cast: Cast
) -> None:
    of = serving.project(cast)
    serving.approved(cast, of, cast.neighbor)
    row = Attendance.query.one()
    resident, stranger = client_for(cast.resident), client_for(cast.other_resident)
    assert "上门探访" in resident.get("/me/services").text
    assert stranger.post(f"/attendances/{row.public_id}/confirmation", data={"key": key()}).status_code == 404
    assert resident.post(f"/attendances/{row.public_id}/dispute", data={"key": key()}).status_code == 422
    assert (
        resident.post(
            f"/attendances/{row.public_id}/dispute", data={"key": key(), "reason": "那天我在医院"}
        ).status_code
        == 303
    )
    clerk, desk = client_for(cast.clerk), "/ratings/presence"
    page = clerk.get(desk).text
    assert "那天我在医院" in page and cast.neighbor.name not in page
    here = desk + "/" + re.search(r"/ratings/presence/(\w{10})/upholding", page)[1]  # type: ignore[index]
    found = {"key": key(), "reason": "给本人打过电话，那天没有上门"}
    assert client_for(cast.worker).post(here + "/upholding", data=found).status_code == 403
    assert client_for(cast.other_clerk).post(here + "/upholding", data=found).status_code == 404
    assert clerk.post(here + "/upholding", data={"key": key(), "reason": "短"}).status_code == 422
    assert clerk.post(here + "/upholding", data=found).status_code == 303
    assert counts(of).persons == 0
    assert "确实不是这样" in resident.get("/me/services").text and "给本人打过电话" in clerk.get(desk).text
    # Whoever served reads that the committee struck the line, not that somebody failed to come.
    worker = client_for(cast.worker)
    log = f"/logs/{ServiceLog.get(row.log_id).public_id}"
    for page in (log, f"{log}/attendance", f"/served/{cast.neighbor.public_id}"):
        assert "居委会核实后划掉" in worker.get(page).text


def test_the_code_of_the_day_is_typed_by_those_who_come(client_for: Callable[..., Any], cast: Cast) -> None:
    day = serving.activity(cast, starts_at=builders.JOB and serving.now() + timedelta(minutes=5))
    resident = client_for(cast.resident)
    here = f"/activities/{day.public_id}/check-in"
    me = cast.neighbor.public_id
    assert resident.get(here).status_code == 200
    for code in ("", "1", "abcdef", "٠١٢٣٤٥", f"{(int(day.code) + 1) % 1_000_000:06d}"):
        answer = resident.post(here, data={"key": key(), "code": code, "person": me, "part": "SERVED"})
        assert answer.status_code == 422
    assert resident.post(here, data={"key": key(), "code": day.code, "person": me, "part": "SERVED"}).status_code == 303
    row = Attendance.query.one()
    assert row.state == AttendanceState.PRESENT
    with travel(timedelta(minutes=30)):
        assert resident.post(f"/attendances/{row.public_id}/check-out", data={"key": key()}).status_code == 303
    assert Attendance.query.one().left_at is not None
    stranger = client_for(cast.other_resident)
    assert stranger.post(f"/attendances/{row.public_id}/check-out", data={"key": key()}).status_code == 404
    assert stranger.post(here, data={"key": key(), "code": day.code, "person": me, "part": "SERVED"}).status_code == 422
