"""活动预报告: an organization says beforehand what it means to do in a community; the committee notes it, asks, or refuses.

Source: domain/checklist.md R74 (活动预报告制度).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, Select, String, Text, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models import revisions, states
from models.activities import Activity, check_times
from models.base import PublicRow, Refused, Utc, db, now
from models.events import record
from models.organizations import Organization
from models.permissions import Permission
from models.places import Place
from models.projects import Project
from models.states import PreReportState
from models.tellings import tell

if TYPE_CHECKING:
    from models.accounts import Actor

PAGE = 30
# Whoever reports later than this leaves the committee hardly time to look: it is said, not refused.
SHORT_NOTICE = timedelta(days=3)


class Verdict(StrEnum):
    """What the committee says to a report: 已备案, 请补充, 不同意."""

    NOTE = "NOTE"
    ASK = "ASK"
    REFUSE = "REFUSE"


_STEPS = {Verdict.NOTE: "note", Verdict.ASK: "ask", Verdict.REFUSE: "refuse"}
_NEWS = {Verdict.NOTE: "pre_report_noted", Verdict.ASK: "pre_report_asked", Verdict.REFUSE: "pre_report_refused"}


@dataclass(frozen=True)
class Intent:
    """What an organization means to do."""

    title: str
    content: str
    place: str
    starts_at: datetime
    ends_at: datetime
    in_charge: str
    safety: str
    expected: int | None = None


class ActivityPreReport(PublicRow):
    """One activity reported beforehand; once noted, it may be announced as it was reported."""

    __tablename__ = "activity_pre_reports"
    __table_args__ = (
        Index("ix_activity_pre_reports_community_id_state", "community_id", "state", "id"),
        CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),
        CheckConstraint("expected IS NULL OR expected > 0", name="expected_positive"),
        CheckConstraint("(state = 'ANNOUNCED') = (activity_id IS NOT NULL)", name="announced_has_an_activity"),
        CheckConstraint("state <> 'REFUSED' OR reason IS NOT NULL", name="refused_with_a_reason"),
    )
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    project_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("projects.id"), index=True)
    organization_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("organizations.id"), index=True)
    activity_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("activities.id"), unique=True)
    state: Mapped[PreReportState] = mapped_column(String(10), default=PreReportState.REPORTED)
    state_at: Mapped[Utc] = mapped_column(default=now)
    title: Mapped[str] = mapped_column(String(80))
    content: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(String(120))
    starts_at: Mapped[Utc]
    ends_at: Mapped[Utc]
    expected: Mapped[int | None] = mapped_column(Integer)
    in_charge: Mapped[str] = mapped_column(String(60))
    safety: Mapped[str] = mapped_column(Text)
    question: Mapped[str | None] = mapped_column(Text)
    answer: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    made_by_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("accounts.id"), index=True)
    decided_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    decided_at: Mapped[Utc | None]

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the reports of the communities and organizations in reach."""
        reach = actor.reach(permission)
        return select(cls).where(or_(reach.communities(cls.community_id), reach.organizations(cls.organization_id)))

    @classmethod
    def report(cls, project: Project, intent: Intent, *, by: Actor) -> ActivityPreReport:
        """Report an activity of a project beforehand.

        Errors: Refused("title_needed", "safety_needed", "own_activities_need_no_report") and those of check_times.
        """
        if not intent.title.strip():
            raise Refused("title_needed")
        if len(intent.safety.strip()) < 2:
            raise Refused("safety_needed")
        if project.organization_id is None:
            raise Refused("own_activities_need_no_report")
        check_times(intent.starts_at, intent.ends_at)
        one = cls(
            community_id=project.community_id, project_id=project.id, organization_id=project.organization_id,
            title=intent.title.strip(), content=intent.content.strip(), place=intent.place.strip(),
            starts_at=intent.starts_at, ends_at=intent.ends_at, expected=intent.expected,
            in_charge=intent.in_charge.strip(), safety=intent.safety.strip(), made_by_id=by.account_id,
        ).save()  # fmt: skip
        kept = {name: revisions.keep(one, name, getattr(one, name), by=by) for name in ("content", "safety")}
        record(
            "pre_report.report",
            by=by,
            about=[one, project],
            community_id=one.community_id,
            details={"starts": one.starts_at, "expected": one.expected, **kept},
        )
        return one

    def decide(self, verdict: Verdict, words: str = "", *, by: Actor) -> None:
        """Take note of a report, ask something about it, or refuse it with a reason; whoever reported is told.

        Errors: Refused("question_needed", "reason_needed", "not_from_here").
        """
        said = words.strip()
        if verdict == Verdict.ASK and len(said) < 2:
            raise Refused("question_needed")
        if verdict == Verdict.REFUSE and len(said) < 2:
            raise Refused("reason_needed")
        self._step(_STEPS[verdict])
        self.decided_by_id, self.decided_at = by.account_id, now()
        kept = {}
        if said and verdict != Verdict.NOTE:
            column = "question" if verdict == Verdict.ASK else "reason"
            setattr(self, column, said)
            kept = {column: revisions.keep(self, column, said, by=by)}
        tell(
            self, _NEWS[verdict], accounts={self.made_by_id}, community_id=self.community_id, followers=False,
            what=self.title, url=f"/pre-reports/{self.public_id}",
        )  # fmt: skip
        record(
            "pre_report.decide", by=by, about=[self], community_id=self.community_id,
            details={"verdict": verdict, **kept},
        )  # fmt: skip

    def reply(self, words: str, *, by: Actor) -> None:
        """Answer what the committee asked; the report waits for it again. Errors: Refused("text_needed", "not_from_here")."""
        if len(words.strip()) < 2:
            raise Refused("text_needed")
        self._step("answer")
        self.answer = words.strip()
        kept = revisions.keep(self, "answer", self.answer, by=by)
        record("pre_report.answer", by=by, about=[self], community_id=self.community_id, details={"answer": kept})

    def withdraw(self, *, by: Actor) -> None:
        """Take a report back: it will not take place. Errors: Refused("not_from_here")."""
        self._step("withdraw")
        record("pre_report.withdraw", by=by, about=[self], community_id=self.community_id)

    def announce(self, *, by: Actor) -> Activity:
        """Announce a noted activity as it was reported, with as many places as were expected.

        Errors: Refused("not_from_here", "activity_in_the_past").
        """
        states.step(states.Kind.PRE_REPORT, PreReportState(self.state), "announce")
        project = Project.get(self.project_id)
        activity = Activity._put_up(
            Place.get(self.community_id), self.title, by=by, content=self.content, place=self.place,
            starts_at=self.starts_at, ends_at=self.ends_at, in_charge=self.in_charge, capacity=self.expected,
            project=project,
        )  # fmt: skip
        self._step("announce")
        self.activity_id = activity.id
        revisions.keep(activity, "content", activity.content, by=by)
        record("pre_report.announce", by=by, about=[self, activity, project], community_id=self.community_id)
        return activity

    def _step(self, verb: str) -> None:
        self.state = states.step(states.Kind.PRE_REPORT, PreReportState(self.state), verb)
        self.state_at = now()


