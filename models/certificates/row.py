"""A certificate and its lines: frozen when it is issued, revoked with a reason, never altered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Text,
    UniqueConstraint,
    or_,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from models import revisions, states
from models.base import SHANGHAI, BigKey, PublicRow, Refused, Row, Utc, db, now, today
from models.events import record
from models.people import Person, PersonState
from models.permissions import Permission
from models.places import Place
from models.service_log import ServiceLog
from models.states import CertificateState, HourRecordState, ServiceLogState
from models.tellings import tell
from models.volunteering import HourRecord
from models.working_time import local_day, start_of

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.certificates.asking import CertificateRequest

SHORTEST_REASON = 10
MOST_LINES = 2_000
LONGEST_SUMMARY = 800
MOST_KINDS = 8
# What a line repeats of its record: the seven fields of order 67 art. 7, and the minutes.
FIELDS = ("activity_name", "place", "content", "organizer", "in_charge", "started_at", "ended_at", "minutes")


class CertificateCounter(db.Model):  # type: ignore[name-defined, misc]
    """The last certificate number of a community and month; locked while a number is taken."""

    __tablename__ = "certificate_counters"
    community_id: Mapped[int] = mapped_column(BigKey, ForeignKey("places.id"), primary_key=True, autoincrement=False)
    month: Mapped[str] = mapped_column(String(6), primary_key=True)
    last: Mapped[int] = mapped_column(Integer, default=0)


class Certificate(PublicRow):
    """What one community proves of one volunteer's time; the public id is the check code that nobody can guess.

    Source: domain/states.md C13; norms.md 1.3, order 67 art. 14-17.
    """

    __tablename__ = "certificates"
    __table_args__ = (
        Index("ix_certificates_community_id_id", "community_id", "id"),
        CheckConstraint("first_day <= last_day", name="ends_after_it_begins"),
        CheckConstraint("minutes > 0", name="proves_something"),
        CheckConstraint("(state = 'REVOKED') = (revoked_at IS NOT NULL)", name="revoked_at_a_time"),
    )
    cert_no: Mapped[str] = mapped_column(String(40), unique=True)
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("people.id"), index=True)
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    name: Mapped[str] = mapped_column(String(60))
    unit: Mapped[str] = mapped_column(String(200))
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    minutes: Mapped[int] = mapped_column(Integer)
    content: Mapped[str] = mapped_column(String(LONGEST_SUMMARY))
    state: Mapped[CertificateState] = mapped_column(String(8), default=CertificateState.ISSUED)
    issued_at: Mapped[Utc] = mapped_column(default=now)
    issued_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    revoked_at: Mapped[Utc | None]
    revoked_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    reason: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def issue(
        cls, person: Person, community: Place, first: date, last: date, *, by: Actor,
        request: CertificateRequest | None = None,
    ) -> Certificate:  # fmt: skip
        """Prove what a volunteer did in a community in a period, from approved hours whose service stands.

        Errors: Refused("own_certificate", "person_not_here", "certificate_not_yours", "certificate_period",
        "no_hours_to_prove", "certificate_there", "already_answered").
        Source: norms.md 1.3, order 67 art. 14, 15.
        """
        _check(person, community, first, last, by)
        records = lines_to_prove(person, community, first, last)
        if not records:
            raise Refused("no_hours_to_prove")
        _check_none_alike(person, community, first, last, records)
        one = cls(
            cert_no=_next_number(community), person_id=person.id, community_id=community.id, name=person.name,
            unit=community.name, first_day=first, last_day=last, minutes=sum(r.minutes for r in records),
            content=summary([r.activity_name for r in records]), issued_by_id=by.account_id,
        ).save()  # fmt: skip
        db.session.add_all(
            CertificateLine(certificate_id=one.id, record_id=r.id, **{field: getattr(r, field) for field in FIELDS})
            for r in records
        )
        if request is not None:
            request._answered(person, community, by, certificate=one)
        tell(one, "certificate_issued", people={person.id}, community_id=community.id, followers=False)
        about = [one, person] if request is None else [one, person, request]
        details = {"minutes": one.minutes, "records": len(records), "from": first, "to": last}
        record("certificate.issue", by=by, about=about, community_id=community.id, details=details)
        return one

    def revoke(self, reason: str, *, by: Actor) -> None:
        """Take a certificate back: whoever verifies it reads that it holds no more; its volunteer reads why.

        Errors: Refused("revocation_reason_needed", "own_certificate", "certificate_not_yours", "not_from_here").
        """
        if len(reason.strip()) < SHORTEST_REASON:
            raise Refused("revocation_reason_needed", least=SHORTEST_REASON)
        _check_issuer(self.person_id, self.community_id, by)
        self.state = states.step(states.Kind.CERTIFICATE, CertificateState(self.state), "revoke")
        self.reason, self.revoked_at, self.revoked_by_id = reason.strip(), now(), by.account_id
        kept = revisions.keep(self, "reason", self.reason, by=by)
        tell(self, "certificate_revoked", people={self.person_id}, community_id=self.community_id, followers=False)
        record("certificate.revoke", by=by, about=[self], community_id=self.community_id, details={"reason": kept})

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the certificates of the communities in reach; for OWN one's own, and those that one may issue."""
        if permission != Permission.OWN:
            return select(cls).where(actor.reach(permission).communities(cls.community_id))
        issues = actor.reach(Permission.ISSUE_CERTIFICATES)
        return select(cls).where(or_(cls.person_id.in_(actor.person_ids), issues.communities(cls.community_id)))


