"""Who serves: social organizations, their legal form and whether they support others."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import PublicRow, Short, db
from models.events import Doer, record


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
        """Enter an organization."""
        one = cls(
            name=name, legal_form=legal_form, is_support=is_support, uscc=uscc, phone=phone, place_id=place_id
        ).save()
        record("organization.enter", by=by, about=[one], details={"legal_form": legal_form})
        return one


@dataclass(frozen=True)
class OrganizationLine:
    """An organization as lists and choices show it."""

    id: int
    public_id: str
    name: str
    is_support: bool
    phone: str | None


def lines(*, with_support: bool = False) -> list[OrganizationLine]:
    """Return the organizations that may serve, by name."""
    query = select(
        Organization.id, Organization.public_id, Organization.name, Organization.is_support, Organization.phone
    ).order_by(Organization.name, Organization.id)
    if not with_support:
        query = query.where(Organization.is_support.is_(False))
    return [OrganizationLine(*row) for row in db.session.execute(query)]
