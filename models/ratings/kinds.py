"""The words of a rating: how it came in, what mattered, who may be in touch, and why one does not count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

# At most one invitation a person, project and month, for services of the last weeks; who wants to say more may ask.
INVITED_FOR = timedelta(weeks=4)
ASKING_FOR = timedelta(days=60)
OPEN_FOR = timedelta(days=60)
# A strip of a sheet that nobody tied to a name for so long belongs to nobody.
STRIPS_WAIT = timedelta(days=45)
# Whoever volunteered for a provider within a year before or after a service belongs to its people.
HELPED_WITHIN = timedelta(days=365)
BAD = 2
LONGEST_COMMENT = 500


class RatingChannel(StrEnum):
    """How a rating came in."""

    SELF = "SELF"
    LINK = "LINK"
    POSTER = "POSTER"
    PAPER = "PAPER"
    HOUSEHOLD = "HOUSEHOLD"
    CALLBACK = "CALLBACK"


Channel = RatingChannel


class Mattered(StrEnum):
    """The one thing that mattered most: 态度 专业 及时 效果."""

    ATTITUDE = "ATTITUDE"
    SKILL = "SKILL"
    TIMELY = "TIMELY"
    EFFECT = "EFFECT"


class Contact(StrEnum):
    """Who may contact the rater after a bad rating (decision 24)."""

    COMMUNITY = "COMMUNITY"
    ORGANIZATION_TOO = "ORGANIZATION_TOO"
    NOBODY = "NOBODY"


class Unfit(StrEnum):
    """Why a rating does not count (R57); an address or a device alone is never a reason."""

    PROVIDER_STAFF = "PROVIDER_STAFF"
    PROVIDER_HELPER = "PROVIDER_HELPER"
    DECLARED_FAMILY = "DECLARED_FAMILY"
    NOT_THERE = "NOT_THERE"
    DUPLICATE = "DUPLICATE"
    NOT_THE_PERSON = "NOT_THE_PERSON"
    LOG_VOIDED = "LOG_VOIDED"


# What a head may state; the others are found by the rule itself.
STATED = (Unfit.PROVIDER_STAFF, Unfit.PROVIDER_HELPER, Unfit.DECLARED_FAMILY, Unfit.NOT_THERE, Unfit.DUPLICATE)


class ContactState(StrEnum):
    """Where the committee's contact after a bad rating stands."""

    OPEN = "OPEN"
    TALKED = "TALKED"
    SETTLED = "SETTLED"


@dataclass(frozen=True)
class Answer:
    """What a rater says: 5 非常满意 … 1 非常不满意, and what may be left out."""

    level: int
    solved: bool | None = None
    mattered: Mattered | None = None
    comment: str = ""
    contact: Contact = Contact.COMMUNITY


@dataclass(frozen=True)
class AtPoster:
    """How somebody at a poster says who they are: the code of a strip, else a name and four digits."""

    code: str = ""
    name: str = ""
    last_four: str = ""
