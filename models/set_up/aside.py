"""A step that does not apply to a community: put aside by its head with a reason, and taken up again."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Refused, Row, Utc, db, now
from models.events import Doer, record
from models.places import Place
from models.set_up.kinds import SetUpStep

LONGEST_REASON = 200


class SetAside(Row):
    """One step that one community does without, and why."""

    __tablename__ = "set_asides"
    __table_args__ = (UniqueConstraint("community_id", "step"),)
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    step: Mapped[SetUpStep] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON))
    at: Mapped[Utc] = mapped_column(default=now)

    @classmethod
    def put(cls, community: Place, step: SetUpStep, reason: str, *, by: Doer) -> None:
        """Put a step aside; a later reason takes the place of an earlier one. Errors: Refused("reason_needed")."""
        if not reason.strip():
            raise Refused("reason_needed")
        one = cls._of(community, step) or cls(community_id=community.id, step=step)
        one.reason = reason.strip()[:LONGEST_REASON]
        one.save()
        record("set_up.put_aside", by=by, about=[community], community_id=community.id, details={"step": step})

    @classmethod
    def take_up(cls, community: Place, step: SetUpStep, *, by: Doer) -> None:
        """Take a step up again. Errors: Refused("step_not_aside")."""
        one = cls._of(community, step)
        if one is None:
            raise Refused("step_not_aside")
        db.session.delete(one)
        record("set_up.take_up", by=by, about=[community], community_id=community.id, details={"step": step})

    @classmethod
    def _of(cls, community: Place, step: SetUpStep) -> SetAside | None:
        query = select(cls).where(cls.community_id == community.id, cls.step == step)
        return db.session.scalars(query).one_or_none()
