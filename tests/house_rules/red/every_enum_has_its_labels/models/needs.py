"""Needs."""

from enum import Enum, StrEnum


class Urgency(StrEnum):  # RED
    GENERAL = "GENERAL"
    EMERGENCY = "EMERGENCY"


class State(StrEnum):
    OPEN = "OPEN"
    SHUT = "SHUT"


class Kind(Enum):  # RED
    HELP = "HELP"


class Need:
    OPEN = "x"
