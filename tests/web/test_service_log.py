"""The worker's notebook at the counter: written once, read by those it is open to, approved by another."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image

from models import attachments
from models.accounts import Account, actor_of
from models.attachments import Attachment
from models.attendance import Outcome, Presence
from models.base import now, travel
from models.doorkeeping import AccessNote
from models.events import JOB
from models.permissions import Role
from models.service_log import ServiceLog, ServiceMethod, calling
from models.states import ServiceLogState
from tests import builders, serving
from tests.cast import Cast
from web.forms.moments import local

KEY = "0d6f0f8e-5a31-4d8e-9f5e-{:012d}"


def key() -> str:
    return KEY.format(builders.number())


def typed(cast: Cast, **more: str) -> dict[str, str]:
    """Return a visit as the phone posts it."""
    return {
        "key": key(), "began": local(now() - 2 * serving.HOUR), "minutes": "45", "summary": "陪老人聊天。",
        f"seen_{cast.neighbor.public_id}": "SEEN", "act": "submit", **more,
    }  # fmt: skip


def test_a_visit_is_written_and_handed_in_with_one_form(client_for: Callable[..., Any], cast: Cast) -> None:
    of = serving.project(cast)
    serving.log(of, cast.worker, cast.neighbor)
    worker = client_for(cast.worker)
    address = f"/projects/{of.public_id}/logs/new/visit"
    assert worker.get("/logs/new").status_code == 200
    page = worker.get(f"{address}?person={cast.neighbor.public_id}&again=1")
    assert "陪老人聊天，提醒按时复诊。" in page.text
    body = typed(cast)
    first = worker.post(address, data=body)
    assert first.status_code == 303
    assert worker.post(address, data=body).location == first.location
    assert ServiceLog.query.count() == 2
    assert worker.get(first.location).status_code == 200
    assert "上门探访" in worker.get("/logs").text
    assert cast.neighbor.name in worker.get("/my-people").text
    assert cast.neighbor.name in worker.get(f"/my-people?q={cast.neighbor.name[:1]}").text
    assert "没有找到" in (nobody := worker.get("/my-people?q=谁也不是&from=" + "9" * 18).text)
    assert cast.neighbor.name not in nobody


def test_the_next_visit_is_not_lost_where_nobody_said_how_this_one_went(
    client_for: Callable[..., Any], cast: Cast
) -> None:
    of = serving.project(cast)
    day = (now() - timedelta(days=1)).replace(hour=1)
    serving.approved(cast, of, people=(Presence(cast.neighbor, Outcome.NOT_IN, next_at=day),), hours_ago=72)
    worker = client_for(cast.worker)
    # The line of the day leads to the very door.
    address = f"/projects/{of.public_id}/logs/new/visit?person={cast.neighbor.public_id}"
    assert address.replace("&", "&amp;") in worker.get("/").text and worker.get(address).status_code == 200
    body = typed(cast) | {f"next_{cast.neighbor.public_id}": "2099-01-01", f"seen_{cast.neighbor.public_id}": ""}
    answer = worker.post(address, data=body)
    assert answer.status_code == 422 and "请选这次怎么样" in answer.text
    assert ServiceLog.query.count() == 1


def test_a_visit_without_a_door_is_refused_and_keeps_everything_typed(
    client_for: Callable[..., Any], cast: Cast
) -> None:
    worker, of = client_for(cast.worker), serving.project(cast)
    address = f"/projects/{of.public_id}/logs/new/visit?person={cast.neighbor.public_id}"
    need = serving.planned_need(cast, of)
    written = {"minutes": "35", "internal": "家属说下周复查。", "place": "东院", "needs": need.public_id}
    body = typed(cast, summary="敲了三家的门。", **written) | {f"seen_{cast.neighbor.public_id}": ""}
    answer = worker.post(address, data=body)
    assert answer.status_code == 422 and "还没有记下任何一户" in answer.text and "敲了三家的门。" in answer.text
    assert all(
        word in answer.text for word in ('value="35"', "家属说下周复查。", 'value="东院"', body["key"], "checked")
    )
    later = worker.post(address, data=body, headers={"X-Linli-Replay": "later"})
    assert (later.status_code, later.json["key"], later.json["receipt"]) == (422, body["key"], None)
    assert later.json["sentence"].startswith("还没有记下任何一户")
    draft = worker.post(address, data={**body, "act": "draft"}).location
    kept = worker.post(f"{draft}/submission", data={"key": key()})
    assert kept.status_code == 422 and "还没有记下任何一户" in kept.text
    assert ServiceLog.query.one().state == ServiceLogState.DRAFT


def test_a_round_is_planned_for_the_slips_and_written_down_afterward(
    client_for: Callable[..., Any], cast: Cast
) -> None:
    of = serving.project(cast)
    person, address = cast.neighbor.public_id, f"/projects/{of.public_id}/rounds/new"
    worker, clerk = client_for(cast.worker), client_for(cast.clerk)
    assert "/logs/new/visit" in worker.get(address).text
    serving.approved(cast, of, cast.neighbor, hours_ago=60)
    assert (
        cast.neighbor.name in worker.get(address).text and client_for(cast.other_worker).get(address).status_code == 404
    )
    body = {"key": key(), "began": local(now() + serving.HOUR), "minutes": "90"}
    nobody = worker.post(address, data=body)
    assert nobody.status_code == 422 and "请至少勾选一户" in nobody.text and body["began"] in nobody.text
    past = worker.post(address, data={**body, "people": person, "began": "2020-01-01T10:00"})
    assert past.status_code == 422 and "checked" in past.text
    log = worker.post(address, data={**body, "people": person}).location
    assert "还没去" in worker.get(log).text and "请居民评价" in worker.get(log).text
    desk = f"/ratings/services/{log.rpartition('/')[2]}"
    assert clerk.post(f"{desk}/slips", data={"key": key()}).status_code == 303
    assert "data:image/svg" in clerk.get(f"{desk}/slips").text and worker.get(f"{desk}/slips").status_code == 403
    assert f'name="seen_{person}"' in worker.get(f"{log}/edit").text
    with travel(timedelta(hours=4)):
        went = typed(cast, began=local(now() - serving.HOUR), version="1")
        assert worker.post(f"{log}/edit", data=went).status_code == 303
    assert ServiceLog.query.order_by(ServiceLog.id.desc()).first().state == ServiceLogState.SUBMITTED


def test_photos_come_inside_the_form_without_script_and_survive_a_mistake(
    client_for: Callable[..., Any], cast: Cast
) -> None:
    worker, address = client_for(cast.worker), f"/projects/{serving.project(cast).public_id}/logs/new/visit"
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(picture, "JPEG")
    picture.seek(0)
    wrong = {**typed(cast, summary=""), "photos_files": (picture, "a.jpg")}
    back = worker.post(address, data=wrong, content_type="multipart/form-data")
    kept = re.search(r'name="photos" value="(\w{10})"', back.text)
    assert back.status_code == 422 and kept is not None
    handed_in = worker.post(address, data={**typed(cast), "photos": kept[1]})
    assert handed_in.status_code == 303
    assert [one.public_id for one in attachments.of(ServiceLog.query.one())] == [kept[1]]
    assert f"/attachments/{kept[1]}/thumbnail" in worker.get(handed_in.location).text


@pytest.mark.parametrize("method", ["visit", "group", "event", "case"])
def test_every_method_has_its_page(client_for: Callable[..., Any], cast: Cast, method: str) -> None:
    of = serving.project(cast)
    serving.goal(of)
    serving.planned_need(cast, of)
    worker = client_for(cast.worker)
    address = f"/projects/{of.public_id}/logs/new/{method}"
    assert worker.get(address).status_code == 200
    empty = worker.post(address, data={"key": key()})
    assert empty.status_code == 422
    extra = (
        {"case_no": "GA-1", "case_stage": "INTAKE"}
        if method == "case"
        else {"title": "手工小组", "names": "王桂兰 5栋"}
    )
    done = worker.post(address, data={"key": key(), "began": local(now() - serving.HOUR), "minutes": "30",
                                      "summary": "一起做手工。", "act": "submit", **extra})  # fmt: skip
    assert done.status_code == 303
    log = ServiceLog.query.one()
    assert log.method == ServiceMethod(method.upper())
    assert log.state == (ServiceLogState.DRAFT if method == "event" else ServiceLogState.SUBMITTED)
    assert worker.get(done.location).status_code == 200


@pytest.mark.parametrize(
    ("name", "value"),
    [("began", "2026-13-45T99:99"), ("began", "now"), ("began", " "), ("minutes", "\x00"), ("began", "٢٠٢٦-01-01T00:00"), ("minutes", "-5"),
     ("minutes", "1e9"), ("minutes", "99999999999"), ("minutes", "0"), ("minutes", "2000"), ("summary", "\x00\u202e "),
     ("goal", "NOPE"), ("needs", "NOPE"), ("activity", "NOPE"), ("walk_ins", "９９x"), ("names", "王" * 30000),
     ("scale_after", "4"), ("title", "长" * 81), ("began", "2099-01-01T00:00")],
)  # fmt: skip
def test_absurd_values_are_said_back_and_nothing_is_kept(
    client_for: Callable[..., Any], cast: Cast, name: str, value: str
) -> None:
    of = serving.project(cast)
    answer = client_for(cast.worker).post(f"/projects/{of.public_id}/logs/new/visit", data=typed(cast, **{name: value}))
    assert answer.status_code == 422
    assert ServiceLog.query.count() == 0


def test_a_stage_of_spaces_is_no_stage(client_for: Callable[..., Any], cast: Cast) -> None:
    of = serving.project(cast)
    for spaces in (" ", "\u3000"):
        body = {"key": key(), "began": local(now() - serving.HOUR), "minutes": "30", "case_no": "GA-1"}
        answer = client_for(cast.worker).post(
            f"/projects/{of.public_id}/logs/new/case", data=body | {"case_stage": spaces, "act": "submit"}
        )
        assert answer.status_code == 422


def test_other_organizations_and_communities_find_nothing(client_for: Callable[..., Any], cast: Cast) -> None:
    of = serving.project(cast)
    log = serving.approved(cast, of, cast.neighbor)
    pages = (f"/logs/{log.public_id}", f"/projects/{of.public_id}/logs")
    for page in pages:
        for reader in (cast.worker, cast.supervisor, cast.clerk, cast.street_officer, cast.auditor):
            assert client_for(reader).get(page).status_code == 200
        for stranger in (cast.other_worker, cast.other_clerk, cast.two_hats):
            expected = 200 if stranger is cast.two_hats else 404
            assert client_for(stranger).get(page).status_code == expected
        assert client_for(cast.resident).get(page).status_code == 403
        assert client_for().get(page).status_code == 302
    assert client_for(cast.other_worker).get(f"/projects/{of.public_id}/logs/new/visit").status_code == 404
    assert client_for(cast.supervisor).get(f"/logs/{log.public_id}/edit").status_code == 404


def test_the_internal_record_is_open_to_worker_and_supervisor_and_to_an_auditor_who_says_why(
    client_for: Callable[..., Any], cast: Cast
) -> None:
    of = serving.project(cast)
    log = serving.approved(cast, of, cast.neighbor, internal="血压偏高，儿子在外地")
    page = f"/logs/{log.public_id}"
    for reader, reads in ((cast.worker, True), (cast.supervisor, True), (cast.clerk, False), (cast.manager, False),
                          (cast.street_officer, False), (cast.auditor, False)):  # fmt: skip
        assert ("血压" in client_for(reader).get(page).text) is reads
    assert "王桂兰" not in client_for(cast.street_officer).get(page).text
    auditor = client_for(cast.auditor)
    assert "血压" not in auditor.post(f"{page}/internal-reading", data={"key": key()}).text
    opened = auditor.post(f"{page}/internal-reading", data={"key": key(), "reason": "抽查走访真实性"})
    assert "血压" in opened.text
    noted = AccessNote.query.filter_by(what="read.internal").one()
    assert noted.subject_id == log.id
    assert client_for(cast.supervisor).post(f"{page}/internal-reading", data={"reason": "看看"}).status_code == 403


def test_drafts_belong_to_their_author(client_for: Callable[..., Any], cast: Cast) -> None:
    log = serving.log(serving.project(cast), cast.worker, cast.neighbor, submit=False)
    page = f"/logs/{log.public_id}"
    assert client_for(cast.worker).get(page).status_code == 200
    assert client_for(cast.supervisor).get(page).status_code == 404
    worker = client_for(cast.worker)
    assert worker.get(f"{page}/edit").status_code == 200
    body = typed(cast, summary="改过的摘要", version=str(log.version))
    assert worker.post(f"{page}/edit", data=body).status_code == 303
    assert ServiceLog.query.one().public_summary == "改过的摘要"
    assert worker.post(f"{page}/edit", data=typed(cast)).status_code == 422


def test_a_stale_edit_shows_both_texts(client_for: Callable[..., Any], cast: Cast) -> None:
    log = serving.log(serving.project(cast), cast.worker, cast.neighbor, submit=False)
    stale = str(log.version - 1)
    answer = client_for(cast.worker).post(f"/logs/{log.public_id}/edit", data=typed(cast, version=stale))
    assert answer.status_code == 409


def act(client: Any, log: ServiceLog, what: str, **more: str) -> int:
    return client.post(f"/logs/{log.public_id}/{what}", data={"key": key(), **more}).status_code  # type: ignore[no-any-return]


def test_a_log_is_approved_sent_back_corrected_and_voided_at_the_counter(
    client_for: Callable[..., Any], cast: Cast
) -> None:
    of = serving.project(cast)
    log = serving.log(of, cast.worker, cast.neighbor, walk_ins=0)
    worker, supervisor = client_for(cast.worker), client_for(cast.supervisor)
    assert act(worker, log, "approval") == 403
    assert act(client_for(cast.other_head), log, "approval") == 404
    assert act(supervisor, log, "return", reason=" ") == 422
    assert act(supervisor, log, "return", reason="请写清时间") == 303
    assert "请写清时间" in worker.get(f"/logs/{log.public_id}").text
    assert act(worker, log, "submission") == 303
    assert act(supervisor, log, "approval") == 303
    head = client_for(cast.head)
    for provider in (worker, supervisor):
        assert act(provider, log, "correction", reason=serving.REASON) == 422
        page = provider.get(f"/logs/{log.public_id}").text
        assert "只能由居委会负责人来办" in page and "/voiding" not in page
    assert "/voiding" in head.get(f"/logs/{log.public_id}").text
    assert act(head, log, "correction", reason=serving.REASON) == 303
    assert act(supervisor, log, "approval") == 303
    assert act(worker, log, "voiding", reason=serving.REASON) == 403
    assert act(supervisor, log, "voiding", reason=serving.REASON) == 422
    assert act(head, log, "voiding", reason=serving.REASON) == 303
    assert ServiceLog.query.one().state == ServiceLogState.VOIDED
    assert "已作废" in worker.get(f"/logs/{log.public_id}").text


HATS: dict[str, tuple[Role, set[str]]] = {
    "worker": (Role.SOCIAL_WORKER, set()),
    "author": (Role.SOCIAL_WORKER, {"correction"}),
    "supervisor": (Role.SUPERVISOR, {"correction", "voiding"}),
    "manager": (Role.ORG_MANAGER, {"correction", "voiding"}),
}


@pytest.mark.parametrize("hat", HATS)
def test_a_head_who_works_for_the_provider_is_shown_no_form_that_is_refused(
    client_for: Callable[..., Any], cast: Cast, hat: str
) -> None:
    of, (role, may) = serving.project(cast), HATS[hat]
    two_hats = cast.worker if hat == "author" else builders.account("双帽人", role=role, organization=cast.organization)
    two_hats.grant(Role.HEAD, by=JOB, place=cast.community)
    reader, hours_ago = client_for(two_hats), 0
    for served in ((cast.neighbor,), ()):
        for what in ("correction", "voiding"):
            hours_ago += 9
            method = ServiceMethod.VISIT if served else ServiceMethod.EVENT
            log = serving.approved(cast, of, *served, walk_ins=0 if served else 3, method=method, hours_ago=hours_ago)
            shown = f"/logs/{log.public_id}/{what}" in reader.get(f"/logs/{log.public_id}").text
            done = act(reader, log, what, reason=serving.REASON) == 303
            assert shown == done == (not served and what in may), (log.title, what)
    log = serving.approved(cast, of, cast.neighbor, hours_ago=90)
    page = client_for(cast.head).get(f"/logs/{log.public_id}").text
    assert "/voiding" in page and "/correction" in page


def test_clean_ones_are_approved_together_from_a_page_that_shows_everything(
    client_for: Callable[..., Any], cast: Cast
) -> None:
    of = serving.project(cast)
    logs = [serving.log(of, cast.worker, cast.neighbor, hours_ago=3 * n, minutes=30) for n in range(1, 4)]
    flagged = serving.log(of, cast.worker, hours_ago=40, method=ServiceMethod.GROUP)
    supervisor = client_for(cast.supervisor)
    page = supervisor.get("/log-approvals").text
    assert page.count("陪老人聊天") == 4
    assert page.count(cast.neighbor.name) >= 3
    refused = supervisor.post("/log-approvals", data={"key": key(), "logs": [logs[0].public_id, flagged.public_id]})
    assert refused.status_code == 422
    done = supervisor.post("/log-approvals", data={"key": key(), "logs": [log.public_id for log in logs]})
    assert done.status_code == 303
    assert ServiceLog.query.filter_by(state=ServiceLogState.APPROVED).count() == 3
    assert client_for(cast.worker).get("/log-approvals").status_code == 403
    stranger = client_for(cast.other_worker)
    assert stranger.post("/log-approvals", data={"key": key(), "logs": [flagged.public_id]}).status_code == 403


def test_a_walk_in_is_named_at_the_counter(client_for: Callable[..., Any], cast: Cast) -> None:
    log = serving.approved(cast, serving.project(cast), *serving.people(cast, 8), walk_ins=1)
    worker = client_for(cast.worker)
    assert act(worker, log, "walk-ins", name="没有这个人") == 422
    assert act(worker, log, "walk-ins", name="王桂兰 5栋1单元") == 303
    assert ServiceLog.query.one().walk_ins == 0


@pytest.mark.parametrize("address", ["/logs", "/my-people", "/log-approvals"])
def test_lists_stay_flat_however_many_logs_there_are(
    client_for: Callable[..., Any], cast: Cast, count_queries: Any, address: str
) -> None:
    of = serving.project(cast)

    def needed(account: Account) -> int:
        client = client_for(account)
        with count_queries() as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    reader = cast.supervisor if address == "/log-approvals" else cast.worker
    serving.log(of, cast.worker, cast.neighbor, hours_ago=2, minutes=20)
    few = needed(reader)
    for n in range(2, 16):
        serving.log(of, cast.worker, cast.neighbor, hours_ago=2 * n, minutes=20)
    assert needed(reader) <= few + 1


def test_a_drawn_record_shows_whom_to_call_and_takes_what_they_said(
    client_for: Callable[..., Any], cast: Cast, db: Any
) -> None:
    log = serving.log(serving.project(cast), cast.worker, *serving.people(cast, 1))
    log.public_id = next(one for n in range(99) if calling._lot(one := f"DRAWN{n:05d}") % calling.ONE_IN == 0)
    phone = log.callees()[0].phone
    db.session.commit()
    supervisor, here = client_for(cast.supervisor), f"/logs/{log.public_id}"
    assert "抽中核实，请先打电话" in supervisor.get("/log-approvals").text
    assert phone not in supervisor.get(here).text
    early = supervisor.post(f"{here}/approval", data={"key": key()})
    assert early.status_code == 422 and "请先给其中一位服务对象打个电话" in early.text
    assert phone in supervisor.post(f"{here}/callees").text
    assert AccessNote.query.filter_by(what="reveal.callee").count() == 1
    assert client_for(cast.worker).post(f"{here}/callees").status_code == 403
    assert client_for(cast.other_head).post(f"{here}/callees").status_code == 404
    assert supervisor.post(f"{here}/calls", data={"key": key()}).status_code == 422
    assert supervisor.post(f"{here}/calls", data={"key": key(), "outcome": "CONFIRMED"}).status_code == 303
    assert ServiceLog.query.one().call_outcome == "CONFIRMED"
    assert supervisor.post(f"{here}/approval", data={"key": key()}).status_code == 303


def test_two_devices_that_changed_different_fields_merge_and_of_the_same_one_a_person_decides(
    client_for: Callable[..., Any], cast: Cast
) -> None:
    log = serving.log(serving.project(cast), cast.worker, cast.neighbor, submit=False)
    address, worker = f"/logs/{log.public_id}/edit", client_for(cast.worker)
    page = worker.get(address).text
    opened = {
        name: html.unescape(re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)[1]) for name in ("marks", "version")
    }
    usual = {**opened, "began": local(log.started_at), "minutes": str(log.minutes), "summary": log.public_summary,
             "title": log.title, "place": log.place or "", "act": "draft"}  # fmt: skip
    assert worker.post(address, data=typed(cast, **{**usual, "summary": "平板上写的"})).status_code == 303
    assert worker.post(address, data=typed(cast, **{**usual, "minutes": "90"})).status_code == 303
    assert (log.public_summary, log.minutes) == ("平板上写的", 90)
    answer = worker.post(address, data=typed(cast, **{**usual, "summary": "手机上写的", "place": "花园"}))
    assert answer.status_code == 409
    assert "平板上写的" in answer.text and "手机上写的" in answer.text and 'name="decide_summary"' in answer.text
    assert (log.public_summary, log.place) == ("平板上写的", usual["place"])
    decided = {**usual, "summary": "手机上写的", "place": "花园", "decide_summary": "theirs"}
    assert worker.post(address, data=typed(cast, **decided)).status_code == 303
    assert (log.public_summary, log.minutes, log.place) == ("平板上写的", 90, "花园")
    assert (
        worker.post(address, data=typed(cast, **{**usual, "summary": "手机", "decide_summary": "mine"})).status_code
        == 303
    )
    assert log.public_summary == "手机"


@pytest.mark.parametrize("marks", ["", "[]", "{", "[" * 50_000, '{"summary": 3}', '"x"'])
def test_marks_that_no_page_wrote_leave_the_decision_to_the_version(
    client_for: Callable[..., Any], cast: Cast, marks: str
) -> None:
    log = serving.log(serving.project(cast), cast.worker, cast.neighbor, submit=False)
    answer = client_for(cast.worker).post(f"/logs/{log.public_id}/edit", data=typed(cast, version="999", marks=marks))
    assert answer.status_code == 409


def test_a_photo_without_a_time_or_of_another_day_is_marked_for_those_who_approve_and_makes_no_hint(
    client_for: Callable[..., Any], cast: Cast, db: Any
) -> None:
    log = serving.log(serving.project(cast), cast.worker, cast.neighbor)
    for shot_at in (None, log.started_at - timedelta(days=3), log.started_at):
        Attachment(owner="account:1", kind="service_logs", subject_id=log.id, sha256=f"{builders.number():064d}",
                   dhash="0" * 16, width=1, height=1, received_bytes=1, shot_at=shot_at).save()  # fmt: skip
    db.session.commit()
    here, marks = f"/logs/{log.public_id}", ("照片里没有拍摄时间", "拍摄于", "这不算谁的错", "可能是手机时间不准")
    supervisor, worker = client_for(cast.supervisor), client_for(cast.worker)
    for page in (supervisor.get(here).text, supervisor.get("/log-approvals").text):
        assert all(mark in page for mark in marks) and page.count("拍摄于") == 1
    assert not any(mark in worker.get(here).text for mark in marks)
    assert "没有提示" in supervisor.get("/hints").text
    assert supervisor.post(here + "/approval", data={"key": key()}).status_code == 303


def test_a_record_whose_photos_will_not_come_stops_waiting_for_them(client_for: Callable[..., Any], cast: Cast) -> None:
    photos = {"key": key(), "photos_coming": 2, "photo_owner": f"account:{cast.worker.id}"}
    log = ServiceLog.write(serving.project(cast), serving.entry(cast.neighbor, **photos), by=actor_of(cast.worker))
    worker, here = client_for(cast.worker), f"/logs/{log.public_id}"
    assert "2 张照片待传" in worker.get(here).text
    assert worker.post(f"{here}/photos-given-up", data={"key": key()}).status_code == 303
    assert "张照片待传" not in worker.get(here).text
    assert worker.post(f"{here}/photos-given-up", data={"key": key()}).status_code == 422


def test_faces_are_covered_by_cells_and_the_original_is_opened_by_auditors_with_a_reason(
    client_for: Callable[..., Any], cast: Cast, db: Any
) -> None:
    out = io.BytesIO()
    Image.new("RGB", (1200, 900), "yellow").save(out, "JPEG")
    photo = Attachment.receive(out.getvalue(), owner=f"account:{cast.worker.id}")
    log = serving.log(serving.project(cast), cast.worker, cast.neighbor, photos=(photo.public_id,),
                      photo_owner=photo.owner)  # fmt: skip
    db.session.commit()
    here, worker, auditor = f"/log-photos/{photo.public_id}", client_for(cast.worker), client_for(cast.auditor)
    page = worker.get(here + "/cover").text
    assert page.count('name="cells"') == 12 * 9 and f"{here}/cover" in worker.get(f"/logs/{log.public_id}").text
    for cells in ([], ["9-0", "x", "0-12"]):
        assert worker.post(here + "/cover", data={"key": key(), "cells": cells}).status_code == 422
    assert worker.post(here + "/cover", data={"key": key(), "cells": ["0-0", "0-1"]}).status_code == 303
    assert "要恢复，只能由社区来办" in worker.get(here + "/cover").text
    shown = worker.get(f"/attachments/{photo.public_id}/display")
    assert Image.open(io.BytesIO(shown.data)).convert("L").getpixel((40, 40)) < 90  # type: ignore[operator]
    assert "no-cache" in shown.headers["Cache-Control"]
    assert worker.post(here + "/uncovering", data={"key": key(), "reason": "x" * 10}).status_code == 403
    clerk = client_for(cast.clerk)
    assert clerk.post(here + "/uncovering", data={"key": key(), "reason": "短"}).status_code == 422
    reading = here + "/original-reading"
    assert reading in auditor.get(f"/logs/{log.public_id}").text
    assert clerk.post(reading, data={"key": key(), "reason": "核对照片"}).status_code == 403
    unsaid = auditor.post(reading, data={"key": key()})
    assert unsaid.status_code == 422 and '<details class="unfold" open>' in unsaid.text
    opened = auditor.post(reading, data={"key": key(), "reason": "核对照片是否属实"})
    assert "data:image/jpeg;base64," in opened.text and opened.headers["Cache-Control"] == "no-store"
    note = db.session.query(AccessNote).filter(AccessNote.what == "read.original").one()
    assert (note.subject_id, note.reason) == (photo.id, "核对照片是否属实")
    assert "打开了照片原图" in auditor.get("/audit/access").text
    assert (
        clerk.post(here + "/uncovering", data={"key": key(), "reason": "遮错了地方，要重新遮一次"}).status_code == 303
    )
