"""What is announced with a place and a time: people sign up, and the log of the day points back to it."""

from models.activities.board import (
    CalendarDay,
    CalendarSheet,
    Notice,
    coming,
    communities,
    community_of,
    feed_of,
    month_sheet,
    notice,
    of_today,
    past,
    titles_of_project,
    week_sheet,
)
from models.activities.changing import NOTHING, Wants, check_times
from models.activities.row import Activity, may_read_list, within
from models.activities.series import ActivitySeries

__all__ = [
    "NOTHING",
    "Activity",
    "ActivitySeries",
    "CalendarDay",
    "CalendarSheet",
    "Notice",
    "Wants",
    "check_times",
    "coming",
    "communities",
    "community_of",
    "feed_of",
    "may_read_list",
    "month_sheet",
    "notice",
    "of_today",
    "past",
    "titles_of_project",
    "week_sheet",
    "within",
]
