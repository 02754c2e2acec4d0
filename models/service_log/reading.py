"""Logs as pages show them: the worker's own, the project's, and what waits for a second pair of eyes."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from models import attachments
from models.accounts import Account
from models.activities import Activity
from models.attendance import THERE, Attendance, Part, Seat, seats_of_logs
from models.awaited_photos import still_coming
from models.base import db
from models.needs import Need
from models.permissions import Permission
from models.projects import Goal, Project
from models.service_log.calling import CallOutcome
from models.service_log.flags import Flag, flags_of
from models.service_log.kinds import CaseStage, ServiceMethod
from models.service_log.photos import PhotoTime, time_of
from models.service_log.row import LogNeed, ServiceLog
from models.states import ServiceLogState

if TYPE_CHECKING:
    from models.accounts import Actor


@dataclass(frozen=True)
class LogLine:
    """One log in a list."""

    id: int
    public_id: str
    title: str
    method: ServiceMethod
    state: ServiceLogState
    started_at: datetime
    minutes: int
    project: str
    project_public_id: str
    author: str
    there: int
    walk_ins: int
    late: bool
    return_reason: str | None


def _lines(*conditions: Any, before: int | None, limit: int) -> list[LogLine]:
    there = (
        select(func.count())
        .where(Attendance.log_id == ServiceLog.id, Attendance.part == Part.SERVED, Attendance.state.in_(THERE))
        .correlate(ServiceLog)
        .scalar_subquery()
    )
    query = (
        select(ServiceLog, Project.title, Project.public_id, Account.name, there)
        .join(Project, Project.id == ServiceLog.project_id)
        .join(Account, Account.id == ServiceLog.author_id)
        .where(*conditions)
        .order_by(ServiceLog.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(ServiceLog.id < before)
    return [
        LogLine(
            log.id, log.public_id, log.title, ServiceMethod(log.method), ServiceLogState(log.state), log.started_at,
            log.minutes, project, project_id, author, count, log.walk_ins, log.late, log.return_reason,
        )
        for log, project, project_id, author, count in db.session.execute(query)
    ]  # fmt: skip


def lines_of_author(
    account_id: int | None, *, state: ServiceLogState | None = None, before: int | None = None, limit: int = 20
) -> list[LogLine]:
    """Return a worker's own logs, newest first."""
    chosen = [ServiceLog.state == state] if state else []
    return _lines(ServiceLog.author_id == account_id, *chosen, before=before, limit=limit)


def record_of(activity: Activity) -> str | None:
    """Return the public id of the record of an activity, where somebody opened one."""
    query = select(ServiceLog.public_id).where(
        ServiceLog.activity_id == activity.id, ServiceLog.state != ServiceLogState.VOIDED
    )
    return db.session.scalar(query.limit(1))


def lines_of_project(project: Project, *, before: int | None = None, limit: int = 20) -> list[LogLine]:
    """Return the logs of a project for those who may read logs, newest first; drafts belong to their authors."""
    shown = ServiceLog.state != ServiceLogState.DRAFT
    return _lines(ServiceLog.project_id == project.id, shown, before=before, limit=limit)


@dataclass(frozen=True)
class NeedOfLog:
    """A need that a log serves."""

    public_id: str
    ticket_no: str
    title: str


@dataclass(frozen=True)
class LogPhoto:
    """A photo of a log, and what its own time tells."""

    public_id: str
    shot_at: datetime | None
    time: PhotoTime
    covered: bool


@dataclass(frozen=True)
class LogCard:
    """One log with all that a second pair of eyes must see."""

    id: int
    public_id: str
    version: int
    title: str
    place: str
    method: ServiceMethod
    state: ServiceLogState
    started_at: datetime
    ended_at: datetime
    minutes: int
    session_no: int | None
    public_summary: str
    internal: str | None
    case_no: str | None
    case_stage: CaseStage | None
    scale_before: int | None
    scale_after: int | None
    goal: str | None
    goal_public_id: str | None
    activity_public_id: str | None
    scale_label: str | None
    walk_ins: int
    late: bool
    late_reason: str | None
    return_reason: str | None
    undo_reason: str | None
    submitted_at: datetime | None
    approved_at: datetime | None
    project: str
    project_public_id: str
    community_id: int
    author: str
    author_id: int
    begun_by: str | None
    seats: tuple[Seat, ...]
    needs: tuple[NeedOfLog, ...]
    photos: tuple[LogPhoto, ...]
    sheets: int
    flags: tuple[Flag, ...]
    drawn: bool
    call_outcome: CallOutcome | None
    done_at: datetime | None
    received_at: datetime | None
    photos_coming: int

    @property
    def written_before(self) -> bool:
        """Tell whether the phone says that it was written more than an hour before, or after, it came."""
        return bool(self.done_at and self.received_at and abs(self.received_at - self.done_at) > timedelta(hours=1))

    @property
    def served(self) -> tuple[Seat, ...]:
        """Return the lines of those served."""
        return tuple(seat for seat in self.seats if seat.part == Part.SERVED)

    @property
    def volunteers(self) -> tuple[Seat, ...]:
        """Return the lines of those who helped."""
        return tuple(seat for seat in self.seats if seat.part == Part.VOLUNTEER)


