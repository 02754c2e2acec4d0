"""The need itself: its table, its reach and the steps that later areas take with it."""

from __future__ import annotations

import functools
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Text,
    UniqueConstraint,
    false,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models import states
from models.base import BigKey, PublicRow, Refused, Utc, db, now
from models.deadlines import Escalation
from models.needs import clocks, missed
from models.needs.answering import Answering
from models.needs.asking import Asking
from models.needs.closing import Closing
from models.needs.escalating import Escalating
from models.needs.kinds import AnswerKind, Field, Kind, Source, Tile, Urgency
from models.needs.merging import Merging
from models.needs.objecting import Objecting
from models.needs.raising import Raising
from models.needs.triage import Triage
from models.needs.turning import Turning
from models.people import Mandate
from models.permissions import Permission
from models.places import Reach
from models.states import NeedState

if TYPE_CHECKING:
    from models.accounts import Actor

# What still waits for somebody; everything else has come to rest.
OPEN = (
    NeedState.SUBMITTED,
    NeedState.NEED_INFO,
    NeedState.ACCEPTED,
    NeedState.REOPENED,
    NeedState.PLANNED,
    NeedState.IN_SERVICE,
)


class NeedCounter(db.Model):  # type: ignore[name-defined, misc]
    """The last ticket number of a community and month; locked while a number is taken."""

    __tablename__ = "need_counters"
    community_id: Mapped[int] = mapped_column(BigKey, ForeignKey("places.id"), primary_key=True, autoincrement=False)
    month: Mapped[str] = mapped_column(String(6), primary_key=True)
    last: Mapped[int] = mapped_column(Integer, default=0)


