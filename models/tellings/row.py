"""One piece of news for one person, waiting for its reader or for a call."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, Select, String, and_, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import PublicRow, Refused, Utc, now
from models.events import record
from models.permissions import Permission
from models.tellings.calls import attempt

if TYPE_CHECKING:
    from models.accounts import Actor

# After so many calls in vain nobody need be called again by phone; somebody goes by.
ENOUGH_CALLS = 3
WRONG_NUMBER = "WRONG_NUMBER"


class TellingState(StrEnum):
    """IN_APP waits for its reader; TO_PHONE waits for a call; TOLD and GIVEN_UP are over."""

    IN_APP = "IN_APP"
    TO_PHONE = "TO_PHONE"
    TOLD = "TOLD"
    GIVEN_UP = "GIVEN_UP"


class Telling(PublicRow):
    """One piece of news for one person about one thing; the sentence is a key, filled when it is read."""

    __tablename__ = "tellings"
    __table_args__ = (
        Index("ix_tellings_account_id_read_at", "account_id", "read_at"),
        Index("ix_tellings_community_id_state", "community_id", "state"),
        Index("ix_tellings_kind_subject_id", "kind", "subject_id"),
    )
    community_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"))
    account_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    person_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("people.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(BigInteger)
    sentence: Mapped[str] = mapped_column(String(60))
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[TellingState] = mapped_column(String(8))
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    last_outcome: Mapped[str | None] = mapped_column(String(12))
    read_at: Mapped[Utc | None]
    told_at: Mapped[Utc | None]
    told_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the lines of the to-notify list within reach."""
        reached = actor.reach(permission).communities(cls.community_id)
        return select(cls).where(reached, cls.person_id.is_not(None))

    def tick(self, outcome: str, *, by: Actor) -> None:
        """Note a call: TOLD 已告知 ends it, NO_ANSWER 没接, AGAIN 再打 and WRONG_NUMBER 号码不对 leave it for another try.

        GIVEN_UP 找过了，找不到 ends it too: somebody went by, after three calls in vain or where there is no right number.
        Errors: Refused("already_told", "call_more_often").
        """
        if self.state != TellingState.TO_PHONE:
            raise Refused("already_told")
        if outcome == "GIVEN_UP" and not self.called_in_vain:
            raise Refused("call_more_often", times=ENOUGH_CALLS)
        self.attempts += 1
        self.last_outcome = outcome
        attempt((self.kind, self.subject_id), outcome, by=by)
        if outcome == "TOLD":
            self.state, self.told_at, self.told_by_id = TellingState.TOLD, now(), by.account_id
        elif outcome == "GIVEN_UP":
            self.state = TellingState.GIVEN_UP
        record(
            "telling.tick",
            by=by,
            about=[self, (self.kind, self.subject_id)],
            community_id=self.community_id,
            details={"outcome": outcome, "attempts": self.attempts},
        )

    @property
    def called_in_vain(self) -> bool:
        """Tell whether calling has been tried enough."""
        return in_vain(self.attempts, self.last_outcome)


def in_vain(attempts: int, last_outcome: str | None) -> bool:
    """Tell whether calling has been tried enough."""
    return attempts >= ENOUGH_CALLS or last_outcome == WRONG_NUMBER


def out_of_reach() -> Any:
    """Return the condition that somebody was called in vain and not looked for again since."""
    vain = or_(Telling.attempts >= ENOUGH_CALLS, Telling.last_outcome == WRONG_NUMBER)
    return and_(Telling.state == TellingState.TO_PHONE, vain)
