"""Packages and projects of the demo year: gathered, decided, assigned, with goals, teams and dates."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from demo.clockwork import DAYS, Year
from demo.drawings import drawing
from demo.matters import answer, join
from demo.people import actor, desk_of
from demo.words import rows
from models.attachments import Attachment
from models.base import db, now
from models.needs import Field
from models.packages import Package
from models.packages.kinds import BudgetCategory, Line, Measure, Paper, Proposal, Track
from models.projects import Goal, Project
from models.projects.kinds import Existing, Part
from models.states import NeedState

CATEGORIES = {"PERSONNEL": "STAFF"}
UNITS = {"人": Measure.PERSONS, "户": Measure.PERSONS, "人次": Measure.TURNS, "份": Measure.TURNS}
# Whose neighbors were asked door by door before the proposal was written.
SURVEYED = {"weekend-meals", "after-school"}
OFFICERS = {"jinyang": ("谭勇", "许静怡"), "chunxili": ("谭勇", "许静怡"), "liuwan": ("施恒", "陶永康")}


def plan(year: Year) -> None:
    """Put packages and projects on their days."""
    first: dict[str, int] = {}
    for need in rows("needs"):
        end, _, slug = need["end"].partition(":")
        if end == "PACKAGED":
            answered = 4 if need["urgency"] == "BASIC_LIFE" else 6
            first[slug] = min(first.get(slug, DAYS), need["day"] + answered)
    for text in rows("packages"):
        # Who asked first is not kept waiting beyond the time for an answer: the others join the draft.
        day = min(text["gather_day"], first.get(text["slug"], DAYS))
        year.on(year.working(max(day, 1)), lambda text=text: _gather(year, text))  # type: ignore[misc]
    for text in rows("projects"):
        if text["package"] is None:
            year.on(2, lambda text=text: _enter(year, text), 10 * 60)  # type: ignore[misc]


def _proposal(year: Year, text: dict[str, Any]) -> Proposal:
    start = max(text.get("decided_day") or 0, text["gather_day"], year.day) + 20
    for one in rows("projects"):
        if one["package"] == text["slug"]:
            start = one["start_day"]
    months = text.get("months") or 6
    return Proposal(
        title=text["title"],
        track=Track(text["track"]),
        field=Field(text["field"]),
        problem=text["problem"],
        output=text["output"]["text"],
        output_target=text["output"].get("target"),
        output_measure=UNITS.get(text["output"].get("unit", ""), Measure.SESSIONS),
        output_unit=text["output"].get("unit"),
        change=text["change"],
        how_checked=text["how_checked"],
        persons=text.get("persons"),
        activities=tuple(text["activities"]),
        starts_on=year.date(start),
        ends_on=year.date(start) + timedelta(days=30 * months),
        lines=[
            Line(BudgetCategory(CATEGORIES.get(one["category"], one["category"])), one["label"], one["fen"])
            for one in text.get("budget", [])
        ],
    )


def _papers(year: Year, text: dict[str, Any], owner: str) -> dict[Paper, list[str]]:
    """Draw the meeting's record and the notice that a small package must bring."""
    if text["slug"] in SURVEYED:
        return {
            Paper.SURVEY: [Attachment.receive(drawing(random.Random(text["slug"]), "paper"), owner=owner).public_id]
        }
    if text["track"] != "SMALL":
        return {}
    return {
        paper: [Attachment.receive(drawing(year.chance, kind), owner=owner).public_id]
        for paper, kind in ((Paper.MEETING, "paper"), (Paper.NOTICE, "notice"))
    }


