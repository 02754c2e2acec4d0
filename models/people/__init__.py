"""The community's register of people: who lives here, in which household, with which marks and whose consent."""

from models.people.acting import ActsFor, ActsForMe, acting_for, acts_for, kind_of
from models.people.bringing import PeopleImport
from models.people.kinds import MandateKind, MandateWay, PersonState, Tag, TagBasis
from models.people.lists import ConsentLine, PersonFacts, PersonLine, TagLine, facts, like, near, register
from models.people.merging import pointing_at
from models.people.papers import (
    NOTICES,
    PLACE_NOTICES,
    Consent,
    Household,
    Mandate,
    PersonTag,
    consent,
    consented_tags,
    known_notice,
    notices_like,
    withdraw_consents,
)
from models.people.row import Person, home_of, homes

__all__ = [
    "NOTICES",
    "PLACE_NOTICES",
    "ActsFor",
    "ActsForMe",
    "Consent",
    "ConsentLine",
    "Household",
    "Mandate",
    "MandateKind",
    "MandateWay",
    "PeopleImport",
    "Person",
    "PersonFacts",
    "PersonLine",
    "PersonState",
    "PersonTag",
    "Tag",
    "TagBasis",
    "TagLine",
    "acting_for",
    "acts_for",
    "consent",
    "consented_tags",
    "facts",
    "home_of",
    "homes",
    "kind_of",
    "known_notice",
    "like",
    "near",
    "notices_like",
    "pointing_at",
    "register",
    "withdraw_consents",
]
