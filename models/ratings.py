"""What the people served say about a service; nobody but this file knows who said it."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CHAR, BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models import states
from models.base import PublicRow, Utc, now
from models.states import RatingState


class Channel(StrEnum):
    """How a rating came in."""

    SELF = "SELF"
    LINK = "LINK"
    POSTER = "POSTER"
    PAPER = "PAPER"
    HOUSEHOLD = "HOUSEHOLD"
    CALLBACK = "CALLBACK"


class Mattered(StrEnum):
    """The one thing that mattered most: 态度 专业 及时 效果."""

    ATTITUDE = "ATTITUDE"
    SKILL = "SKILL"
    TIMELY = "TIMELY"
    EFFECT = "EFFECT"


class Contact(StrEnum):
    """Who may contact the rater after a bad rating (decision 24)."""

    COMMUNITY = "COMMUNITY"
    ORGANIZATION_TOO = "ORGANIZATION_TOO"
    NOBODY = "NOBODY"


class RatingInvitation(PublicRow):
    """That a person who was served may rate: at most one a person, project and month."""

    __tablename__ = "rating_invitations"
    __table_args__ = (
        Index("uq_rating_invitations_person_project_month", "person_id", "project_id", "month", unique=True),
    )
    attendance_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("attendances.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("people.id"))
    project_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("projects.id"), index=True)
    log_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("service_logs.id"), index=True)
    month: Mapped[str | None] = mapped_column(String(7))
    channel: Mapped[Channel] = mapped_column(String(10))
    code: Mapped[str | None] = mapped_column(CHAR(8), unique=True)
    expires_at: Mapped[Utc | None]
    cancelled_at: Mapped[Utc | None]


class Rating(PublicRow):
    """One rating. Levels run from 5 非常满意 to 1 非常不满意."""

    __tablename__ = "ratings"
    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 5", name="level_in_range"),
        Index("ix_ratings_project_id_state", "project_id", "state"),
    )
    invitation_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("rating_invitations.id"), unique=True)
    supersedes_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("ratings.id"), unique=True)
    project_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("projects.id"))
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)
    log_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("service_logs.id"), index=True)
    level: Mapped[int] = mapped_column(Integer)
    solved: Mapped[bool | None]
    mattered: Mapped[Mattered | None] = mapped_column(String(8))
    comment: Mapped[str | None] = mapped_column(Text)
    contact: Mapped[Contact] = mapped_column(String(16), default=Contact.COMMUNITY)
    channel: Mapped[Channel] = mapped_column(String(10))
    state: Mapped[RatingState] = mapped_column(String(10))
    state_at: Mapped[Utc] = mapped_column(default=now)
    invalid_reason: Mapped[str | None] = mapped_column(String(40))
    witness_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))

    def _step(self, verb: str, to: RatingState | None = None) -> None:
        self.state = states.step(states.Kind.RATING, RatingState(self.state), verb, to)
        self.state_at = now()
