"""Certificates as they are printed, as the desk lists them, and what everybody may verify: six things, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select

from models import ciphers, hours
from models.accounts import Account
from models.base import NotFound, db
from models.certificates.row import Certificate, CertificateLine, counts
from models.people import Person
from models.places import Place
from models.service_log import ServiceLog
from models.states import CertificateState
from models.volunteering import HourRecord
from models.working_time import start_of

if TYPE_CHECKING:
    from models.accounts import Actor


class Standing(StrEnum):
    """Whether a certificate still holds: 有效, 出具后有更正, 已撤销."""

    VALID = "VALID"
    CORRECTED = "CORRECTED"
    REVOKED = "REVOKED"


@dataclass(frozen=True)
class PublicFace:
    """What everybody reads who verifies a certificate: number, masked name, period, hours, unit, state (C13)."""

    number: str
    name: str
    first_day: date
    last_day: date
    hours: Decimal
    unit: str
    standing: Standing


@dataclass(frozen=True)
class Paper:
    """A certificate in full, as its volunteer and its committee read and print it."""

    public_id: str
    number: str
    name: str
    unit: str
    first_day: date
    last_day: date
    minutes: int
    content: str
    issued_at: datetime
    issued_by: str | None
    standing: Standing
    revoked_at: datetime | None
    reason: str | None
    lines: tuple[CertificateLine, ...] = ()

    @property
    def hours(self) -> Decimal:
        """Return the hours with one decimal, rounded down."""
        return hours.hours_shown(self.minutes)

    @property
    def code(self) -> str:
        """Return the check code as it is printed: two groups of five."""
        return f"{self.public_id[:5]}-{self.public_id[5:]}"


def _standings(certificates: list[Certificate]) -> dict[int, Standing]:
    """Return how each certificate stands; one query for all: a line whose record counts no more was corrected since."""
    query = (
        select(CertificateLine.certificate_id)
        .join(HourRecord, HourRecord.id == CertificateLine.record_id)
        .outerjoin(ServiceLog, ServiceLog.id == HourRecord.log_id)
        .where(CertificateLine.certificate_id.in_([one.id for one in certificates]), ~counts())
        .distinct()
    )
    moved = set(db.session.scalars(query)) if certificates else set()
    return {
        one.id: Standing.REVOKED if one.state == CertificateState.REVOKED
        else Standing.CORRECTED if one.id in moved else Standing.VALID
        for one in certificates
    }  # fmt: skip


def public_face(one: Certificate) -> PublicFace:
    """Return what the page of verification shows, and nothing else. Source: domain/states.md C13; abuse.md F23."""
    return PublicFace(
        one.cert_no, ciphers.mask_name(one.name), one.first_day, one.last_day, hours.hours_shown(one.minutes),
        one.unit, _standings([one])[one.id],
    )  # fmt: skip


def verified(number: str, code: str) -> Certificate:
    """Return the certificate that bears both the number and the check code, or NotFound for either alone."""
    one = Certificate.find("".join(letter for letter in code.upper() if letter.isalnum())[:10])
    if one.cert_no != "".join(number.upper().split()):
        raise NotFound("Certificate")
    return one


def _papers(query: Any) -> list[Paper]:
    rows = db.session.execute(
        query.add_columns(Account.name).outerjoin(Account, Account.id == Certificate.issued_by_id)
    )
    found = [(one, name) for one, name in rows]
    standings = _standings([one for one, _name in found])
    return [_paper(one, name, standings[one.id]) for one, name in found]


def _paper(one: Certificate, issuer: str | None, standing: Standing, lines: tuple[Any, ...] = ()) -> Paper:
    return Paper(
        one.public_id, one.cert_no, one.name, one.unit, one.first_day, one.last_day, one.minutes, one.content,
        one.issued_at, issuer, standing, one.revoked_at, one.reason, lines,
    )  # fmt: skip


def certificates_for(community: Place, *, before: int | None = None, limit: int = 31) -> list[tuple[int, Paper]]:
    """Return the certificates of a community with their numbers in the table, newest first."""
    query = select(Certificate).where(Certificate.community_id == community.id).order_by(Certificate.id.desc())
    if before is not None:
        query = query.where(Certificate.id < before)
    ids = list(db.session.scalars(query.with_only_columns(Certificate.id).limit(limit)))
    return list(zip(ids, _papers(query.limit(limit)), strict=True))


def mine(person_id: int | None) -> list[Paper]:
    """Return one's own certificates, newest first."""
    own = select(Certificate).where(Certificate.person_id == person_id).order_by(Certificate.id.desc()).limit(50)
    return _papers(own) if person_id is not None else []


def paper_of(one: Certificate) -> Paper:
    """Return a certificate with all its lines, by day."""
    query = select(CertificateLine).where(CertificateLine.certificate_id == one.id)
    lines = tuple(db.session.scalars(query.order_by(CertificateLine.started_at, CertificateLine.id)))
    issuer = db.session.scalar(select(Account.name).where(Account.id == one.issued_by_id))
    return _paper(one, issuer, _standings([one])[one.id], lines)


@dataclass(frozen=True)
class Volunteer:
    """Somebody who has hours to prove in a period."""

    public_id: str
    name: str
    minutes: int


def volunteers(community: Place, first: date, last: date, limit: int = 200) -> list[Volunteer]:
    """Return who served in a community in a period, with the minutes that count, by name."""
    within = and_(HourRecord.started_at >= start_of(first), HourRecord.started_at < start_of(last + timedelta(days=1)))
    query = (
        select(Person.public_id, Person.name, func.sum(HourRecord.minutes))
        .join(Person, Person.id == HourRecord.person_id)
        .outerjoin(ServiceLog, ServiceLog.id == HourRecord.log_id)
        .where(HourRecord.community_id == community.id, counts(), within)
        .group_by(Person.id, Person.public_id, Person.name)
        .order_by(Person.name, Person.id)
        .limit(limit)
    )
    return [Volunteer(public_id, name, int(minutes)) for public_id, name, minutes in db.session.execute(query)]


def _served(person_ids: Any) -> Any:
    served = select(HourRecord.community_id).where(HourRecord.person_id.in_(person_ids))
    return select(Place).where(Place.id.in_(served))


def where_served(person_id: int | None) -> list[tuple[str, str]]:
    """Return the communities in which somebody has recorded time: whom one may ask for a certificate."""
    query = _served([person_id]).with_only_columns(Place.public_id, Place.name).order_by(Place.id)
    return [(public_id, name) for public_id, name in db.session.execute(query)]


def asks(actor: Actor, community: str) -> tuple[Person, Place]:
    """Return who asks, and which community; NotFound for one in which the person never served."""
    return Person.get(actor.person_id or 0), Place.find(community, _served([actor.person_id]))


def volunteer(community: Place, public_id: str) -> Person:
    """Return somebody who has recorded time in a community, or NotFound."""
    here = select(HourRecord.person_id).where(HourRecord.community_id == community.id)
    return Person.find(public_id, select(Person).where(Person.id.in_(here)))
