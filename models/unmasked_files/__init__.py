"""Sheets in which nothing is masked: asked for with a reason, agreed to by somebody else, taken within days, all told."""

from models.unmasked_files.contents import UnmaskedKind, Wanted
from models.unmasked_files.reading import UnmaskedCard, card, cards, count_waiting
from models.unmasked_files.row import MOST_TAKINGS, OPEN_FOR, UnmaskedFile

__all__ = [
    "MOST_TAKINGS",
    "OPEN_FOR",
    "UnmaskedCard",
    "UnmaskedFile",
    "UnmaskedKind",
    "Wanted",
    "card",
    "cards",
    "count_waiting",
]
