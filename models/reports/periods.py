"""Months, quarters and years as offices report them: cut at Shanghai's midnights."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.base import NotFound, today
from models.working_time import start_of

CODE = re.compile(r"(20[0-9]{2})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])))?", re.ASCII)
MONTHS_BACK, QUARTERS_BACK, YEARS_BACK = 13, 5, 2


@dataclass(frozen=True)
class Period:
    """A month 2026-10, a quarter 2026-Q4 or a year 2026: [first, until)."""

    code: str
    first: date
    until: date

    @classmethod
    def of(cls, code: str) -> Period:
        """Return the period of a code. Errors: NotFound."""
        found = CODE.fullmatch(code)
        if found is None:
            raise NotFound(code)
        year, month, quarter = int(found[1]), int(found[2] or 0), int(found[3] or 0)
        if month:
            return cls(code, *_months(year, month, 1))
        return cls(code, *(_months(year, 3 * quarter - 2, 3) if quarter else _months(year, 1, 12)))

    @property
    def since(self) -> datetime:
        """Return the instant at which it begins."""
        return start_of(self.first)

    @property
    def before(self) -> datetime:
        """Return the instant at which it is over."""
        return start_of(self.until)

    @property
    def last(self) -> date:
        """Return its last day."""
        return self.until - timedelta(days=1)

    @property
    def over(self) -> bool:
        """Tell whether the last day has passed."""
        return self.until <= today()

    @property
    def months(self) -> int:
        """Return how many months it holds: 1, 3 or 12."""
        return (self.until.year - self.first.year) * 12 + self.until.month - self.first.month


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    end = month + count
    return date(year, month, 1), date(year + (end - 1) // 12, (end - 1) % 12 + 1, 1)


def month_of(day: date) -> str:
    """Return the code of a day's month."""
    return f"{day.year}-{day.month:02d}"


def quarter_of(day: date) -> str:
    """Return the code of a day's quarter."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def last_month() -> Period:
    """Return the month before this one: what is usually reported."""
    now = today()
    return Period.of(month_of(date(now.year - (now.month == 1), (now.month - 2) % 12 + 1, 1)))


def choices() -> list[str]:
    """Return the codes that a page offers, the latest first: months, then quarters, then years."""
    now = today()
    count = now.year * 12 + now.month - 1
    months = [date((count - back) // 12, (count - back) % 12 + 1, 1) for back in range(MONTHS_BACK)]
    quarters = list(dict.fromkeys(quarter_of(date((count - back) // 12, (count - back) % 12 + 1, 1))
                                  for back in range(3 * QUARTERS_BACK)))  # fmt: skip
    return [month_of(one) for one in months] + quarters + [str(now.year - back) for back in range(YEARS_BACK)]
