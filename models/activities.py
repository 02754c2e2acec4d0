"""What is announced with a place and a time: people sign up, and the log of the day points back to it."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import PublicRow, Utc


class Activity(PublicRow):
    """One activity of a community, of a project or of the committee itself."""

    __tablename__ = "activities"
    __table_args__ = (
        Index("ix_activities_community_id_starts_at", "community_id", "starts_at"),
        CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),
        CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity_positive"),
    )
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    project_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("projects.id"), index=True)
    organization_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("organizations.id"))
    title: Mapped[str] = mapped_column(String(80))
    content: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(String(120))
    starts_at: Mapped[Utc]
    ends_at: Mapped[Utc]
    capacity: Mapped[int | None] = mapped_column(Integer)
    code: Mapped[str] = mapped_column(String(6))
    in_charge: Mapped[str] = mapped_column(String(60))
    made_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    cancelled_at: Mapped[Utc | None]
