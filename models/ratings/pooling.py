"""What people said, pooled by fives: the only thing of many ratings that a report of a place and a period may tell.

Every figure is made of whole pools of five persons, and a pool never changes once it is full. So whatever is compared,
a street with its communities, a year with its months, this week with last week, the difference is made of whole pools
too, and nobody learns what fewer than five people said. Source: domain/decisions.md 22, 23; reliability.md 57.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, func, select

from models.attendance import Attendance, Part
from models.base import SHANGHAI, db, today
from models.people import Person
from models.people.merging import merged_people
from models.ratings.frame import GONE
from models.ratings.invitations import RatingInvitation
from models.ratings.kinds import OPEN_FOR
from models.ratings.row import Rating
from models.service_log import Lasting, ServiceLog, lasting
from models.states import RatingState

FIVE = 5
# A month's ratings come in for as long as invitations are open, and a few days more until paper is witnessed.
SETTLES_IN = OPEN_FOR + timedelta(days=15)


@dataclass(frozen=True)
class Voice:
    """One rating on its way into a pool; it never leaves this module."""

    who: int
    level: int
    community: int
    month: tuple[int, int]
    lasting: Lasting


@dataclass(frozen=True)
class Pooled:
    """How many different people rated, and the full pools: each the sum of the means of its five persons."""

    n: int
    served: int
    pools: tuple[Fraction, ...]

    @property
    def counted(self) -> int:
        """Return how many voices the mean is made of."""
        return FIVE * len(self.pools)

    @property
    def mean(self) -> Fraction | None:
        """Return the mean of the pooled voices; None while no pool is full."""
        return sum(self.pools, Fraction(0)) / self.counted if self.pools else None


Said = TypeVar("Said")


def by_fives(voices: Iterable[Said], who: Callable[[Said], int]) -> tuple[list[list[Said]], list[Said]]:
    """Fill pools of five different persons in the order given, and return what fills none as well. Pure."""
    pools: list[list[Said]] = []
    pool: list[Said] = []
    there: set[int] = set()
    for voice in voices:
        pool.append(voice)
        there.add(who(voice))
        if len(there) == FIVE:
            pools.append(pool)
            pool, there = [], set()
    return pools, pool


def _fill(voices: Iterable[Voice], points: Callable[[int], Fraction]) -> tuple[list[Fraction], list[Voice]]:
    """Fill pools in the order in which the ratings began to count; what fills none is left over."""
    pools, rest = by_fives(voices, lambda voice: voice.who)
    return [_sum(pool, points) for pool in pools], rest


def _sum(pool: Iterable[Voice], points: Callable[[int], Fraction]) -> Fraction:
    said: dict[int, list[int]] = {}
    for voice in pool:
        said.setdefault(voice.who, []).append(voice.level)
    return sum((_mean(levels, points) for levels in said.values()), Fraction(0))


def _mean(levels: list[int], points: Callable[[int], Fraction]) -> Fraction:
    if len(levels) == 1:
        return points(levels[0])
    return sum((points(one) for one in levels), Fraction(0)) / len(levels)


Key = tuple[Any, ...]
Heap = dict[Key, list[Voice]]


def _pour(heaps: Heap, points: Callable[[int], Fraction]) -> tuple[list[Fraction], Heap]:
    pools: list[Fraction] = []
    rest: Heap = {}
    for key in sorted(heaps):
        full, rest[key] = _fill(heaps[key], points)
        pools += full
    return pools, rest


def _settled(year: int, month: int) -> bool:
    """Tell whether no more ratings come in for a month."""
    after = date(year + month // 12, month % 12 + 1, 1)
    return after + SETTLES_IN <= today()


def _gathered(rest: Heap, key_of: Callable[[Key], Key], last_month: Callable[[Key], tuple[int, int]]) -> Heap:
    """Carry on what is left over from settled periods, in their order, to the next wider one."""
    heaps: Heap = {}
    for key in sorted(rest):
        if _settled(*last_month(key)):
            heaps.setdefault(key_of(key), []).extend(rest[key])
    return heaps


def pool(voices: Sequence[Voice], points: Callable[[int], Fraction], *, months: int, wide: bool) -> list[Fraction]:
    """Return the full pools of a period of 1, 3 or 12 months in one community, or in several where `wide`. Pure.

    Pools are filled month by month in each community. What is left over from a month that has settled is pooled with
    the quarter's, then with the year's, then with the other communities': never sideways, so that each voice belongs
    to one pool alone.
    """
    heaps: Heap = {}
    for one in voices:
        heaps.setdefault((one.community, *one.month), []).append(one)
    pools, rest = _pour(heaps, points)
    if months >= 3:
        heaps = _gathered(rest, lambda key: (key[0], key[1], (key[2] + 2) // 3), lambda key: (key[1], key[2]))
        more, rest = _pour(heaps, points)
        pools += more
    if months == 12:
        heaps = _gathered(rest, lambda key: (key[0], key[1]), lambda key: (key[1], 3 * key[2]))
        more, rest = _pour(heaps, points)
        pools += more
        if wide:
            heaps = _gathered(rest, lambda key: (key[1],), lambda key: (key[1], 12))
            pools += _pour(heaps, points)[0]
    return pools


def _voices(conditions: Sequence[ColumnElement[bool]]) -> list[Voice]:
    query = (
        select(Attendance.person_id, Rating.level, ServiceLog.community_id, ServiceLog.method, ServiceLog.started_at)
        .join(RatingInvitation, RatingInvitation.id == Rating.invitation_id)
        .join(Attendance, Attendance.id == RatingInvitation.attendance_id)
        .join(ServiceLog, ServiceLog.id == Attendance.log_id)
        .where(*conditions, Rating.state == RatingState.VALID, Attendance.part == Part.SERVED)
        .order_by(Rating.state_at, Rating.id)
    )  # fmt: skip
    merged = merged_people()
    rows: Any = db.session.execute(query)
    return [
        Voice(merged.get(person, person), level, community, _month(at), lasting(method))
        for person, level, community, method, at in rows
    ]


def _month(at: datetime) -> tuple[int, int]:
    local = at.astimezone(SHANGHAI)
    return local.year, local.month


def pooled(
    conditions: Sequence[ColumnElement[bool]],
    served: Iterable[tuple[int, Lasting]],
    points: Callable[[int], Fraction],
    *,
    communities: Sequence[int],
    months: int,
    wide: bool,
) -> dict[Lasting | None, Pooled]:
    """Return what those said whose services meet the conditions: continuing, one-off, and all together.

    `served` are the different persons who were there; who moved away, died or refuses leaves N unless they rated (D7).
    Only pools and counts leave this module, never a rating and never a rater.
    """
    voices, there, points = _voices(conditions), list(served), functools.cache(points)
    gone = _gone(communities)
    parts: dict[Lasting | None, Pooled] = {}
    for part in Lasting:
        mine = [one for one in voices if one.lasting == part]
        raters = {one.who for one in mine}
        people = {who for who, of in there if of == part and (who not in gone or who in raters)}
        pools = tuple(pool(mine, points, months=months, wide=wide))
        parts[part] = Pooled(len(raters), max(len(people), len(raters)), pools)
    raters = {one.who for one in voices}
    people = {who for who, _ in there if who not in gone or who in raters}
    every = tuple(one for part in Lasting for one in parts[part].pools)
    return {None: Pooled(len(raters), max(len(people), len(raters)), every), **parts}


def _gone(communities: Sequence[int]) -> set[int]:
    query = select(func.coalesce(Person.merged_into_id, Person.id)).where(
        Person.community_id.in_(communities), Person.state.in_(GONE)
    )
    return set(db.session.scalars(query))
