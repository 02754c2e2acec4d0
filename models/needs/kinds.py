"""The words a need is sorted by: the resident's tiles, the ten fields, kinds, urgencies and sources."""

from __future__ import annotations

from enum import StrEnum

from models.deadlines import Urgency

__all__ = [
    "FIELD_OF_TILE",
    "PRIVATE_FIELDS",
    "PRIVATE_KINDS",
    "UNIT_TILES",
    "AnswerKind",
    "Channel",
    "Field",
    "Kind",
    "RejectReason",
    "Source",
    "Tile",
    "Urgency",
]


class Tile(StrEnum):
    """The twelve pictures a resident chooses from; the thirteenth only where the community is rural."""

    ELDER_CARE = "ELDER_CARE"
    HEALTH = "HEALTH"
    SCHOOLING = "SCHOOLING"
    WOMEN_CHILDREN = "WOMEN_CHILDREN"
    HARDSHIP = "HARDSHIP"
    JOBS = "JOBS"
    LEGAL = "LEGAL"
    ENVIRONMENT = "ENVIRONMENT"
    BUILDING = "BUILDING"
    PARKING = "PARKING"
    CULTURE_SPORT = "CULTURE_SPORT"
    OTHER = "OTHER"
    RURAL = "RURAL"


class Field(StrEnum):
    """The ten fields of service, and OTHER. Source: domain/glossary.md."""

    POVERTY_RELIEF = "POVERTY_RELIEF"
    ELDERLY_DISABLED = "ELDERLY_DISABLED"
    HEALTH = "HEALTH"
    CULTURE_SPORT_SCIENCE = "CULTURE_SPORT_SCIENCE"
    WOMEN_CHILDREN = "WOMEN_CHILDREN"
    RURAL = "RURAL"
    LEGAL_AID = "LEGAL_AID"
    EDUCATION = "EDUCATION"
    ENVIRONMENT = "ENVIRONMENT"
    EMPLOYMENT = "EMPLOYMENT"
    OTHER = "OTHER"


class Kind(StrEnum):
    """What sort of matter it is. Source: domain/norms.md 1.5, 1.6."""

    CONSULT = "CONSULT"
    HELP = "HELP"
    COMPLAINT = "COMPLAINT"
    REPORT = "REPORT"
    SUGGESTION = "SUGGESTION"
    PETITION = "PETITION"


class Source(StrEnum):
    """How the need came in: 自提 代提 来电 来访 走访 网格发现 机构 12345 会议 导入."""

    SELF = "SELF"
    PROXY = "PROXY"
    CALL = "CALL"
    VISIT = "VISIT"
    ROUND = "ROUND"
    GRID = "GRID"
    ORGANIZATION = "ORGANIZATION"
    HOTLINE = "HOTLINE"
    MEETING = "MEETING"
    IMPORT = "IMPORT"


class AnswerKind(StrEnum):
    """The three kinds of a written answer that stop the answer clock. Source: domain/formulas.md D10."""

    DONE = "DONE"
    WILL_BE_DONE = "WILL_BE_DONE"
    CANNOT = "CANNOT"


class RejectReason(StrEnum):
    """Why a need is not accepted; each goes with a sentence in the clerk's words. Source: domain/norms.md 1.5."""

    EMERGENCY_NUMBER = "EMERGENCY_NUMBER"
    LAWFUL_CHANNEL = "LAWFUL_CHANNEL"
    REPEATED = "REPEATED"
    CONFIDENTIAL = "CONFIDENTIAL"
    OUT_OF_SCOPE = "OUT_OF_SCOPE"
    UNLAWFUL = "UNLAWFUL"
    NOT_REACHED = "NOT_REACHED"


class Channel(StrEnum):
    """Where a need is sent that belongs elsewhere. Source: domain/norms.md 1.5, 1.6."""

    UNIT = "UNIT"
    HOTLINE = "HOTLINE"
    DEPARTMENT = "DEPARTMENT"
    EMERGENCY = "EMERGENCY"
    COURT = "COURT"
    ADMINISTRATIVE_REVIEW = "ADMINISTRATIVE_REVIEW"
    DISCIPLINE = "DISCIPLINE"
    PETITION = "PETITION"


FIELD_OF_TILE: dict[Tile, Field] = {
    Tile.ELDER_CARE: Field.ELDERLY_DISABLED,
    Tile.HEALTH: Field.HEALTH,
    Tile.SCHOOLING: Field.EDUCATION,
    Tile.WOMEN_CHILDREN: Field.WOMEN_CHILDREN,
    Tile.HARDSHIP: Field.POVERTY_RELIEF,
    Tile.JOBS: Field.EMPLOYMENT,
    Tile.LEGAL: Field.LEGAL_AID,
    Tile.ENVIRONMENT: Field.ENVIRONMENT,
    Tile.CULTURE_SPORT: Field.CULTURE_SPORT_SCIENCE,
    Tile.RURAL: Field.RURAL,
}
# Matters that are private unless a clerk publishes a title on purpose (decision 21).
PRIVATE_KINDS = frozenset({Kind.COMPLAINT, Kind.REPORT, Kind.PETITION})
PRIVATE_FIELDS = frozenset({Field.HEALTH, Field.POVERTY_RELIEF, Field.WOMEN_CHILDREN})
# Tiles that have a unit in charge rather than a project.
UNIT_TILES = frozenset({Tile.BUILDING, Tile.PARKING})
