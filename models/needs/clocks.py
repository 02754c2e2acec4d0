"""The three clocks of a need, read with the calendar of its place."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    ForeignKey,
    Select,
    TextClause,
    literal_column,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models import deadlines
from models.asking import Among
from models.base import SHANGHAI, Row, Utc, UtcTime, ask, db, now
from models.calendar import calendar_of, calendar_with, holidays
from models.deadlines import Urgency
from models.places import Place
from models.states import NeedState

if TYPE_CHECKING:
    from models.needs.row import Need

ANSWERING = (NeedState.ACCEPTED, NeedState.REOPENED)
PROMISED = (NeedState.PLANNED, NeedState.IN_SERVICE)


class NeedPause(Row):
    """A time in NEED_INFO: the clocks stand still while the place waits for the resident."""

    __tablename__ = "need_pauses"
    need_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("needs.id"), index=True)
    began_at: Mapped[Utc]
    ended_at: Mapped[Utc | None]


def pauses_of(need: Need) -> list[deadlines.Pause]:
    """Return the pauses of a need, oldest first."""
    return _pauses([need.id]).get(need.id, [])


def _pauses(need_ids: Sequence[int]) -> dict[int, list[deadlines.Pause]]:
    found: dict[int, list[deadlines.Pause]] = {}
    for need_id, began_at, ended_at in ask(_pauses_query(), needs=need_ids):
        found.setdefault(need_id, []).append(deadlines.Pause(began_at, ended_at))
    return found


@functools.cache
def _pauses_query() -> Select[Any]:
    pauses = NeedPause.__table__
    wanted = Among(pauses.c.need_id, "needs")
    return select(pauses.c.need_id, pauses.c.began_at, pauses.c.ended_at).where(wanted).order_by(pauses.c.id)


@functools.cache
def _places_query() -> Select[Any]:
    places = Place.__table__
    wanted = Among(places.c.id, "places")
    return select(places.c.id, places.c.name, places.c.opening_hours, places.c.trial_until).where(wanted)


def places_of(ids: set[int]) -> dict[int, Any]:
    """Return name, opening_hours and trial_until of places."""
    return {row.id: row for row in ask(_places_query(), places=sorted(ids))} if ids else {}


def _begin_pause(need: Need) -> None:
    db.session.add(NeedPause(need_id=need.id, began_at=now()))


def _end_pause(need: Need) -> None:
    """End the pause that runs, and note by when the clock that goes on will end."""
    query = select(NeedPause).where(NeedPause.need_id == need.id, NeedPause.ended_at.is_(None))
    for row in db.session.scalars(query):
        row.ended_at = now()
    db.session.flush()


def note_due(need: Need) -> None:
    """Keep by when the running clock ends, so that lists can be sorted by it."""
    clock = current(need)
    if clock is None or clock.kind == deadlines.ClockKind.PROMISE:
        return
    if clock.kind == deadlines.ClockKind.ACCEPTANCE:
        need.acceptance_due_at = clock.due
    else:
        need.answer_due_at = clock.due


def kept_due(need: Need) -> datetime | None:
    """Return when the running clock ends at the earliest, as the row has it: reading the clock itself costs more."""
    state = need.state_before if need.state == NeedState.NEED_INFO else need.state
    if state == NeedState.SUBMITTED:
        return need.acceptance_due_at or need.raised_at
    if state in ANSWERING:
        return need.answer_due_at or need.raised_at
    if state in PROMISED and need.next_step_at is not None:
        return deadlines.promise_due(need.next_step_at.astimezone(SHANGHAI).date())
    return None


def restart(need: Need) -> None:
    """Let the answer clock of a need begin anew: what was answered or promised did not settle it."""
    need.answered_at = need.answer_kind = need.answer_text = None
    need.next_step = need.next_step_at = need.promised_at = None
    need.served_at = need.resolved_at = need.closed_at = None
    need.answer_from = now()
    need.accepted_at = need.accepted_at or now()
    need.answer_due_at = answer_due(need, need.answer_from)


def urgency_of(need: Need) -> Urgency:
    """Return the confirmed urgency, or the suggested one until a clerk has looked."""
    return Urgency(need.urgency or need.suggested_urgency)


def desk_of(need: Need) -> deadlines.Desk:
    """Return where and when the clocks of a need are read."""
    place = Place.get(need.community_id)
    return deadlines.Desk(calendar_of(place), now(), place.trial_until)


def acceptance_due(community: Place, urgency: Urgency, raised_at: datetime) -> datetime:
    """Return by when a need must be accepted. Source: domain/formulas.md D10."""
    return deadlines.acceptance_due(raised_at, Urgency(urgency), calendar_of(community))


def answer_due(need: Need, start: datetime) -> datetime:
    """Return by when a need must be answered in writing. Source: domain/formulas.md D10."""
    return deadlines.answer_due(start, urgency_of(need), desk_of(need).calendar)


def answer_start(need: Need) -> datetime:
    """Return since when the answer clock runs: acceptance, or the day on which the matter was taken up again."""
    return need.answer_from or need.accepted_at or need.raised_at


def extension_of(need: Need) -> deadlines.Extension | None:
    """Return the later date that was told for the answer clock that runs now."""
    if need.extended_until is None or need.extended_at is None or need.extended_at < answer_start(need):
        return None
    return deadlines.Extension(need.extended_until, need.extended_at)


def _answer(need: Need, desk: deadlines.Desk, pauses: Sequence[deadlines.Pause]) -> deadlines.Clock:
    stopped = need.answered_at or need.closed_at
    return deadlines.answer_clock(
        answer_start(need), urgency_of(need), desk, answered_at=stopped, pauses=pauses, extension=extension_of(need)
    )


def _acceptance(need: Need, desk: deadlines.Desk, pauses: Sequence[deadlines.Pause]) -> deadlines.Clock:
    stopped = need.accepted_at or need.closed_at
    # What came with a file has no clock before that day, however long ago it was said (decision 21).
    began = need.raised_at if need.import_id is None else need.created_at
    return deadlines.acceptance_clock(began, urgency_of(need), desk, accepted_at=stopped, pauses=pauses)


def _promise(need: Need, desk: deadlines.Desk) -> deadlines.Clock | None:
    if need.next_step_at is None:
        return None
    told, kept = need.promised_at or need.state_at, need.resolved_at or need.closed_at
    if need.served_at is not None and need.served_at >= told:
        kept = need.served_at
    return deadlines.promise_clock(told, need.next_step_at.astimezone(SHANGHAI).date(), desk, kept_at=kept)


@dataclass(frozen=True)
class Reading:
    """All clocks of one need, read at one moment."""

    desk: deadlines.Desk
    pauses: list[deadlines.Pause]
    acceptance: deadlines.Clock
    answer: deadlines.Clock
    promise: deadlines.Clock | None
    running: deadlines.Clock | None


def read_one(need: Need) -> Reading:
    """Read all clocks of a need at once."""
    desk, pauses = desk_of(need), pauses_of(need)
    return Reading(
        desk, pauses, _acceptance(need, desk, pauses), _answer(need, desk, pauses), _promise(need, desk),
        _running(need, desk, pauses),
    )  # fmt: skip


def answer_clock(need: Need) -> deadlines.Clock:
    """Read the answer clock with its pauses and its extension."""
    return _answer(need, desk_of(need), pauses_of(need))


def acceptance_clock(need: Need) -> deadlines.Clock:
    """Read the acceptance clock; it stops when somebody has dealt with the need."""
    return _acceptance(need, desk_of(need), pauses_of(need))


def promise_clock(need: Need) -> deadlines.Clock | None:
    """Read the promise clock; None while nothing is promised."""
    return _promise(need, desk_of(need))


def _running(need: Need, desk: deadlines.Desk, pauses: Sequence[deadlines.Pause]) -> deadlines.Clock | None:
    state = need.state_before if need.state == NeedState.NEED_INFO else need.state
    if state == NeedState.SUBMITTED:
        return _acceptance(need, desk, pauses)
    if state in ANSWERING:
        return _answer(need, desk, pauses)
    return _promise(need, desk) if state in PROMISED else None


def current(need: Need) -> deadlines.Clock | None:
    """Read the one clock that runs now; None where nobody waits any more."""
    return _running(need, desk_of(need), pauses_of(need))


def read(needs: Sequence[Need], places: dict[int, Any] | None = None) -> dict[int, deadlines.Clock]:
    """Read the running clocks of many needs with three queries, however many they are.

    Who has asked for their communities with `places_of` hands them in.
    """
    if not needs:
        return {}
    communities, days, moment = {need.community_id for need in needs}, holidays(), now()
    known = places_of(communities) if places is None else places
    desks = {
        one: deadlines.Desk(calendar_with(known[one].opening_hours, days), moment, known[one].trial_until)
        for one in communities
    }
    waiting = _pauses([need.id for need in needs])
    clocks = {need.id: _running(need, desks[need.community_id], waiting.get(need.id, [])) for need in needs}
    return {need_id: clock for need_id, clock in clocks.items() if clock is not None}


# When the running clock of an open need ends, and which needs are open: word for word as the index ix_needs_line has
# it, for an index of an expression serves only that very expression.
LINE_DUE = """CASE WHEN needs.state = 'SUBMITTED' OR needs.state = 'NEED_INFO' AND needs.state_before = 'SUBMITTED'
THEN coalesce(needs.acceptance_due_at, needs.raised_at)
WHEN needs.state IN ('PLANNED', 'IN_SERVICE') THEN coalesce(needs.next_step_at, needs.raised_at)
ELSE coalesce(needs.answer_due_at, needs.raised_at) END"""
LINE_OPEN = "needs.state IN ('SUBMITTED', 'NEED_INFO', 'ACCEPTED', 'REOPENED', 'PLANNED', 'IN_SERVICE')"


def due_column() -> ColumnElement[datetime]:
    """Return the column by which open needs are sorted: when the clock that runs now ends."""
    return literal_column(f"({LINE_DUE})", UtcTime())


def in_line() -> TextClause:
    """Return the condition that a need is open, as the index of the line has it."""
    return text(LINE_OPEN)
