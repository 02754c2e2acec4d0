"""A place: what it is called, what it lies in, its numbers and its opening hours."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Integer, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Code, PublicRow, Refused, Short, Utc, db
from models.events import Doer, record

if TYPE_CHECKING:
    from models.accounts import Actor, Permission


class PlaceKind(StrEnum):
    """The five levels, from above."""

    DISTRICT = "DISTRICT"
    STREET = "STREET"
    COMMUNITY = "COMMUNITY"
    GRID = "GRID"
    COURTYARD = "COURTYARD"


class CourtyardType(StrEnum):
    """The four kinds of compound. Source: domain/glossary.md."""

    SELF_GOVERNED = "SELF_GOVERNED"
    WORK_UNIT = "WORK_UNIT"
    PROPERTY_MANAGED = "PROPERTY_MANAGED"
    RURAL_SCATTERED = "RURAL_SCATTERED"


LEVELS = list(PlaceKind)
# What a community is called while nobody has named it.
UNNAMED = "本社区"
CODE = re.compile(r"[0-9A-Za-z-]{1,40}", re.ASCII)
# Monday to Friday, in local time: what a place keeps until it says otherwise.
USUAL_HOURS = {str(day): [["09:00", "12:00"], ["13:30", "17:30"]] for day in range(5)}


class Place(PublicRow):
    """A place of any level; the columns district_id … community_id name the place itself or what it lies in."""

    __tablename__ = "places"
    __table_args__ = (
        CheckConstraint("households IS NULL OR households >= 0", name="households_not_negative"),
        CheckConstraint("asking_months BETWEEN 1 AND 12", name="asked_at_least_once_a_year"),
        CheckConstraint("kind = 'DISTRICT' OR parent_id IS NOT NULL", name="only_a_district_has_no_parent"),
    )
    kind: Mapped[PlaceKind] = mapped_column(String(12), index=True)
    code: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Short]
    parent_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)
    district_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)
    street_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)
    community_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)
    courtyard_type: Mapped[CourtyardType | None] = mapped_column(String(20))
    households: Mapped[int | None] = mapped_column(Integer)
    phone: Mapped[str | None] = mapped_column(String(40))
    duty_phone: Mapped[str | None] = mapped_column(String(40))
    rural: Mapped[bool] = mapped_column(default=False)
    opening_hours: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    trial_until: Mapped[Utc | None]
    # In so many months a person is invited at most once to rate a project.
    asking_months: Mapped[int] = mapped_column(Integer, default=1, server_default="1")

    @property
    def hours(self) -> dict[str, Any]:
        """Return the opening hours by weekday number, Monday 0."""
        return self.opening_hours or USUAL_HOURS

    @classmethod
    def found(
        cls, kind: PlaceKind, code: str, name: str, parent: Place | None = None, *, by: Doer, **more: Any
    ) -> Place:
        """Enter a new place below its parent."""
        place = cls._add(kind, code, name, parent, **more)
        record("place.found", by=by, about=[place], community_id=place.community_id, details={"kind": kind})
        return place

    def edit(
        self,
        name: str,
        *,
        by: Doer,
        seen_version: int | None = None,
        courtyard_type: CourtyardType | None = None,
        households: int | None = None,
        phone: str | None = None,
        duty_phone: str | None = None,
        rural: bool = False,
        opening_hours: dict[str, Any] | None = None,
        asking_months: int = 1,
    ) -> None:
        """Rewrite what is known of a place; its level and its code stay.

        Errors: Stale("stale_edit"), Refused("name_needed", "courtyards_only").
        """
        self.check_version(seen_version, typed=name, stands=self.name)
        if not name.strip():
            raise Refused("name_needed")
        if self.kind != PlaceKind.COURTYARD and (courtyard_type or households is not None):
            raise Refused("courtyards_only")
        self.name, self.courtyard_type, self.households = name.strip(), courtyard_type, households
        self.phone, self.duty_phone, self.rural = phone or None, duty_phone or None, rural
        self.opening_hours, self.asking_months = opening_hours or None, asking_months
        record("place.edit", by=by, about=[self], community_id=self.community_id, details={"kind": self.kind})

    def open_hours(
        self, name: str, *, by: Doer, phone: str | None, duty_phone: str | None, opening_hours: dict[str, Any],
        seen_version: int | None = None,
    ) -> None:  # fmt: skip
        """Say what a community is called, when it is open, and which numbers are answered by day and by night.

        Errors: Stale("stale_edit"), Refused("place_needed", "name_needed").
        """
        self.check_version(seen_version, typed=name, stands=self.name)
        if self.kind != PlaceKind.COMMUNITY:
            raise Refused("place_needed")
        if not name.strip():
            raise Refused("name_needed")
        self.name, self.phone, self.duty_phone = name.strip(), phone or None, duty_phone or None
        self.opening_hours = opening_hours
        record("place.open_hours", by=by, about=[self], community_id=self.community_id)

    @classmethod
    def add_below(cls, parent: Place, code: str, name: str, *, by: Doer, **more: Any) -> Place:
        """Enter the next level below a place. Errors: Refused("nothing_below", "code_invalid", "name_needed")."""
        if parent.kind == PlaceKind.COURTYARD:
            raise Refused("nothing_below")
        if not CODE.fullmatch(code):
            raise Refused("code_invalid")
        if not name.strip():
            raise Refused("name_needed")
        kind = LEVELS[LEVELS.index(PlaceKind(parent.kind)) + 1]
        if kind != PlaceKind.COURTYARD:
            more = {name: value for name, value in more.items() if name not in ("courtyard_type", "households")}
        return cls.found(kind, code, name.strip(), parent, by=by, **more)

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the places within reach."""
        return select(cls).where(actor.reach(permission).places())

    @classmethod
    def _add(cls, kind: PlaceKind, code: str, name: str, parent: Place | None = None, **more: Any) -> Place:
        place = cls(kind=kind, code=code, name=name, parent_id=parent.id if parent else None, **more)
        if parent is not None:
            place.district_id, place.street_id = parent.district_id, parent.street_id
            place.community_id = parent.community_id
        place.save()
        if kind in (PlaceKind.DISTRICT, PlaceKind.STREET, PlaceKind.COMMUNITY):
            setattr(place, f"{kind.value.lower()}_id", place.id)
            db.session.flush()
        return place
