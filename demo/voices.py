"""What the people served say in the demo year, the evaluators' scores, and the Monday releases."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from demo.clockwork import DAYS, Year
from demo.drawings import drawing
from demo.people import actor, desk_of
from demo.words import rows
from models.accounts import STRANGER
from models.attachments import Attachment
from models.attendance import Attendance, Part
from models.base import db
from models.dossiers import DossierSample
from models.evaluation import Scheme
from models.evaluation.kinds import USUAL_WEIGHTS, Indicator
from models.evaluation.rows import BaseScore, EvaluationScheme
from models.events import JOB
from models.ratings import (
    Answer,
    Contact,
    DeclaredRelative,
    Mattered,
    PaperRow,
    Rating,
    RatingContact,
    RatingInvitation,
    RatingRelease,
    RatingSheet,
    served,
)
from models.ratings.releases import contract_year
from models.service_log import ServiceLog
from models.states import ServiceLogState

INDICATORS = dict(
    zip(
        ("运行质量", "实现情况", "组织管理", "预算考核"),
        (Indicator.OPERATION, Indicator.ACHIEVEMENT, Indicator.ORGANIZATION, Indicator.BUDGET),
        strict=True,
    )
)
MATTERED = list(Mattered)
# How many of those with a slip send an answer; where hardly anybody was asked, hardly anybody answers.
ANSWERING = {"rural-daycare": 0.05, "job-skills": 0.07, "youth-blend": 0.12, "after-school": 0.85}
USUALLY_ANSWERING = 0.8
RECTIFIED_FROM = 168


def plan(year: Year) -> None:
    """Publish a scheme, let the weeks go by, and score the projects in the last month."""
    year.on(-1, lambda: _publish_scheme(year))
    for text in rows("ratings"):
        if text["kind"] == "distribution":
            key = f"left:{text['project']}:{text.get('phase', '')}"
            year.things[key] = [int(level) for level, share in text["weights"].items() for _ in range(share)]
            year.things[f"count:{text['project']}:{text.get('phase', '')}"] = text["count"]
    for day in range(DAYS):
        if year.date(day).weekday() == 0:
            year.on(day, _release, 5)
    for text in rows("projects"):
        year.on(year.working(350), lambda text=text: _score(year, text), 15 * 60)  # type: ignore[misc]
    year.on(40, lambda: DeclaredRelative.declare("向小满", "19920000001", by=actor(year, "向阳")))


def _publish_scheme(year: Year) -> None:
    officer = actor(year, "章海波")
    scheme = EvaluationScheme.draft(year.things["jinan"], Scheme(), USUAL_WEIGHTS, year.date(0), by=officer)
    scheme.publish(by=officer)


def _release() -> None:
    Rating.settle_waiting(by=JOB)
    RatingRelease.release_all(by=JOB)


def _score(year: Year, text: dict[str, Any]) -> None:
    """Let the evaluator score the four other indicators, each with a sentence of evidence."""
    project = year.things.get(f"project:{text['slug']}")
    if project is None or text["slug"] == "dance-pact":
        return
    tenths = {INDICATORS[one["indicator"]]: one["score"] * 10 for one in text["base_scores"]}
    evidence = {INDICATORS[one["indicator"]]: one["evidence"] for one in text["base_scores"]}
    first, _end = contract_year(project)
    by = actor(year, "沈砚")
    year.try_(lambda: BaseScore.give(project, first, tenths, evidence, by=by), f"score {text['slug']}")
    if not year.things.get("sampled"):
        year.things["sampled"] = year.try_(lambda: DossierSample.draw(project, None, None, by=by), "sample")


def ask(year: Year, text: dict[str, Any], log: ServiceLog) -> None:
    """Give slips to those served, on the day of the service or some days later, and let some of them answer."""
    key = _key(year, text["slug"])
    if year.things.get(f"count:{key}", 0) <= 0 or log.method == "CASE":
        return
    clerk = desk_of(year, text["community"])[0]
    if not year.try_(lambda: RatingInvitation.print_slips(log, by=clerk), f"slips {text['slug']}"):
        return
    new = db.session.scalars(select(RatingInvitation).where(RatingInvitation.log_id == log.id)).all()
    for invitation in new:
        if year.chance.random() < ANSWERING.get(text["slug"], USUALLY_ANSWERING):
            day = year.day + year.chance.randrange(0, 6)
            year.on(day, lambda one=invitation: _answer(year, text, one), 19 * 60 + year.chance.randrange(90))  # type: ignore[misc]


def _key(year: Year, slug: str) -> str:
    phase = ("BEFORE" if year.day < RECTIFIED_FROM else "AFTER") if slug == "after-school" else ""
    return f"{slug}:{phase}"


def _words(year: Year, slug: str, level: int) -> dict[str, Any]:
    """Take a comment that nobody has used; most people leave it empty."""
    phase = _key(year, slug).partition(":")[2] or None
    pool = year.things.setdefault(
        f"comments:{slug}:{level}:{phase}",
        [one for one in rows("ratings") if one["kind"] == "comment" and one["project"] == slug and one["level"] == level
         and one.get("phase") in (None, phase)],
    )  # fmt: skip
    return pool.pop(0) if pool and year.chance.random() < 0.5 else {}


def _answer(year: Year, text: dict[str, Any], invitation: RatingInvitation) -> None:
    key = _key(year, text["slug"])
    if year.things.get(f"count:{key}", 0) <= 0:
        return
    level = year.chance.choice(year.things[f"left:{key}"])
    words = _words(year, text["slug"], level)
    mattered = Mattered(words["mattered"]) if words.get("mattered") else None
    if mattered is None and year.chance.random() < 0.4:
        mattered = year.chance.choice(MATTERED)
    solved = words.get("solved", level >= 3 if year.chance.random() < 0.8 else None)
    contact = year.chance.choice([Contact.COMMUNITY, Contact.COMMUNITY, Contact.ORGANIZATION_TOO, Contact.NOBODY])
    said = Answer(level, solved, mattered, words.get("comment", ""), contact)
    rating = year.try_(lambda: Rating.give(invitation, said, by=STRANGER), f"rating {text['slug']}")
    if rating is None:
        return
    year.things[f"count:{key}"] -= 1
    if level <= 2 and year.day < DAYS - 20:
        year.on(year.working(year.day + 1), lambda: _talk(year, text, rating))


def _talk(year: Year, text: dict[str, Any], rating: Rating) -> None:
    """Let the committee call, put it right, and offer to rate once more; some do."""
    task = db.session.scalars(select(RatingContact).where(RatingContact.rating_id == rating.id)).one_or_none()
    if task is None:
        return
    clerk = desk_of(year, text["community"])[1]
    year.try_(lambda: task.talk("电话里听居民讲了经过，约了改进的日子。", reached=True, by=clerk), "talk")
    if text["slug"] == "youth-blend":
        return
    year.on(year.working(year.day + 7), lambda: _settle(year, text, task, clerk))


def _settle(year: Year, text: dict[str, Any], task: RatingContact, clerk: Any) -> None:
    year.try_(lambda: task.settle("机构改了做法，上门道了歉，居民认可。", by=clerk), "settle")
    if task.again_id is not None and year.chance.random() < 0.35:
        again = RatingInvitation.get(task.again_id)
        said = Answer(year.chance.choice([4, 4, 5, 3]), True, Mattered.EFFECT, "后来改了，这次可以。", Contact.NOBODY)
        year.on(year.day + 2, lambda: year.try_(lambda: Rating.give(again, said, by=STRANGER), "again"))


def on_paper(year: Year, text: dict[str, Any], log: ServiceLog) -> None:
    """Enter a paper sheet of ratings with its photo, and let somebody else compare it; neither of them served."""
    first, second, *_more = [who for who in desk_of(year, text["community"]) if not served(log, who)]
    owner = f"account:{first.account_id}"
    photo = Attachment.receive(drawing(year.chance, "paper"), owner=owner, sheet=True)
    seats = db.session.scalars(
        select(Attendance).where(Attendance.log_id == log.id, Attendance.part == Part.SERVED).limit(6)
    ).all()
    lines = [PaperRow(seat.public_id, Answer(year.chance.choice([5, 5, 4, 4, 3]))) for seat in seats]
    sheet = year.try_(
        lambda: RatingSheet.enter(log, lines, by=first, photos=[photo.public_id], photo_owner=owner), "paper"
    )
    if sheet is not None and year.day < DAYS - 6:
        year.on(year.day + 1, lambda: year.try_(lambda: sheet.witness(by=second), "witness"))


def after(year: Year, text: dict[str, Any], log: ServiceLog, number: int) -> None:
    """Do what follows a service: now and then a paper sheet, mostly slips."""
    if number % 40 == 7 and log.method == "EVENT" and log.state == ServiceLogState.APPROVED:
        year.on(year.day + 1, lambda: on_paper(year, text, log))
    elif number % 2 == 0 or text["story"] == "LOVED" or year.day > DAYS - 8:
        year.on(year.day, lambda: ask(year, text, log), 20 * 60 + 45)
