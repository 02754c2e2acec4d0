"""The sheet that somebody asked for: agreed to by somebody else, taken within days, all told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, Integer, Select, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from models import revisions, states
from models.accounts import Account, AccountState, Grant
from models.base import PublicRow, Refused, Utc, db, now
from models.events import record
from models.ledgers import Sheet
from models.need_exports import MOST
from models.permissions import MAY, Permission
from models.places import Place
from models.states import Kind, UnmaskedFileState
from models.tellings import tell
from models.unmasked_files.contents import UnmaskedKind, Wanted, count, may_ask, sheet_of

if TYPE_CHECKING:
    from models.accounts import Actor

# A reason that an auditor can understand later; how long a yes holds, and how often the sheet is handed over.
SHORTEST_REASON, OPEN_FOR, MOST_TAKINGS = 10, timedelta(days=3), 3


class UnmaskedFile(PublicRow):
    """One sheet that somebody asked for, and what became of it."""

    __tablename__ = "unmasked_files"
    __table_args__ = (
        CheckConstraint("decided_by_id <> asked_by_id", name="decided_by_another"),
        CheckConstraint("taken <= 3", name="taken_few_times"),
        Index("ix_unmasked_files_community_id_state", "community_id", "state"),
    )
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    kind: Mapped[UnmaskedKind] = mapped_column(String(12))
    choice: Mapped[dict[str, str]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    rows: Mapped[int] = mapped_column(Integer)
    asked_by_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("accounts.id"), index=True)
    state: Mapped[UnmaskedFileState] = mapped_column(String(9))
    decided_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    decided_at: Mapped[Utc | None]
    answer: Mapped[str | None] = mapped_column(Text)
    open_until: Mapped[Utc | None]
    taken: Mapped[int] = mapped_column(Integer, default=0)
    taken_at: Mapped[Utc | None]

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return what was asked for in the communities within reach."""
        return select(cls).where(actor.reach(permission).communities(cls.community_id))

    @classmethod
    def ask(cls, community: Place, wanted: Wanted, reason: str, *, by: Actor) -> UnmaskedFile:
        """Ask for a sheet in which nothing is masked; whoever may agree to it is told.

        Errors: Refused("unmasked_not_yours", "unmasked_reason_short", "nothing_to_export", "export_too_large").
        Source: decisions.md 17; reliability.md 11; R97.
        """
        if not may_ask(community, wanted.kind, by):
            raise Refused("unmasked_not_yours")
        reason, wanted = _worded(reason), Wanted.of(wanted.kind, wanted.choice)
        rows = count(community, wanted, by)
        if not rows:
            raise Refused("nothing_to_export")
        if rows > MOST:
            raise Refused("export_too_large", most=MOST)
        one = cls(
            community_id=community.id, kind=wanted.kind, choice=wanted.choice, reason=reason, rows=rows,
            asked_by_id=by.account_id, state=UnmaskedFileState.ASKED,
        ).save()  # fmt: skip
        record(
            "unmasked_file.ask", by=by, about=[one], community_id=community.id,
            details={"kind": one.kind, "rows": rows, "reason": revisions.keep(one, "reason", reason, by=by), **one.choice},
        )  # fmt: skip
        tell(one, "unmasked_asked", accounts=_deciders(community, but=by), community_id=community.id, followers=False,
             who=by.name, place=community.name, url=f"/unmasked-files/{one.public_id}")  # fmt: skip
        return one

    def _decide(self, verb: str, by: Actor) -> None:
        if self.asked_by_id == by.account_id:
            raise Refused("unmasked_own")
        self.state = states.step(Kind.UNMASKED_FILE, self.state, verb)
        self.decided_by_id, self.decided_at = by.account_id, now()

    def approve(self, *, by: Actor) -> None:
        """Agree: whoever asked may take the sheet for three days, three times at most.

        Errors: Refused("unmasked_own", "not_from_here").
        """
        self._decide("approve", by)
        self.open_until = (self.decided_at or now()) + OPEN_FOR
        record("unmasked_file.approve", by=by, about=[self], community_id=self.community_id,
               details={"until": self.open_until})  # fmt: skip
        self._tell("unmasked_approved")

    def refuse(self, reason: str, *, by: Actor) -> None:
        """Refuse, or take back a yes as long as it is open; with a reason that whoever asked reads.

        Errors: Refused("unmasked_own", "unmasked_reason_short", "unmasked_over", "not_from_here").
        """
        reason = _worded(reason)
        if self.state == UnmaskedFileState.APPROVED and not self.is_open:
            raise Refused("unmasked_over")
        self._decide("refuse", by)
        self.answer, self.open_until = reason, None
        record("unmasked_file.refuse", by=by, about=[self], community_id=self.community_id,
               details={"reason": revisions.keep(self, "answer", reason, by=by)})  # fmt: skip
        self._tell("unmasked_refused")

    def withdraw(self, *, by: Actor) -> None:
        """Want the sheet no longer. Errors: Refused("unmasked_of_another", "unmasked_over", "not_from_here")."""
        if self.asked_by_id != by.account_id:
            raise Refused("unmasked_of_another")
        if self.state == UnmaskedFileState.APPROVED and not self.is_open:
            raise Refused("unmasked_over")
        self.state, self.open_until = states.step(Kind.UNMASKED_FILE, self.state, "withdraw"), None
        record("unmasked_file.withdraw", by=by, about=[self], community_id=self.community_id)

    def take(self, *, by: Actor) -> Sheet:
        """Hand the sheet over as the records stand now, to whoever asked; each time is written in the diary.

        Errors: Refused("unmasked_of_another", "not_from_here", "unmasked_over", "unmasked_not_yours", "export_too_large").
        """
        if self.asked_by_id != by.account_id:
            raise Refused("unmasked_of_another")
        self.state = states.step(Kind.UNMASKED_FILE, self.state, "take")
        community = Place.get(self.community_id)
        if not self.is_open:
            raise Refused("unmasked_over")
        # Who lost the role meanwhile takes nothing along.
        if not may_ask(community, UnmaskedKind(self.kind), by):
            raise Refused("unmasked_not_yours")
        if count(community, self.wanted, by) > MOST:
            raise Refused("export_too_large", most=MOST)
        sheet = sheet_of(community, self.wanted, by)
        self.taken, self.taken_at = self.taken + 1, now()
        record("unmasked_file.take", by=by, about=[self], community_id=self.community_id,
               details={"kind": self.kind, "rows": len(sheet.rows), "masked": False, "time": self.taken})  # fmt: skip
        return sheet

    @property
    def is_open(self) -> bool:
        """Tell whether the sheet can be taken now."""
        agreed = self.state == UnmaskedFileState.APPROVED and self.open_until is not None
        return agreed and now() < self.open_until and self.taken < MOST_TAKINGS  # type: ignore[operator]

    @property
    def wanted(self) -> Wanted:
        """Return what was asked for."""
        return Wanted.of(self.kind, self.choice)

    def _tell(self, sentence: str) -> None:
        tell(self, sentence, accounts={self.asked_by_id}, community_id=self.community_id, followers=False,
             url=f"/unmasked-files/{self.public_id}")  # fmt: skip


def _worded(reason: str) -> str:
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise Refused("unmasked_reason_short", least=SHORTEST_REASON)
    return reason


def _deciders(community: Place, *, but: Actor) -> set[int]:
    """Return who may agree: the heads there, and the street above, so that nobody is ever the only one."""
    roles = [role for role, may in MAY.items() if Permission.APPROVE_UNMASKED in may]
    query = (
        select(Grant.account_id)
        .join(Account, Account.id == Grant.account_id)
        .where(
            Grant.role.in_(roles), Grant.place_id.in_([community.id, community.street_id]),
            Grant.ended_at.is_(None) | (Grant.ended_at > now()), Account.state == AccountState.CONFIRMED,
            Account.id != but.account_id,
        )
    )  # fmt: skip
    return set(db.session.scalars(query))
