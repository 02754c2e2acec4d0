"""How tests make what they need, through the verbs that everybody uses."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from models.accounts import Account, Actor, Role, actor_of
from models.base import now, today
from models.events import JOB
from models.needs import Field, Need, Urgency
from models.organizations import Organization
from models.packages import BudgetCategory, Line, Measure, Package, Proposal, Track
from models.people import Person
from models.places import CourtyardType, Place, PlaceKind
from models.projects import Existing, Project

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


def proposal(title: str = "独居老人周末助餐", **more: Any) -> Proposal:
    """Return a complete proposal of the project track over 172,400 yuan."""
    facts: dict[str, Any] = {
        "track": Track.PROJECT,
        "field": Field.ELDERLY_DISABLED,
        "problem": "老年食堂周末停餐，四十一户独居老人周末只吃一顿像样的饭。",
        "output": "一年送出周末热餐",
        "output_target": 5200,
        "output_measure": Measure.TURNS,
        "output_unit": "份",
        "change": "周末能吃上两顿热饭的独居老人从12户增加到70户",
        "how_checked": "社区每月抽五户打电话问送来的时候是不是热的",
        "persons": 73,
        "households": 73,
        "activities": ["设两个取餐点", "送餐上门"],
        "starts_on": today() + timedelta(days=10),
        "ends_on": today() + timedelta(days=375),
        "lines": [Line(BudgetCategory.STAFF, "社工两名", 8640000), Line(BudgetCategory.ACTIVITY, "保温箱", 8600000)],
    }
    return Proposal(title=title, **{**facts, **more})


def package(of: Place, by: Actor, *, needs: list[Need] | None = None, **more: Any) -> Package:
    """Return a new package, DRAFT, with one need where none are given."""
    return Package.gather(
        needs or [accepted(of, by)],
        proposal(**more),
        by=by,
        next_step="街道审定",
        next_step_at=now() + timedelta(days=14),
    )


def project(of: Place, by: Actor, approver: Actor, *, needs: list[Need] | None = None, **more: Any) -> Project:
    """Return a new project, APPROVED by the approver."""
    one = package(of, by, needs=needs, **more)
    one.submit(by=by)
    return Project.found(one, by=approver)


def running(of: Place, organization: Organization, by: Actor, **more: Any) -> Project:
    """Return a project that was running already."""
    facts: dict[str, Any] = {
        "title": "晋阳独居老人日常陪伴", "contract_no": f"清购〔2026〕{number():03d}号",
        "field": Field.ELDERLY_DISABLED,
        "starts_on": today() - timedelta(days=100), "ends_on": today() + timedelta(days=265), "budget": 23800000,
        "problem": "独居老人没人说话，周末吃饭也难", "change": "每周至少见到一次人",
    }  # fmt: skip
    return Project.enter(of, organization, Existing(**{**facts, **more}), by=by)
