"""Service in the demo year: visits, groups, events and cases with who came, volunteers' hours, and their approval."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from demo import voices
from demo.clockwork import DAYS, Year
from demo.drawings import drawing
from demo.matters import settle
from demo.people import actor, desk_of
from demo.words import rows
from models.attachments import Attachment
from models.attendance import Attendance, Part, Presence
from models.attendance.row import Outcome
from models.base import db
from models.needs import Need
from models.people import Person
from models.projects import Project
from models.service_log import CallOutcome, ServiceLog, to_call
from models.service_log.kinds import CaseStage, Entry, ServiceMethod
from models.states import NeedState, ServiceLogState
from models.volunteering import HourRecord

# How many services each project records in the year: 900 in all.
LOGS = {
    "elder-companion": 150, "weekend-meals": 130, "home-health": 90, "family-post": 90, "after-school": 95,
    "rural-daycare": 70, "youth-blend": 60, "left-behind": 50, "job-skills": 25, "legal-day": 9, "phone-class": 35,
    "gas-check": 20, "evening-room": 35, "dance-pact": 3, "ditch-days": 12, "haircut": 36,
}  # fmt: skip
CLOSED_DAY = {"gas-check": 118}
# How soon a served need is said to be settled: the chance at each service of its project that is approved.
SETTLED = 0.07
OPEN_LOGS = 5  # days at the end whose logs still wait for their supervisor
AGREED = 22  # days at the end whose visits agreed on the next one
STAGES = list(CaseStage)


def plan(year: Year) -> None:
    """Spread every project's services over its days."""
    for text in rows("projects"):
        first, last = max(4, text["start_day"] + 2), min(text["end_day"], DAYS - 1)
        last = min(last, text.get("closed_day", 400) - 8)
        sayings = [one for one in rows("logs") if one["project"] == text["slug"]]
        if last <= first or not sayings:
            continue
        for number in range(LOGS.get(text["slug"], 0)):
            day = first + (last - first) * number // max(LOGS[text["slug"]] - 1, 1)
            saying = _fitting(year, sayings, day, number)
            year.on(day, lambda t=text, s=saying, n=number: _serve(year, t, s, n), 18 * 60 + number % 50)  # type: ignore[misc]
        if text.get("closed_day"):
            year.on(text["closed_day"], lambda text=text: _close(year, text))  # type: ignore[misc]
    for day in range(6, DAYS - OPEN_LOGS, 3):
        year.on(day, lambda: _approve(year), 20 * 60)
    for day in range(13, DAYS - OPEN_LOGS, 7):
        year.on(day, lambda: _count_hours(year), 20 * 60 + 30)


def _fitting(year: Year, sayings: list[dict[str, Any]], day: int, number: int) -> dict[str, Any]:
    """Choose words that fit the season; the project that invents figures repeats its few sentences."""
    month = year.date(day).month
    season = {12: "WINTER", 1: "WINTER", 2: "WINTER", 6: "SUMMER", 7: "SUMMER", 8: "SUMMER"}.get(
        month, "SPRING" if month in (3, 4, 5) else "AUTUMN"
    )
    fitting = [one for one in sayings if one.get("season") in (None, season)] or sayings
    return fitting[number % len(fitting)]


def _people(year: Year, text: dict[str, Any], method: str, number: int) -> list[Person]:
    """Choose who is served: a project serves its own circle of people, again and again; whoever helps is not in it."""
    circle: list[Person] = year.things.setdefault(f"circle:{text['slug']}", [])
    if not circle:
        helping = {one["resident"] for one in rows("volunteer_skills")}
        around = [one for one in year.things["people"][text["community"]] if one.name not in helping]
        year.chance.shuffle(around)
        elders = sorted(around, key=lambda p: p.birth_year or 2000)
        young = text["slug"] in ("after-school", "family-post", "left-behind", "youth-blend")
        circle.extend((list(reversed(elders)) if young else elders)[: max(24, int(len(around) * 0.75))])
    size = {"VISIT": 4, "GROUP": 9, "EVENT": 18}.get(method, 0)
    if text["slug"] == "youth-blend":
        size = min(size, 6)
    start = (number * size) % len(circle)
    return (circle + circle)[start : start + size]


