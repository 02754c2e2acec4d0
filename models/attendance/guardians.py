"""That a guardian agrees before a minor has a place or is noted as present: whose word, in which way, for which activity."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, ForeignKey, Index, Select, String, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models.activities import Activity
from models.base import Refused, Row, Utc, db, now
from models.people import Person
from models.working_time import local_day

if TYPE_CHECKING:
    from models.accounts import Actor

GROWN_UP = 18


class Relation(StrEnum):
    """Who agrees: 父母, 祖父母或外祖父母, 其他监护人."""

    PARENT = "PARENT"
    GRANDPARENT = "GRANDPARENT"
    OTHER = "OTHER"


class ConsentWay(StrEnum):
    """How it was given: 本人在手机上, 纸质由负责人记."""

    APP = "APP"
    PAPER = "PAPER"


@dataclass(frozen=True)
class Guardian:
    """Whoever agrees for a minor."""

    name: str
    relation: Relation = Relation.PARENT


class GuardianConsent(Row):
    """One guardian's word for one minor: for an activity, or for all times of the series that it belongs to."""

    __tablename__ = "guardian_consents"
    __table_args__ = (Index("ix_guardian_consents_person_id_activity_id", "person_id", "activity_id"),)
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("people.id"))
    activity_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("activities.id"))
    series_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("activity_series.id"), index=True)
    guardian: Mapped[str] = mapped_column(String(60))
    relation: Mapped[Relation] = mapped_column(String(12))
    way: Mapped[ConsentWay] = mapped_column(String(6))
    given_at: Mapped[Utc] = mapped_column(default=now)
    account_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    withdrawn_at: Mapped[Utc | None]


def may_be_minor(birth_year: int | None, on: date) -> bool:
    """Tell whether somebody may be under 18 on a day: the register knows the year alone, so the year of turning 18 counts.

    Source: domain/norms.md 1.3 (监护人同意); domain/abuse.md F28.
    """
    return birth_year is not None and on.year - birth_year <= GROWN_UP


def _given(activity: Activity) -> Select[Any]:
    of = [GuardianConsent.activity_id == activity.id]
    if activity.series_id is not None:
        of.append(GuardianConsent.series_id == activity.series_id)
    return select(GuardianConsent.person_id).where(or_(*of), GuardianConsent.withdrawn_at.is_(None))


def without_consent(activity: Activity, people: Collection[int]) -> set[int]:
    """Return who of some people may be a minor for whom no guardian has agreed."""
    query = select(Person.id, Person.birth_year).where(Person.id.in_(people), Person.birth_year.is_not(None))
    day = local_day(activity.starts_at)
    minors = {number for number, year in db.session.execute(query) if may_be_minor(year, day)}
    return minors - set(db.session.scalars(_given(activity))) if minors else minors


def check_guardian(activity: Activity, person: Person, guardian: Guardian | None = None, *, by: Actor) -> None:
    """Refuse a minor for whom nobody has agreed; a guardian who is named agrees hereby. A part of the verb of the place.

    Nobody agrees for themselves: whoever acts for the minor does, or whoever is in charge notes the paper.
    Errors: Refused("guardian_needed", "minor_cannot_agree").
    """
    if not without_consent(activity, [person.id]):
        return
    if guardian is None or len(guardian.name.strip()) < 2:
        raise Refused("guardian_needed")
    if by.person_id == person.id:
        raise Refused("minor_cannot_agree")
    GuardianConsent(
        person_id=person.id, activity_id=activity.id, series_id=activity.series_id, guardian=guardian.name.strip(),
        relation=guardian.relation, way=ConsentWay.APP if person.id in by.person_ids else ConsentWay.PAPER,
        account_id=by.account_id,
    ).save()  # fmt: skip


def forget_consent(activity_id: int | None, person_id: int | None) -> None:
    """Take a word back together with the place that it was given for; one for a whole series stays."""
    db.session.execute(
        update(GuardianConsent)
        .where(
            GuardianConsent.activity_id == activity_id, GuardianConsent.person_id == person_id,
            GuardianConsent.series_id.is_(None), GuardianConsent.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now())
    )  # fmt: skip


@dataclass(frozen=True)
class Agreed:
    """What a list shows of a consent."""

    guardian: str
    relation: Relation
    way: ConsentWay


def agreed(activity: Activity, person_id: int | None) -> Agreed | None:
    """Return whose word there is for somebody at an activity."""
    query = select(GuardianConsent).where(
        GuardianConsent.id.in_(_given(activity).with_only_columns(GuardianConsent.id)),
        GuardianConsent.person_id == person_id,
    )
    one = db.session.scalars(query.order_by(GuardianConsent.id.desc()).limit(1)).first()
    return Agreed(one.guardian, Relation(one.relation), ConsentWay(one.way)) if one else None
