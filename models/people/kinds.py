"""What a person of the register can be, which marks there are, and why one may be kept."""

from __future__ import annotations

from enum import StrEnum


class PersonState(StrEnum):
    """Whether a person still counts among those who live here; COMING is an entry of a file that is just coming in."""

    COMING = "COMING"
    ACTIVE = "ACTIVE"
    MOVED = "MOVED"
    DIED = "DIED"
    REFUSES = "REFUSES"
    MERGED = "MERGED"
    ERASED = "ERASED"


class Tag(StrEnum):
    """The marks of need that weigh in priority. Source: domain/formulas.md D6."""

    LONELY_ELDER = "LONELY_ELDER"
    DISABLED = "DISABLED"
    HARDSHIP = "HARDSHIP"
    ELDER = "ELDER"
    CHILD = "CHILD"
    MIGRANT = "MIGRANT"


class TagBasis(StrEnum):
    """Why a mark may be kept: the person's consent, or a list that the law keeps."""

    CONSENT = "CONSENT"
    STATUTORY_LIST = "STATUTORY_LIST"


class MandateKind(StrEnum):
    """Who acts for somebody: family by their word, the grid worker by duty."""

    FAMILY = "FAMILY"
    GRID = "GRID"


class MandateWay(StrEnum):
    """How the person said so."""

    ON_SIGHT = "ON_SIGHT"
    PHONE = "PHONE"
    PAPER = "PAPER"
    APP = "APP"
