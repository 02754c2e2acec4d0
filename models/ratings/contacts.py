"""After a bad rating the committee gets in touch, where the rater wants it; the organization learns theme and month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, ColumnElement, ForeignKey, Index, Select, String, and_, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models import revisions
from models.base import PublicRow, Refused, Utc, db, now
from models.calendar import calendar_of
from models.events import record
from models.people import Person, homes
from models.places import Place
from models.projects import Project
from models.ratings.hats import apart, did_not_serve
from models.ratings.invitations import RatingInvitation, this_month
from models.ratings.kinds import Contact, ContactState, Mattered
from models.tellings import attempt, tell
from models.working_time import add_working_days

if TYPE_CHECKING:
    from models.accounts import Actor, Permission

TALK_WITHIN, SETTLE_WITHIN = 1, 15


def _within(community_id: int, days: int) -> datetime:
    """Return the end of so many working days of the community from now on. Source: domain/checklist.md 59."""
    return add_working_days(now(), days, calendar_of(Place.get(community_id)))


class RatingContact(PublicRow):
    """That somebody who was not content may be contacted: within 1 working day, settled within 15."""

    __tablename__ = "rating_contacts"
    __table_args__ = (Index("ix_rating_contacts_community_id_state", "community_id", "state", "id"),)
    rating_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("ratings.id"), unique=True)
    invitation_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("rating_invitations.id"))
    again_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("rating_invitations.id"), unique=True)
    project_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("projects.id"), index=True)
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    month: Mapped[str] = mapped_column(String(7))
    theme: Mapped[Mattered | None] = mapped_column(String(8))
    wish: Mapped[Contact] = mapped_column(String(16))
    state: Mapped[ContactState] = mapped_column(String(8), default=ContactState.OPEN)
    due_at: Mapped[Utc]
    settled_at: Mapped[Utc | None]

    @classmethod
    def within(cls, actor: Actor, permission: Permission) -> ColumnElement[bool]:
        """Return the condition of reach: the communities of the permission, but for the actor's own services."""
        of = (
            select(RatingInvitation.log_id)
            .where(RatingInvitation.id == cls.invitation_id)
            .correlate(cls)
            .scalar_subquery()
        )
        reached = actor.reach(permission).communities(cls.community_id)
        return and_(reached, apart(actor, cls.project_id, Project), did_not_serve(actor, of))

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the tasks of the communities in reach; no organization is ever within it."""
        return select(cls).where(cls.within(actor, permission))

    @classmethod
    def open_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return those of them that are not settled yet."""
        return cls.visible_to(actor, permission).where(cls.state != ContactState.SETTLED)

    @classmethod
    def _open(cls, rating: Any) -> RatingContact | None:
        """Open the task that a bad rating asks for; none where the rater wants no contact."""
        if rating.contact == Contact.NOBODY:
            return None
        return cls(
            rating_id=rating.id, invitation_id=rating.invitation_id, project_id=rating.project_id,
            community_id=rating.community_id, month=this_month(), theme=rating.mattered, wish=rating.contact,
            due_at=_within(rating.community_id, TALK_WITHIN),
        ).save()  # fmt: skip

    def talk(self, note: str, *, reached: bool, by: Actor) -> None:
        """Note a call or a visit; whoever was reached is TALKED, then it must be settled in 15 working days.

        Errors: Refused("note_needed", "contact_over").
        """
        if self.state == ContactState.SETTLED:
            raise Refused("contact_over")
        if not note.strip():
            raise Refused("note_needed")
        if reached and self.state == ContactState.OPEN:
            self.state = ContactState.TALKED
            self.due_at = _within(self.community_id, SETTLE_WITHIN)
        attempt(self, "TOLD" if reached else "NO_ANSWER", by=by)
        kept = revisions.keep(self, "note", note.strip(), by=by)
        record("rating_contact.talk", by=by, about=[self], community_id=self.community_id,
               details={"reached": reached, "note": kept})  # fmt: skip

    def settle(self, note: str, *, by: Actor) -> None:
        """Say what was put right; the rater may rate once more, and hears so without a word of the rating.

        Errors: Refused("note_needed", "contact_over", "talk_first").
        """
        if self.state != ContactState.TALKED:
            raise Refused("contact_over" if self.state == ContactState.SETTLED else "talk_first")
        if not note.strip():
            raise Refused("note_needed")
        again = RatingInvitation._once_more(self.invitation_id)
        self.state, self.settled_at, self.again_id = ContactState.SETTLED, now(), again.id
        project = Project.get(self.project_id)
        if again.person_id is not None:
            tell(project, "rating_once_more", people=[again.person_id], community_id=self.community_id,
                 followers=False, title=project.title)  # fmt: skip
        kept = revisions.keep(self, "settlement", note.strip(), by=by)
        record("rating_contact.settle", by=by, about=[self], community_id=self.community_id, details={"note": kept})

    def whom(self) -> WhomToCall:
        """Return whom the committee calls; whoever shows it logs that it was shown."""
        person = db.session.get(Person, RatingInvitation.get(self.invitation_id).person_id or 0)
        if person is None:
            raise Refused("nobody_to_call")
        return WhomToCall(person.id, person.name, person.phone, homes([person])[person.id])


