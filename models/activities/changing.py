"""What an activity asks for, and what is changed about it once it was announced: its words and times, and its insurance."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from models import revisions
from models.base import Refused, db, now
from models.events import record
from models.tellings import tell
from models.volunteer_profiles import Skill
from models.working_time import local_day

if TYPE_CHECKING:
    from models.accounts import Actor

LONGEST = timedelta(hours=24)
SHORTEST_NUMBER = 4


@dataclass(frozen=True)
class Wants:
    """What whoever helps must be able to do, and what may happen to those who come."""

    skill: Skill | None = None
    risk: str = ""


NOTHING = Wants()


class Changing:
    """The verbs by which an announced activity becomes another one."""

    def change(
        self, *, by: Actor, seen: int | None, title: str, content: str, place: str, starts_at: datetime,
        ends_at: datetime, in_charge: str, capacity: int | None, wants: Wants = NOTHING,
        beside: Callable[[], Sequence[Any]] = tuple,
    ) -> None:  # fmt: skip
        """Change one activity, also one of a series, which stays as it is otherwise.

        `beside` does in the same act what an area below must do about it, and returns what it changed.
        Those who signed up are told where place or time change. Errors: Stale("stale_edit"), Refused("title_needed",
        "activity_over", "activity_cancelled", "fewer_than_signed_up") and those of check_times.
        """
        one: Any = self
        one.check_open()
        one.check_version(seen, stands=f"{one.title}\n{one.content}\n{one.place}")
        if not title.strip():
            raise Refused("title_needed")
        if (starts_at, ends_at) != (one.starts_at, one.ends_at):
            check_times(starts_at, ends_at)
        if capacity is not None and capacity < len(
            signed_up(one.id, "EXPECTED", "PRESENT", "CONFIRMED", part="SERVED")
        ):
            raise Refused("fewer_than_signed_up")
        moved = (place.strip(), starts_at, ends_at) != (one.place, one.starts_at, one.ends_at)
        if starts_at != one.starts_at:
            one.reminded_at = None
        one.title, one.content, one.place = title.strip(), content.strip(), place.strip()
        one.starts_at, one.ends_at, one.in_charge, one.capacity = starts_at, ends_at, in_charge.strip(), capacity
        one.skill, one.risk = wants.skill, wants.risk.strip() or None
        if moved:
            tell(
                one, "activity_moved", people=signed_up(one.id, "EXPECTED", "WAITLISTED"),
                community_id=one.community_id, followers=False, what=one.title, at=one.starts_at.isoformat(),
                place=one.place,
            )  # fmt: skip
        db.session.flush()
        kept = revisions.keep(one, "content", one.content, by=by)
        also = beside()
        record("activity.change", by=by, about=[one, *also], community_id=one.community_id,
               details={"starts": starts_at, "moved": moved, "content": kept, "beside": len(also)})  # fmt: skip

    def insure(self, number: str, first: date, last: date, *, by: Actor) -> None:
        """Enter the insurance of a risky activity. Errors: Refused("not_risky", "insurance_number_needed",
        "insurance_not_that_day"). Source: domain/norms.md 1.3 (志愿服务条例 17).
        """
        one: Any = self
        if one.risk is None:
            raise Refused("not_risky")
        if len(number.strip()) < SHORTEST_NUMBER:
            raise Refused("insurance_number_needed")
        if not first <= local_day(one.starts_at) <= local_day(one.ends_at) <= last:
            raise Refused("insurance_not_that_day")
        one.insurance_no, one.insured_from, one.insured_until = number.strip(), first, last
        db.session.flush()
        kept = revisions.keep(one, "insurance_no", one.insurance_no, by=by)
        record("activity.insure", by=by, about=[one], community_id=one.community_id,
               details={"from": first, "until": last, "number": kept})  # fmt: skip

    @property
    def insured(self) -> bool:
        """Tell whether nothing is wanting: it is no risky one, or an insurance covers its days."""
        one: Any = self
        if one.risk is None:
            return True
        first, last = local_day(one.starts_at), local_day(one.ends_at)
        return one.insurance_no is not None and one.insured_from <= first and last <= one.insured_until

    def check_insured(self) -> None:
        """Refuse to note anybody at a risky activity before its insurance is entered. Errors: Refused("insurance_needed")."""
        if not self.insured:
            raise Refused("insurance_needed")


def check_times(starts_at: datetime, ends_at: datetime) -> None:
    """Refuse times in which nothing can take place.

    Errors: Refused("ends_before_it_starts", "activity_too_long", "activity_in_the_past").
    """
    if ends_at <= starts_at:
        raise Refused("ends_before_it_starts")
    if ends_at - starts_at > LONGEST:
        raise Refused("activity_too_long")
    if ends_at <= now():
        raise Refused("activity_in_the_past")


def signed_up(activity_id: int, *states: str, part: str = "") -> Collection[int]:
    """Return the people who signed up; attendance is an area below, so it is read as a table."""
    rows = db.metadata.tables["attendances"]
    query = select(rows.c.person_id).where(rows.c.activity_id == activity_id, rows.c.state.in_(states))
    if part:
        query = query.where(rows.c.part == part)
    return {person_id for person_id in db.session.scalars(query) if person_id is not None}
