"""Who may open the page of a person served: those who keep the register, and the organization that serves them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, or_, select

from models.attendance import Attendance, Outcome, Part
from models.people import Person, PersonState
from models.permissions import Permission

if TYPE_CHECKING:
    from models.accounts import Actor


def served(actor: Actor) -> Select[Any]:
    """Return the people within reach: of one's communities and grids, and those whom one's organization serves.

    Source: decisions.md 16, 25.
    """
    reach = actor.reach(Permission.READ_SERVED)
    ways = [reach.communities(Person.community_id), reach.grids(Person.grid_id)]
    if reach.organization_ids:
        ways.append(
            Person.id.in_(
                select(Attendance.person_id).where(
                    Attendance.organization_id.in_(reach.organization_ids), Attendance.part == Part.SERVED,
                    Attendance.person_id.is_not(None), was_named(),
                )
            )
        )  # fmt: skip
    return select(Person).where(or_(*ways), Person.state.not_in([PersonState.COMING, PersonState.ERASED]))


def was_named() -> Any:
    """Return the condition that a line of a list was not struck again by its author."""
    return or_(Attendance.absence.is_(None), Attendance.absence != Outcome.TAKEN_BACK)


def find(public_id: str, actor: Actor) -> Person:
    """Return a person served within reach, or raise NotFound."""
    return Person.find(public_id, served(actor))
