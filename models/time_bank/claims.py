"""Help between members: whoever helped says how long, whoever was helped confirms, and only then minutes move."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Index, Integer, Select, String, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models import states
from models.base import PublicRow, Refused, Utc, now, today
from models.events import record
from models.permissions import Permission
from models.places import Place
from models.states import TimeClaimState
from models.tellings import tell
from models.time_bank.ledger import MOST_AT_ONCE, PostingKind, TimeAccount, check_on, check_own, post

if TYPE_CHECKING:
    from models.accounts import Actor


class TimeClaim(PublicRow):
    """One help, as the helper tells it. Source: checklist R126."""

    __tablename__ = "time_claims"
    __table_args__ = (
        CheckConstraint("helper_id <> helped_id", name="one_helps_another"),
        CheckConstraint("minutes BETWEEN 1 AND 720", name="at_most_half_a_day"),
        Index("ix_time_claims_helped_id_state", "helped_id", "state"),
    )
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    helper_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("time_accounts.id"), index=True)
    helped_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("time_accounts.id"))
    minutes: Mapped[int] = mapped_column(Integer)
    on: Mapped[date] = mapped_column(Date)
    what: Mapped[str] = mapped_column(String(80))
    state: Mapped[TimeClaimState] = mapped_column(String(9), default=TimeClaimState.CLAIMED)
    state_at: Mapped[Utc] = mapped_column(default=now)

    @classmethod
    def claim(
        cls, helper: TimeAccount, helped: TimeAccount, minutes: int, on: date, what: str, *, by: Actor
    ) -> TimeClaim:
        """Say that one helped another member.

        Errors: Refused("not_your_account", "bank_off", "not_a_member", "minutes_number", "time_in_future",
        "text_needed").
        """
        check_own(helper, by)
        check_on(Place.get(helper.community_id))
        together = helper.community_id == helped.community_id and helper.id != helped.id
        if not together or helped.person_id is None or helped.left_at or helper.left_at:
            raise Refused("not_a_member")
        if not 1 <= minutes <= MOST_AT_ONCE:
            raise Refused("minutes_number")
        if on > today():
            raise Refused("time_in_future")
        if len(what.strip()) < 2:
            raise Refused("text_needed")
        one = cls(
            community_id=helper.community_id, helper_id=helper.id, helped_id=helped.id, minutes=minutes, on=on,
            what=what.strip(),
        ).save()  # fmt: skip
        tell(one, "time_claimed", people={helped.person_id}, community_id=one.community_id, followers=False,
             minutes=minutes)  # fmt: skip
        record("time_claim.claim", by=by, about=[one], community_id=one.community_id, details={"minutes": minutes})
        return one

    def confirm(self, *, by: Actor) -> None:
        """Confirm that one was helped: now the minutes move.

        Errors: Refused("not_your_account", "bank_off", "below_floor", "above_ceiling", "not_from_here").
        """
        helper, helped = TimeAccount.get(self.helper_id), TimeAccount.get(self.helped_id)
        check_own(helped, by)
        check_on(Place.get(self.community_id))
        self._step("confirm")
        post(helped, helper, self.minutes, PostingKind.SERVICE)
        tell(self, "time_confirmed", people={helper.person_id or 0}, community_id=self.community_id, followers=False,
             minutes=self.minutes)  # fmt: skip
        details = {"minutes": self.minutes}
        record(
            "time_claim.confirm", by=by, about=[self, helper, helped], community_id=self.community_id, details=details
        )

    def decline(self, *, by: Actor) -> None:
        """Say that it was not so. Errors: Refused("not_your_account", "not_from_here")."""
        check_own(TimeAccount.get(self.helped_id), by)
        self._step("decline")
        helper = TimeAccount.get(self.helper_id)
        tell(self, "time_declined", people={helper.person_id or 0}, community_id=self.community_id, followers=False)
        record("time_claim.decline", by=by, about=[self], community_id=self.community_id)

    def withdraw(self, *, by: Actor) -> None:
        """Take back what one told, while it waits. Errors: Refused("not_your_account", "not_from_here")."""
        check_own(TimeAccount.get(self.helper_id), by)
        self._step("withdraw")
        record("time_claim.withdraw", by=by, about=[self], community_id=self.community_id)

    def _step(self, verb: str) -> None:
        self.state = states.step(states.Kind.TIME_CLAIM, TimeClaimState(self.state), verb)
        self.state_at = now()

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the claims in which one has a part; those of whoever else are not seen."""
        own = select(TimeAccount.id).where(TimeAccount.person_id.in_(actor.person_ids))
        return select(cls).where(or_(cls.helper_id.in_(own), cls.helped_id.in_(own)))
