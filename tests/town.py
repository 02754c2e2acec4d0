"""A whole town for tests of every counter at once: one thing of each kind stands in the cast's community."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from PIL import Image
from sqlalchemy import select

from models import attachments, check_ins, hour_lists, need_groups, talk, vault, volunteer_profiles
from models.accounts import STRANGER, Grant, Role, actor_of
from models.answer_templates import AnswerTemplate, TemplateStep
from models.attachments import Attachment
from models.attendance import Attendance, Part, Presence
from models.base import db, now, today
from models.certificates import Certificate, CertificateRequest
from models.directory import ResponsibleUnit
from models.dossiers import DossierSample
from models.evaluation import USUAL_SCHEME, USUAL_WEIGHTS, EvaluationScheme
from models.events import JOB
from models.invitations import Invitation
from models.kept_answers import KeptAnswer
from models.ledgers import Ledger, LedgerKind
from models.need_groups import NeedGroup
from models.need_imports import NeedImport
from models.needs import AnswerKind, Field, Kind, RejectReason
from models.notices import Notice
from models.packages import Paper
from models.people import Mandate, MandateKind, MandateWay, Person, Tag
from models.project_imports import ProjectImport
from models.ratings import (
    Answer,
    DeclaredRelative,
    PaperRow,
    PresenceWord,
    RatingContact,
    RatingRelease,
    RatingSheet,
    Unfit,
)
from models.report_templates import ReportTemplate
from models.reports import Period, Report, ReportKind
from models.service_log import ServiceMethod
from models.stars import Star
from models.talk import About, Comment
from models.tellings import Telling
from models.time_bank import Reward, RewardOrder, TimeAccount, TimeClaim
from models.unmasked_files import UnmaskedFile, UnmaskedKind, Wanted
from models.volunteer_rules import Rules, set_rules
from models.volunteering import HourCorrection, HourRecord
from models.working_time import local_day
from tests import builders, serving, voices
from tests.cast import Cast
from tests.models.test_documents import pdf
from tests.models.test_report_templates import workbook
from web.rating_links import seal

PROJECTS = "项目名称,合同编号,承接机构,服务领域,开始日期,结束日期,合同金额\n{},清购〔2026〕901号,{},扶老助残,2026-01-01,2026-12-31,238000\n"


def stand(cast: Cast) -> dict[str, Any]:
    """Let a town stand, and return its things by name; all of them belong to the cast's community."""
    things: dict[str, Any] = {
        "person": cast.neighbor, "community": cast.community, "street": cast.street, "courtyard": cast.courtyard,
        "organization": cast.organization, "rival": cast.other_organization, "clerk": cast.clerk,
        "worker": cast.worker, "other_worker": cast.other_worker,
    }  # fmt: skip
    for part in (_people, _needs, _works, _service, _voices, _papers):
        part(cast, things)
    db.session.commit()
    return things


def _people(cast: Cast, things: dict[str, Any]) -> None:
    clerk = actor_of(cast.clerk)
    asking = builders.account("张求")
    asking.state, asking.community_id, asking.address = "REQUESTED", cast.community.id, "5栋1单元"
    things["asking"] = asking
    cast.neighbor.set_tag(Tag.LONELY_ELDER, by=clerk, basis=None)
    kin = things["kin"] = builders.person(cast.community, "王小妹", building="5", unit="1")
    kin.live_with(cast.neighbor, by=clerk)
    cast.neighbor.set_contact(kin, by=clerk)
    elder = builders.person(cast.community, "王桂兰", building="6")
    elder.give_mandate(cast.resident, MandateKind.FAMILY, MandateWay.ON_SIGHT, by=clerk)
    things["grant"] = db.session.scalars(select(Grant).where(Grant.account_id == cast.clerk.id)).one()
    things["mandate"] = db.session.scalars(select(Mandate)).one()
    things["invitation"], _ = Invitation.invite(
        "孙新人", builders.phone(), Role.CLERK, by=actor_of(cast.head), place=cast.community
    )


def _picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(out, "JPEG")
    return out.getvalue()


