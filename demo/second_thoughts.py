"""Second thoughts in the demo year: objections to a no, matters called off, and what was told apart or asked again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from demo import matters
from demo.clockwork import DAYS, Year
from demo.matters import answer
from demo.people import actor, desk_of
from demo.words import rows
from models.base import db, now
from models.events import ANONYMOUS
from models.needs import Field, Kind, Need, Urgency
from models.states import NeedState

# What a clerk heard on the phone about a smell at night; nobody picked up at the others.
HEARD = "电话接通了：在西院三栋后面，夜里十点到十二点，像烧塑料的味道。"


def plan(year: Year) -> None:
    """Put what is thought again on its days."""
    for text in rows("second_thoughts"):
        matters.put(year, text)
    for text in rows("needs") + rows("second_thoughts"):
        if "objection" in text:
            year.on(year.working(text["day"] + 6), lambda text=text: _object(year, text))  # type: ignore[misc]
        if "hearing" in text:
            year.on(year.working(text["day"] + 9), lambda text=text: _hear(year, text))  # type: ignore[misc]
        if "request" in text:
            year.on(year.working(text["day"] + 1), lambda text=text: _call_off(year, text))  # type: ignore[misc]
    for day in (120, 240):
        year.on(day, lambda: _tell_apart(year), 20 * 60)
    for day in (DAYS - 3, DAYS - 2, DAYS - 1):
        year.on(day, lambda: _ring(year), 16 * 60 + 50)


def _need(year: Year, text: dict[str, Any]) -> Need | None:
    return year.things.get(f"need:{text['slug']}")


def _object(year: Year, text: dict[str, Any]) -> None:
    need = _need(year, text)
    # Whoever has no account opened the matter with the number on the receipt.
    author: Any = actor(year, text["resident"]) if f"account:{text['resident']}" in year.things else ANONYMOUS
    if need is not None:
        year.try_(lambda: need.object(text["objection"], by=author), text["slug"])


def _hear(year: Year, text: dict[str, Any]) -> None:
    """Let the head hear it: taken up again and answered a week later, or refused once more, which the street reads."""
    need, (clerk, _second, head) = _need(year, text), desk_of(year, text["community"])
    if need is None:
        return
    year.try_(lambda: need.hear(text["hearing"], upheld=text["upheld"], by=head), text["slug"])
    if text["upheld"]:
        year.on(year.working(year.day + 6), lambda: answer(year, text, need, clerk))


def _call_off(year: Year, text: dict[str, Any]) -> None:
    need, clerk = _need(year, text), desk_of(year, text["community"])[0]
    if need is None:
        return
    field, urgency, kind = Field(text["field"]), Urgency(text["urgency"]), Kind(text["kind"])
    year.try_(lambda: need.accept(field, urgency, by=clerk, kind=kind), text["slug"])
    year.on(
        year.working(year.day + 3),
        lambda: year.try_(lambda: need.withdraw_on_request(text["request"], by=clerk), text["slug"]),
    )


def _tell_apart(year: Year) -> None:
    """Take a need that was laid to another one out again: it is a matter of its own."""
    query = select(Need).where(Need.state == NeedState.MERGED).order_by(Need.id.desc()).limit(1)
    need = db.session.scalars(query).first()
    if need is None:
        return
    slug = next(one for one in ("jinyang", "chunxili", "liuwan") if year.things[one].id == need.community_id)
    clerk = desk_of(year, slug)[0]
    year.try_(lambda: need.split_out(by=clerk), "split out")
    said = {"slug": need.ticket_no, "resident": "", "end": "ANSWERED_DONE", "answer": "单独去看过了，已经修好。"}
    year.on(year.working(year.day + 3), lambda: answer(year, said, need, clerk))


def _ring(year: Year) -> None:
    """Ring those whose answer is awaited: the first of a community picks up on the last day but one."""
    for slug in ("jinyang", "chunxili"):
        clerk = desk_of(year, slug)[1]
        query = select(Need).where(
            Need.community_id == year.things[slug].id, Need.state == NeedState.NEED_INFO, Need.state_at < now()
        )
        for number, need in enumerate(db.session.scalars(query.order_by(Need.id)).all()):
            year.try_(lambda need=need, by=clerk: need.note_call("NO_ANSWER", by=by), "ring")  # type: ignore[misc]
            if number and year.day == DAYS - 2:
                year.try_(lambda need=need, by=clerk: need.inform(HEARD, by=by, on_the_phone=True), "ring")  # type: ignore[misc]