class Need(Raising, Triage, Asking, Turning, Answering, Objecting, Merging, Closing, Escalating, PublicRow):
    """A resident's need. Its state moves only along the closed table of states.md."""

    __tablename__ = "needs"
    __table_args__ = (
        UniqueConstraint("community_id", "external_no"),
        Index("ix_needs_community_id_state_id", "community_id", "state", "id"),
        Index("ix_needs_community_id_id", "community_id", "id"),
        Index("ix_needs_community_id_raised_at", "community_id", "raised_at"),
        Index("ix_needs_courtyard_id_raised_at", "courtyard_id", "raised_at"),
        Index("ix_needs_acceptance_due_at", "state", "acceptance_due_at"),
        Index("ix_needs_answer_due_at", "state", "answer_due_at"),
        # The counts beside the names of the desk's lists.
        Index("ix_needs_heaps", "community_id", "hidden", "state", "escalated"),
        Index("ix_needs_channel", "community_id", "channel", "handover_no", sqlite_where=text("channel IS NOT NULL"),
              postgresql_where=text("channel IS NOT NULL")),
        # These two hold all that the dashboard counts by, so that it need not open a row.
        Index("ix_needs_promise_on", "state", "next_step_at", "community_id", "hidden"),
        Index("ix_needs_late", "community_id", "escalated", "hidden", sqlite_where=text("escalated IS NOT NULL"),
              postgresql_where=text("escalated IS NOT NULL")),
        Index("ix_needs_public", "community_id", "id", sqlite_where=text("public_title IS NOT NULL"),
              postgresql_where=text("public_title IS NOT NULL")),
        CheckConstraint("(state = 'MERGED') = (merged_into_id IS NOT NULL)", name="merged_has_a_target"),
        CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name="not_merged_into_itself"),
        CheckConstraint(
            "state NOT IN ('ACCEPTED','PLANNED','IN_SERVICE') OR (field IS NOT NULL AND urgency IS NOT NULL)",
            name="accepted_has_field_and_urgency",
        ),
        CheckConstraint("promise_changes >= 0", name="promise_changes_not_negative"),
    )  # fmt: skip
    ticket_no: Mapped[str] = mapped_column(String(40), unique=True)
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    courtyard_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"))
    grid_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)
    place_detail: Mapped[str | None] = mapped_column(String(200))
    author_person_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("people.id"), index=True)
    author_account_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"), index=True)
    author_code: Mapped[str | None] = mapped_column(String(80))
    entered_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    for_person_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("people.id"))
    for_whom: Mapped[str | None] = mapped_column(String(60))
    hide_name: Mapped[bool] = mapped_column(default=False)
    source: Mapped[Source] = mapped_column(String(12))
    tile: Mapped[Tile | None] = mapped_column(String(16))
    title: Mapped[str | None] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    public_title: Mapped[str | None] = mapped_column(String(60))
    kind: Mapped[Kind | None] = mapped_column(String(12))
    field: Mapped[Field | None] = mapped_column(String(24))
    urgency: Mapped[Urgency | None] = mapped_column(String(12))
    suggested_urgency: Mapped[Urgency] = mapped_column(String(12), default=Urgency.GENERAL)
    target_group: Mapped[str | None] = mapped_column(String(16))

    state: Mapped[NeedState] = mapped_column(String(12), default=NeedState.SUBMITTED)
    state_before: Mapped[NeedState | None] = mapped_column(String(12))
    state_at: Mapped[Utc] = mapped_column(default=now)
    raised_at: Mapped[Utc] = mapped_column(default=now)
    unit_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("responsible_units.id"))
    first_handler_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    accepted_at: Mapped[Utc | None]
    acceptance_due_at: Mapped[Utc | None]
    answer_from: Mapped[Utc | None]
    answer_due_at: Mapped[Utc | None]
    answered_at: Mapped[Utc | None]
    answer_kind: Mapped[AnswerKind | None] = mapped_column(String(12))
    answer_text: Mapped[str | None] = mapped_column(Text)
    extended_until: Mapped[Utc | None]
    extended_at: Mapped[Utc | None]
    question: Mapped[str | None] = mapped_column(Text)
    next_step: Mapped[str | None] = mapped_column(String(200))
    next_step_at: Mapped[Utc | None]
    promised_at: Mapped[Utc | None]
    promise_changes: Mapped[int] = mapped_column(Integer, default=0)
    resolved_at: Mapped[Utc | None]
    closed_at: Mapped[Utc | None]
    served_at: Mapped[Utc | None]
    reopened: Mapped[int] = mapped_column(Integer, default=0)
    objected_at: Mapped[Utc | None]
    heard_at: Mapped[Utc | None]
    reason_code: Mapped[str | None] = mapped_column(String(40))
    reason: Mapped[str | None] = mapped_column(Text)
    channel: Mapped[str | None] = mapped_column(String(40))
    handover_no: Mapped[str | None] = mapped_column(String(60))
    companion_offered: Mapped[bool] = mapped_column(default=False)
    merged_into_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("needs.id"), index=True)
    merged_at: Mapped[Utc | None]
    escalated: Mapped[Escalation | None] = mapped_column(String(8), index=True)
    delay_reason: Mapped[str | None] = mapped_column(String(200))
    external_no: Mapped[str | None] = mapped_column(String(80))
    external_due_at: Mapped[Utc | None]
    import_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("need_imports.id"), index=True)
    hidden: Mapped[bool] = mapped_column(default=False)
    proactive: Mapped[bool] = mapped_column(default=False)  # found by somebody who was not asked (主动发现)
    # How many of its dates passed; which ones stands in missed_dates.
    dates_missed: Mapped[int] = mapped_column(Integer, default=0, server_default="0")

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the needs within reach: of the places that give this very permission, and one's own (decision 16)."""
        if permission in (Permission.OWN, Permission.RAISE_NEED, Permission.SUPPORT_NEED):
            return select(cls).where(cls.own(actor), cls.hidden.is_(False))
        return _within(actor.reach(permission))

    @classmethod
    def own(cls, actor: Actor) -> Any:
        """Return the condition that a need is one's own: asked oneself, or for somebody one acts for."""
        if actor.account_id is None:
            return false()
        mandates = select(Mandate.person_id).where(Mandate.account_id == actor.account_id, Mandate.stands(now()))
        own = or_(cls.author_account_id == actor.account_id, cls.author_person_id.in_(mandates))
        return or_(own, cls.author_person_id == actor.person_id) if actor.person_id else own

    def _step(self, verb: str, to: NeedState | None = None) -> None:
        """Move along the closed table or be refused. Errors: Refused("not_from_here")."""
        before = NeedState(self.state)
        after = states.step(states.Kind.NEED, before, verb, to)
        self._note_missed()
        self.state = after
        if self.state != before:
            self.state_at = now()

    def _note_missed(self) -> None:
        """Keep that the clock which runs now has run out, before anything stops it or starts it anew."""
        due = clocks.kept_due(self)
        clock = clocks.current(self) if due is not None and now() >= due else None
        if clock is not None:
            missed.note({self.id: clock}, [self])

    def _check(self, verb: str) -> None:
        """Refuse a verb that the closed table does not list here, before anything is changed."""
        if not states.may(states.Kind.NEED, self.state, verb):
            raise Refused("not_from_here", state=NeedState(self.state), verb=verb)

    def _plan(self, *, next_step: str, next_step_at: datetime) -> None:
        """Take the need into a package or a project, with the next step and its date told (states.md _plan).

        Errors: Refused("petition_is_not_planned", "not_from_here").
        """
        self._check_plannable()
        self._step("_plan")
        self.next_step, self.next_step_at, self.promise_changes = next_step, next_step_at, 0
        self.promised_at = now()
        self.answered_at = self.answered_at or now()
        self.answer_kind = AnswerKind.WILL_BE_DONE

    def _unplan(self) -> None:
        """Give the need back when its package or project came to nothing (states.md _unplan)."""
        self._step("_unplan")
        clocks.restart(self)

    def _enter_service(self, at: datetime) -> None:
        """Note that an approved log serves the need since `at`; only a planned need changes its state.

        The day of the service counts, not the day of the approval: a record may be read days later.
        """
        self._step("_enter_service")
        self.served_at = min(self.served_at or at, at)
        promise = clocks.promise_clock(self) if self.dates_missed else None
        if promise is not None and not promise.running and not promise.missed:
            missed.take_back(self, promise.kind, missed.day_of(promise))

    def _leave_service(self) -> bool:
        """Undo the service when its last log was voided; tell whether the need was reopened by it."""
        self.served_at = None
        before = NeedState(self.state)
        if before in (NeedState.RESOLVED, NeedState.AUTO_CLOSED):
            self._step("_leave_service", before if self.answer_text else NeedState.REOPENED)
            if self.state == NeedState.REOPENED:
                clocks.restart(self)
            return self.state == NeedState.REOPENED
        self._step("_leave_service")
        return False


@functools.lru_cache(maxsize=1000)
def _within(reach: Reach) -> Select[Any]:
    """Return the needs within a reach; the query is built once, for building it takes longer than asking it."""
    return select(Need).where(
        or_(reach.communities(Need.community_id), reach.grids(Need.grid_id)), Need.hidden.is_(False)
    )