def _needs(cast: Cast, things: dict[str, Any]) -> None:
    clerk = actor_of(cast.clerk)
    photo = things["photo"] = Attachment.receive(_picture(), owner=f"account:{cast.resident.id}")
    things["need"] = builders.need(
        cast.community, author=cast.neighbor, courtyard=cast.courtyard, place_detail="三楼拐角",
        photos=[photo.public_id], photo_owner=photo.owner, by=actor_of(cast.resident),
    )  # fmt: skip
    accepted = things["accepted"] = builders.accepted(cast.community, clerk, author=cast.neighbor)
    accepted.publish_title("老年食堂周末停餐", by=clerk)
    asked = things["asked"] = builders.need(cast.community, author=builders.person(cast.community, "冯德海"))
    asked.ask_info("请问是哪个单元？", by=clerk)
    rejected = things["rejected"] = builders.need(cast.community, author=builders.person(cast.community, "冯德海"))
    rejected.reject(RejectReason.OUT_OF_SCOPE, "这件事归城管。", by=clerk)
    things["telling"] = db.session.scalars(select(Telling).where(Telling.subject_id == rejected.id)).first()
    for words in (
        "楼下烧烤店油烟太大，晚上开不了窗",
        "临街烧烤店的油烟每晚往上飘，开不了窗",
        "烧烤店油烟熏人，窗户不能开",
    ):
        builders.accepted(cast.community, clerk, text=words)
    need_groups.refresh_all(by=JOB)
    things["group"] = db.session.scalars(select(NeedGroup)).first()
    things["need_import"] = NeedImport.receive(
        cast.community,
        "热线.csv",
        "编号,留言主题,留言详情,留言时间\n1,路灯不亮,门口的路灯不亮,2019-02-14\n".encode(),
        by=clerk,
    )
    things["need_import"].check()
    things["template"] = AnswerTemplate.write(cast.community, TemplateStep.REJECT, "归城管", "请打 12345。", by=clerk)
    things["unit"] = ResponsibleUnit.enter(
        cast.community, "清河物业", by=clerk, duties="电梯、门禁", phone="028-85001111", hours="白天"
    )


def _works(cast: Cast, things: dict[str, Any]) -> None:
    clerk = actor_of(cast.clerk)
    things["package"] = builders.package(cast.community, clerk, title="周末助餐")
    owner = f"account:{cast.clerk.id}"
    paper = things["paper"] = Attachment.receive_paper(pdf(), owner=owner)
    things["package"].attach(Paper.MEETING, [paper.public_id], owner=owner, by=clerk)
    waiting = things["waiting"] = builders.package(cast.community, clerk, title="楼道照明")
    waiting.submit(by=clerk)
    project = things["project"] = serving.project(
        cast, problem="周末没饭吃", change="周末吃上热饭", how_checked="打电话问"
    )
    things["need_of_project"] = serving.planned_need(cast, project)
    things["goal"] = serving.goal(project)
    manager = actor_of(cast.manager)
    things["date"] = project.tell_date("上门回访", now() + timedelta(days=3), by=manager)
    things["project_import"] = ProjectImport.receive(
        cast.community, "在执行项目.csv", PROJECTS.format("陪伴", cast.organization.name).encode(), by=clerk
    )


