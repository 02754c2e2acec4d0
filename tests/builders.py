"""How tests make what they need, through the verbs that everybody uses."""

from __future__ import annotations

from itertools import count
from typing import Any

from models.accounts import Account, Actor, Role, actor_of
from models.events import JOB
from models.needs import Field, Need, Urgency
from models.organizations import Organization
from models.people import Person
from models.places import CourtyardType, Place, PlaceKind

_numbers = count(1)
PASSWORD = "Lin-li-2026-demo"


def number() -> int:
    """Return a number that no other thing of this run has."""
    return next(_numbers)


def phone() -> str:
    """Return a mobile number that nobody else has."""
    return f"138{number():08d}"


def district(name: str = "锦安区") -> Place:
    """Return a new district."""
    return Place.found(PlaceKind.DISTRICT, f"51{number():04d}", name, by=JOB)


def street(below: Place | None = None, name: str = "清河街道") -> Place:
    """Return a new street."""
    return Place.found(PlaceKind.STREET, f"5101{number():05d}", name, below or district(), by=JOB)


def community(below: Place | None = None, name: str = "晋阳社区", **more: Any) -> Place:
    """Return a new community."""
    more.setdefault("phone", "028-8500 0000")
    return Place.found(PlaceKind.COMMUNITY, f"51019{number():07d}", name, below or street(), by=JOB, **more)


def grid(below: Place, name: str = "第一网格") -> Place:
    """Return a new grid."""
    return Place.found(PlaceKind.GRID, f"G{number():06d}", name, below, by=JOB)


def courtyard(below: Place, name: str = "纺织厂家属院", kind: CourtyardType = CourtyardType.WORK_UNIT) -> Place:
    """Return a new courtyard of a grid."""
    return Place.found(
        PlaceKind.COURTYARD, f"Y{number():06d}", name, below, by=JOB, courtyard_type=kind, households=120
    )


def organization(name: str | None = None, **more: Any) -> Organization:
    """Return a new organization."""
    return Organization.enter(name or f"爱晚社会工作服务中心{number()}", by=JOB, **more)


def person(of: Place, name: str = "王桂兰", **more: Any) -> Person:
    """Return a new person of the register."""
    more.setdefault("phone", phone())
    more.setdefault("confirmed", True)
    return Person.register(of, name, by=JOB, **more)


def account(
    name: str = "李晓梅",
    *,
    role: Role | None = None,
    place: Place | None = None,
    organization: Organization | None = None,
    person: Person | None = None,
) -> Account:
    """Return a new account, with a role where one is named; it signs in without a password (tests/visiting.py)."""
    home = place.community_id if place is not None else None
    one = Account.open(
        name,
        phone(),
        by=JOB,
        person_id=person.id if person else None,
        community_id=person.community_id if person else home,
    )
    if role is not None:
        one.grant(role, by=JOB, place=place, organization=organization)
    return one


def actor(role: Role, *, place: Place | None = None, organization: Organization | None = None) -> Actor:
    """Return somebody who acts in a role, for tests of rules."""
    return actor_of(account(role=role, place=place, organization=organization))


def need(of: Place, text: str = "老年食堂周末停餐，独居老人没处吃饭", **more: Any) -> Need:
    """Return a new need, SUBMITTED."""
    more.setdefault("by", JOB)
    if "author" not in more:
        more["author"] = person(of)
    return Need.raise_(of, text, **more)


def accepted(
    of: Place, by: Actor, field: Field = Field.ELDERLY_DISABLED, urgency: Urgency = Urgency.GENERAL, **more: Any
) -> Need:
    """Return a new need, ACCEPTED."""
    one = need(of, **more)
    one.accept(field, urgency, by=by)
    return one
