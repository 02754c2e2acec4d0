"""The needs of the demo year: each is raised on its day and goes the way that its text tells."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from demo.clockwork import DAYS, Year
from demo.people import actor, desk_of
from demo.seats import speaking
from demo.words import rows
from models import supports
from models.accounts import Actor
from models.base import SHANGHAI, db, now
from models.directory import ResponsibleUnit
from models.events import ANONYMOUS, JOB
from models.needs import AnswerKind, Field, Kind, Need, Source, Tile, Urgency
from models.needs.kinds import Channel, RejectReason
from models.needs.row import OPEN
from models.states import NeedState

REASONS = {"OUT_OF_SCOPE": "OUT_OF_SCOPE", "LITIGATION": "LAWFUL_CHANNEL", "REPEAT": "REPEATED"}
MOST_SUPPORTS = 7
# Nobody extends more often than this share of the long matters.
EXTENDED = 0.4
# What neighbors' matters are laid together with is answered when the last of them has come.
JOINED = frozenset(text["merged_into"] for text in rows("needs") if text.get("merged_into"))


def plan(year: Year) -> None:
    """Put every need of the texts on its day."""
    for text in rows("needs"):
        put(year, text)
    for day in range(0, DAYS, 1):
        year.on(day, lambda: Need.auto_close_all(by=JOB), 7 * 60)
    for day in range(0, DAYS, 7):
        year.on(day, lambda: Need.escalate_all(by=JOB), 18 * 60)


def put(year: Year, text: dict[str, Any]) -> None:
    """Put one need on its day."""
    year.on(text["day"], lambda: _raise(year, text), _minute(year, text))


def _minute(year: Year, text: dict[str, Any]) -> int:
    """Residents write in the evening, too; what is told at the counter is told in office hours."""
    early, late = (9 * 60, 17 * 60) if text["source"] in ("VISIT", "CALL", "MEETING", "HOTLINE") else (7 * 60, 22 * 60)
    return year.chance.randrange(early, late)


def _raise(year: Year, text: dict[str, Any]) -> None:
    community = year.things[text["community"]]
    clerk = year.chance.choice(desk_of(year, text["community"])[:2])
    author = year.things.get(f"person:{text['resident']}")
    own = year.things.get(f"account:{text['resident']}")
    by: Any = clerk
    if text["source"] == "SELF":
        by = actor(year, text["resident"]) if own else ANONYMOUS
    elif text.get("proxy_by") and f"account:{text['proxy_by']}" in year.things:
        by = speaking(year, text["proxy_by"], author)
    need = year.try_(
        lambda: Need.raise_(
            community,
            text["text"],
            by=by,
            author=author,
            source=Source(text["source"] if text["source"] != "ORG" else "ORGANIZATION"),
            tile=Tile(text["tile"]),
            courtyard=year.things.get(text["courtyard"] or ""),
            place_detail=text.get("place_detail"),
            for_whom=text.get("for_whom"),
            hide_name=text.get("hide_name", False),
            author_account_id=_account(by, own, text["source"]),
        ),
        text["slug"],
    )
    if need is not None:
        year.things[f"need:{text['slug']}"] = need
        _go_on(year, text, need, clerk)


def _account(by: Any, own: Any, source: str) -> int | None:
    """Return whom the answer goes to in the app: the author, or whoever of the family spoke for them."""
    if source == "SELF":
        return own.id if own else None
    return by.account_id if source == "PROXY" and by.person_id is not None else None


def _go_on(year: Year, text: dict[str, Any], need: Need, clerk: Actor) -> None:
    """Plan what comes after: asked, turned away, or accepted and then its own way."""
    end, day = text["end"].split(":")[0], text["day"]
    next_day = year.working(day + 1)
    if end in ("OPEN_SUBMITTED", "CALLED_OFF"):
        # The first waits for the reader; the other is told in demo/second_thoughts.py.
        return
    if end == "NEED_INFO":
        year.on(next_day, lambda: year.try_(lambda: need.ask_info(text["question"], by=clerk), text["slug"]))
        return
    if end == "WITHDRAWN":
        author = actor(year, text["resident"]) if f"account:{text['resident']}" in year.things else ANONYMOUS
        year.on(next_day, lambda: year.try_(lambda: need.withdraw(by=author), text["slug"]))
        return
    if end == "REJECTED":
        code = RejectReason(REASONS[text["reason_code"]])
        year.on(next_day, lambda: year.try_(lambda: need.reject(code, text["reason"], by=clerk), text["slug"]))
        return
    if end in ("REDIRECTED", "PETITION"):
        year.on(next_day, lambda: _redirect(year, text, need, clerk))
        return
    year.on(next_day, lambda: _accept(year, text, need, clerk))


def _redirect(year: Year, text: dict[str, Any], need: Need, clerk: Actor) -> None:
    petition = text["end"] == "PETITION"
    unit = db.session.scalars(
        select(ResponsibleUnit).where(ResponsibleUnit.name == text.get("unit", "")).limit(1)
    ).first()
    channel = Channel.PETITION if petition else Channel.UNIT if unit else Channel.DEPARTMENT
    words = f"{text['reason']} {text.get('channel', '')}".strip()
    year.try_(lambda: need.redirect(channel, words, by=clerk, unit=unit, companion_offered=petition), text["slug"])
    if petition:
        late = "待补记" in text.get("channel", "")
        number = f"XF-{year.date(year.day):%Y%m}-{year.day + 401 if late else year.chance.randrange(100, 999)}"
        year.on(
            year.working(year.day + (24 if late else 5)),
            lambda: year.try_(lambda: need.hand_over(number, by=clerk), text["slug"]),
            15 * 60 if late else None,
        )


def _accept(year: Year, text: dict[str, Any], need: Need, clerk: Actor) -> None:
    field, urgency, kind = Field(text["field"]), Urgency(text["urgency"]), Kind(text["kind"])
    year.try_(lambda: need.accept(field, urgency, by=clerk, kind=kind), text["slug"])
    if NeedState(need.state) != NeedState.ACCEPTED:
        return
    if text["public_title"]:
        title = text["public_title"][:30]
        year.try_(lambda: need.publish_title(title, by=clerk, although_private=True), text["slug"])
        _gather_supports(year, text, need)
    end, _, target = text["end"].partition(":")
    if end == "MERGED":
        year.on(year.day + 1, lambda: _merge(year, text, need, clerk))
    elif end == "LINKED":
        year.on(year.working(year.day + 2), lambda: link(year, text, need, target, clerk))
    elif end == "PACKAGED":
        year.things.setdefault(f"waiting:{target}", []).append((text, need, clerk))
        if f"package:{target}" in year.things:
            year.on(year.working(year.day + 2), lambda: join(year, text, need, target, clerk))
        elif urgency in (Urgency.GENERAL, Urgency.COMPLEX) and year.chance.random() < EXTENDED:
            year.on(year.day + 4, lambda: _extend(year, text, need, clerk))
    elif end not in ("OPEN_ACCEPTED",):
        wait = year.chance.randrange(1, 5) if text["slug"] not in JOINED else 6
        year.on(year.working(year.day + wait), lambda: answer(year, text, need, clerk))


def _extend(year: Year, text: dict[str, Any], need: Need, clerk: Actor) -> None:
    if NeedState(need.state) == NeedState.ACCEPTED and need.answer_due_at is not None and need.answer_due_at > now():
        until = (need.answer_due_at + timedelta(days=5)).astimezone(SHANGHAI).date()
        year.try_(lambda: need.extend(until, "这件事要和别的邻居一起商量，多等几天给您准信。", by=clerk), text["slug"])


def _merge(year: Year, text: dict[str, Any], need: Need, clerk: Actor) -> None:
    target = year.things.get(f"need:{text['merged_into']}")
    if target is None:
        return
    if NeedState(target.state) in OPEN:
        year.try_(lambda: need.merge(target, by=clerk), text["slug"])
    else:
        said = f"和{target.ticket_no}是同一件事，已经答复：{target.answer_text or '办好了。'}"
        year.on(year.working(year.day + 1), lambda: answer(year, {**text, "answer": said}, need, clerk))


def _gather_supports(year: Year, text: dict[str, Any], need: Need) -> None:
    """Let neighbors with an account say that they need it too, over the next days."""
    around = [p for p in year.things["people"][text["community"]] if p.id != need.author_person_id]
    around = [p for p in around if f"account:{p.name}" in year.things]
    for person in year.chance.sample(around, min(len(around), text["supports"], MOST_SUPPORTS)):
        by = actor(year, person.name)
        year.on(
            year.day + year.chance.randrange(1, 12),
            lambda by=by: year.try_(lambda: supports.support(need, by=by), "support"),  # type: ignore[misc]
        )


def answer(year: Year, text: dict[str, Any], need: Need, clerk: Actor) -> None:
    """Answer in writing; then the author's word, or silence."""
    if NeedState(need.state) not in (NeedState.ACCEPTED, NeedState.REOPENED):
        return
    kind = AnswerKind.CANNOT if text["end"] == "ANSWERED_CANNOT" else AnswerKind.DONE
    year.try_(lambda: need.answer(text.get("answer") or "已经办好了。", kind, by=clerk), text["slug"])
    own = f"account:{text['resident']}" in year.things
    by: Any = actor(year, text["resident"]) if own else ANONYMOUS
    if text.get("reopen_text"):
        year.on(year.day + 5, lambda: _reopen(year, text, need, clerk, by))
    elif text["end"] == "CONFIRMED":
        year.on(year.day + year.chance.randrange(1, 6), lambda: year.try_(lambda: need.confirm(by=by), text["slug"]))