@dataclass(frozen=True)
class WhomToCall:
    """Who waits for a call of the committee: name, number and door, nothing of what was said."""

    person_id: int
    name: str
    phone: str | None
    home: str


@dataclass(frozen=True)
class ContactLine:
    """A task as the committee's list shows it: service, theme and month, never a level or a word."""

    id: int
    public_id: str
    project: str
    month: str
    theme: Mattered | None
    wish: Contact
    state: ContactState
    due_at: datetime
    late: bool


def contact_lines(reached: Any, *, after: int | None = None, limit: int = 30) -> list[ContactLine]:
    """Return the open tasks, oldest first; `reached` is the condition on RatingContact.community_id."""
    query = (
        select(RatingContact, Project.title)
        .join(Project, Project.id == RatingContact.project_id)
        .where(reached, RatingContact.state != ContactState.SETTLED)
        .order_by(RatingContact.id)
        .limit(limit)
    )
    if after is not None:
        query = query.where(RatingContact.id > after)
    return [
        ContactLine(
            one.id, one.public_id, title, one.month, Mattered(one.theme) if one.theme else None, Contact(one.wish),
            ContactState(one.state), one.due_at, one.due_at < now(),
        )
        for one, title in db.session.execute(query)
    ]  # fmt: skip


def count_contacts(reached: Any) -> int:
    """Return how many tasks are open."""
    query = select(func.count()).select_from(RatingContact)
    return db.session.scalar(query.where(reached, RatingContact.state != ContactState.SETTLED)) or 0


@dataclass(frozen=True)
class ThemeLine:
    """What an organization learns of bad ratings: project, month, theme and how many."""

    project: str
    month: str
    theme: Mattered | None
    times: int


def themes_of(organization_ids: Any, *, least: int) -> list[ThemeLine]:
    """Return the themes by month that a release told of, only of projects that so many people rated.

    They move with the figures: what was said since, and what still waits for its service, is not among them.
    Source: decisions.md 23, 24.
    """
    ratings, releases = db.metadata.tables["ratings"], db.metadata.tables["rating_releases"]
    told = (
        select(releases.c.project_id, func.max(releases.c.at).label("at"))
        .where(releases.c.n >= least)
        .group_by(releases.c.project_id)
        .subquery()
    )
    one = RatingContact
    counted = or_(
        and_(ratings.c.state == "VALID", ratings.c.state_at <= told.c.at), ratings.c.state == "SUPERSEDED"
    )  # fmt: skip
    query = (
        select(Project.title, one.month, one.theme, func.count())
        .join(Project, Project.id == one.project_id)
        .join(told, told.c.project_id == one.project_id)
        .join(ratings, ratings.c.id == one.rating_id)
        .where(Project.organization_id.in_(organization_ids), one.created_at <= told.c.at, counted)
        .group_by(Project.title, one.month, one.theme)
        .order_by(one.month.desc(), Project.title, one.theme)
    )
    return [
        ThemeLine(title, month, Mattered(theme) if theme else None, times)
        for title, month, theme, times in db.session.execute(query)
    ]
