"""What somebody finds on a visit without having been asked (主动发现): a need of its own, in one tap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from models.attendance import Attendance
from models.base import Refused, Row, db
from models.front_desk import PROXY_NOTICE
from models.needs import Need, Source
from models.people.papers import _consent
from models.permissions import Role
from models.places import Place
from models.service_log import ServiceLog

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.people import Person


class Finding(Row):
    """That a need was found on a visit; whose door it was stands in the need, where they agreed, and nowhere else."""

    __tablename__ = "findings"
    need_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("needs.id"), unique=True)
    log_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("service_logs.id"), index=True)


def report_finding(
    person: Person, text: str, *, by: Actor, log: ServiceLog | None = None, agreed: bool = False
) -> Need:
    """Make what was found at somebody's door a need of their community.

    It bears their name only where they agreed to that; otherwise it says no more than grid and courtyard. The log, where
    one is named, must have named the person.
    Errors: Refused("person_not_here", "not_of_this_visit", "text_needed", "text_too_long").
    Source: domain/states.md Need raise; norms.md 1.10.
    """
    person._check_here()
    if log is not None:
        there = select(Attendance.id).where(Attendance.log_id == log.id, Attendance.person_id == person.id)
        if db.session.scalar(there) is None:
            raise Refused("not_of_this_visit")
    source = Source.GRID if by.has(Role.GRID_WORKER) else Source.ROUND
    need = Need.raise_(
        Place.get(person.community_id), text, by=by, source=source, author=person if agreed else None,
        courtyard=Place.get(person.courtyard_id) if person.courtyard_id else None, proactive=True,
    )  # fmt: skip
    Finding(need_id=need.id, log_id=log.id if log is not None else None).save()
    if agreed:
        _consent(PROXY_NOTICE, source.value, person_id=person.id)
    need.grid_id = need.grid_id or person.grid_id
    return need
