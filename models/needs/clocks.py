"""The three clocks of a need, read with the calendar of its place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, ForeignKey, case, func, select
from sqlalchemy.orm import Mapped, mapped_column

from models import deadlines
from models.base import SHANGHAI, Row, Utc, db, now
from models.calendar import calendar_of, holidays
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
    query = select(NeedPause).where(NeedPause.need_id.in_(need_ids)).order_by(NeedPause.id)
    for row in db.session.scalars(query):
        found.setdefault(row.need_id, []).append(deadlines.Pause(row.began_at, row.ended_at))
    return found


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


def restart(need: Need) -> None:
    """Let the answer clock of a need begin anew: what was answered or promised did not settle it."""
    need.answered_at = need.answer_kind = need.answer_text = None
    need.next_step = need.next_step_at = need.promised_at = None
    need.served_at = need.resolved_at = need.closed_at = None
    need.answer_from = now()
    need.accepted_at = need.accepted_at or now()
    need.answer_due_at = answer_due(need, now())


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
    return deadlines.promise_clock(told, need.next_step_at.astimezone(SHANGHAI).date(), desk, kept_at=kept)


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


def read(needs: Sequence[Need]) -> dict[int, deadlines.Clock]:
    """Read the running clocks of many needs with four queries, however many they are."""
    if not needs:
        return {}
    places = db.session.scalars(select(Place).where(Place.id.in_({need.community_id for need in needs})))
    days, moment = holidays(), now()
    desks = {p.id: deadlines.Desk(calendar_of(p, days), moment, p.trial_until) for p in places}
    waiting = _pauses([need.id for need in needs])
    clocks = {need.id: _running(need, desks[need.community_id], waiting.get(need.id, [])) for need in needs}
    return {need_id: clock for need_id, clock in clocks.items() if clock is not None}


def due_column(need: type[Need]) -> Any:
    """Return the column by which open needs are sorted: when the clock that runs now ends."""
    asked_early = (need.state == NeedState.NEED_INFO) & (need.state_before == NeedState.SUBMITTED)
    return case(
        ((need.state == NeedState.SUBMITTED) | asked_early, func.coalesce(need.acceptance_due_at, need.raised_at)),
        (need.state.in_(PROMISED), func.coalesce(need.next_step_at, need.raised_at)),
        else_=func.coalesce(need.answer_due_at, need.raised_at),
    )
