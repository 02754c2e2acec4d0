"""What is looked for, with numbers and records; a hint blames nobody. Source: domain/abuse.md F1, F2, F3, F6, F8."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from models.working_time import local_day, start_of

LOOKED_BACK = timedelta(days=180)
# Over 40 % of the records in the last tenth of the term (F8).
LATE_SHARE, LAST_PART = 0.4, 0.1
FEWEST = 5
ROUND_SHARE, ROUND_FEWEST = 0.8, 10
BETWEEN_PLACES = timedelta(minutes=15)
GROUP, GROUP_SHARE = 4, 0.6
UNCONFIRMED_FEWEST = 10
# More than a tenth of the records that are not so make all figures doubtful (F3).
REFUTED_SHARE = 0.1
LONG_DAY = 12 * 60
SHOWN = 12


class HintKind(StrEnum):
    """集中补记, 整月补记, 时长太整齐, 赶不到的路, 总是同一批人, 没有人确认到场, 一天超过 12 小时, 照片重复."""

    BACKFILL = "BACKFILL"
    BACKFILL_MONTH = "BACKFILL_MONTH"
    ROUND_HOURS = "ROUND_HOURS"
    TRAVEL = "TRAVEL"
    SAME_GROUP = "SAME_GROUP"
    UNCONFIRMED = "UNCONFIRMED"
    LONG_DAY = "LONG_DAY"
    PHOTO = "PHOTO"


@dataclass(frozen=True)
class Seen:
    """One record, as far as hints look at it."""

    id: int
    public_id: str
    project_id: int
    community_id: int
    organization_id: int | None
    author_id: int
    title: str
    started_at: datetime
    ended_at: datetime
    entered_at: datetime
    people: frozenset[int] = frozenset()
    confirmed: int = 0
    refuted: int = 0  # how often the committee found that somebody on the list was not there

    @property
    def minutes(self) -> int:
        """Return how long it took."""
        return (self.ended_at - self.started_at) // timedelta(minutes=1)


@dataclass(frozen=True)
class Hint:
    """One finding: its kind, a mark that stays the same, the numbers that explain it, and the records it is about."""

    kind: HintKind
    mark: str
    community_id: int
    organization_id: int | None
    numbers: dict[str, Any]
    records: tuple[Seen, ...]
    bars: tuple[int, ...] = field(default=())

    @property
    def authors(self) -> frozenset[int]:
        """Return who wrote the records."""
        return frozenset(one.author_id for one in self.records)


def _hint(kind: HintKind, mark: str, records: Sequence[Seen], bars: Sequence[int] = (), **numbers: Any) -> Hint:
    first = records[0]
    return Hint(kind, f"{kind}:{mark}", first.community_id, first.organization_id, numbers, tuple(records), tuple(bars))


def histogram(moments: Iterable[datetime], first: date, last: date, bins: int = 10) -> list[int]:
    """Return how many moments lie in each part of a term; what came later counts with the last part. Pure."""
    begin, whole = start_of(first), start_of(last + timedelta(days=1)) - start_of(first)
    counts = [0] * bins
    for one in moments:
        counts[min(bins - 1, max(0, int((one - begin) / whole * bins)))] += 1
    return counts


def found(records: Sequence[Seen], terms: dict[int, tuple[date, date]]) -> Iterator[Hint]:
    """Yield every hint that records give; `terms` are the first and last days of the projects. Pure."""
    by_project, by_author = defaultdict(list), defaultdict(list)
    for one in sorted(records, key=lambda one: (one.started_at, one.id)):
        by_project[one.project_id].append(one)
        by_author[one.author_id].append(one)
    for project_id, ones in by_project.items():
        yield from _backfill(project_id, ones, terms.get(project_id))
        yield from _months(project_id, ones)
        yield from _same_group(project_id, ones)
        yield from _unconfirmed(project_id, ones)
    for author_id, ones in by_author.items():
        yield from _round(author_id, ones)
        yield from _travel(ones)
        yield from _long_days(author_id, ones)


def _backfill(project_id: int, ones: Sequence[Seen], term: tuple[date, date] | None) -> Iterator[Hint]:
    if term is None or len(ones) < FEWEST:
        return
    bars = histogram((one.entered_at for one in ones), *term)
    if bars[-1] > LATE_SHARE * len(ones):
        late = [one for one in ones if histogram([one.entered_at], *term)[-1]]
        yield _hint(HintKind.BACKFILL, str(project_id), late, bars, late=len(late), all=len(ones),
                    percent=round(100 * len(late) / len(ones)))  # fmt: skip


def _months(project_id: int, ones: Sequence[Seen]) -> Iterator[Hint]:
    """Look at each month: what was served earlier in it, and written only in its last tenth or afterward."""
    months: dict[str, list[Seen]] = defaultdict(list)
    for one in ones:
        months[f"{local_day(one.started_at):%Y-%m}"].append(one)
    for month, mine in months.items():
        first = date.fromisoformat(f"{month}-01")
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        line = start_of(last - timedelta(days=round(last.day * LAST_PART) - 1))
        late = [one for one in mine if one.entered_at >= line > one.started_at]
        if len(mine) >= FEWEST and len(late) > LATE_SHARE * len(mine):
            bars = histogram((one.entered_at for one in mine), first, last)
            yield _hint(HintKind.BACKFILL_MONTH, f"{project_id}:{month}", late, bars, late=len(late), all=len(mine),
                        percent=round(100 * len(late) / len(mine)), month=month)  # fmt: skip


def _round(author_id: int, ones: Sequence[Seen]) -> Iterator[Hint]:
    even = [one for one in ones if one.minutes and one.minutes % 60 == 0]
    if len(ones) >= ROUND_FEWEST and len(even) >= ROUND_SHARE * len(ones):
        yield _hint(HintKind.ROUND_HOURS, str(author_id), even, late=len(even), all=len(ones),
                    percent=round(100 * len(even) / len(ones)))  # fmt: skip


def _travel(ones: Sequence[Seen]) -> Iterator[Hint]:
    for one, other in itertools.pairwise(ones):
        gap = other.started_at - one.ended_at
        if one.community_id != other.community_id and gap < BETWEEN_PLACES:
            yield _hint(HintKind.TRAVEL, f"{one.id}:{other.id}", [one, other],
                        minutes=int(gap.total_seconds() // 60))  # fmt: skip


def _same_group(project_id: int, ones: Sequence[Seen]) -> Iterator[Hint]:
    groups = [one for one in ones if len(one.people) >= GROUP]
    if len(groups) < FEWEST:
        return
    people, times = Counter(one.people for one in groups).most_common(1)[0]
    same = [one for one in groups if one.people == people]
    if times >= FEWEST and times >= GROUP_SHARE * len(groups) and len({one.title for one in same}) > 1:
        yield _hint(HintKind.SAME_GROUP, str(project_id), same, late=times, all=len(groups), people=len(people))


def _unconfirmed(project_id: int, ones: Sequence[Seen]) -> Iterator[Hint]:
    served = [one for one in ones if one.people]
    if len(served) < UNCONFIRMED_FEWEST:
        return
    refuted = [one for one in served if one.refuted]
    # A record that was found not to be so is confirmed by nobody, whoever else said yes.
    if not any(one.confirmed and not one.refuted for one in served):
        yield _hint(HintKind.UNCONFIRMED, str(project_id), served, all=len(served), refuted=len(refuted))
    elif len(refuted) > REFUTED_SHARE * len(served):
        yield _hint(HintKind.UNCONFIRMED, f"{project_id}:refuted", refuted, all=len(served), refuted=len(refuted))


def _long_days(author_id: int, ones: Sequence[Seen]) -> Iterator[Hint]:
    days: dict[date, list[Seen]] = defaultdict(list)
    for one in ones:
        days[local_day(one.started_at)].append(one)
    for day, mine in days.items():
        minutes = sum(one.minutes for one in mine)
        if minutes > LONG_DAY:
            yield _hint(HintKind.LONG_DAY, f"{author_id}:{day}", mine, minutes=minutes, day=day)