@dataclass(frozen=True)
class PreReportLine:
    """A report in a list."""

    id: int
    public_id: str
    title: str
    state: PreReportState
    starts_at: datetime
    place: str
    community: str
    organization: str
    short_notice: bool


@dataclass(frozen=True)
class PreReportCard:
    """A report with all that the committee must see."""

    line: PreReportLine
    content: str
    ends_at: datetime
    expected: int | None
    in_charge: str
    safety: str
    project: str
    project_public_id: str
    question: str | None
    answer: str | None
    reason: str | None
    decided_at: datetime | None
    activity_public_id: str | None


def lines(actor: Actor, permission: Permission, *, before: int | None = None) -> tuple[list[PreReportLine], int | None]:
    """Return the reports within reach, newest first, and where the next page begins."""
    query = (
        ActivityPreReport.visible_to(actor, permission)
        .add_columns(Place.name, Organization.name)
        .join(Place, Place.id == ActivityPreReport.community_id)
        .join(Organization, Organization.id == ActivityPreReport.organization_id)
        .order_by(ActivityPreReport.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        query = query.where(ActivityPreReport.id < before)
    found = [_line(*row) for row in db.session.execute(query)]
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def _line(one: ActivityPreReport, community: str, organization: str) -> PreReportLine:
    return PreReportLine(
        one.id, one.public_id, one.title, PreReportState(one.state), one.starts_at, one.place, community, organization,
        one.starts_at - one.created_at < SHORT_NOTICE,
    )  # fmt: skip


def card_of(one: ActivityPreReport) -> PreReportCard:
    """Return one report complete."""
    project = Project.get(one.project_id)
    activity = db.session.get(Activity, one.activity_id) if one.activity_id else None
    return PreReportCard(
        _line(one, Place.get(one.community_id).name, Organization.get(one.organization_id).name), one.content,
        one.ends_at, one.expected, one.in_charge, one.safety, project.title, project.public_id, one.question,
        one.answer, one.reason, one.decided_at, activity.public_id if activity else None,
    )  # fmt: skip


def count_waiting(actor: Actor) -> int:
    """Return how many reports wait for a word of the committee."""
    waiting = ActivityPreReport.visible_to(actor, Permission.NOTE_PRE_REPORTS).where(
        ActivityPreReport.state == PreReportState.REPORTED
    )
    query = select(func.count()).select_from(waiting.with_only_columns(ActivityPreReport.id).subquery())
    return db.session.scalar(query) or 0
