"""Notices and policies: written by a clerk, published by the head, read below their place, with marks of the staff."""

from models.notices.marks import CALLED, NoticeReading, Readers, acknowledge, called, has_read, read_by, readers
from models.notices.reading import (
    NoticeLine,
    NoticePage,
    Wanted,
    hanging,
    notices_for,
    page_of,
    paper_of,
    places_of,
    public_notice,
    public_notices,
)
from models.notices.row import LONGEST_TEXT, LONGEST_TITLE, MOST_DAYS, Notice, NoticeKind, NoticeState

__all__ = [
    "CALLED",
    "LONGEST_TEXT",
    "LONGEST_TITLE",
    "MOST_DAYS",
    "Notice",
    "NoticeKind",
    "NoticeLine",
    "NoticePage",
    "NoticeReading",
    "NoticeState",
    "Readers",
    "Wanted",
    "acknowledge",
    "called",
    "hanging",
    "has_read",
    "notices_for",
    "page_of",
    "paper_of",
    "places_of",
    "public_notice",
    "public_notices",
    "read_by",
    "readers",
]