def _gather(year: Year, text: dict[str, Any]) -> None:
    slug = text["slug"]
    clerk = desk_of(year, text["community"])[0]
    waiting = [row for row in year.things.get(f"waiting:{slug}", []) if row[1].state in ("ACCEPTED", "REOPENED")]
    if not waiting:
        if year.day < DAYS - 10:
            year.on(year.day + 7, lambda: _gather(year, text))
        return
    owner = f"account:{clerk.account_id}"
    package = year.try_(
        lambda: Package.gather(
            [need for _text, need, _clerk in waiting],
            _proposal(year, text),
            by=clerk,
            next_step="和邻居的事一起写成方案，报批后告诉您",
            next_step_at=now() + timedelta(days=30),
            papers=_papers(year, text, owner),
            paper_owner=owner,
        ),
        f"package {slug}",
    )
    if package is None:
        return
    year.things[f"package:{slug}"] = package
    for need_text, need, its_clerk in waiting:
        year.on(year.day + 1, lambda t=need_text, n=need, c=its_clerk: join(year, t, n, slug, c))  # type: ignore[misc]
    if text.get("submit_day"):
        year.on(year.working(max(text["submit_day"], year.day + 1)), lambda: _submit(year, text, package))
    if text["state"] == "DISSOLVED":
        year.on(year.working(text["decided_day"]), lambda: _give_up(year, text, package))


def _submit(year: Year, text: dict[str, Any], package: Package) -> None:
    clerk = desk_of(year, text["community"])[0]
    year.try_(lambda: package.submit(by=clerk), f"submit {text['slug']}")
    for past in text.get("history", []):
        reason = past.get("return_reason") or past.get("reason") or "请把怎么检查写清楚。"
        year.on(year.day + 3, lambda reason=reason: _return_and_again(year, text, package, reason))  # type: ignore[misc]
    if text.get("decided_day"):
        later = max(text["decided_day"], year.day + 1 + 6 * len(text.get("history", [])))
        year.on(year.working(later), lambda: _decide(year, text, package))


def _decider(year: Year, text: dict[str, Any]) -> Any:
    return (
        desk_of(year, text["community"])[2]
        if text["track"] == "SELF_RUN"
        else actor(year, OFFICERS[text["community"]][0])
    )


def _return_and_again(year: Year, text: dict[str, Any], package: Package, reason: str) -> None:
    year.try_(lambda: package.return_(reason, by=_decider(year, text)), f"return {text['slug']}")
    clerk = desk_of(year, text["community"])[0]
    year.on(year.day + 2, lambda: year.try_(lambda: package.submit(by=clerk), f"again {text['slug']}"))


def _decide(year: Year, text: dict[str, Any], package: Package) -> None:
    by, slug = _decider(year, text), text["slug"]
    if text["state"] == "RETURNED":
        year.try_(lambda: package.return_(text["return_reason"], by=by), f"return {slug}")
    elif text["state"] == "UNFEASIBLE":
        year.try_(lambda: package.judge_unfeasible(text["explanation"], by=by), f"unfeasible {slug}")
        _answer_the_rest(year, slug)
    elif text["state"] == "APPROVED":
        project = year.try_(lambda: Project.found(package, by=by, decision="同意，按方案办。"), f"found {slug}")
        if project is not None:
            _begin(year, slug, project)


def _give_up(year: Year, text: dict[str, Any], package: Package) -> None:
    clerk = desk_of(year, text["community"])[0]
    why = text.get("explanation") or text.get("note") or "天气转凉，先不做了，明年开春再说。"
    year.try_(lambda: package.dissolve(why, by=clerk), f"dissolve {text['slug']}")
    _answer_the_rest(year, text["slug"])


def _answer_the_rest(year: Year, slug: str) -> None:
    """Answer the needs of a package that came to nothing: their authors get a written word."""
    for text, need, clerk in year.things.get(f"waiting:{slug}", []):
        if NeedState(need.state) == NeedState.ACCEPTED:
            year.on(year.working(year.day + 2), lambda t=text, n=need, c=clerk: answer(year, t, n, c))  # type: ignore[misc]


def _text_of(slug: str) -> dict[str, Any]:
    return next(one for one in rows("projects") if one["slug"] == slug)