class CertificateLine(Row):
    """One service as it stood when the certificate was issued."""

    __tablename__ = "certificate_lines"
    __table_args__ = (UniqueConstraint("certificate_id", "record_id"),)
    certificate_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("certificates.id"))
    record_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("hour_records.id"), index=True)
    activity_name: Mapped[str] = mapped_column(String(80))
    place: Mapped[str] = mapped_column(String(120))
    content: Mapped[str] = mapped_column(String(200))
    organizer: Mapped[str] = mapped_column(String(200))
    in_charge: Mapped[str] = mapped_column(String(60))
    started_at: Mapped[Utc]
    ended_at: Mapped[Utc]
    minutes: Mapped[int] = mapped_column(Integer)

    @property
    def day(self) -> date:
        """Return the day of the service here."""
        return local_day(self.started_at)


def counts() -> Any:
    """Return the condition that a record counts now; the query joins its log from outside."""
    stands = or_(HourRecord.log_id.is_(None), ServiceLog.state == ServiceLogState.APPROVED)
    return (HourRecord.state == HourRecordState.COUNTED) & stands


def lines_to_prove(person: Person, community: Place, first: date, last: date) -> list[HourRecord]:
    """Return the approved records of a volunteer in a community that began in a period, by day."""
    query = (
        select(HourRecord)
        .outerjoin(ServiceLog, ServiceLog.id == HourRecord.log_id)
        .where(
            counts(), HourRecord.person_id == person.id, HourRecord.community_id == community.id,
            HourRecord.started_at >= start_of(first), HourRecord.started_at < start_of(last + timedelta(days=1)),
        )
        .order_by(HourRecord.started_at, HourRecord.id)
        .limit(MOST_LINES)
    )  # fmt: skip
    return list(db.session.scalars(query))


def summary(names: Sequence[str]) -> str:
    """Return what was done, most frequent first: 上门探访（12）、健康操（3）, of many kinds the first ones. Pure."""
    kinds = Counter(names).most_common()
    told = "、".join(f"{name}（{n}）" for name, n in kinds[:MOST_KINDS])
    return f"{told}等 {len(kinds)} 项" if len(kinds) > MOST_KINDS else told


def _check(person: Person, community: Place, first: date, last: date, by: Actor) -> None:
    _check_issuer(person.id, community.id, by)
    if person.state != PersonState.ACTIVE:
        raise Refused("person_not_here")
    if not first <= last <= today():
        raise Refused("certificate_period")


def _check_issuer(person_id: int, community_id: int, by: Actor) -> None:
    if person_id in by.person_ids:
        raise Refused("own_certificate")
    if community_id not in by.reach(Permission.ISSUE_CERTIFICATES).community_ids:
        raise Refused("certificate_not_yours")


def _check_none_alike(person: Person, community: Place, first: date, last: date, records: Sequence[Any]) -> None:
    """Refuse the very same certificate a second time: the first one is printed again instead."""
    query = (
        select(Certificate.cert_no, CertificateLine.record_id)
        .join(CertificateLine, CertificateLine.certificate_id == Certificate.id)
        .where(
            Certificate.person_id == person.id, Certificate.community_id == community.id,
            Certificate.first_day == first, Certificate.last_day == last,
            Certificate.state == CertificateState.ISSUED,
        )
    )  # fmt: skip
    held: dict[str, set[int]] = {}
    for number, record_id in db.session.execute(query):
        held.setdefault(number, set()).add(record_id)
    for number, ids in held.items():
        if ids == {one.id for one in records}:
            raise Refused("certificate_there", number=number)


def _next_number(community: Place) -> str:
    """Take the next number of the community and month (decision 1)."""
    counters = db.metadata.tables["certificate_counters"]
    month = now().astimezone(SHANGHAI).strftime("%Y%m")
    dialect = sqlite if db.session.get_bind().dialect.name == "sqlite" else postgresql
    take = (
        dialect.insert(counters)
        .values(community_id=community.id, month=month, last=1)
        .on_conflict_do_update(index_elements=["community_id", "month"], set_={"last": counters.c.last + 1})
        .returning(counters.c.last)
    )
    return f"{community.code}-Z{month}-{db.session.execute(take).scalar_one():04d}"
