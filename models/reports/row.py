"""A report on its way from clerk to head to street: frozen when it is handed in, with what changed since beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Select,
    String,
    Text,
    UniqueConstraint,
    and_,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from models import revisions, states
from models.base import PublicRow, Refused, Utc, db, now
from models.events import record
from models.places import Place, PlaceKind
from models.reports.books import Scope, scope
from models.reports.cells import ReportKind
from models.reports.freezing import frozen
from models.reports.periods import Period
from models.states import ReportState

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.permissions import Permission

LONGEST_NOTE = 1000
SHORTEST_REASON = 2
# What has left the house: the street and the district read these.
HANDED_ON = (ReportState.SIGNED, ReportState.RECEIVED)
FROZEN = (ReportState.SUBMITTED, ReportState.SIGNED, ReportState.RECEIVED)


class Report(PublicRow):
    """The report of one community about one period. Its state moves only along the closed table of states.md."""

    __tablename__ = "reports"
    __table_args__ = (
        UniqueConstraint("place_id", "kind", "period"),
        Index("ix_reports_place_id_state_id", "place_id", "state", "id"),
        CheckConstraint("state = 'DRAFT' OR figures IS NOT NULL", name="handed_in_is_frozen"),
        CheckConstraint("signed_by_id IS NULL OR signed_by_id <> submitted_by_id", name="signed_by_another"),
    )
    place_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    kind: Mapped[ReportKind] = mapped_column(String(8))
    period: Mapped[str] = mapped_column(String(7))
    state: Mapped[ReportState] = mapped_column(String(10), default=ReportState.DRAFT)
    state_at: Mapped[Utc] = mapped_column(default=now)
    note: Mapped[str] = mapped_column(Text, default="")
    figures: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    made_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    submitted_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    submitted_at: Mapped[Utc | None]
    signed_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    signed_at: Mapped[Utc | None]
    received_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    received_at: Mapped[Utc | None]
    return_reason: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the reports of the own community, and of others in reach what their head has signed."""
        reach = actor.reach(permission)
        own, others = cls.place_id.in_(reach.community_ids), reach.communities(cls.place_id)
        return select(cls).where(or_(own, and_(others, cls.state.in_(HANDED_ON))))

    @property
    def scope(self) -> Scope:
        """Return what it is about."""
        return scope(Place.get(self.place_id), Period.of(self.period))

    @classmethod
    def draft(cls, place: Place, kind: ReportKind, period: Period, *, by: Actor) -> Report:
        """Begin the report of a community and a period. Errors: Refused("report_of_a_community", "report_there",
        "period_not_begun").
        """
        if place.kind != PlaceKind.COMMUNITY:
            raise Refused("report_of_a_community")
        if period.since > now():
            raise Refused("period_not_begun")
        same = select(cls.id).where(cls.place_id == place.id, cls.kind == kind, cls.period == period.code)
        if db.session.scalar(same) is not None:
            raise Refused("report_there")
        one = cls(place_id=place.id, kind=kind, period=period.code, made_by_id=by.account_id).save()
        record("report.draft", by=by, about=[one], community_id=place.id,
               details={"kind": kind, "period": period.code})  # fmt: skip
        return one

    def submit(self, note: str = "", *, by: Actor, seen_version: int | None = None) -> None:
        """Hand the report in: its figures are frozen as they stand now, with what they were counted from.

        Errors: Refused("not_from_here", "period_not_over", "note_too_long"), Stale("stale_edit").
        Source: domain/states.md Report.
        """
        self._check("submit")
        self.check_version(seen_version, typed=note, stands=self.note)
        if not Period.of(self.period).over:
            raise Refused("period_not_over")
        if len(note) > LONGEST_NOTE:
            raise Refused("note_too_long", most=LONGEST_NOTE)
        self.figures, self.note = frozen(ReportKind(self.kind), self.scope), note.strip()
        self._step("submit")
        self.submitted_by_id, self.submitted_at, self.signed_by_id, self.signed_at = by.account_id, now(), None, None
        self.return_reason = None
        kept = revisions.keep(self, "note", self.note, by=by)
        record("report.submit", by=by, about=[self], community_id=self.place_id,
               details={"period": self.period, "note": kept})  # fmt: skip

    def sign(self, *, by: Actor) -> None:
        """Sign the report as the head; whoever handed it in does not sign it.

        Errors: Refused("not_from_here", "report_needs_another"). Source: domain/roles.md, four eyes.
        """
        self._check("sign")
        if by.account_id == self.submitted_by_id:
            raise Refused("report_needs_another")
        self._step("sign")
        self.signed_by_id, self.signed_at = by.account_id, now()
        record("report.sign", by=by, about=[self], community_id=self.place_id, details={"period": self.period})

    def receive(self, *, by: Actor) -> None:
        """Take the signed report at the street. Errors: Refused("not_from_here")."""
        self._step("receive")
        self.received_by_id, self.received_at = by.account_id, now()
        record("report.receive", by=by, about=[self], community_id=self.place_id, details={"period": self.period})

    def return_(self, reason: str, *, by: Actor) -> None:
        """Send the report back to the clerk with a reason: the head what was handed in, the street what was signed.

        Errors: Refused("not_from_here", "reason_needed").
        """
        self._check("return")
        if len(reason.strip()) < SHORTEST_REASON:
            raise Refused("reason_needed")
        self._step("return")
        self.return_reason = reason.strip()
        kept = revisions.keep(self, "return_reason", self.return_reason, by=by)
        record("report.return", by=by, about=[self], community_id=self.place_id,
               details={"period": self.period, "reason": kept})  # fmt: skip

    def _check(self, verb: str) -> None:
        states.step(states.Kind.REPORT, ReportState(self.state), verb)

    def _step(self, verb: str) -> None:
        self.state = states.step(states.Kind.REPORT, ReportState(self.state), verb)
        self.state_at = now()
