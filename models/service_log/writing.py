"""Writing a log down and handing it in: what the worker does, on the phone, in a minute."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import delete, func, select

from models import attachments, awaited_photos, hours, revisions, states
from models.attendance import Attendance, Outcome, Part
from models.attendance.sheet import seat_names
from models.base import Refused, db, now
from models.calendar import calendar_of
from models.events import record
from models.places import Place
from models.projects import Project
from models.service_log.entering import AHEAD, SHORTEST_SUMMARY, check_entry, check_writer
from models.service_log.kinds import Entry, ServiceMethod
from models.states import AttendanceState, ServiceLogState

if TYPE_CHECKING:
    from models.accounts import Actor

# Who still stands in an activity's list when its log is written comes over; whoever never came was absent.
_COMES_OVER = ("PRESENT", "CONFIRMED", "DISPUTED", "TO_MATCH", "EXPECTED")
# A phone's clock that is further away is flagged; the same as for the clock at the moment of sending.
CLOCK_MAY_BE_OFF = timedelta(hours=1)
# Whoever comes early is there.
MAY_COME_EARLY = timedelta(hours=2)
_TEXTS = ("public_summary", "internal", "late_reason")


class Writing:
    """The verbs of the author."""

    @classmethod
    def write(cls, project: Project, entry: Entry, *, by: Actor, submit: bool = False) -> Self:
        """Write a log as a draft, or hand it in at once; attendance is part of it.

        Errors: those of check_writer and check_entry; Refused("activity_already_logged", "late_reason_needed",
        "visit_without_a_door").
        Source: domain/states.md ServiceLog; decisions.md 5, 25.
        """
        model: Any = cls
        check_writer(project, by)
        check_entry(project, entry)
        log = model(
            project_id=project.id, community_id=project.community_id, organization_id=project.organization_id,
            author_id=by.account_id, list_id=entry.from_list.id if entry.from_list else None, **columns_of(entry),
        )  # fmt: skip
        log.session_no = _session_no(log)
        log.save()
        log._take_over(entry, before={})
        digests = log._keep_texts(by)
        if submit:
            log._hand_in()
        attachments.claim(log, list(entry.photos), owner=entry.photo_owner)
        awaited_photos.expect(log, entry.key, entry.photos_coming, owner=entry.photo_owner)
        record(
            "service_log.write",
            by=by,
            about=[log, project] if entry.from_list is None else [log, project, entry.from_list],
            community_id=log.community_id,
            details={"method": log.method, "submitted": submit, "late": log.late, **digests},
        )
        return log  # type: ignore[no-any-return]

    def rewrite(self, entry: Entry, *, by: Actor, submit: bool = False, seen_version: int | None = None) -> None:
        """Change one's own log while it is a draft or was sent back; every version of a text is kept.

        Errors: Refused("not_your_log", "not_from_here") and those of write; Stale("stale_edit").
        """
        log: Any = self
        log._check_author(by)
        if not states.may(states.Kind.SERVICE_LOG, log.state, "submit"):
            raise Refused("not_from_here", state=ServiceLogState(log.state), verb="rewrite")
        log.check_version(seen_version, typed=entry.public_summary, stands=log.public_summary)
        check_entry(Project.get(log.project_id), entry)
        for name, value in columns_of(entry).items():
            setattr(log, name, value)
        db.session.flush()
        rows = db.metadata.tables["log_needs"]
        db.session.execute(delete(rows).where(rows.c.log_id == log.id))
        query = select(Attendance).where(Attendance.log_id == log.id, Attendance.person_id.is_not(None))
        log._take_over(entry, before={row.person_id or 0: row for row in db.session.scalars(query)})
        digests = log._keep_texts(by)
        if submit:
            log._hand_in()
        attachments.claim(log, list(entry.photos), owner=entry.photo_owner)
        awaited_photos.expect(log, entry.key, entry.photos_coming, owner=entry.photo_owner)
        details = {"submitted": submit, **digests}
        record("service_log.rewrite", by=by, about=[log], community_id=log.community_id, details=details)

    def submit(self, *, by: Actor, late_reason: str = "") -> None:
        """Hand a log in; more than 10 working days after the service it is late and tells why.

        A round of visits says of one door at least how it went.
        Errors: Refused("not_your_log", "not_from_here", "late_reason_needed", "visit_without_a_door"). Source: domain/states.md C10.
        """
        log: Any = self
        log._check_author(by)
        log.late_reason = late_reason.strip() or log.late_reason
        log._hand_in()
        record("service_log.submit", by=by, about=[log], community_id=log.community_id, details={"late": log.late})

    def await_no_more_photos(self, *, by: Actor) -> None:
        """Say that the photos which are still on a phone will not come: the phone is lost, or they were thrown away.

        One that comes all the same stays on its phone, with the sentence why. Errors: Refused("not_your_log",
        "no_photos_awaited").
        """
        log: Any = self
        log._check_author(by)
        lacking = awaited_photos.await_no_more(log)
        if not lacking:
            raise Refused("no_photos_awaited")
        record("service_log.await_no_more_photos", by=by, about=[log], community_id=log.community_id,
               details={"photos": lacking})  # fmt: skip

    def _hand_in(self) -> None:
        log: Any = self
        # A record that was opened beforehand says nothing yet of what was done.
        if log.ended_at > now() + AHEAD:
            raise Refused("log_in_the_future")
        if log.method != ServiceMethod.CASE and len(log.public_summary.strip()) < SHORTEST_SUMMARY:
            raise Refused("summary_needed")
        if log.method == ServiceMethod.VISIT and not log.walk_ins and not _names_a_door(log):
            raise Refused("visit_without_a_door")
        log._step("submit")
        log._pass_by()
        log._adopt()
        calendar = calendar_of(db.session.get(Place, log.community_id))
        log.late = hours.is_late(log.ended_at, now(), calendar)
        # Late is what came late, by our clock; but whoever wrote in time and had no signal need not say why.
        in_time = log.done_at and not log.clock_off and not hours.is_late(log.ended_at, log.done_at, calendar)
        if log.late and not in_time and not (log.late_reason or "").strip():
            raise Refused("late_reason_needed")
        log.submitted_at = now()
        log.return_reason = log.approved_by_id = log.first_approved_by_id = log.approved_at = None

    def _check_author(self, by: Actor) -> None:
        log: Any = self
        if by.account_id != log.author_id:
            raise Refused("not_your_log")

    def check_list_open(self) -> None:
        """Refuse a change of the list of an approved log, or before anybody can have come.

        Errors: Refused("list_is_closed").
        """
        log: Any = self
        early = log.started_at > now() + MAY_COME_EARLY
        if early or log.state not in (ServiceLogState.DRAFT, ServiceLogState.RETURNED, ServiceLogState.SUBMITTED):
            raise Refused("list_is_closed")

    def _keep_texts(self, by: Actor) -> dict[str, str]:
        """Keep a version of each text and return the digests for the event."""
        log: Any = self
        return {name: revisions.keep(log, name, text, by=by) for name in _TEXTS if (text := getattr(log, name))}

    def _take_over(self, entry: Entry, before: dict[int, Attendance]) -> None:
        """Write the needs and the lines of people; a line of before that was taken out again was never there."""
        log: Any = self
        if entry.needs:
            rows = db.metadata.tables["log_needs"]
            db.session.execute(rows.insert(), [{"log_id": log.id, "need_id": need.id} for need in entry.needs])
        if entry.people is not None:
            log._seat(entry, before)
        seat_names(log, entry.names, Part.SERVED)
        seat_names(log, entry.helpers, Part.VOLUNTEER)
        log._adopt()

    def _seat(self, entry: Entry, before: dict[int, Attendance]) -> None:
        log: Any = self
        for line in entry.people or ():
            row = before.pop(line.person.id, None)
            if row is None:
                Attendance._seat(log, line)
            else:
                row._say_again(line)
        for row in before.values():
            # A door that is still before the worker stays until the record is handed in.
            if row.state != AttendanceState.EXPECTED:
                row._take_back()
        db.session.flush()

    def _pass_by(self) -> None:
        """Strike the doors of a round that was planned at which nobody stood after all."""
        log: Any = self
        waiting = select(Attendance).where(Attendance.log_id == log.id, Attendance.state == AttendanceState.EXPECTED)
        if log.activity_id is None:
            for row in db.session.scalars(waiting):
                row._take_back()
            db.session.flush()

    def _adopt(self) -> None:
        """Take over who came to the activity of this log; whoever was expected and did not come was absent."""
        log: Any = self
        if log.activity_id is None:
            return
        check_first_log(log)
        query = select(Attendance).where(
            Attendance.activity_id == log.activity_id, Attendance.log_id.is_(None), Attendance.state.in_(_COMES_OVER)
        )
        named = set(db.session.scalars(select(Attendance.person_id).where(Attendance.log_id == log.id)))
        for row in db.session.scalars(query):
            if row.state == AttendanceState.EXPECTED:
                row._stay_away()
            if row.person_id is None or row.person_id not in named:
                row.log_id, row.project_id, row.organization_id = log.id, log.project_id, log.organization_id
        db.session.flush()


def _names_a_door(log: Any) -> bool:
    """Say whether anything was noted of anybody at whose door somebody stood; a line that was struck says nothing."""
    lines = select(Attendance.id).where(
        Attendance.log_id == log.id,
        Attendance.part == Part.SERVED,
        Attendance.state != AttendanceState.EXPECTED,
        Attendance.absence.is_distinct_from(Outcome.TAKEN_BACK),
    )
    return db.session.scalar(lines.limit(1)) is not None


def check_first_log(log: Any) -> None:
    """An activity has one log. Errors: Refused("activity_already_logged")."""
    model: Any = type(log)
    query = select(model.id).where(
        model.activity_id == log.activity_id, model.id != log.id, model.state != ServiceLogState.VOIDED
    )
    if db.session.scalar(query.limit(1)) is not None:
        raise Refused("activity_already_logged")


def columns_of(entry: Entry) -> dict[str, Any]:
    """Return what the row of a record takes from what was written."""
    case = entry.method == ServiceMethod.CASE
    return {
        "method": entry.method,
        "title": entry.title.strip(),
        "place": entry.place.strip(),
        "started_at": entry.started_at,
        "ended_at": entry.ended_at,
        "minutes": hours.service_minutes(entry.started_at, entry.ended_at) or 1,
        "public_summary": "" if case else entry.public_summary.strip(),
        "internal": None if case else entry.internal.strip() or None,
        "goal_id": entry.goal.id if entry.goal else None,
        "scale_before": entry.scale_before,
        "scale_after": entry.scale_after,
        "case_no": entry.case_no.strip() or None if case else None,
        "case_stage": entry.case_stage if case else None,
        "activity_id": entry.activity.id if entry.activity else None,
        "walk_ins": entry.walk_ins,
        "late_reason": entry.late_reason.strip() or None,
        "done_at": entry.done_at,
        "received_at": now(),
        "clock_off": entry.clock_off or (entry.done_at is not None and entry.done_at > now() + CLOCK_MAY_BE_OFF),
    }


def _session_no(log: Any) -> int | None:
    """Number the sessions of a group: those of the same name in the same project."""
    if log.method != ServiceMethod.GROUP:
        return None
    model: Any = type(log)
    query = select(func.count()).where(
        model.project_id == log.project_id, model.method == ServiceMethod.GROUP, model.title == log.title,
        model.state != ServiceLogState.VOIDED,
    )  # fmt: skip
    return (db.session.scalar(query) or 0) + 1