def _reopen(year: Year, text: dict[str, Any], need: Need, clerk: Actor, by: Any) -> None:
    year.try_(lambda: need.reopen(text["reopen_text"], by=by), text["slug"])
    if text.get("second_answer") and need.state == NeedState.REOPENED:
        again = {**text, "answer": text["second_answer"], "reopen_text": None}
        year.on(year.working(year.day + 3), lambda: answer(year, again, need, clerk))


def join(year: Year, text: dict[str, Any], need: Need, slug: str, clerk: Actor) -> None:
    """Take a later need into the package that is being written, else into the project that came of it."""
    package, project = year.things.get(f"package:{slug}"), year.things.get(f"project:{slug}")
    if NeedState(need.state) != NeedState.ACCEPTED:
        return
    if project is not None:
        link(year, text, need, slug, clerk)
    elif package is not None and package.state in ("DRAFT", "RETURNED"):
        step, at = "方案报批后告诉您开工日子", now() + timedelta(days=30)
        year.try_(lambda: package.add(need, by=clerk, next_step=step, next_step_at=at), text["slug"])
    elif package is None or package.state in ("UNFEASIBLE", "DISSOLVED"):
        answer(year, text, need, clerk)
    elif package.state == "SUBMITTED":
        year.on(year.day + 5, lambda: join(year, text, need, slug, clerk))


