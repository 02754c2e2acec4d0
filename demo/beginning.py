"""A community of the demo that is only being set up: its secretary is half through the checklist, its trial run is on."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from demo.clockwork import DAYS, Year, seeded_ids
from demo.people import actor, phone
from demo.words import whole
from models import places, set_up
from models.accounts import Account, Actor, Role
from models.base import db
from models.events import ANONYMOUS
from models.needs import Need, Source, Tile
from models.places import USUAL_HOURS, Place, PlaceKind, read_layout
from models.trials import Trial

FOUNDER = "文韬"
FIRST = DAYS - 11


def plan(year: Year, password_hash: str) -> None:
    """Put its first eleven days at the end of the year.

    They draw from a chance of their own: the year of the three others is the same with and without them.
    """
    chance = random.Random(f"{year.first.isoformat()}|beginning")

    def put(day: int, minute: int, deed: Callable[[], None]) -> None:
        def live() -> None:
            with seeded_ids(chance):
                deed()

        year.on(day, live, minute)

    put(FIRST, 9 * 60 + 5, lambda: _found(year, password_hash))
    put(FIRST + 1, 9 * 60 + 20, lambda: _first_morning(year))
    put(FIRST + 1, 10 * 60 + 5, lambda: _welcome_the_grid_worker(year, password_hash))
    put(FIRST + 2, 8 * 60 + 45, lambda: _begin(year))
    for one in whole("beginning")["needs"]:
        # On the last evening, so that the numbers of all other needs stay as they are without this community.
        put(DAYS - 1, one["minute"], lambda one=one: _tell(year, one))  # type: ignore[misc]
    put(DAYS - 1, 16 * 60 + 50, lambda: _one_more_courtyard(year))


def _found(year: Year, password_hash: str) -> None:
    """Let the administrator enter the community and its secretary, and nothing else."""
    one = whole("beginning")["community"]
    by = actor(year, FOUNDER)
    place = Place.found(PlaceKind.COMMUNITY, one["code"], one["name"], year.things[one["street"]], by=by)
    year.things[one["slug"]] = place
    _hire(year, 0, place, Role.HEAD, place, password_hash)


def _hire(year: Year, number: int, home: Place, role: Role, seat: Place, password_hash: str) -> None:
    name = whole("beginning")["staff"][number]["name"]
    own = phone(0, len(whole("staff")) + 1 + number)
    account = Account.open(name, own, by=actor(year, FOUNDER), password_hash=password_hash, community_id=home.id)
    account.grant(role, by=actor(year, FOUNDER), place=seat)
    year.things[f"account:{name}"] = account


def _first_morning(year: Year) -> None:
    """Let the secretary say when the house is open, lay the grids out from the list of the files, and print the posters."""
    place, by, texts = *_secretary(year), whole("beginning")
    numbers = {name: texts["community"][name] for name in ("phone", "duty_phone")}
    place.open_hours(place.name, by=by, opening_hours=USUAL_HOURS, **numbers)
    places.lay_out(place, read_layout("\n".join(texts["layout"]))[0], by=by)
    set_up.print_posters(place, by=by)


def _welcome_the_grid_worker(year: Year, password_hash: str) -> None:
    """Seat the first grid worker; the others and the clerk are still being looked for."""
    home, _by = _secretary(year)
    seat = db.session.scalars(select(Place).where(Place.community_id == home.id, Place.kind == PlaceKind.GRID)).first()
    if seat is not None:
        _hire(year, 1, home, Role.GRID_WORKER, seat, password_hash)


def _begin(year: Year) -> None:
    place, by = _secretary(year)
    Trial.launch(place, by=by)


def _tell(year: Year, text: dict[str, Any]) -> None:
    """Let a neighbor who scanned a poster tell the house something."""
    place, _by = _secretary(year)
    yard = db.session.scalars(select(Place).where(Place.community_id == place.id, Place.name == text["yard"])).one()
    Need.raise_(place, text["text"], by=ANONYMOUS, source=Source.SELF, tile=Tile(text["tile"]), courtyard=yard)


def _one_more_courtyard(year: Year) -> None:
    """Enter a courtyard that was forgotten: it lacks its households, its kind and its poster."""
    place, by = _secretary(year)
    places.lay_out(place, read_layout("\n".join(whole("beginning")["later"]))[0], by=by)


def _secretary(year: Year) -> tuple[Place, Actor]:
    texts = whole("beginning")
    return year.things[texts["community"]["slug"]], actor(year, texts["staff"][0]["name"])
