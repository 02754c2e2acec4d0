"""Monthly reports in the demo year: one received, one signed, one handed in, one that came back."""

from __future__ import annotations

from datetime import timedelta

from demo.clockwork import DAYS, Year
from demo.people import actor, desk_of
from models.reports import Period, Report, ReportKind
from models.reports.periods import month_of

OFFICERS = {"jinyang": "谭勇", "chunxili": "谭勇", "liuwan": "施恒"}
NOTES = (
    "本月来访和走访比上月多，助餐和健康上门照常。超期的两件已和物业约好时间。",
    "本月活动多在周末，志愿者来得齐。个案里有一户转介到街道。",
    "本月天气不好，户外活动改到室内，走访没有少。",
)
# How far the reports of the last months came, the latest first.
CAME = {
    "jinyang": ("SUBMITTED", "RECEIVED", "RECEIVED"),
    "chunxili": ("SIGNED", "RECEIVED", "RECEIVED"),
    "liuwan": ("RETURNED", "RECEIVED", "RECEIVED"),
}


def plan(year: Year) -> None:
    """Let each community report its last months on the days after them."""
    last = year.date(DAYS - 3).replace(day=1)
    for slug, states in CAME.items():
        first = last
        for back, state in enumerate(states):
            period = Period.of(month_of(first - timedelta(days=1)))
            _report(year, slug, period, (first - year.first).days + 1, state, NOTES[back])
            first = period.first


def _report(year: Year, slug: str, period: Period, day: int, state: str, note: str) -> None:
    key = f"report:{slug}:{period.code}"
    year.on(day, lambda: _hand_in(year, slug, period, note, key), 10 * 60)
    if state == "RETURNED":
        year.on(day, lambda: _send_back(year, slug, key), 15 * 60)
        return
    if state in ("SIGNED", "RECEIVED"):
        year.on(min(day + 1, DAYS - 1), lambda: _sign(year, slug, key), 11 * 60)
    if state == "RECEIVED":
        year.on(min(day + 2, DAYS - 1), lambda: _receive(year, slug, key), 14 * 60)


def _hand_in(year: Year, slug: str, period: Period, note: str, key: str) -> None:
    clerk = desk_of(year, slug)[0]
    report = year.try_(lambda: Report.draft(year.things[slug], ReportKind.MONTHLY, period, by=clerk), key)
    if report is not None:
        year.try_(lambda: report.submit(note, by=clerk), key)
        year.things[key] = report


def _sign(year: Year, slug: str, key: str) -> None:
    year.try_(lambda: year.things[key].sign(by=desk_of(year, slug)[2]), key)


def _send_back(year: Year, slug: str, key: str) -> None:
    reason = "志愿时长有两条还没审，审完再交；说明里请写清转介的那一户。"
    year.try_(lambda: year.things[key].return_(reason, by=desk_of(year, slug)[2]), key)


def _receive(year: Year, slug: str, key: str) -> None:
    year.try_(lambda: year.things[key].receive(by=actor(year, OFFICERS[slug])), key)