def _service(cast: Cast, things: dict[str, Any]) -> None:
    project, worker = things["project"], actor_of(cast.worker)
    things["draft_log"] = serving.log(project, cast.worker, cast.neighbor, submit=False, hours_ago=30)
    spare = builders.person(cast.community, "孙帮忙")
    things["log"] = serving.log(
        project, cast.worker, people=(Presence(cast.neighbor), Presence(spare, part=Part.VOLUNTEER)), hours_ago=40,
        internal="血压偏高", walk_ins=2,
    )  # fmt: skip
    helper = builders.person(cast.community, "赵帮忙")
    people = (Presence(cast.neighbor), Presence(helper, part=Part.VOLUNTEER))
    shot = things["log_photo"] = Attachment.receive(_picture(), owner="account:logs")
    attachments.claim(things["log"], [shot.public_id], owner=shot.owner)
    done = things["approved_log"] = serving.approved(
        cast, project, people=people + tuple(map(Presence, serving.people(cast, 6))), internal="家里困难"
    )
    activity = things["activity"] = serving.activity(cast, project)
    things["service_list"], things["door"] = serving.service_list(cast, project)
    things["pre_report"] = serving.pre_report(project, cast.worker)
    things["seat"] = Attendance.sign_up(activity, cast.neighbor, by=actor_of(cast.resident))
    came = Attendance.sign_up(activity, helper, by=worker, part=Part.VOLUNTEER)
    came.check_in(by=worker)
    things["check_in"] = check_ins.lines_of(came.id)[0]
    things["unknown_seat"] = Attendance._seat_name(done, "王某某", "5栋", Part.SERVED)
    db.session.flush()
    things["hour"] = HourRecord.propose(voices.seat(done, helper), by=worker)
    own = serving.approved(
        cast, project, people=(Presence(cast.neighbor, part=Part.VOLUNTEER),), hours_ago=60, method=ServiceMethod.EVENT
    )
    mine = things["own_hour"] = HourRecord.propose(voices.seat(own, cast.neighbor), by=worker)
    mine.approve(by=actor_of(cast.supervisor))
    things["helper_seat"] = voices.seat(things["log"], spare)
    things["profile"] = volunteer_profiles.offer(
        cast.neighbor, ["MEALS"], ["6A"], by=actor_of(cast.resident), for_organizations=True
    )
    its_year = Period.of(f"{local_day(mine.started_at):%Y}")
    seal = hour_lists.list_of(cast.community, its_year).seal
    things["hour_report"] = hour_lists.mark_reported(
        cast.community, its_year, seal=seal, on=today(), by=actor_of(cast.clerk)
    )
    things["certificate"] = Certificate.issue(
        cast.neighbor, cast.community, today() - timedelta(days=30), today(), by=actor_of(cast.clerk)
    )
    things["certificate_request"] = CertificateRequest.ask(
        cast.neighbor, cast.community, today() - timedelta(days=9), today(), by=actor_of(cast.resident)
    )
    _thanks(cast, things)
    things["correction"] = HourCorrection.ask(mine, "那天我待到了五点", by=actor_of(cast.resident))


def _thanks(cast: Cast, things: dict[str, Any]) -> None:
    """Let stars and the time bank be switched on; the neighbor applies, helps somebody and reserves something."""
    resident, head = actor_of(cast.resident), actor_of(cast.head)
    lines = (60, 18_000, 36_000, 60_000, 90_000)
    set_rules(cast.community, Rules(stars_on=True, star_lines=lines, bank_on=True), by=head)
    things["star"] = Star.apply(cast.neighbor, cast.community, by=resident)
    mine = TimeAccount.join(cast.neighbor, cast.community, by=resident)
    other = builders.person(cast.community, "陶小乐")
    theirs = TimeAccount.join(other, cast.community, by=actor_of(cast.worker, person_ids=[other.id]))
    first = TimeClaim.claim(mine, theirs, 90, today(), "修水管", by=resident)
    first.confirm(by=actor_of(cast.worker, person_ids=[other.id]))
    things["time_claim"] = TimeClaim.claim(mine, theirs, 30, today(), "修纱窗", by=resident)
    things["reward"] = Reward.lay_out(cast.community, "洗衣液", 60, 5, by=head)
    things["reward_order"] = RewardOrder.reserve(things["reward"], mine, by=resident)


def _voices(cast: Cast, things: dict[str, Any]) -> None:
    log, clerk = things["approved_log"], actor_of(cast.clerk)
    rows = db.session.scalars(
        select(Attendance).where(Attendance.log_id == log.id, Attendance.part == Part.SERVED,
                                 Attendance.person_id.is_not(None)).order_by(Attendance.id)
    ).all()  # fmt: skip
    people = [db.session.get_one(Person, row.person_id) for row in rows]
    things["invited"] = voices.invitation(log, people[0])
    rating = things["rating"] = voices.rate(log, people[1], 2, comment="来得太晚了")
    for one in people[2:6]:
        voices.rate(log, one, 5, comment="很好")
    things["presence_word"] = PresenceWord.say(things["invited"], there=False, words="那天我在医院", by=STRANGER)
    things["contact"] = db.session.scalars(select(RatingContact)).first()
    things["sheet"] = RatingSheet.enter(
        log, [PaperRow(rows[6].public_id, Answer(4, comment="还行"))], by=clerk,
        photos=[voices.sheet_photo(cast.clerk).public_id], photo_owner=f"account:{cast.clerk.id}",
    )  # fmt: skip
    rating.doubt_it(Unfit.NOT_THERE, "这天他在外地住院，没有来", by=actor_of(cast.head))
    DeclaredRelative.declare("陈社工的母亲", builders.phone(), by=actor_of(cast.worker))
    RatingRelease.release_all(by=JOB)


