"""When a place is open: its hours, the public holidays, and deadlines counted in working hours and working days.

Intervals are [start, end). Instants go in and come out aware and in UTC; days are cut in Shanghai.
Source: decisions.md 2, domain/formulas.md D10.
"""

from __future__ import annotations

import functools
import itertools
import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from models.base import SHANGHAI

Spans = tuple[tuple[time, time], ...]
CLOCK_TEXT = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$")
MIDNIGHT = time(0)
NOTHING = timedelta(0)
DAY = timedelta(days=1)
# A calendar that never opens again would be walked for ever; ten years is longer than any deadline.
HORIZON_DAYS = 3660


@dataclass(frozen=True)
class HolidayRow:
    """One day that differs from its weekday: closed for a holiday, or a weekend day worked in exchange."""

    day: date
    is_open: bool
    occasion: str


# Each line: occasion, first and last day off, and the weekend days worked for it, as the State Council announced them.
_ANNOUNCED: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("NEW_YEAR", "2025-01-01", "2025-01-01", ()),
    ("SPRING_FESTIVAL", "2025-01-28", "2025-02-04", ("2025-01-26", "2025-02-08")),
    ("QINGMING", "2025-04-04", "2025-04-06", ()),
    ("LABOR_DAY", "2025-05-01", "2025-05-05", ("2025-04-27",)),
    ("DRAGON_BOAT", "2025-05-31", "2025-06-02", ()),
    ("NATIONAL_DAY_AND_MID_AUTUMN", "2025-10-01", "2025-10-08", ("2025-09-28", "2025-10-11")),
    ("NEW_YEAR", "2026-01-01", "2026-01-03", ("2026-01-04",)),
    ("SPRING_FESTIVAL", "2026-02-15", "2026-02-23", ("2026-02-14", "2026-02-28")),
    ("QINGMING", "2026-04-04", "2026-04-06", ()),
    ("LABOR_DAY", "2026-05-01", "2026-05-05", ("2026-05-09",)),
    ("DRAGON_BOAT", "2026-06-19", "2026-06-21", ()),
    ("MID_AUTUMN", "2026-09-25", "2026-09-27", ()),
    ("NATIONAL_DAY", "2026-10-01", "2026-10-07", ("2026-09-20", "2026-10-10")),
)


def _shipped() -> Iterator[HolidayRow]:
    for occasion, first, last, worked in _ANNOUNCED:
        start = date.fromisoformat(first)
        for offset in range((date.fromisoformat(last) - start).days + 1):
            yield HolidayRow(start + timedelta(days=offset), False, occasion)
        for day in worked:
            yield HolidayRow(date.fromisoformat(day), True, occasion)


SHIPPED: tuple[HolidayRow, ...] = tuple(sorted(_shipped(), key=lambda row: row.day))
SHIPPED_YEARS: frozenset[int] = frozenset(row.day.year for row in SHIPPED)


@dataclass(frozen=True)
class Calendar:
    """The opening hours of one place together with the holidays of the country.

    `weekly` holds the spans of each weekday, Monday 0, in local time; an end of 00:00 means the midnight that ends the
    day. `holidays` maps a day to open (worked in exchange) or closed; `years` are those whose holidays are known.
    """

    weekly: Mapping[int, Spans]
    holidays: Mapping[date, bool]
    years: frozenset[int]

    def __post_init__(self) -> None:
        if not any(self.weekly.values()):
            raise ValueError("a place must be open at some hour of the week")
        for weekday, spans in self.weekly.items():
            if weekday not in range(7):
                raise ValueError(f"{weekday} is not a weekday")
            edges = [minute for start, end in spans for minute in (_minute(start), _minute(end) or 24 * 60)]
            if edges != sorted(edges) or any(start == end for start, end in zip(edges[::2], edges[1::2], strict=True)):
                raise ValueError(f"the hours of weekday {weekday} are not in order")

    @classmethod
    def of(
        cls,
        hours: Mapping[str, Sequence[Sequence[str]]],
        holidays: Iterable[HolidayRow] = SHIPPED,
        years: Iterable[int] = SHIPPED_YEARS,
    ) -> Calendar:
        """Return the calendar of a place from its stored hours: {"0": [["09:00", "12:00"], …]}, Monday "0".

        Errors: ValueError for hours that are not written HH:MM or not in order.
        """
        weekly = {int(day): tuple((_clock(start), _clock(end)) for start, end in spans) for day, spans in hours.items()}
        return cls(weekly, {row.day: row.is_open for row in holidays}, frozenset(years))

    def is_working_day(self, day: date) -> bool:
        """Say whether the country works on that day: Monday to Friday, corrected by the holidays table."""
        return self.holidays.get(day, day.weekday() < 5)

    def spans_on(self, day: date) -> Spans:
        """Return the local opening spans of a day; a weekend day worked in exchange keeps the hours of a weekday."""
        told = self.holidays.get(day)
        if told is False:
            return ()
        usual = self.weekly.get(day.weekday(), ())
        if told and day.weekday() >= 5:
            return next((spans for weekday in range(5) if (spans := self.weekly.get(weekday, ()))), usual)
        return usual

    @functools.cached_property
    def openings(self) -> Callable[[date], tuple[tuple[datetime, datetime], ...]]:
        """Return the way to ask when the place opens and closes on a day; what was asked before is remembered."""

        @functools.lru_cache(maxsize=4000)
        def openings(day: date) -> tuple[tuple[datetime, datetime], ...]:
            return tuple(
                (_instant(day, start), _instant(day + DAY, MIDNIGHT) if end == MIDNIGHT else _instant(day, end))
                for start, end in self.spans_on(day)
            )

        return openings

    @functools.cached_property
    def open_by_day(self) -> Callable[[int, int], tuple[timedelta, ...]]:
        """Return the way to ask how long the place was open in a month before each of its days, and in all of it."""

        @functools.lru_cache(maxsize=400)
        def open_by_day(year: int, month: int) -> tuple[timedelta, ...]:
            days = (date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1))
            each = (sum((closes - opens for opens, closes in self.openings(day)), NOTHING) for day in days)
            return tuple(itertools.accumulate(each, initial=NOTHING))

        return open_by_day

    def open_between(self, first: date, last: date) -> timedelta:
        """Return how long the place was open on the days [first, last)."""
        total, year, month = -self.open_by_day(first.year, first.month)[first.day - 1], first.year, first.month
        while (year, month) < (last.year, last.month):
            total += self.open_by_day(year, month)[-1]
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        return total + self.open_by_day(year, month)[last.day - 1]

    @functools.cached_property
    def end_of_days(self) -> Callable[[date, int], datetime]:
        """Return the way to ask when so many working days after a day are over, remembered likewise."""

        @functools.lru_cache(maxsize=4000)
        def end_of_days(day: date, days: int) -> datetime:
            while days:
                day += DAY
                days -= self.is_working_day(day)
            return start_of(day + DAY)

        return end_of_days

    def unlisted_years(self, start: datetime, end: datetime) -> tuple[int, ...]:
        """Return the years a deadline touches whose holidays are unknown, so that a page can warn of them."""
        first, last = local_day(start).year, local_day(end).year
        if last - first < 2 and first in self.years and last in self.years:
            return ()
        return tuple(year for year in range(first, last + 1) if year not in self.years)


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _clock(text: str) -> time:
    if not CLOCK_TEXT.match(text):
        raise ValueError(f"{text!r} is not a time of day")
    return time.fromisoformat(text)


