"""The trial run of a community (试运行): for sixty days its delays are public as counts only; begun once, told everywhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from models import deadlines
from models.base import Refused, Row, Utc, db, now, today
from models.events import Doer, record
from models.places import Place, PlaceKind

EXTENSION = timedelta(days=30)
LONGEST_REASON = 200


class Trial(Row):
    """One community's trial run. Its clocks read places.trial_until; here stands how it began, grew and ended."""

    __tablename__ = "trials"
    __table_args__ = (
        UniqueConstraint("community_id"),
        CheckConstraint("(extended_at IS NULL) = (extension_reason IS NULL)", name="an_extension_has_a_reason"),
        CheckConstraint("(ended_at IS NULL) = (ending_reason IS NULL)", name="an_early_end_has_a_reason"),
    )
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    begun_at: Mapped[Utc]
    extended_at: Mapped[Utc | None]
    extension_reason: Mapped[str | None] = mapped_column(String(LONGEST_REASON))
    ended_at: Mapped[Utc | None]
    ending_reason: Mapped[str | None] = mapped_column(String(LONGEST_REASON))

    @classmethod
    def launch(cls, community: Place, *, by: Doer) -> Self:
        """Begin the trial run: sixty days from today, the first and only time.

        Escalation to the head and the street goes on; the public reads counts alone until it is over.
        Errors: Refused("place_needed", "trial_was_begun"). Source: domain/formulas.md D10.
        """
        if community.kind != PlaceKind.COMMUNITY:
            raise Refused("place_needed")
        if community.trial_until is not None:
            raise Refused("trial_was_begun")
        community.trial_until = deadlines.trial_until(today())
        one = cls(community_id=community.id, begun_at=now()).save()
        until = community.trial_until
        record("trial.begin", by=by, about=[community], community_id=community.id, details={"until": until})
        return one

    def extend(self, reason: str, *, by: Doer) -> None:
        """Let it last thirty days longer, once, with a reason. Errors: Refused("trial_is_over", "trial_was_extended")."""
        community, ends = self._running()
        if self.extended_at is not None:
            raise Refused("trial_was_extended")
        self.extended_at, self.extension_reason = now(), _said(reason)
        community.trial_until = ends + EXTENSION
        until = community.trial_until
        record("trial.extend", by=by, about=[community], community_id=community.id, details={"until": until})

    def end(self, reason: str, *, by: Doer) -> None:
        """End it early, with a reason: from now on what is late is listed. Errors: Refused("trial_is_over")."""
        community, _until = self._running()
        self.ended_at, self.ending_reason = now(), _said(reason)
        community.trial_until = now()
        until = community.trial_until
        record("trial.end", by=by, about=[community], community_id=community.id, details={"until": until})

    def _running(self) -> tuple[Place, datetime]:
        community = Place.get(self.community_id)
        if community.trial_until is None or community.trial_until <= now():
            raise Refused("trial_is_over")
        return community, community.trial_until


def of(community: Place) -> Trial | None:
    """Return the trial run of a community, if it ever had one."""
    return db.session.scalars(select(Trial).where(Trial.community_id == community.id)).one_or_none()


def standing(community: Place) -> Trial:
    """Return the trial run of a community. Errors: Refused("trial_not_begun")."""
    one = of(community)
    if one is None:
        raise Refused("trial_not_begun")
    return one


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refused("reason_needed")
    return reason.strip()[:LONGEST_REASON]
