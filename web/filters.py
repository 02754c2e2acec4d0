"""How dates, money, hours and masked names look: the same on every page."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from flask import Flask, g
from flask_babel import gettext as _
from flask_babel import ngettext as _n
from jinja2 import pass_context

from models import ciphers
from models.base import SHANGHAI, now
from models.permissions import Permission
from models.rates import half_up
from web import sentences

WEEKDAYS_ZH = "一二三四五六日"
# The code of a community before the number of a need or project.
NUMBER = re.compile(r"^\d{12}-(?=P?\d{4,6}-\d+$)")
# How instants and days stand in the values of a piece of news.
ISO = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?[+-]\d{2}:\d{2})?")

# What the log of access notes of a list that left: rows=231,xlsx,masked; older lines say 231 rows, xlsx, masked.
TAKEN = re.compile(r"(?:rows=)?(?P<n>\d+)(?: rows)?(?:, ?(?P<kind>csv|xlsx))?(?P<masked>, ?masked)?")


def _english() -> bool:
    visitor = g.get("visitor")
    return visitor is not None and visitor.locale == "en"


def day(value: date | datetime | None) -> str:
    """Show a date: 11月22日（周日）, with the year where it is not this one."""
    if value is None:
        return "—"
    local = value.astimezone(SHANGHAI).date() if isinstance(value, datetime) else value
    return _named(local, this_year=local.year == now().astimezone(SHANGHAI).year, english=_english())


def full_day(value: date | datetime | None) -> str:
    """Show a date on paper, with its year: paper is still read when this year is another one."""
    if value is None:
        return "—"
    local = value.astimezone(SHANGHAI).date() if isinstance(value, datetime) else value
    return _named(local, this_year=False, english=_english())


def full_moment(value: datetime | None) -> str:
    """Show an instant on paper, with its year."""
    if value is None:
        return "—"
    return full_day(value) + (" " if _english() else "") + clock_time(value)


def posted_moment(value: datetime) -> str:
    """Show an instant on what hangs for some days or is copied into a chat: never as "tomorrow", which it is for one day only."""
    return day(value) + (" " if _english() else "") + clock_time(value)


def printed_on() -> str:
    """Show the day on which a sheet is printed."""
    return full_day(now())


@functools.lru_cache(maxsize=2000)
def _named(local: date, *, this_year: bool, english: bool) -> str:
    if english:
        return f"{local:%a} {local.day} {local:%b}" + ("" if this_year else f" {local.year}")
    return (
        "" if this_year else f"{local.year}年"
    ) + f"{local.month}月{local.day}日（周{WEEKDAYS_ZH[local.weekday()]}）"


def weekday(value: date) -> str:
    """Show the day of the week in short, as it heads a column: 一, Mon."""
    return f"{value:%a}" if _english() else WEEKDAYS_ZH[value.weekday()]


def month(value: str) -> str:
    """Show a month that stands as 2026-11: 2026年11月, Nov 2026."""
    first = date.fromisoformat(f"{value}-01")
    return f"{first:%b %Y}" if _english() else f"{first.year}年{first.month}月"


def clock_time(value: datetime | None) -> str:
    """Show the time of day: 14:30."""
    return "—" if value is None else _time_of(value.astimezone(SHANGHAI))


def _time_of(local: datetime) -> str:
    return f"{local.hour:02}:{local.minute:02}"


def moment(value: datetime | None) -> str:
    """Show an instant; relative only within a day: 今天 14:30, else 11月22日（周日）14:30."""
    return "—" if value is None else _moment(value.astimezone(SHANGHAI))


def due(value: datetime | None) -> str:
    """Show when a term ends: a term that ends with a day ends at 24:00 of that day, not at 00:00 of the next."""
    if value is None:
        return "—"
    local = value.astimezone(SHANGHAI)
    return _moment(local - timedelta(minutes=1), "24:00") if _ends_with_a_day(local) else _moment(local)


def full_due(value: datetime | None) -> str:
    """Show on paper when a term ends, with its year."""
    if value is None or not _ends_with_a_day(value.astimezone(SHANGHAI)):
        return full_moment(value)
    return full_day(value - timedelta(minutes=1)) + (" " if _english() else "") + "24:00"


def _ends_with_a_day(local: datetime) -> bool:
    return (local.hour, local.minute) == (0, 0)


def _moment(local: datetime, clock: str | None = None) -> str:
    today, clock = now().astimezone(SHANGHAI), clock or _time_of(local)
    days = local.toordinal() - today.toordinal()
    if days == 0:
        return _("today %(time)s", time=clock)
    if days == 1:
        return _("tomorrow %(time)s", time=clock)
    if days == -1:
        return _("yesterday %(time)s", time=clock)
    english = _english()
    named = _named(local.date(), this_year=local.year == today.year, english=english)
    return f"{named} {clock}" if english else named + clock


def yuan(fen: int | None) -> str:
    """Show money: 1,234.50 元."""
    if fen is None:
        return "—"
    sign, whole = ("-" if fen < 0 else ""), abs(fen)
    return _("%(amount)s yuan", amount=f"{sign}{whole // 100:,}.{whole % 100:02d}")


def hours(minutes: int | None) -> str:
    """Show hours with one decimal, rounded down. Source: domain/formulas.md D8."""
    return "—" if minutes is None else f"{minutes // 60:,}.{minutes % 60 // 6}"


def duration(minutes: int | None) -> str:
    """Show a duration in words: 1 小时 10 分."""
    if minutes is None:
        return "—"
    if minutes < 60:
        return _("%(m)s min", m=minutes)
    return _("%(h)s h %(m)s min", h=minutes // 60, m=minutes % 60) if minutes % 60 else _("%(h)s h", h=minutes // 60)


def percent(share: float | None, places: int = 1) -> str:
    """Show a share as a percentage; — where there is none."""
    return "—" if share is None else f"{share * 100:.{places}f}%"


def news(key: str, values: dict[str, Any], called: Any = None) -> str:
    """Return the sentence of a piece of news; instants in it are shown as times, days as dates, a need by its name."""
    shown = {name: _shown(value) for name, value in values.items()}
    if called is not None and called.title != shown.get("ticket", called.title):
        shown["ticket"] = f"“{called.title}”"
    return sentences.news(key, shown)


def _shown(value: Any) -> Any:
    if not isinstance(value, str) or not ISO.fullmatch(value):
        return value
    return day(date.fromisoformat(value)) if len(value) == 10 else moment(datetime.fromisoformat(value))


def short_no(number: str) -> str:
    """Show a number among colleagues, who all know the code of their community: 202611-0010 of 510199001001-202611-0010."""
    return NUMBER.sub("", number)


def figure(value: float | None) -> str:
    """Show a figure of a score: at most two decimals, halves up, no idle zeros."""
    if value is None:
        return "—"
    text = str(half_up(value))
    return text.rstrip("0").rstrip(".") if "." in text else text


def share_rows(rows: Iterable[tuple[Any, ...]]) -> list[tuple[str, str]]:
    """Show aspects and their shares as rows of words and percent; the share stands last."""
    return [(sentences.label(row[0], "Mattered"), f"{row[-1]}%") for row in rows]


def _spoken_anew(words: Callable[..., str]) -> Callable[..., str]:
    """Let a filter speak for each reader: of a code that stands in the template, Jinja would keep the first reader's language."""

    @pass_context
    def said(_page: Any, *codes: Any) -> str:
        return words(*codes)

    return said


