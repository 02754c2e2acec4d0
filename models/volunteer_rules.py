"""What a district or a community thanks its volunteers with: stars and a time bank, both off until it says otherwise."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Integer, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column

from models import hours
from models.base import PublicRow, Refused, db
from models.events import record
from models.places import Place, PlaceKind
from models.places import lines as place_lines

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.permissions import Permission
    from models.places import PlaceLine

STARS = 5
# Five working days is how long most notices before an award stand (norms.md 1.3).
NOTICE_DAYS = 5
# In minutes: how far a member may go below nothing, and how much may pile up.
FLOOR, CEILING = -600, 6_000


@dataclass(frozen=True)
class Rules:
    """The rules that hold in a community; `version` is that of its own row, none where it has no own."""

    stars_on: bool = False
    star_lines: tuple[int, ...] = hours.STAR_LINES
    notice_days: int = NOTICE_DAYS
    bank_on: bool = False
    floor: int = FLOOR
    ceiling: int = CEILING
    expires_after: int | None = None
    own: bool = False
    version: int | None = None


class VolunteerRules(PublicRow):
    """The rules that a district or a community set; a community's own win over its district's."""

    __tablename__ = "volunteer_rules"
    __table_args__ = (
        CheckConstraint("floor <= 0 AND ceiling > 0", name="nothing_lies_between"),
        CheckConstraint("notice_days BETWEEN 1 AND 30", name="a_notice_stands_some_days"),
        CheckConstraint("expires_after IS NULL OR expires_after BETWEEN 1 AND 120", name="expires_after_months"),
    )
    place_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"), unique=True)
    stars_on: Mapped[bool] = mapped_column(default=False)
    star_lines: Mapped[str] = mapped_column(String(80))
    notice_days: Mapped[int] = mapped_column(Integer, default=NOTICE_DAYS)
    bank_on: Mapped[bool] = mapped_column(default=False)
    floor: Mapped[int] = mapped_column(Integer, default=FLOOR)
    ceiling: Mapped[int] = mapped_column(Integer, default=CEILING)
    expires_after: Mapped[int | None] = mapped_column(Integer)

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the rules of the places in reach."""
        return select(cls).where(cls.place_id.in_(select(Place.id).where(actor.reach(permission).places())))


def _row(place_id: int) -> VolunteerRules | None:
    return db.session.scalars(select(VolunteerRules).where(VolunteerRules.place_id == place_id)).one_or_none()


def rules_of(place: Place) -> Rules:
    """Return the rules that hold in a place: its own, else its district's, else none of both."""
    query = select(VolunteerRules).where(VolunteerRules.place_id.in_([place.id, place.district_id]))
    found = {one.place_id: one for one in db.session.scalars(query)}
    one = found.get(place.id) or found.get(place.district_id or 0)
    if one is None:
        return Rules()
    own = one.place_id == place.id
    return Rules(
        one.stars_on, tuple(json.loads(one.star_lines)), one.notice_days, one.bank_on, one.floor, one.ceiling,
        one.expires_after, own, one.version if own else None,
    )  # fmt: skip


def set_rules(place: Place, rules: Rules, *, by: Actor, seen_version: int | None = None) -> VolunteerRules:
    """Say whether there are stars and a time bank in a district or a community, and by which lines.

    Errors: Stale("stale_edit"), Refused("district_or_community", "star_lines_rise", "bank_bounds", "notice_days",
    "expiry_months"). Source: domain/formulas.md D8.
    """
    if place.kind not in (PlaceKind.DISTRICT, PlaceKind.COMMUNITY):
        raise Refused("district_or_community")
    _check(rules)
    values = {
        "stars_on": rules.stars_on, "star_lines": json.dumps(list(rules.star_lines)), "notice_days": rules.notice_days,
        "bank_on": rules.bank_on, "floor": rules.floor, "ceiling": rules.ceiling, "expires_after": rules.expires_after,
    }  # fmt: skip
    one = _row(place.id)
    if one is None:
        one = VolunteerRules(place_id=place.id, **values).save()
    else:
        one.check_version(seen_version)
        for name, value in values.items():
            setattr(one, name, value)
    details = {**values, "star_lines": list(rules.star_lines)}
    record("volunteer_rules.set", by=by, about=[one], community_id=place.community_id, details=details)
    return one


def _check(rules: Rules) -> None:
    lines: Sequence[int] = rules.star_lines
    if len(lines) != STARS or lines[0] < 60 or any(a >= b for a, b in itertools.pairwise(lines)):
        raise Refused("star_lines_rise")
    if not (-100_000 <= rules.floor <= 0 < rules.ceiling <= 1_000_000):
        raise Refused("bank_bounds")
    if not 1 <= rules.notice_days <= 30:
        raise Refused("notice_days")
    if rules.expires_after is not None and not 1 <= rules.expires_after <= 120:
        raise Refused("expiry_months")


def places_for(actor: Actor, permission: Permission) -> list[PlaceLine]:
    """Return the districts and communities within reach, for which rules can be set."""
    within = list(db.session.scalars(select(Place.id).where(actor.reach(permission).places())))
    return [*place_lines(PlaceKind.DISTRICT, within=within), *place_lines(PlaceKind.COMMUNITY, within=within)]
