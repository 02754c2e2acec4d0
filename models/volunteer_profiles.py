"""What a volunteer offers: skills and free times, told by themselves, found by those who look for helpers, taken back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, ForeignKey, Index, Select, String, and_, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models import ciphers
from models.base import PublicRow, Refused, Utc, db, now
from models.events import record
from models.people import Person, PersonState
from models.permissions import Permission
from models.projects import Project

if TYPE_CHECKING:
    from models.accounts import Actor

MOST = 100


class Skill(StrEnum):
    """What somebody can do for neighbors."""

    VISITS = "VISITS"
    MEALS = "MEALS"
    ERRANDS = "ERRANDS"
    REPAIRS = "REPAIRS"
    HAIR = "HAIR"
    HEALTH = "HEALTH"
    CHILDREN = "CHILDREN"
    PHONES = "PHONES"
    ARTS = "ARTS"
    PATROL = "PATROL"
    DESK = "DESK"
    LAW = "LAW"


# A weekday 1-7 and a part of the day, as 6A: Saturday morning.
TIMES = tuple(f"{day}{part}" for part in "APE" for day in range(1, 8))


class VolunteerProfile(PublicRow):
    """One person's offer; taken back, it is empty and found by nobody."""

    __tablename__ = "volunteer_profiles"
    __table_args__ = (Index("ix_volunteer_profiles_community_id_id", "community_id", "id"),)
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("people.id"), unique=True)
    skills: Mapped[str] = mapped_column(String(200))
    times: Mapped[str] = mapped_column(String(200))
    # Whether organizations that serve in the community may find and phone this person too.
    for_organizations: Mapped[bool] = mapped_column(default=False)
    agreed_at: Mapped[Utc] = mapped_column(default=now)
    withdrawn_at: Mapped[Utc | None]

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the offers that stand in the communities in reach, and where one's organization serves those for it."""
        reach = actor.reach(permission)
        serves = select(Project.community_id).where(
            Project.organization_id.in_(reach.organization_ids), Project.state == "RUNNING"
        )
        reached = or_(
            reach.communities(cls.community_id),
            and_(cls.for_organizations.is_(True), cls.community_id.in_(serves)),
        )
        here = select(Person.id).where(Person.state == PersonState.ACTIVE)
        return select(cls).where(cls.withdrawn_at.is_(None), cls.person_id.in_(here), reached)

    def withdraw(self, *, by: Actor) -> None:
        """Take an offer back, one's own or that of somebody whose register one keeps: what was ticked is emptied.

        Errors: Refused("not_your_offer").
        """
        if self.person_id not in by.person_ids and not _keeps(by, self.community_id):
            raise Refused("not_your_offer")
        self.skills = self.times = ","
        self.for_organizations, self.withdrawn_at = False, now()
        record("volunteer_profile.withdraw", by=by, about=[self], community_id=self.community_id)


def offer(
    person: Person, skills: Collection[str], times: Collection[str], *, by: Actor, for_organizations: bool = False
) -> VolunteerProfile:
    """Say what one can do and when; saying it again rewrites it.

    Errors: Refused("not_your_offer", "skill_needed").
    """
    if person.id not in by.person_ids:
        raise Refused("not_your_offer")
    one = _ticked(person, skills, times, for_organizations)
    record("volunteer_profile.offer", by=by, about=[one], community_id=one.community_id, details=_told(one))
    return one


def enter_for(
    person: Person, skills: Collection[str], times: Collection[str], *, by: Actor, agreed: bool,
    for_organizations: bool = False,
) -> VolunteerProfile:  # fmt: skip
    """Write down at the counter what somebody without an account offers, who has agreed to it.

    Errors: Refused("not_your_offer", "agreement_needed", "skill_needed").
    """
    if not _keeps(by, person.community_id):
        raise Refused("not_your_offer")
    if not agreed:
        raise Refused("agreement_needed")
    one = _ticked(person, skills, times, for_organizations)
    record("volunteer_profile.enter", by=by, about=[one], community_id=one.community_id, details=_told(one))
    return one


def _keeps(actor: Actor, community_id: int) -> bool:
    return community_id in actor.reach(Permission.EDIT_PEOPLE).community_ids


def _ticked(
    person: Person, skills: Collection[str], times: Collection[str], for_organizations: bool
) -> VolunteerProfile:
    chosen = [one for one in Skill if one in skills]
    if not chosen:
        raise Refused("skill_needed")
    one = own(person.id) or VolunteerProfile(person_id=person.id, community_id=person.community_id)
    one.skills, one.times = _joined(chosen), _joined([one for one in TIMES if one in times])
    one.for_organizations, one.agreed_at, one.withdrawn_at = for_organizations, now(), None
    return one.save()


def _told(one: VolunteerProfile) -> dict[str, Any]:
    return {"skills": parts(one.skills), "organizations": one.for_organizations}


def own(person_id: int | None) -> VolunteerProfile | None:
    """Return somebody's own offer, taken back or not."""
    query = select(VolunteerProfile).where(VolunteerProfile.person_id == person_id)
    return db.session.scalars(query).one_or_none() if person_id is not None else None


def _joined(codes: Collection[str]) -> str:
    return "," + "".join(f"{one}," for one in codes)


def parts(text: str) -> list[str]:
    """Return the codes of an offer as they are kept."""
    return [one for one in text.split(",") if one]


@dataclass(frozen=True)
class Helper:
    """A volunteer as those who look for helpers read them: the number masked."""

    public_id: str
    name: str
    phone: str
    skills: tuple[Skill, ...]
    times: tuple[str, ...]


def find(actor: Actor, skill: str = "", time: str = "") -> list[Helper]:
    """Return who offers a skill at a time, within reach, by name; of everything all."""
    query = VolunteerProfile.visible_to(actor, Permission.READ_VOLUNTEERS).add_columns(Person)
    query = query.join(Person, Person.id == VolunteerProfile.person_id)
    if skill in set(Skill):
        query = query.where(VolunteerProfile.skills.contains(f",{skill},"))
    if time in TIMES:
        query = query.where(VolunteerProfile.times.contains(f",{time},"))
    rows = db.session.execute(query.order_by(Person.name, Person.id).limit(MOST))
    return [
        Helper(one.public_id, person.name, ciphers.mask_phone(person.phone),
               tuple(Skill(code) for code in parts(one.skills)), tuple(parts(one.times)))
        for one, person in rows
    ]  # fmt: skip
