"""名单式服务: people chosen by mark, age and building, a list to sign, door after door ticked, and one record in the end."""

from models.service_lists.reading import (
    Chosen,
    Door,
    ListCard,
    ListLine,
    Wanted,
    by_door,
    card_of,
    choose,
    find,
    lines,
    printable,
    whole_register,
)
from models.service_lists.row import DOOR_OUTCOMES, MOST_LINES, ServiceList, ServiceListLine, Source

__all__ = [
    "DOOR_OUTCOMES",
    "MOST_LINES",
    "Chosen",
    "Door",
    "ListCard",
    "ListLine",
    "ServiceList",
    "ServiceListLine",
    "Source",
    "Wanted",
    "by_door",
    "card_of",
    "choose",
    "find",
    "lines",
    "printable",
    "whole_register",
]