def link(year: Year, text: dict[str, Any], need: Need, slug: str, clerk: Actor) -> None:
    """Join a need to a running project; where it does not run yet, look again in a week."""
    project = year.things.get(f"project:{slug}")
    if NeedState(need.state) not in (NeedState.ACCEPTED, NeedState.REOPENED):
        return
    if project is None or project.state != "RUNNING":
        if year.day + 7 < DAYS and (project is None or project.state == "APPROVED"):
            year.on(year.day + 7, lambda: link(year, text, need, slug, clerk))
        return
    at = now() + timedelta(days=year.chance.randrange(5, 16))
    year.try_(lambda: project.link(need, "社工上门看看，和您约时间", at, by=clerk), text["slug"])
    if NeedState(need.state) == NeedState.PLANNED:
        year.things.setdefault(f"planned:{slug}", []).append(need)


def settle(year: Year, need: Need, clerk: Actor) -> None:
    """Say that a served need is settled; its author confirms or keeps silent."""
    if NeedState(need.state) != NeedState.IN_SERVICE:
        return
    year.try_(lambda: need.resolve(by=clerk), need.ticket_no)
    if NeedState(need.state) == NeedState.RESOLVED and year.chance.random() < 0.75:
        year.on(year.day + 3, lambda: year.try_(lambda: need.confirm(by=ANONYMOUS, on_the_phone=True), need.ticket_no))


def leave_work_on_the_desk() -> None:
    """Read every clock once more on the last evening, so that the desk's colors are of today."""
    Need.escalate_all(by=JOB)
    db.session.flush()
