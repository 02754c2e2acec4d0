"""Who serves: social organizations, their legal form and whether they support others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, ColumnElement, ForeignKey, Select, String, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import PublicRow, Refused, Short, db
from models.events import Doer, record
from models.places import Place, Reach

if TYPE_CHECKING:
    from models.accounts import Actor, Permission

# The eighteen characters of the unified social credit code, without I, O, S, V and Z.
USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}", re.ASCII)


class LegalForm(StrEnum):
    """How an organization is registered. Source: domain/glossary.md."""

    ASSOCIATION = "ASSOCIATION"
    SERVICE_INSTITUTION = "SERVICE_INSTITUTION"
    FOUNDATION = "FOUNDATION"
    FILED_COMMUNITY = "FILED_COMMUNITY"
    GRASSROOTS_CLUB = "GRASSROOTS_CLUB"
    COMMITTEE = "COMMITTEE"


class Organization(PublicRow):
    """A social organization, or a committee that serves by itself."""

    __tablename__ = "organizations"
    name: Mapped[Short] = mapped_column(String(200), unique=True)
    uscc: Mapped[str | None] = mapped_column(String(18), unique=True)
    legal_form: Mapped[LegalForm] = mapped_column(String(24))
    is_support: Mapped[bool] = mapped_column(default=False)
    phone: Mapped[str | None] = mapped_column(String(40))
    place_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)

    @classmethod
    def enter(
        cls,
        name: str,
        *,
        by: Doer,
        legal_form: LegalForm = LegalForm.SERVICE_INSTITUTION,
        is_support: bool = False,
        uscc: str | None = None,
        phone: str | None = None,
        place_id: int | None = None,
    ) -> Organization:
        """Enter an organization. Errors: Refused("name_needed", "uscc_invalid")."""
        check_organization(name, uscc)
        one = cls(
            name=name, legal_form=legal_form, is_support=is_support, uscc=uscc, phone=phone, place_id=place_id
        ).save()
        record("organization.enter", by=by, about=[one], details={"legal_form": legal_form})
        return one

    def edit(
        self,
        name: str,
        *,
        by: Doer,
        legal_form: LegalForm,
        is_support: bool = False,
        uscc: str | None = None,
        phone: str | None = None,
        seen_version: int | None = None,
    ) -> None:
        """Rewrite what is known of an organization.

        Errors: Stale("stale_edit"), Refused("name_needed", "uscc_invalid").
        """
        self.check_version(seen_version, typed=name, stands=self.name)
        check_organization(name, uscc)
        self.name, self.legal_form, self.is_support = name.strip(), legal_form, is_support
        self.uscc, self.phone = uscc or None, phone or None
        record("organization.edit", by=by, about=[self], details={"legal_form": legal_form, "support": is_support})

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the organizations within reach: one's own, and for offices above communities those of their places."""
        return select(cls).where(within(actor.reach(permission)))


def check_organization(name: str, uscc: str | None) -> None:
    """Refuse a missing name and a credit code of another shape. Errors: Refused("name_needed", "uscc_invalid")."""
    if not name.strip():
        raise Refused("name_needed")
    if uscc and not USCC.fullmatch(uscc):
        raise Refused("uscc_invalid")


def within(reach: Reach) -> ColumnElement[bool]:
    """Return the condition that an organization lies within reach.

    An organization without a place works anywhere, so every office above the communities may know it.
    """
    parts = [reach.organizations(Organization.id)]
    if reach.everywhere or reach.district_ids or reach.street_ids:
        placed = select(Place.id).where(reach.places())
        parts.append(or_(Organization.place_id.is_(None), Organization.place_id.in_(placed)))
    return or_(*parts)


@dataclass(frozen=True)
class OrganizationLine:
    """An organization as lists and choices show it."""

    id: int
    public_id: str
    name: str
    is_support: bool
    phone: str | None


def lines(*, with_support: bool = False, reach: Reach | None = None) -> list[OrganizationLine]:
    """Return the organizations that may serve, by name; within a reach where one is given."""
    query = select(
        Organization.id, Organization.public_id, Organization.name, Organization.is_support, Organization.phone
    ).order_by(Organization.name, Organization.id)
    if reach is not None:
        query = query.where(within(reach))
    if not with_support:
        query = query.where(Organization.is_support.is_(False))
    return [OrganizationLine(*row) for row in db.session.execute(query)]
