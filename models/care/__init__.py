"""The people served: everything done for one person, who has not been seen for long, and what a visit found (主动发现)."""

from models.care.finding import Finding, report_finding
from models.care.row import find, served
from models.care.showing import Card, Done, Promise, Spoken, card_of, found_on
from models.care.unseen import Unseen, count_unseen, unseen

__all__ = [
    "Card",
    "Done",
    "Finding",
    "Promise",
    "Spoken",
    "Unseen",
    "card_of",
    "count_unseen",
    "find",
    "found_on",
    "report_finding",
    "served",
    "unseen",
]
