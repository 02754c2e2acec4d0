"""Volunteers' hours at the counter: one's own, those proposed, those approved, and the list that leaves the house."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models import sheets
from models.accounts import Role, actor_of
from models.attendance import Attendance, Part, Presence
from models.base import db
from models.doorkeeping import AccessNote
from models.service_log import ServiceLog, ServiceMethod
from models.states import HourRecordState
from models.volunteering import CorrectionState, HourCorrection, HourRecord
from tests import builders, serving
from tests.cast import Cast
from tests.web.test_service_log import key


def helped(cast: Cast, person: Any = None, **more: Any) -> Attendance:
    """Return a volunteer's presence at an approved log."""
    who = person or builders.person(cast.community, f"志愿者{builders.number()}")
    values = {"people": (Presence(who, part=Part.VOLUNTEER),), "method": ServiceMethod.EVENT, **more}
    log = serving.approved(cast, serving.project(cast), **values)
    return Attendance.query.filter_by(log_id=log.id).one()


def test_hours_are_proposed_by_one_and_approved_by_another(client_for: Callable[..., Any], cast: Cast) -> None:
    row = helped(cast)
    worker, supervisor = client_for(cast.worker), client_for(cast.supervisor)
    assert worker.get("/hours").status_code == 200
    address = f"/attendances/{row.public_id}/hours"
    assert client_for(cast.other_worker).post(address, data={"key": key()}).status_code == 404
    assert client_for(cast.resident).post(address, data={"key": key()}).status_code == 403
    assert worker.post(address, data={"key": key(), "ended": "late"}).status_code == 422
    assert worker.post(address, data={"key": key(), "break_minutes": "10"}).status_code == 303
    one = HourRecord.query.one()
    assert one.minutes == 50
    assert supervisor.get("/hours").status_code == 200
    assert worker.post("/hour-approvals", data={"key": key(), "records": one.public_id}).status_code == 403
    stranger = client_for(cast.other_head)
    assert stranger.post(f"/hours/{one.public_id}/approval", data={"key": key()}).status_code == 404
    assert supervisor.post("/hour-approvals", data={"key": key(), "records": one.public_id}).status_code == 303
    assert HourRecord.query.one().state == HourRecordState.COUNTED
    assert supervisor.post("/hour-approvals", data={"key": key(), "records": "NOSUCHONE1"}).status_code == 422
    assert supervisor.get("/hours/all").status_code == 200
    assert (
        supervisor.post(f"/hours/{one.public_id}/voiding", data={"key": key(), "reason": "登记错人"}).status_code == 303
    )


def test_those_whose_end_is_known_are_recorded_with_one_press(client_for: Callable[..., Any], cast: Cast) -> None:
    """Whom a rule keeps out is named with the rule; the others are recorded; who never checked out is asked about alone."""
    colleague = builders.person(cast.community, "陈同事")
    builders.account("陈同事", role=Role.SOCIAL_WORKER, organization=cast.organization, person=colleague)
    good, paid, alone = helped(cast), helped(cast, colleague), helped(cast)
    alone.came_at = ServiceLog.get(alone.log_id or 0).started_at
    db.session.commit()
    worker = client_for(cast.worker)
    page = worker.get("/hours").text
    assert f'value="{good.public_id}"' in page and f'value="{alone.public_id}"' not in page
    assert f'action="/attendances/{alone.public_id}/hours"' in page
    assert f'action="/attendances/{good.public_id}/hours"' in worker.get(f"/hours?apart={good.public_id}").text
    send = {"key": key(), "there": [good.public_id, alone.public_id]}
    assert "单独确认" in worker.post("/hour-proposals", data=send).text and HourRecord.query.count() == 0
    assert worker.post("/hour-proposals", data={"key": key()}).status_code == 422
    strange = client_for(cast.other_worker).post("/hour-proposals", data={"key": key(), "there": good.public_id})
    assert strange.status_code == 422
    send = {"key": key(), "there": [good.public_id, paid.public_id]}
    assert worker.post("/hour-proposals", data=send).status_code == 303
    assert [one.attendance_id for one in HourRecord.query] == [good.id]
    told = worker.get("/hours").text
    assert "登记了 1 人" in told and "陈同事 · 在本项目领薪" in told
    assert worker.post("/hour-proposals", data=send).status_code == 303 and HourRecord.query.count() == 1


def test_one_reads_how_the_own_hours_came_about_and_asks_for_a_correction(
    client_for: Callable[..., Any], cast: Cast
) -> None:
    row = helped(cast, cast.neighbor)
    one = HourRecord.propose(row, by=actor_of(cast.worker))
    one.approve(by=actor_of(cast.supervisor))
    mine = client_for(cast.resident)
    page = mine.get("/me/hours").text
    assert "按服务记录的起止时间计算" in page
    assert "60 分钟 ÷ 60" in page
    address = f"/hours/{one.public_id}/corrections"
    assert client_for(cast.other_resident).post(address, data={"key": key(), "text": "少算了"}).status_code == 404
    assert mine.post(address, data={"key": key(), "text": ""}).status_code == 422
    assert mine.post(address, data={"key": key(), "text": "少算了二十分钟"}).status_code == 303
    asked = HourCorrection.query.one()
    supervisor = client_for(cast.supervisor)
    assert "少算了二十分钟" in supervisor.get("/hours").text
    answer = f"/hour-corrections/{asked.public_id}"
    assert (
        client_for(cast.other_head).post(f"{answer}/refusal", data={"key": key(), "text": "核对无误"}).status_code
        == 404
    )
    assert supervisor.post(f"{answer}/granting", data={"key": key(), "text": "属实"}).status_code == 422
    assert supervisor.post(f"{answer}/refusal", data={"key": key(), "text": "核对无误"}).status_code == 303
    assert HourCorrection.query.one().state == CorrectionState.REFUSED
    assert client_for(cast.other_resident).get("/me/hours").status_code == 200


def test_the_list_that_leaves_the_house_is_harmless_and_logged(client_for: Callable[..., Any], cast: Cast) -> None:
    row = helped(cast, builders.person(cast.community, "=1+1"))
    HourRecord.propose(row, by=actor_of(cast.worker))
    supervisor = client_for(cast.supervisor)
    answer = supervisor.get("/hours/export.xlsx")
    assert answer.status_code == 200
    lines = sheets.read("hours.xlsx", answer.data).lines
    assert lines[0].cells[:2] == ("志愿者", "活动")
    assert "=1+1" in lines[1].cells[0]
    assert AccessNote.query.filter_by(what="export.hours").count() == 1
    assert client_for(cast.worker).get("/hours/export.xlsx").status_code == 403
    assert client_for(cast.resident).get("/hours/export.xlsx").status_code == 403
    other = client_for(cast.other_head).get("/hours/export.xlsx")
    assert len(sheets.read("hours.xlsx", other.data).lines) == 1