def _papers(cast: Cast, things: dict[str, Any]) -> None:
    clerk = actor_of(cast.clerk)
    things["draft_notice"] = Notice.write(cast.community, "周三停水", "上午停水。", by=clerk)
    paper = things["notice_paper"] = Attachment.receive(_picture(), owner="account:notices")
    notice = things["notice"] = Notice.write(
        cast.community, "周四义诊", "上午义诊。", by=clerk, papers=[paper.public_id], owner=paper.owner
    )
    notice.publish(by=actor_of(cast.head))
    about = talk.find(About.NEED, things["need"].public_id, clerk)
    things["comment"] = Comment.say(about, "先打个电话问问。", by=clerk)
    things["sample"] = DossierSample.draw(things["project"], None, 1, by=actor_of(cast.evaluator))
    things["scheme"] = EvaluationScheme.draft(
        cast.district, USUAL_SCHEME, USUAL_WEIGHTS, today() + timedelta(days=30), by=actor_of(cast.district_officer)
    )
    asked = things["question"] = builders.accepted(
        cast.community, clerk, Field.OTHER, text="请问物业服务处在哪里", kind=Kind.CONSULT, author=cast.neighbor
    )
    asked.answer("在东门一楼。", AnswerKind.DONE, by=clerk)
    things["kept_answer"] = KeptAnswer.lay_down(asked, "物业服务处在哪里", "在东门一楼。", by=clerk)
    report = things["report"] = Report.draft(cast.community, ReportKind.MONTHLY, Period.of("2026-01"), by=clerk)
    report.submit("请书记看看", by=clerk)
    report.sign(by=actor_of(cast.head))
    things["report_template"] = ReportTemplate.bring(
        cast.community, ReportKind.MONTHLY, "街道报表", "报表.xlsx", workbook(), used=["need.received"], by=clerk
    )
    things["unmasked_file"] = UnmaskedFile.ask(
        cast.community, Wanted(UnmaskedKind.RESIDENTS), "区里周五核对高龄补贴，用后删除", by=clerk
    )
    things["ledger"] = Ledger.receive(
        cast.community, "台账.csv", "姓名,电话\n周多多,13700002222\n".encode(), LedgerKind.RESIDENTS, by=clerk
    )