def sides(rows: Iterable[tuple[str, int]]) -> str:
    """Name the sides of the quality of service with what each weighs."""
    return " · ".join(f"{sentences.label(name, 'Mattered')} {weight}%" for name, weight in rows)


def why_looked(noted: str | None) -> str:
    """Say why somebody looked at what is protected: what they wrote, or how many rows left the house and how."""
    if noted in list(Permission):
        return _("The role does not open this door")
    rows = TAKEN.fullmatch(noted or "")
    if rows is None:
        return noted or "—"
    said = _n("%(num)s row", "%(num)s rows", int(rows["n"]))
    if rows["kind"]:
        said += f" · {rows['kind']}"
    return said + (" · " + _("masked") if rows["masked"] else "")


def gap() -> str:
    """Return what stands between two sentences: a space, and in Chinese nothing."""
    return " " if _english() else ""


def init_app(app: Flask) -> None:
    """Make the filters known to templates, and those of time to the sentences of a refusal."""
    sentences.SHOWN.update({date: day, datetime: moment})
    filters: dict[str, Any] = {
        "day": day,
        "full_day": full_day,
        "full_moment": full_moment,
        "posted_moment": posted_moment,
        "month": month,
        "weekday": weekday,
        "clock_time": clock_time,
        "moment": moment,
        "due": due,
        "full_due": full_due,
        "yuan": yuan,
        "hours": hours,
        "duration": duration,
        "percent": percent,
        "figure": figure,
        "short_no": short_no,
        "share_rows": share_rows,
        "sides": sides,
        "why_looked": why_looked,
        "label": _spoken_anew(sentences.label),
        "deed": _spoken_anew(sentences.deed),
        "mask_name": ciphers.mask_name,
        "mask_phone": ciphers.mask_phone,
        "mask_address": ciphers.mask_address,
    }
    app.jinja_env.filters.update(filters)
    app.jinja_env.globals.update(news=news, printed_on=printed_on, gap=gap)