def _serve(year: Year, text: dict[str, Any], saying: dict[str, Any], number: int) -> None:
    project: Project | None = year.things.get(f"project:{text['slug']}")
    if project is None or project.state != "RUNNING":
        return
    workers = text.get("workers") or []
    by = actor(year, workers[number % len(workers)]) if workers else desk_of(year, text["community"])[0]
    start = year.at(year.day, 9 * 60 + (number * 37) % 240)
    minutes = 60 * (2 + number % 3) if text["slug"] == "youth-blend" else saying["minutes"] + (number * 7) % 20 - 10
    entry = _entry(year, text, saying, number, project, start, max(20, minutes), by.account_id)
    log = year.try_(lambda: ServiceLog.write(project, entry, by=by, submit=True), f"log {text['slug']}")
    if log is not None:
        year.things.setdefault("waiting_logs", []).append((text, log))
        if year.day > DAYS - OPEN_LOGS:
            # A slip given at the door: the rating waits until the log is approved.
            voices.after(year, text, log, number)


def _entry(
    year: Year,
    text: dict[str, Any],
    saying: dict[str, Any],
    number: int,
    project: Project,
    start: Any,
    minutes: int,
    who: Any,
) -> Entry:
    method = ServiceMethod(saying["method"])
    planned: list[Need] = [
        one
        for one in year.things.get(f"planned:{text['slug']}", [])
        if one.state in (NeedState.PLANNED, NeedState.IN_SERVICE)
    ]
    # Who was told the earliest date comes first; who was served already comes last.
    planned.sort(key=lambda one: (one.state != NeedState.PLANNED, one.next_step_at or start))
    goal = year.things.get(f"goal:{text['slug']}:{saying.get('goal')}")
    end = start + timedelta(minutes=minutes)
    if method == ServiceMethod.CASE:
        case_no = f"{text['slug'][:2].upper()}-{1 + number % 12:03d}"
        stage = STAGES[number % len(STAGES)]
        return Entry(
            method, saying["title"], saying["place"], start, end, internal=saying["internal"], case_no=case_no,
            case_stage=stage, goal=goal,
        )  # fmt: skip
    served = _people(year, text, saying["method"], number)
    # A day is agreed on for the next look; of days long past nobody speaks any more.
    again = start + timedelta(days=14) if method == ServiceMethod.VISIT and year.day > DAYS - AGREED else None
    lines = [Presence(one, next_at=again) for one in served]
    if method == ServiceMethod.VISIT and number % 6 == 5:
        lines[-1] = Presence(served[-1], outcome=Outcome.NOT_IN, next_at=start + timedelta(days=7))
    lines += _volunteers(year, text, served, start, end, number)
    photos: tuple[str, ...] = ()
    if number % 9 == 0:
        # Now and then a picture was passed on, and its time was lost on the way.
        shot_at = None if number % 45 == 18 else start + timedelta(minutes=minutes // 2)
        picture = drawing(year.chance)
        photos = (Attachment.receive(picture, owner=f"account:{who}", said_at=shot_at).public_id,)
    inventing = text["slug"] == "youth-blend"
    scaled = goal is not None and goal.scale_high is not None
    before = 1 + number % 3 if scaled else None
    return Entry(
        method,
        saying["title"],
        saying["place"],
        start,
        end,
        public_summary=saying["public_summary"],
        internal=saying["internal"],
        goal=goal,
        needs=tuple(planned[:6]),
        people=tuple(lines),
        walk_ins=(20 if inventing else year.chance.randrange(0, 4)) if method == ServiceMethod.EVENT else 0,
        photos=photos,
        photo_owner=f"account:{who}",
        scale_before=before,
        scale_after=min(5, before + number % 4) if before is not None else None,
    )


def _volunteers(
    year: Year, text: dict[str, Any], served: list[Person], start: Any, end: Any, number: int
) -> list[Presence]:
    """Let some who can help come along; their coming and going is noted."""
    if number % 5 > 2:
        return []
    helpers = [year.things.get(f"person:{one['resident']}") for one in rows("volunteer_skills")]
    here = [
        one for one in helpers if one is not None and one.community_id == served[0].community_id and one not in served
    ]
    count = min(len(here), 2 + number % 3)
    first = (number * 3) % max(len(here), 1)
    chosen = (here + here)[first : first + count]
    late = end + timedelta(minutes=85)
    return [
        Presence(one, part=Part.VOLUNTEER, came_at=start - timedelta(minutes=90), left_at=late if k % 4 else None)
        for k, one in enumerate(dict.fromkeys(chosen))
    ]


def _judge(year: Year, text: dict[str, Any], log: ServiceLog) -> Any:
    if text.get("supervisor"):
        return actor(year, text["supervisor"])
    return desk_of(year, text["community"])[2]


def ring(year: Year, log: ServiceLog, judge: Any) -> None:
    """Let whoever approves a drawn record call first; now and then nobody picks up."""
    if to_call([log]):
        outcome = CallOutcome.NOT_REACHED if log.id % 4 == 0 else CallOutcome.CONFIRMED
        year.try_(lambda: log.note_call(outcome, by=judge), "call about a record")


def _approve(year: Year) -> None:
    """Let each supervisor go through what waits: clean ones together, flagged ones one by one; a few go back."""
    waiting = year.things.pop("waiting_logs", [])
    for text, log in waiting:
        if log.state != ServiceLogState.SUBMITTED:
            continue
        judge = _judge(year, text, log)
        if year.chance.random() < 0.015 and text["slug"] != "youth-blend":
            year.try_(lambda log=log, judge=judge: log.return_("请补上谁在场，再交一次。", by=judge), "return log")  # type: ignore[misc]
            continue
        ring(year, log, judge)
        year.try_(lambda log=log, judge=judge: log.approve(by=judge), f"approve {text['slug']}")  # type: ignore[misc]
        if log.state == ServiceLogState.APPROVED:
            year.things.setdefault("served_logs", []).append((text, log))
            _propose(year, text, log)
            voices.after(year, text, log, log.id)
            for need in year.things.get(f"planned:{text['slug']}", []):
                if NeedState(need.state) == NeedState.IN_SERVICE and year.chance.random() < SETTLED:
                    clerk = desk_of(year, text["community"])[0]
                    year.on(year.day + 4, lambda need=need, clerk=clerk: settle(year, need, clerk))  # type: ignore[misc]


def _propose(year: Year, text: dict[str, Any], log: ServiceLog) -> None:
    workers = text.get("workers") or []
    by = actor(year, workers[0]) if workers else desk_of(year, text["community"])[0]
    for seat in _seats(log):
        one = year.try_(lambda seat=seat: HourRecord.propose(seat, by=by), f"hours {text['slug']}")  # type: ignore[misc]
        if one is not None:
            year.things.setdefault("waiting_hours", []).append((text, one))


def _seats(log: ServiceLog) -> list[Attendance]:
    query = select(Attendance).where(Attendance.log_id == log.id, Attendance.part == Part.VOLUNTEER)
    return list(db.session.scalars(query.order_by(Attendance.id)))


def _count_hours(year: Year) -> None:
    """Count what was proposed, twenty at a time."""
    waiting = year.things.pop("waiting_hours", [])
    by_judge: dict[Any, list[HourRecord]] = {}
    for text, one in waiting:
        judge = actor(year, text["supervisor"]) if text.get("supervisor") else desk_of(year, text["community"])[2]
        if one.needs_review or one.late:
            year.try_(lambda one=one, judge=judge: one.approve(by=judge, reason="核对过签到，全天都在现场。"), "hours")  # type: ignore[misc]
        else:
            by_judge.setdefault(judge, []).append(one)
    for judge, records in by_judge.items():
        for start in range(0, len(records), 20):
            part = records[start : start + 20]
            year.try_(lambda part=part, judge=judge: HourRecord.approve_all(part, by=judge), "hours")  # type: ignore[misc]


def _close(year: Year, text: dict[str, Any]) -> None:
    project = year.things.get(f"project:{text['slug']}")
    if project is None:
        return
    officer = actor(year, "谭勇" if text["community"] != "liuwan" else "施恒")
    clerk = desk_of(year, text["community"])[0]
    for need in project.waiting_needs():
        year.try_(lambda need=need: need.resolve("项目里已经办好，和您电话确认过。", by=clerk), "resolve")  # type: ignore[misc]
    year.try_(lambda: project.close("约定的都做完了，东西交给院里自己管。", by=officer), "close")