def cards(logs: Sequence[ServiceLog], open_to: Container[int]) -> list[LogCard]:
    """Return complete cards in a flat number of queries; the internal record only of the logs named by `open_to`."""
    ids = [log.id for log in logs]
    seats, needs, photos, flags = seats_of_logs(ids), needs_of_logs(ids), _photos_of(logs), flags_of(logs)
    names = {row.id: row for row in db.session.execute(_names(ids))}
    return [
        LogCard(
            log.id, log.public_id, log.version, log.title, log.place, ServiceMethod(log.method),
            ServiceLogState(log.state), log.started_at, log.ended_at, log.minutes, log.session_no, log.public_summary,
            log.internal if log.id in open_to else None, log.case_no,
            CaseStage(log.case_stage) if log.case_stage else None, log.scale_before, log.scale_after,
            names[log.id].goal, names[log.id].goal_public_id, names[log.id].activity, names[log.id].scale_label,
            log.walk_ins, log.late, log.late_reason, log.return_reason, log.undo_reason, log.submitted_at,
            log.approved_at, names[log.id].project, names[log.id].project_public_id, log.community_id,
            names[log.id].author, log.author_id, names[log.id].begun_by, tuple(seats.get(log.id, ())), tuple(needs.get(log.id, ())),
            *photos.get(log.id, ((), 0)), flags.get(log.id, ()), log.drawn,
            CallOutcome(log.call_outcome) if log.call_outcome else None, log.done_at, log.received_at,
            names[log.id].coming,
        )
        for log in logs
    ]  # fmt: skip


def _names(ids: list[int]) -> Any:
    begun = aliased(Account)
    return (
        select(
            ServiceLog.id,
            Goal.title.label("goal"),
            Goal.public_id.label("goal_public_id"),
            Goal.scale_label,
            Activity.public_id.label("activity"),
            Project.title.label("project"),
            Project.public_id.label("project_public_id"),
            Account.name.label("author"),
            begun.name.label("begun_by"),
            still_coming(ServiceLog.__tablename__, ServiceLog.id).label("coming"),
        )
        .join(Project, Project.id == ServiceLog.project_id)
        .join(Account, Account.id == ServiceLog.author_id)
        .outerjoin(begun, begun.id == ServiceLog.begun_by_id)
        .outerjoin(Goal, Goal.id == ServiceLog.goal_id)
        .outerjoin(Activity, Activity.id == ServiceLog.activity_id)
        .where(ServiceLog.id.in_(ids))
    )


def needs_of_logs(ids: list[int]) -> dict[int, list[NeedOfLog]]:
    query = (
        select(LogNeed.log_id, Need.public_id, Need.ticket_no, Need.public_title, Need.title)
        .join(Need, Need.id == LogNeed.need_id)
        .where(LogNeed.log_id.in_(ids))
        .order_by(Need.id)
    )
    found: dict[int, list[NeedOfLog]] = {}
    for log_id, public_id, ticket, public_title, title in db.session.execute(query):
        found.setdefault(log_id, []).append(NeedOfLog(public_id, ticket, public_title or title or ticket))
    return found


def _photos_of(logs: Sequence[ServiceLog]) -> dict[int, tuple[tuple[LogPhoto, ...], int]]:
    """Return the shown photos of each log, and how many sealed sheets it has."""
    row, of = attachments.Attachment, {log.id: log for log in logs}
    query = select(row.subject_id, row.public_id, row.sheet, row.shot_at, row.covers).where(
        row.kind == ServiceLog.__tablename__, row.subject_id.in_(of)
    )
    found: dict[int, tuple[tuple[LogPhoto, ...], int]] = {}
    for log_id, public_id, sheet, shot_at, covers in db.session.execute(query.order_by(row.id)):
        shown, sheets = found.get(log_id or 0, ((), 0))
        photo = LogPhoto(public_id, shot_at, time_of(of[log_id or 0], shot_at), bool(covers))
        found[log_id or 0] = (shown, sheets + 1) if sheet else ((*shown, photo), sheets)
    return found


def may_read_internal(log: ServiceLog, actor: Actor) -> bool:
    """Tell whether the internal record is open to somebody: its author, and those who read it by their part."""
    reach = actor.reach(Permission.READ_INTERNAL)
    return (
        log.author_id == actor.account_id
        or (log.organization_id is not None and log.organization_id in reach.organization_ids)
        or log.community_id in reach.community_ids
    )


def card_of(log: ServiceLog, *, internal: bool) -> LogCard:
    """Return one log complete; the internal record only where it is open to the reader (decision 25)."""
    return cards([log], [log.id] if internal else [])[0]


def may_read_names(log: ServiceLog, actor: Actor) -> bool:
    """Tell whether somebody reads full names: within the own service, and who keeps the register of the place."""
    organizations = actor.reach(Permission.MATCH_ATTENDANCE)
    return (
        log.community_id in actor.reach(Permission.READ_PEOPLE).community_ids
        or log.organization_id in organizations.organization_ids
    )
