"""Needs: what residents raise, and what becomes of it until they say it is settled."""

from models.needs.kinds import (
    FIELD_OF_TILE,
    PRIVATE_FIELDS,
    PRIVATE_KINDS,
    UNIT_TILES,
    AnswerKind,
    Channel,
    Field,
    Kind,
    RejectReason,
    Source,
    Tile,
    Urgency,
)
from models.needs.row import Need, NeedCounter
from models.needs.search import matching

__all__ = [
    "FIELD_OF_TILE",
    "PRIVATE_FIELDS",
    "PRIVATE_KINDS",
    "UNIT_TILES",
    "AnswerKind",
    "Channel",
    "Field",
    "Kind",
    "Need",
    "NeedCounter",
    "RejectReason",
    "Source",
    "Tile",
    "Urgency",
    "matching",
]
