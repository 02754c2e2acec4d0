"""A town hall in which everything has happened once: what the pages behind the lists need in order to open."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from PIL import Image
from sqlalchemy import select

from models import attachments, need_groups
from models.accounts import STRANGER, actor_of
from models.answer_templates import AnswerTemplate, TemplateStep
from models.attachments import Attachment
from models.attendance import Attendance, Part, Presence
from models.base import today
from models.certificates import Certificate
from models.directory import ResponsibleUnit
from models.dossiers import DossierSample
from models.evaluation import BaseScore
from models.events import JOB
from models.kept_answers import KeptAnswer
from models.need_groups import NeedGroup
from models.needs import AnswerKind, Field, Kind, Tile
from models.notices import Notice
from models.ratings import (
    Answer,
    Mattered,
    PaperRow,
    PresenceWord,
    RatingContact,
    RatingInvitation,
    RatingRelease,
    RatingSheet,
    contact_lines,
    contract_year,
    paper_seats,
)
from models.reports import Period, Report, ReportKind
from models.service_log import ServiceLog, ServiceMethod
from models.volunteering import HourRecord
from tests import builders, serving, voices
from tests.cast import Cast
from tests.models.test_evaluation import EVIDENCE, TENTHS
from tests.models.test_need_groups import SMOKE
from tests.models.test_project_imports import SHEET
from tests.web.test_evaluation import RULES
from tests.web.test_ledgers import give
from web import jobs
from web.rating_links import seal

LONG = "独居老人周末助餐与陪伴探访（含节假日加餐、送餐上门和电话问候）试点项目"
UNMASKED = {"key": "0000-00000901", "kind": "RESIDENTS", "reason": "区里周五核对高龄补贴，用后删除"}


def furnish(cast: Cast, client_for: Any, db: Any) -> dict[str, str]:
    """Let everything happen once and return the ids of the things, by the name of their kind."""
    clerk, head = actor_of(cast.clerk), actor_of(cast.head)
    need = builders.need(cast.community, author=cast.neighbor, courtyard=cast.courtyard, tile=Tile.ELDER_CARE)
    shown = builders.accepted(cast.community, clerk, text="路灯不亮，晚上下楼梯看不见")
    shown.publish_title("三单元门口路灯不亮", by=clerk)
    for words in SMOKE:
        builders.accepted(cast.community, clerk, text=words)
    need_groups.refresh_all(by=JOB)
    notice = Notice.write(cast.community, "周三停水", "周三上午九点到十一点停水，请提前接水。", by=clerk)
    pinned = Notice.write(cast.community, "周五义诊", "周五上午在活动室量血压。", by=clerk)
    pinned.publish(by=head)
    package = builders.package(cast.community, clerk)
    returned = builders.package(cast.community, clerk, title=LONG)
    returned.submit(by=clerk)
    returned.return_("请写清楚每周送几次餐", by=actor_of(cast.street_officer))
    template = AnswerTemplate.write(
        cast.community, TemplateStep.ANSWER_DONE, "马上去看", "已经收到，明天去看。", by=clerk
    )
    unit = ResponsibleUnit.enter(
        cast.community, "清河物业", duties="停车、电梯", tiles=[Tile.PARKING], phone="028-8500 1111", by=clerk
    )
    question = builders.accepted(cast.community, clerk, Field.OTHER, text="请问停车找谁", kind=Kind.CONSULT)
    question.answer("找清河物业，东门一楼。", AnswerKind.DONE, by=clerk)
    KeptAnswer.lay_down(question, "停车找谁", "找清河物业，东门一楼。", unit=unit, by=clerk)
    names = {
        "question": question,
        "report": Report.draft(cast.community, ReportKind.MONTHLY, Period.of(f"{today():%Y-%m}"), by=clerk),
        "need": need, "shown": shown, "notice": notice, "pinned": pinned, "package": package, "returned": returned,
        "template": template, "unit": unit, "person": cast.neighbor, "community": cast.community,
        "organization": cast.organization, "account": cast.clerk,
        "group": db.session.scalars(select(NeedGroup)).first(),
    }  # fmt: skip
    ids = {name: row.public_id for name, row in names.items()}
    return {**ids, **_served(cast), **_files(cast, client_for)}


def _served(cast: Cast) -> dict[str, str]:
    """Let people be served, rated and evaluated."""
    worker = cast.worker
    project = voices.rated(cast, [5, 5, 4, 4, 2, 1], silent=20)
    BaseScore.give(project, contract_year(project)[0], TENTHS, EVIDENCE, by=actor_of(cast.evaluator))
    log = serving.approved(cast, project, cast.neighbor, *serving.people(cast, 3))
    draft = serving.log(project, worker, cast.neighbor, submit=False, hours_ago=30)
    serving.log(project, worker, cast.neighbor, hours_ago=50)
    serving.goal(project)
    slip = voices.invitation(log, cast.neighbor)
    bad = serving.approved(cast, project, cast.neighbor, hours_ago=80)
    voices.rate(bad, cast.neighbor, 1, mattered=Mattered.TIMELY, comment="饭是凉的")
    RatingRelease.release_all(by=JOB)
    paper = serving.approved(cast, project, *serving.people(cast, 4), hours_ago=100)
    RatingInvitation.print_slips(paper, by=actor_of(cast.clerk))
    RatingInvitation.print_strips(paper, 4, by=actor_of(cast.clerk))
    rows = [PaperRow(one.seat, Answer(5)) for one in paper_seats(paper)]
    sheet = RatingSheet.enter(
        paper,
        rows[:2],
        by=actor_of(cast.clerk),
        photos=[voices.sheet_photo(cast.clerk).public_id],
        photo_owner=f"account:{cast.clerk.id}",
    )
    activity = serving.activity(cast, project, capacity=20)
    helped = serving.approved(
        cast, project, people=(Presence(cast.neighbor, part=Part.VOLUNTEER),), hours_ago=60, method=ServiceMethod.EVENT
    )
    HourRecord.propose(voices.seat(helped, cast.neighbor), by=actor_of(worker)).approve(by=actor_of(cast.supervisor))
    proof = Certificate.issue(
        cast.neighbor, cast.community, today() - timedelta(days=30), today(), by=actor_of(cast.clerk)
    )
    ServiceLog.prepare(activity, by=actor_of(worker))
    place = Attendance.sign_up(activity, builders.person(cast.community, "赵帮忙"), by=actor_of(worker))
    place.check_in(by=actor_of(worker))
    doubted, settled = (
        PresenceWord.say(
            voices.invitation(one, cast.neighbor), there=False, words="那天我在女儿家，没有人来过。", by=STRANGER
        )
        for one in (serving.approved(cast, project, cast.neighbor, hours_ago=ago) for ago in (120, 140))
    )
    settled.uphold("问过本人，那天不在家。", by=actor_of(cast.clerk))
    return {
        "doubted": doubted.public_id,
        "project": project.public_id, "log": log.public_id, "draft": draft.public_id, "paper": paper.public_id,
        "certificate": proof.public_id,
        "service_list": serving.service_list(cast, project)[0].public_id,
        "pre_report": serving.pre_report(project, worker).public_id,
        "sample": DossierSample.draw(project, None, 1, by=actor_of(cast.evaluator)).public_id,
        "log_photo": _photo_of(log).public_id,
        "sheet": sheet.public_id, "activity": activity.public_id, "token": seal(slip.public_id),
        "seat": voices.seat(log, cast.neighbor).public_id, "place": place.public_id,
        "contact": contact_lines(RatingContact.community_id == cast.community.id)[0].public_id,
    }  # fmt: skip


def _photo_of(log: ServiceLog) -> Attachment:
    """Return a photo that came with a log."""
    out = io.BytesIO()
    Image.new("RGB", (800, 600), "green").save(out, "JPEG")
    photo = Attachment.receive(out.getvalue(), owner="account:logs")
    attachments.claim(log, [photo.public_id], owner=photo.owner)
    return photo


def _files(cast: Cast, client_for: Any) -> dict[str, str]:
    """Let the clerk hand in a file of each kind, and the district draft its rules."""
    clerk = client_for(cast.clerk)

    def sent(path: str, text: str, **more: Any) -> str:
        data = {"key": f"0000-{builders.number():08d}", "file": (io.BytesIO(text.encode()), "名单.csv"), **more}
        return str(clerk.post(path, data=data).location).rpartition("/")[2]

    here = {"community": cast.community.public_id}
    later = {"applies_from": (today() + timedelta(days=40)).isoformat()}
    ledger = give(clerk).location.rpartition("/")[2]
    jobs.bring_ledgers_in()
    scheme = client_for(cast.district_officer).post("/evaluation/schemes", data={**RULES, **later})
    return {
        "ledger": ledger,
        "unmasked_file": str(clerk.post("/unmasked-files", data=UNMASKED).location).rpartition("/")[2],
        "needs_file": sent("/need-imports", "编号,留言主题,留言详情,留言时间\n1,路灯不亮,三单元的灯不亮,2019-02-14\n"),
        "projects_file": sent("/project-imports", SHEET.format(name=cast.organization.name), **here),
        "scheme": str(scheme.location).rpartition("/")[2],
    }
