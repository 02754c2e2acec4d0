"""The whole frame of those who were served, and what those among them said: one question to the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from functools import cache
from math import lcm
from typing import Any

from sqlalchemy import BigInteger, Select, bindparam, case, func, literal, literal_column, or_, select, union_all

from models.asking import in_these
from models.attendance import THERE, Attendance, Part
from models.base import UtcTime, ask
from models.people import Person, PersonState
from models.projects import Project
from models.ratings.invitations import INVITED, RatingInvitation
from models.ratings.kinds import Mattered
from models.ratings.row import Rating
from models.service_log import ServiceLog
from models.states import RatingState, ServiceLogState
from models.tellings import Telling, out_of_reach

LEVELS = (5, 4, 3, 2, 1)
GONE = (PersonState.MOVED, PersonState.DIED, PersonState.REFUSES)


@dataclass(frozen=True)
class Voices:
    """How many persons said what: each row holds how often 5, 4, 3, 2, 1 were said, and by how many persons so."""

    rows: tuple[tuple[int, ...], ...] = ()
    mattered: Mapping[str, int] = field(default_factory=dict)

    @property
    def served(self) -> int:
        """Return N, the distinct persons served."""
        return sum(row[-1] for row in self.rows)

    @property
    def n(self) -> int:
        """Return the distinct persons who rated."""
        return sum(row[-1] for row in self.rows if any(row[:-1]))

    @property
    def ratings(self) -> int:
        """Return how many ratings count."""
        return sum(sum(row[:-1]) * row[-1] for row in self.rows)

    @property
    def levels(self) -> dict[int, int]:
        """Return how often each level was said."""
        return {level: sum(row[i] * row[-1] for row in self.rows) for i, level in enumerate(LEVELS)}

    def mean(self, points: Sequence[float]) -> Fraction | None:
        """Return the mean of the raters' points, each person's ratings averaged first; None if nobody rated.

        `points` are worth the levels 5 to 1. Source: domain/formulas.md D7.
        """
        if not self.n:
            return None
        worth = [Fraction(str(point)) for point in points]
        unit = lcm(*(one.denominator for one in worth))
        whole = [int(one * unit) for one in worth]
        # Whole numbers as long as may be: those who rated equally often share a denominator.
        by_times: dict[int, int] = {}
        for *said, persons in self.rows:
            if times := sum(said):
                by_times[times] = by_times.get(times, 0) + persons * sum(
                    c * w for c, w in zip(said, whole, strict=True)
                )
        total = sum((Fraction(sum_, times * unit) for times, sum_ in by_times.items()), Fraction(0))
        return total / self.n


# What a person said is one number, a few bits for how often each level, so that the database adds once, not five times.
_BITS = 12
_MOST = (1 << _BITS) - 1
_PLACES = {level: _BITS * i for i, level in enumerate(LEVELS)}
_WHO = (
    func.coalesce(Person.merged_into_id, Person.id).label("who"),
    case((in_these(Person.state, GONE), 1), else_=0).label("gone"),
)
_PROJECT: Any = bindparam("project")
_SINCE: Any = bindparam("since", type_=UtcTime)
_UNTIL: Any = bindparam("until", type_=UtcTime)
_KNOWN: Any = bindparam("known", type_=UtcTime)


@cache
def _voices() -> Select[Any]:
    """Return the aggregate, built once: building it took longer than asking it."""
    counted = (
        ServiceLog.project_id == _PROJECT,
        ServiceLog.state == ServiceLogState.APPROVED,
        ServiceLog.started_at >= _SINCE,
        ServiceLog.started_at < _UNTIL,
        Attendance.part == Part.SERVED,
    )
    # Few of many attendances are rated: who was served and what was said are asked each by its own index.
    served = (
        select(Attendance.person_id)
        .select_from(ServiceLog)
        .join(Attendance, Attendance.log_id == ServiceLog.id)
        .where(*counted, in_these(Attendance.state, THERE), Attendance.person_id.is_not(None))
    )
    there: Any = literal_column("1").label("there")
    frame = select(*_WHO, there, literal(0, BigInteger).label("said")).where(Person.id.in_(served))
    said = (
        select(
            *_WHO,
            literal_column("0"),
            case({level: 1 << place for level, place in _PLACES.items()}, value=Rating.level),
        )
        .select_from(Rating)
        .join(RatingInvitation, RatingInvitation.id == Rating.invitation_id)
        .join(Attendance, Attendance.id == RatingInvitation.attendance_id)
        .join(ServiceLog, ServiceLog.id == Attendance.log_id)
        .join(Person, Person.id == Attendance.person_id)
        .where(*counted, Rating.project_id == _PROJECT, Rating.state == RatingState.VALID)
    )
    voices = union_all(frame, said).subquery()
    persons = (
        select(
            func.max(voices.c.gone).label("gone"),
            func.max(voices.c.there).label("there"),
            func.sum(voices.c.said).label("said"),
        )
        .group_by(voices.c.who)
        .subquery()
    )
    return (
        select(persons.c.said, func.count(), func.sum(1 - persons.c.there))
        .where(or_(persons.c.gone == 0, persons.c.said > 0))
        .group_by(persons.c.said)
    )


def voices_of(project: Project, *, since: datetime, until: datetime) -> Voices:
    """Return what those served in [since, until) said, in one aggregate.

    N counts distinct persons PRESENT or CONFIRMED in approved logs; those who moved away, died or refuse leave it,
    unless they had their say before: a vote is not taken back because somebody moved. Who was heard although the
    record says that nobody was met takes the place of a silent person: N is no larger by it, so that nobody learns
    from N that somebody was heard. Source: D7; decisions.md 24.
    """
    found = ask(_voices(), project=project.id, since=since, until=until).all()
    counts = {int(said): int(persons) for said, persons, _missed in found}
    counts[0] = max(counts.get(0, 0) - sum(int(missed) for _said, _persons, missed in found), 0)
    rows = ((*(said >> place & _MOST for place in _PLACES.values()), persons) for said, persons in counts.items())
    return Voices(tuple(sorted(row for row in rows if row[-1])))


@cache
def _mattered() -> Any:
    return (
        select(Rating.mattered, func.count())
        .join(ServiceLog, ServiceLog.id == Rating.log_id)
        .where(
            Rating.project_id == _PROJECT,
            Rating.state == RatingState.VALID,
            Rating.mattered.is_not(None),
            ServiceLog.state == ServiceLogState.APPROVED,
            ServiceLog.started_at >= _SINCE,
            ServiceLog.started_at < _UNTIL,
        )
        .group_by(Rating.mattered)
    )


def mattered_to(project: Project, *, since: datetime, until: datetime) -> dict[str, int]:
    """Return how often each aspect was said to matter most, all four named."""
    found = ask(_mattered(), project=project.id, since=since, until=until)
    counted = {str(mattered): times for mattered, times in found}
    return {one.value: counted.get(one.value, 0) for one in Mattered}


@cache
def _unreached() -> Select[Any]:
    served = (
        select(Attendance.id)
        .join(ServiceLog, ServiceLog.id == Attendance.log_id)
        .where(
            Attendance.person_id == Person.id, Attendance.part == Part.SERVED, in_these(Attendance.state, THERE),
            ServiceLog.project_id == _PROJECT, ServiceLog.state == ServiceLogState.APPROVED,
            ServiceLog.started_at >= _SINCE, ServiceLog.started_at < _UNTIL,
        )
    )  # fmt: skip
    heard = (
        select(Rating.id)
        .join(RatingInvitation, RatingInvitation.id == Rating.invitation_id)
        .where(
            RatingInvitation.person_id == Person.id,
            Rating.project_id == _PROJECT,
            Rating.state == RatingState.VALID,
            Rating.state_at <= _KNOWN,
        )
    )
    return (
        select(func.count(Person.id.distinct()))
        .join(Telling, Telling.person_id == Person.id)
        .where(
            Telling.kind == Project.__tablename__, Telling.subject_id == _PROJECT, Telling.sentence == INVITED,
            Telling.created_at >= _SINCE, out_of_reach(), ~in_these(Person.state, GONE), served.exists(), ~heard.exists(),
        )
    )  # fmt: skip


def unreached(project: Project, *, since: datetime, until: datetime, known: datetime) -> int:
    """Return how many of those served were to be asked, were called in vain, and were not looked for again since.

    Whoever rated all the same was reached, as far as it counted at the instant `known`. Source: D7: more than 15 % of them keep the status at 证据不足.
    """
    return int(ask(_unreached(), project=project.id, since=since, until=until, known=known).scalar_one())
