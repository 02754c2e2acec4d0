"""Every tenth record is drawn for a call: was somebody there, and did it go as it is written?"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, select

from models.attendance import THERE, Attendance, Part
from models.base import Refused, db, now
from models.events import record
from models.people import Person
from models.service_log.kinds import ServiceMethod

if TYPE_CHECKING:
    from models.accounts import Actor

ONE_IN = 10
MOST_CALLED = 2


class CallOutcome(StrEnum):
    """What the call brought: 属实, 没打通, 说没有这回事."""

    CONFIRMED = "CONFIRMED"
    NOT_REACHED = "NOT_REACHED"
    DENIED = "DENIED"


@dataclass(frozen=True)
class Callee:
    """Whom to call about a record."""

    person_id: int
    name: str
    phone: str


class Calling:
    """The tenth that is called before it is approved."""

    @property
    def drawn(self) -> bool:
        """Tell whether this record was drawn: its own random number decides, so that anybody can draw again."""
        log: Any = self
        return log.method != ServiceMethod.CASE and _lot(log.public_id) % ONE_IN == 0

    def callees(self) -> list[Callee]:
        """Return up to two of those served who have a number, drawn likewise; whoever shows them logs it."""
        log: Any = self
        query = _with_number(Person).where(Attendance.log_id == log.id)
        people = sorted(db.session.scalars(query), key=lambda one: _lot(log.public_id + one.public_id))
        return [Callee(one.id, one.name, one.phone or "") for one in people[:MOST_CALLED]]

    def note_call(self, outcome: CallOutcome, *, by: Actor) -> None:
        """Note what a call about a drawn record brought; the last word stands.

        Whoever may approve the record calls. Errors: Refused("not_drawn") and those of approve.
        Source: domain/abuse.md F3.
        """
        log: Any = self
        if not log.drawn:
            raise Refused("not_drawn")
        log._check_judge(by)
        log.call_outcome, log.called_by_id, log.called_at = outcome, by.account_id, now()
        record("service_log.note_call", by=by, about=[log], community_id=log.community_id,
               details={"outcome": outcome})  # fmt: skip


def to_call(logs: Sequence[Any]) -> set[int]:
    """Return which of some logs were drawn, have somebody with a number among those served, and no word of a call yet.

    Where nobody has a number there is nobody to ring, so the draw asks for nothing.
    """
    drawn = [log.id for log in logs if log.drawn and log.call_outcome is None]
    return (
        set(db.session.scalars(_with_number(Attendance.log_id).where(Attendance.log_id.in_(drawn)))) if drawn else set()
    )


def _with_number(what: Any) -> Select[Any]:
    """Select something of those who were served and have a number."""
    return (
        select(what)
        .select_from(Attendance)
        .join(Person, Person.id == Attendance.person_id)
        .where(Attendance.part == Part.SERVED, Attendance.state.in_(THERE), Person.phone_lookup.is_not(None))
    )


def _lot(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
