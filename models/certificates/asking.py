"""A volunteer asks for a certificate; the committee issues it or says why not. It costs nothing (order 67 art. 14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Index, Select, Text, func, select, text
from sqlalchemy.orm import Mapped, mapped_column

from models import revisions
from models.base import PublicRow, Refused, Utc, db, now, today
from models.events import record
from models.people import Person
from models.permissions import Permission
from models.places import Place
from models.tellings import tell

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.certificates.row import Certificate

_OPEN = "answered_at IS NULL"


class CertificateRequest(PublicRow):
    """What a volunteer asked for; at most one of a person and community is open."""

    __tablename__ = "certificate_requests"
    __table_args__ = (
        Index("uq_certificate_requests_open", "person_id", "community_id", unique=True,
              sqlite_where=text(_OPEN), postgresql_where=text(_OPEN)),
        Index("ix_certificate_requests_community_id_answered_at", "community_id", "answered_at"),
        CheckConstraint("first_day <= last_day", name="ends_after_it_begins"),
    )  # fmt: skip
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("people.id"))
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    answered_at: Mapped[Utc | None]
    answered_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    certificate_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("certificates.id"), unique=True)
    reason: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def ask(cls, person: Person, community: Place, first: date, last: date, *, by: Actor) -> CertificateRequest:
        """Ask the community for a certificate of one's own service there.

        Errors: Refused("not_your_hours", "certificate_period", "certificate_asked").
        """
        if person.id not in by.person_ids:
            raise Refused("not_your_hours")
        if not first <= last <= today():
            raise Refused("certificate_period")
        open_one = select(cls.id).where(
            cls.person_id == person.id, cls.community_id == community.id, cls.answered_at.is_(None)
        )
        if db.session.scalar(open_one) is not None:
            raise Refused("certificate_asked")
        one = cls(person_id=person.id, community_id=community.id, first_day=first, last_day=last).save()
        details = {"from": first, "to": last}
        record("certificate_request.ask", by=by, about=[one], community_id=community.id, details=details)
        return one

    def decline(self, reason: str, *, by: Actor) -> None:
        """Say why none is issued. Errors: Refused("reason_needed", "already_answered", "certificate_not_yours")."""
        if len(reason.strip()) < 2:
            raise Refused("reason_needed")
        self._check_open(self.person_id, self.community_id, by)
        self.reason, self.answered_at, self.answered_by_id = reason.strip(), now(), by.account_id
        kept = revisions.keep(self, "reason", self.reason, by=by)
        tell(self, "certificate_declined", people={self.person_id}, community_id=self.community_id, followers=False)
        details = {"reason": kept}
        record("certificate_request.decline", by=by, about=[self], community_id=self.community_id, details=details)

    def _answered(self, person: Person, community: Place, by: Actor, *, certificate: Certificate) -> None:
        """Note that the certificate was issued; a part of that verb."""
        self._check_open(person.id, community.id, by)
        self.answered_at, self.answered_by_id, self.certificate_id = now(), by.account_id, certificate.id

    def _check_open(self, person_id: int, community_id: int, by: Actor) -> None:
        if self.answered_at is not None:
            raise Refused("already_answered")
        reached = self.community_id in by.reach(Permission.ISSUE_CERTIFICATES).community_ids
        if not reached or (self.person_id, self.community_id) != (person_id, community_id):
            raise Refused("certificate_not_yours")

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the open requests of the communities in reach."""
        reached = actor.reach(permission).communities(cls.community_id)
        return select(cls).where(reached, cls.answered_at.is_(None))


@dataclass(frozen=True)
class RequestLine:
    """A request as its volunteer and its committee read it."""

    public_id: str
    name: str
    person: str
    community: str
    first_day: date
    last_day: date
    asked_at: datetime
    answered_at: datetime | None
    issued: bool
    reason: str | None


def _lines(query: Any) -> list[RequestLine]:
    joined = query.join(Person, Person.id == CertificateRequest.person_id).join(
        Place, Place.id == CertificateRequest.community_id
    )
    return [
        RequestLine(one.public_id, name, person, place, one.first_day, one.last_day, one.created_at, one.answered_at,
                    one.certificate_id is not None, one.reason)
        for one, name, person, place in db.session.execute(
            joined.add_columns(Person.name, Person.public_id, Place.name)
        )
    ]  # fmt: skip


def requests_for(community: Place) -> list[RequestLine]:
    """Return what volunteers asked a community for and wait to get, oldest first."""
    here = select(CertificateRequest).where(
        CertificateRequest.community_id == community.id, CertificateRequest.answered_at.is_(None)
    )
    return _lines(here.order_by(CertificateRequest.id).limit(100))


def my_requests(person_id: int | None) -> list[RequestLine]:
    """Return what one asked for and did not get: waiting, or declined with its reason."""
    own = select(CertificateRequest).where(
        CertificateRequest.person_id == person_id, CertificateRequest.certificate_id.is_(None)
    )
    return _lines(own.order_by(CertificateRequest.id.desc()).limit(10)) if person_id is not None else []


def count_asked(actor: Actor) -> int:
    """Return how many volunteers wait for a certificate, for the first page of those who issue it."""
    waiting = CertificateRequest.visible_to(actor, Permission.ISSUE_CERTIFICATES)
    return db.session.scalar(waiting.with_only_columns(func.count())) or 0
