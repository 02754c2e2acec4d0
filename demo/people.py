"""Who lives and works in the demo: places, organizations, staff, residents and their accounts."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from demo.clockwork import Year
from demo.words import rows, whole
from models import ciphers
from models.accounts import Account, Actor, Role, actor_of
from models.base import db, now
from models.events import JOB
from models.organizations import Organization
from models.people import Consent, Household, Person, PersonTag, Tag, TagBasis
from models.places import USUAL_HOURS, Place, PlaceKind
from models.set_up import SetAside, SetUpStep, print_posters
from models.trials import Trial

PASSWORD = "Linli-2026-demo"  # noqa: S105  # It is printed at every start of the demo.
HOME = re.compile(r"(?:(\S+?)栋)?(?:(\S+?)单元)?(\S*)")
TAGS = {"LIVING_ALONE": Tag.LONELY_ELDER, "ELDERLY": Tag.ELDER}
BASES = {"CONSENT": TagBasis.CONSENT, "LIST": TagBasis.STATUTORY_LIST}
WEEKEND_DUTY = {"5": [["09:00", "12:00"]], "6": [["09:00", "12:00"]]}
RESIDENTS_WITH_ACCOUNT = 120


def phone(kind: int, number: int) -> str:
    """Return a mobile number of the demo: 1990… for staff, 1991… for residents."""
    return f"199{kind}{number:07d}"


def found_places(year: Year) -> None:
    """Found the district, its streets, communities, grids and courtyards."""
    texts = whole("places")
    put = year.things
    head = texts["district"]
    put[head["slug"]] = Place.found(PlaceKind.DISTRICT, head["code"], head["name"], by=JOB)
    for one in texts["streets"]:
        put[one["slug"]] = Place.found(
            PlaceKind.STREET, one["code"], one["name"], put[head["slug"]], by=JOB, phone=one["phone"]
        )
    for one in texts["communities"]:
        community = Place.found(
            PlaceKind.COMMUNITY,
            one["code"],
            one["name"],
            put[one["street"]],
            by=JOB,
            phone=one["phone"],
            duty_phone=one["phone"],
            rural="RURAL" in one["active_tiles"],
            opening_hours=USUAL_HOURS,
        )
        put[one["slug"]] = community
        for grid in texts["grids"][one["slug"]]:
            put[grid["slug"]] = Place.found(PlaceKind.GRID, grid["slug"].upper(), grid["name"], community, by=JOB)
        for yard in texts["courtyards"][one["slug"]]:
            put[yard["slug"]] = Place.found(
                PlaceKind.COURTYARD,
                yard["slug"].upper(),
                yard["name"],
                put[yard["grid"]],
                by=JOB,
                courtyard_type=yard["type"],
                households=yard["households"],
            )
        # The first days went as they should: the register came first, and the trial run is long over today.
        print_posters(community, by=JOB)
        SetAside.put(community, SetUpStep.LEDGER, "居民名册在开通时已经一户一户录入。", by=JOB)
        Trial.launch(community, by=JOB)


def enter_organizations(year: Year) -> None:
    """Enter the organizations that serve, support and evaluate."""
    for one in whole("organizations")["organizations"]:
        year.things[one["slug"]] = Organization.enter(
            one["name"],
            by=JOB,
            is_support=one["kind"] != "SERVICE",
            uscc=one["uscc"],
            phone=one["phone"],
            legal_form=one["legal_form"],
        )


def hire_staff(year: Year, password_hash: str) -> None:
    """Open the accounts of everybody who works, with one password hash for all."""
    for number, one in enumerate(whole("staff"), 1):
        role = Role[one["level"] if one["role"] == "COMMITTEE" else one["role"]]
        organization = year.things.get(one.get("organization", ""))
        place = None if organization else year.things[one.get("grid") or one["place"]]
        if one["role"] in ("EVALUATOR", "SUPPORT_ORG"):
            # They look at a whole district, not only at what their own organization runs.
            place, organization = year.things["jinan"], None
        home = year.things.get(one.get("place", ""))
        account = Account.open(
            one["name"],
            phone(0, number),
            by=JOB,
            password_hash=password_hash,
            community_id=home.community_id if home else None,
        )
        account.grant(role, by=JOB, place=place, organization=organization)
        year.things[f"account:{one['name']}"] = account
    db.session.flush()
    for one in whole("staff"):
        year.things[f"actor:{one['name']}"] = actor_of(year.things[f"account:{one['name']}"])


def settle_residents(year: Year, password_hash: str) -> None:
    """Enter the residents in their register, with households, tags on a basis, and accounts for about half of them."""
    people: dict[str, list[Person]] = {}
    year.things["people"] = people
    groups: dict[str, str] = {}
    homes: dict[str, Household] = {}
    accounts = 0
    for one in rows("residents"):
        community, yard = year.things[one["community"]], year.things[one["courtyard"]]
        own = phone(1, one["index"])
        number = {"own": own, "none": None}.get(one["phone"], groups.setdefault(one.get("phone_group", ""), own))
        person = _settle(one, community, yard, number, homes)
        people.setdefault(one["community"], []).append(person)
        year.things[f"person:{one['name']}"] = person
        if one["phone"] == "own" and accounts < RESIDENTS_WITH_ACCOUNT and one["index"] % 5 != 4:
            accounts += 1
            account = Account.open(
                one["name"], own, by=JOB, password_hash=password_hash, person_id=person.id, community_id=community.id
            )
            account.elder = one["birth_year"] < 1955
            year.things[f"account:{one['name']}"] = account
    db.session.flush()


def _settle(
    one: dict[str, Any], community: Place, yard: Place, number: str | None, homes: dict[str, Household]
) -> Person:
    key = one["household"]
    if key not in homes:
        homes[key] = Household(community_id=community.id, courtyard_id=yard.id).save()
    found = HOME.fullmatch(one["address"])
    building, unit, room = found.groups() if found else (None, None, one["address"])
    person = Person.register(
        community,
        one["name"],
        by=JOB,
        phone=number,
        household=homes[key],
        confirmed=True,
        gender=one["gender"],
        birth_year=one["birth_year"],
        courtyard_id=yard.id,
        grid_id=yard.parent_id,
        building=building,
        unit=unit,
        room=(room or "")[:20],
    )
    for tag in one.get("tags", []):
        basis = BASES.get(tag["basis"])
        on = (now() + timedelta(days=tag.get("day", 0))).date() if basis else None
        db.session.add(
            PersonTag(person_id=person.id, tag=TAGS.get(tag["tag"]) or Tag(tag["tag"]), basis=basis, basis_on=on)
        )
    db.session.add(Consent(person_id=person.id, notice="2025-11", way="PAPER", given_at=now()))
    return person


def actor(year: Year, name: str) -> Actor:
    """Return who acts under a name of the cast, or a resident with an account."""
    key = f"actor:{name}"
    if key not in year.things:
        year.things[key] = actor_of(year.things[f"account:{name}"])
    return year.things[key]  # type: ignore[no-any-return]


def desk_of(year: Year, community: str) -> tuple[Actor, Actor, Actor]:
    """Return two clerks and the head of a community."""
    names = [one for one in whole("staff") if one.get("place") == community and one["role"] == "COMMITTEE"]
    clerks = [actor(year, one["name"]) for one in names if one["level"] == "CLERK"]
    head = next(actor(year, one["name"]) for one in names if one["level"] == "HEAD")
    return clerks[0], clerks[1], head


def accounts() -> list[dict[str, Any]]:
    """Return who may sign in to the demo, with role, phone and password; the staff first."""
    new = whole("beginning")
    communities = {one["slug"]: one for one in [*whole("places")["communities"], new["community"]]}
    organizations = {one["slug"]: one["name"] for one in whole("organizations")["organizations"]}
    found = []
    for number, one in enumerate([*whole("staff"), *new["staff"]], 1):
        community = communities.get(one.get("place", ""))
        found.append(
            {
                "role": one["role"],
                "level": one.get("level") if one["role"] == "COMMITTEE" else None,
                "name": one["name"],
                "phone": phone(0, number),
                "password": PASSWORD,
                "community": community["name"] if community else None,
                "community_code": community["code"] if community else None,
                "organization": organizations.get(one.get("organization", "")),
            }
        )
    return found


def resident_accounts() -> list[dict[str, Any]]:
    """Return the residents who have an account, by the register of the present database."""
    query = select(Account, Place).join(Place, Place.id == Account.community_id).where(Account.person_id.is_not(None))
    return [
        {
            "role": "RESIDENT",
            "level": None,
            "name": account.name,
            "phone": ciphers.book().open(account.phone_cipher),
            "password": PASSWORD,
            "community": place.name,
            "community_code": place.code,
            "organization": None,
        }
        for account, place in db.session.execute(query.order_by(Account.id).limit(12))
    ]
