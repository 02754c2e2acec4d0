"""Word carried to people: in the app for those who have an account, otherwise a line on the to-notify list."""

from models.tellings.calls import CallAttempt, attempt, days_tried
from models.tellings.following import Follow, _follow, follow, follows, unfollow
from models.tellings.reading import (
    Contact,
    News,
    ToPhone,
    contact_of,
    count_to_phone,
    mark_read,
    news_for,
    page_to_phone,
    to_phone,
)
from models.tellings.row import Telling, TellingState, out_of_reach
from models.tellings.telling import accounts_of, tell

__all__ = [
    "CallAttempt",
    "Contact",
    "Follow",
    "News",
    "Telling",
    "TellingState",
    "ToPhone",
    "_follow",
    "accounts_of",
    "attempt",
    "contact_of",
    "count_to_phone",
    "days_tried",
    "follow",
    "follows",
    "mark_read",
    "news_for",
    "out_of_reach",
    "page_to_phone",
    "tell",
    "to_phone",
    "unfollow",
]
