"""Needs: what residents raise, and what becomes of it until they say it is settled."""

from models.needs.kinds import (
    FIELD_OF_TILE,
    PRIVATE_FIELDS,
    PRIVATE_KINDS,
    UNIT_TILES,
    AnswerKind,
    Field,
    Kind,
    Source,
    Tile,
    Urgency,
)
from models.needs.row import Need, NeedCounter

__all__ = [
    "FIELD_OF_TILE",
    "PRIVATE_FIELDS",
    "PRIVATE_KINDS",
    "UNIT_TILES",
    "AnswerKind",
    "Field",
    "Kind",
    "Need",
    "NeedCounter",
    "Source",
    "Tile",
    "Urgency",
]