def local_day(instant: datetime) -> date:
    """Return the Shanghai date of an instant. Errors: ValueError for a naive one."""
    if instant.tzinfo is None:
        raise ValueError("a naive time has no place in a deadline")
    return instant.astimezone(SHANGHAI).date()


def start_of(day: date) -> datetime:
    """Return the instant at which a Shanghai day begins."""
    return _instant(day, MIDNIGHT)


def _instant(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, SHANGHAI).astimezone(UTC)


def _openings(after: datetime, calendar: Calendar) -> Iterator[tuple[datetime, datetime]]:
    """Walk the opening spans that end after an instant; the first one may have begun before it."""
    day = local_day(after)
    for _ in range(HORIZON_DAYS):
        for opens, closes in calendar.openings(day):
            if closes > after:
                yield opens, closes
        day += DAY
    raise ValueError("the place does not open within ten years")


def is_open(instant: datetime, calendar: Calendar) -> bool:
    """Say whether the place is open at an instant; at the minute of closing it is closed."""
    return next(_openings(instant, calendar))[0] <= instant


def end_on_opening(instant: datetime, calendar: Calendar) -> datetime:
    """Return the instant itself if the place is open then, else its next opening."""
    return max(instant.astimezone(UTC), next(_openings(instant, calendar))[0])


def add_working_time(start: datetime, span: timedelta, calendar: Calendar) -> datetime:
    """Return the instant at which the place has been open for the span since start.

    A span that is used up at closing time ends there, not at the next opening; an empty one ends at once if the place
    is open, else at its next opening. Errors: ValueError for a negative span.
    """
    if span < timedelta(0):
        raise ValueError("working time runs forward")
    left = span
    for opens, closes in _openings(start, calendar):
        begin = max(opens, start.astimezone(UTC))
        if closes - begin >= left:
            return begin + left
        left -= closes - begin
    raise AssertionError("the walk over openings ends only by an answer or an error")


def add_working_hours(start: datetime, hours: int, calendar: Calendar) -> datetime:
    """Return the instant at which the place has been open for so many hours since start (D10)."""
    return add_working_time(start, timedelta(hours=hours), calendar)


def working_time_between(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """Return how long the place was open in [start, end); nothing if end is not after start."""
    if end <= start:
        return NOTHING
    first, last = local_day(start), local_day(end)
    # Openings never reach over midnight: whole days are looked up as sums, only the two at the edges are walked.
    whole = calendar.open_between(first, last)
    return whole + _open_on(last, end, calendar) - _open_on(first, start, calendar)


def _open_on(day: date, until: datetime, calendar: Calendar) -> timedelta:
    spans = calendar.openings(day)
    return sum((min(closes, until) - opens for opens, closes in spans if opens < until), NOTHING)


def add_working_days(start: datetime, days: int, calendar: Calendar) -> datetime:
    """Return the midnight that ends the last of so many working days; the day of start is not counted.

    Errors: ValueError unless days is at least 1.
    """
    if days < 1:
        raise ValueError("a deadline is at least one working day long")
    return calendar.end_of_days(local_day(start), days)


def working_days_between(start: datetime, end: datetime, calendar: Calendar) -> int:
    """Return the number of working days after the day of start, up to and with the day of end; 0 if end is earlier."""
    first, last = local_day(start), local_day(end)
    return sum(calendar.is_working_day(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))