# Which thing stands at an address: the first beginning that fits, longest first.
AT: dict[str, str] = {
    "/accounts/<public_id>/confirmation": "asking",
    "/accounts/<public_id>/refusal": "asking",
    "/accounts/<public_id>": "clerk",
    "/activities/calendar/": "community",
    "/activities/": "activity",
    "/answer-templates/": "template",
    "/at/": "courtyard",
    "/attachments/<public_id>/document": "paper",
    "/attachments/": "photo",
    "/attendances/<public_id>/hours": "helper_seat",
    "/attendances/<public_id>/match": "unknown_seat",
    "/attendances/<public_id>/dismissal": "unknown_seat",
    "/attendances/": "seat",
    "/check-ins/": "check_in",
    "/board/activities/": "activity",
    "/board/needs/": "accepted",
    "/board/projects/": "project",
    "/certificate-requests/": "certificate_request",
    "/certificates/": "certificate",
    "/desk/needs/": "need",
    "/dossier-samples/": "sample",
    "/directory/answers/": "kept_answer",
    "/directory/units/": "unit",
    "/evaluation/schemes/": "scheme",
    "/front-desk/": "need",
    "/hour-corrections/": "correction",
    "/hour-layouts/": "community",
    "/hour-reports/": "hour_report",
    "/hours/<public_id>/corrections": "own_hour",
    "/hours/": "hour",
    "/time-claims/": "time_claim",
    "/volunteer-rules/": "community",
    "/invitations/": "invitation",
    "/ledgers/": "ledger",
    "/logs/<public_id>/edit": "draft_log",
    "/logs/<public_id>/submission": "draft_log",
    "/logs/": "log",
    "/log-photos/": "log_photo",
    "/mandates/": "mandate",
    "/need-groups/": "group",
    "/need-imports/": "need_import",
    "/needs/<public_id>/project": "accepted",
    "/needs/<public_id>/supports": "accepted",
    "/needs/": "need",
    "/notice-desk/": "draft_notice",
    "/notices/<public_id>/edit": "draft_notice",
    "/notices/<public_id>/publication": "draft_notice",
    "/notices/": "notice",
    "/organizations/": "organization",
    "/packages/<public_id>/approval": "waiting",
    "/packages/<public_id>/return": "waiting",
    "/packages/<public_id>/infeasibility": "waiting",
    "/packages/": "package",
    "/people/": "person",
    "/places/": "community",
    "/pre-reports/": "pre_report",
    "/project-imports/": "project_import",
    "/projects/": "project",
    "/ratings/contacts/": "contact",
    "/ratings/events/": "approved_log",
    "/ratings/names/": "rating",
    "/ratings/presence/": "presence_word",
    "/ratings/records/": "rating",
    "/ratings/services/": "approved_log",
    "/ratings/sheets/": "sheet",
    "/report-templates/": "report_template",
    "/reports/": "report",
    "/served/": "person",
    "/service-lists/": "service_list",
    "/set-up/": "community",
    "/reward-orders/": "reward_order",
    "/rewards/": "reward",
    "/stars/": "star",
    "/talk/needs/": "need",
    "/unmasked-files/": "unmasked_file",
    "/volunteers/": "profile",
    "/tellings/": "telling",
}
# What a counter without an id in its address is told in its form: the field, and the thing that it names.
NAMED: dict[str, dict[str, str]] = {
    "certificates.create": {"community": "community", "person": "person"},
    "directory.keep_answer": {"need": "question"},
}
WORDS = {"size": "display", "method": "visit", "noun": "answer", "name": "app.css", "version": "2026-11",
         "handle": "0" * 16, "filename": "app.css"}  # fmt: skip


def address(rule: str, things: dict[str, Any]) -> str:
    """Fill an address of the town with what stands there. Errors: LookupError for one that nobody placed."""
    filled = re.sub(r'<any\("?([^",)]+)[^>]*>', r"\1", rule)
    if "<public_id>" in filled:
        at = next((AT[begin] for begin in sorted(AT, key=len, reverse=True) if filled.startswith(begin)), None)
        if at is None:
            raise LookupError(f"say in AT (tests/town.py) which thing of the town stands at {rule}")
        filled = filled.replace("<public_id>", things[at].public_id)
    filled = filled.replace("<token>", seal(things["invited"].public_id))
    ids = {"grant_id": "grant", "date_id": "date", "need_id": "accepted", "comment_id": "comment", "line_id": "door",
           "paper_id": "notice_paper"}  # fmt: skip
    for name, thing in ids.items():
        filled = filled.replace(f"<{name}>", things[thing].public_id)
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: WORDS[found[1]], filled)


def told(endpoint: str, things: dict[str, Any]) -> dict[str, str]:
    """Return what a counter's form says of the town's things."""
    return {field: things[thing].public_id for field, thing in NAMED.get(endpoint, {}).items()}


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """Let happen what happens in a block, and undo it: the next request finds the town as it was.

    What leaves the vault cannot be undone, so nothing leaves it meanwhile.
    """
    db.session.commit()
    remove, vault.Vault.remove = vault.Vault.remove, lambda *_: None  # type: ignore[method-assign,assignment]
    point = db.engine.begin_nested()  # type: ignore[attr-defined]
    try:
        yield
    finally:
        vault.Vault.remove = remove  # type: ignore[method-assign]
        db.session.rollback()
        db.session.expire_all()
        point.rollback()