def _begin(year: Year, slug: str, project: Project) -> None:
    """Assign an approved project on the day before it starts."""
    text = next((one for one in rows("projects") if one["package"] == slug), None)
    if text is None:
        return
    year.things[f"project:{text['slug']}"] = project
    waiting = [
        need for _t, need, _c in year.things.get(f"waiting:{slug}", []) if NeedState(need.state) == NeedState.PLANNED
    ]
    year.things.setdefault(f"planned:{text['slug']}", []).extend(waiting)
    year.on(max(year.day, text["start_day"] - 2), lambda: _assign(year, text, project), 11 * 60)


def _assign(year: Year, text: dict[str, Any], project: Project) -> None:
    officer = actor(year, OFFICERS[text["community"]][0])
    if text["organization"]:
        organization = year.things[text["organization"]]
        reason = f"{organization.name}在这一片做过同类服务，社工住得近，来得快。"
        year.try_(lambda: project.assign(organization, reason, by=officer), f"assign {text['slug']}")
    _staff(year, text, project)


def _enter(year: Year, text: dict[str, Any]) -> None:
    """Write down a project that ran before the year began."""
    community, clerk = year.things[text["community"]], desk_of(year, text["community"])[0]
    project = Project.enter(
        community,
        year.things[text["organization"]],
        Existing(
            title=text["title"],
            contract_no=text["contract_no"],
            field=Field(_field(text)),
            starts_on=year.date(text["start_day"]),
            ends_on=year.date(text["end_day"]),
            budget=text["fee_fen"],
            problem=text["problem"],
            change=text["change"],
            how_checked=text["how_checked"],
            supervision_phone=community.phone,
        ),
        by=clerk,
    )
    year.things[f"project:{text['slug']}"] = project
    _staff(year, text, project)


def _field(text: dict[str, Any]) -> str:
    return {
        "elder-companion": "ELDERLY_DISABLED",
        "rural-daycare": "ELDERLY_DISABLED",
        "family-post": "WOMEN_CHILDREN",
    }.get(text["slug"], "EDUCATION")


def _staff(year: Year, text: dict[str, Any], project: Project) -> None:
    """Name the team, set goals, tell the next dates."""
    head = desk_of(year, text["community"])[2]
    planner = actor(year, text["supervisor"]) if text.get("supervisor") else head
    for name in text.get("workers") or []:
        account = year.things[f"account:{name}"]
        year.try_(lambda account=account: project.add_member(account, Part.WORKER, by=planner), f"team {text['slug']}")  # type: ignore[misc]
    if text.get("supervisor"):
        account = year.things[f"account:{text['supervisor']}"]
        year.try_(lambda: project.add_member(account, Part.SUPERVISOR, by=planner), f"team {text['slug']}")
    for goal in text["goals"]:
        year.things[f"goal:{text['slug']}:{goal['title']}"] = _goal(year, text, goal, project, planner)
    for told in text.get("next_dates", []):
        year.on(min(DAYS - 1, told["day"] - 6), lambda told=told: _tell(year, told, project, planner))  # type: ignore[misc]


def _goal(year: Year, text: dict[str, Any], goal: dict[str, Any], project: Project, planner: Any) -> Goal | None:
    """Return the goal that the package brought along, else set it."""
    brought = select(Goal).where(
        Goal.project_id == project.id, Goal.target == goal["target"], Goal.unit == goal["unit"]
    )
    there = db.session.scalars(brought).first()
    if there is not None:
        return there
    measure = UNITS.get(goal["unit"], Measure.SESSIONS)
    return year.try_(  # type: ignore[no-any-return]
        lambda: project.add_goal(
            goal["title"], measure, goal["unit"], goal["target"], by=planner,
            scale=tuple(goal["scale"]) if "scale" in goal else None,
        ),
        f"goal {text['slug']}",
    )  # fmt: skip


def _tell(year: Year, told: dict[str, Any], project: Project, planner: Any) -> None:
    at = year.at(told["day"], 14 * 60 + 30)
    year.try_(lambda: project.tell_date(told["what"][:120], at, by=planner), f"date {project.title}")
