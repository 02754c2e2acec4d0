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
    of_project,
    past,
    week_sheet,
)
from models.activities.row import Activity, check_times, within

__all__ = [
    "Activity",
    "CalendarDay",
    "CalendarSheet",
    "Notice",
    "check_times",
    "coming",
    "communities",
    "community_of",
    "feed_of",
    "month_sheet",
    "notice",
    "of_project",
    "past",
    "week_sheet",
    "within",
]
