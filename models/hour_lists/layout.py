"""The layout of the list: which columns, in which order, under which headings; a street's or a community's own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, ForeignKey, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from models import revisions
from models.base import PublicRow, Refused, db
from models.events import record
from models.places import Place, PlaceKind

if TYPE_CHECKING:
    from models.accounts import Actor

LONGEST = 30


class HourColumn(StrEnum):
    """What a column of the list can hold; the office's own ones hold the same text in every row, or nothing."""

    NUMBER = "NUMBER"
    NAME = "NAME"
    VOLUNTEER_NO = "VOLUNTEER_NO"
    GENDER = "GENDER"
    PHONE = "PHONE"
    ACTIVITY = "ACTIVITY"
    DATE = "DATE"
    PLACE = "PLACE"
    CONTENT = "CONTENT"
    BEGAN = "BEGAN"
    ENDED = "ENDED"
    HOURS = "HOURS"
    MINUTES = "MINUTES"
    ORGANIZER = "ORGANIZER"
    IN_CHARGE = "IN_CHARGE"
    COMMUNITY = "COMMUNITY"
    RULE = "RULE"
    REMARK = "REMARK"
    REPORTED_ON = "REPORTED_ON"
    OWN_1 = "OWN_1"
    OWN_2 = "OWN_2"
    OWN_3 = "OWN_3"


Column = HourColumn
OWN = (Column.OWN_1, Column.OWN_2, Column.OWN_3)
# Order 67 art. 7: activity, date, place, content, time, organizer, person in charge; and whose time it was.
NEEDED = (
    Column.NAME, Column.ACTIVITY, Column.DATE, Column.PLACE, Column.CONTENT, Column.HOURS, Column.ORGANIZER,
    Column.IN_CHARGE,
)  # fmt: skip


@dataclass(frozen=True)
class Laid:
    """One column as it was laid: an empty heading is the usual word; only an own column has a text."""

    column: Column
    heading: str = ""
    text: str = ""


USUAL = tuple(
    Laid(one)
    for one in (
        Column.NUMBER,
        Column.NAME,
        Column.VOLUNTEER_NO,
        Column.ACTIVITY,
        Column.DATE,
        Column.PLACE,
        Column.CONTENT,
        Column.HOURS,
        Column.ORGANIZER,
        Column.IN_CHARGE,
        Column.REMARK,
        Column.REPORTED_ON,
    )
)


class LayoutOrigin(StrEnum):
    """Whose layout a community uses: its own, that of its street, or the usual one."""

    OWN = "OWN"
    STREET = "STREET"
    USUAL = "USUAL"


@dataclass(frozen=True)
class Layout:
    """The layout that holds for a place; `version` is that of its own row, none where it has no own."""

    columns: tuple[Laid, ...]
    origin: LayoutOrigin
    version: int | None = None


class HourLayout(PublicRow):
    """The layout that a street or a community laid."""

    __tablename__ = "hour_layouts"
    place_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"), unique=True)
    columns: Mapped[str] = mapped_column(Text)

    @property
    def laid(self) -> tuple[Laid, ...]:
        """Return the columns in their order."""
        return read(self.columns)


def read(text: str) -> tuple[Laid, ...]:
    """Return the columns of a layout as it is kept."""
    return tuple(Laid(Column(column), heading, fixed) for column, heading, fixed in json.loads(text))


def written(columns: Sequence[Laid]) -> str:
    """Return a layout as it is kept."""
    return json.dumps([[one.column.value, one.heading, one.text] for one in columns])


def layout_of(place: Place) -> Layout:
    """Return the layout that holds in a place: its own, else that of its street, else the usual one."""
    query = select(HourLayout).where(HourLayout.place_id.in_([place.id, place.street_id]))
    found = {one.place_id: one for one in db.session.scalars(query)}
    if place.id in found:
        own = found[place.id]
        return Layout(own.laid, LayoutOrigin.OWN, own.version)
    if place.street_id in found:
        return Layout(found[place.street_id].laid, LayoutOrigin.STREET)
    return Layout(USUAL, LayoutOrigin.USUAL)


def set_layout(place: Place, columns: Sequence[Laid], *, by: Actor, seen_version: int | None = None) -> HourLayout:
    """Lay the columns of a street's or a community's lists; it is remembered until it is laid anew.

    The seven fields of the order and the volunteer's name are in every list.
    Errors: Refused("place_needed", "seven_fields_needed", "layout_column_twice", "heading_needed", "heading_too_long");
    Stale("stale_edit"). Source: domain/norms.md 1.3, order 67 art. 7.
    """
    if place.kind not in (PlaceKind.COMMUNITY, PlaceKind.STREET):
        raise Refused("place_needed")
    _check(columns)
    own = db.session.scalars(select(HourLayout).where(HourLayout.place_id == place.id)).one_or_none()
    if own is None:
        own = HourLayout(place_id=place.id, columns=written(columns)).save()
    else:
        own.check_version(seen_version, stands="、".join(one.heading or one.column.value for one in own.laid))
        own.columns = written(columns)
    kept: Any = revisions.keep(own, "columns", own.columns, by=by)
    codes = [one.column.value for one in columns]
    details = {"columns": codes, "text": kept}
    record("hour_layout.set", by=by, about=[own], community_id=place.community_id, details=details)
    return own


def drop_layout(place: Place, *, by: Actor) -> None:
    """Do without one's own columns: those of the street hold again, or the usual ones. Errors: Refused("no_own_layout")."""
    own = db.session.scalars(select(HourLayout).where(HourLayout.place_id == place.id)).one_or_none()
    if own is None:
        raise Refused("no_own_layout")
    record("hour_layout.drop", by=by, about=[own, place], community_id=place.community_id)
    db.session.delete(own)


def _check(columns: Sequence[Laid]) -> None:
    chosen = [one.column for one in columns]
    if any(one not in chosen for one in NEEDED):
        raise Refused("seven_fields_needed")
    if len(set(chosen)) != len(chosen):
        raise Refused("layout_column_twice")
    if any(one.column in OWN and not one.heading.strip() for one in columns):
        raise Refused("heading_needed")
    if any(len(one.heading) > LONGEST or len(one.text) > LONGEST for one in columns):
        raise Refused("heading_too_long", most=LONGEST)
