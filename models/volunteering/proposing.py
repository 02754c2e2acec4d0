"""From presence to a proposal: which time is service, how it is measured, and what is refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import or_, select

from models import check_ins, hours
from models.accounts import Account, Grant
from models.activities import Activity
from models.attendance import THERE, Attendance, Part
from models.base import Refused, db, now
from models.calendar import calendar_of
from models.check_ins import Stay, Way
from models.events import record
from models.hours import TimeKind
from models.organizations import Organization
from models.people import Person
from models.permissions import Permission
from models.places import Place
from models.projects import TeamMember
from models.service_log import ServiceLog
from models.states import HourRecordState, ServiceLogState

if TYPE_CHECKING:
    from models.accounts import Actor

MOST_AT_ONCE = 20
_HANDED_IN = (ServiceLogState.SUBMITTED, ServiceLogState.AWAITING_COMMITTEE, ServiceLogState.APPROVED)


class Proposing:
    """The verb by which time is proposed."""

    @classmethod
    def propose(
        cls,
        attendance: Attendance,
        *,
        by: Actor,
        ended_at: datetime | None = None,
        break_minutes: int = 0,
        kind: TimeKind = TimeKind.SERVICE,
        content: str = "",
        late_reason: str = "",
    ) -> Self:
        """Propose a volunteer's time at a service; the person in charge confirms a missing check-out by doing so.

        Without a check-out the end is min(planned end, last sign of presence); a stated end reaches at most 30 minutes
        past the planned one. Errors: Refused("not_a_volunteer_there", "hours_already_proposed", "hours_paid_time",
        "hours_training", "hours_travel", "hours_overlap", "day_over_24_hours", "stated_time_past_ceiling",
        "hours_nothing_left", "late_reason_needed", "not_your_project", "log_not_handed_in").
        Source: domain/formulas.md D8; domain/norms.md 1.3.
        """
        model: Any = cls
        host = host_of(attendance)
        _check_proposer(attendance, by)
        if attendance.part != Part.VOLUNTEER or attendance.state not in THERE or attendance.person_id is None:
            raise Refused("not_a_volunteer_there")
        _check_free(model, attendance)
        hours.check_countable(kind, paid_by_the_project=is_paid(attendance.person_id, attendance))
        began, ended, rule = measured(attendance, host, ended_at)
        one = model(
            **facts_of(attendance, host), content=(content.strip() or host_content(host))[:200], rule=rule,
            late_reason=late_reason.strip() or None, proposed_by_id=by.account_id,
        )  # fmt: skip
        one._measure(began, ended, break_minutes, by)
        one.save()
        details = {"rule": one.rule, "minutes": one.minutes, "late": one.late, "review": one.needs_review}
        record("hour_record.propose", by=by, about=[one, attendance], community_id=one.community_id, details=details)
        return one  # type: ignore[no-any-return]

    @classmethod
    def propose_all(
        cls, attendances: Sequence[Attendance], *, by: Actor, late_reason: str = ""
    ) -> list[tuple[Attendance, Refused]]:
        """Propose the times of several whose end is known; return those whom a rule keeps out, each with its refusal.

        Whoever never checked out is asked about one by one. Errors: Refused("too_many_at_once",
        "end_confirmed_one_by_one").
        """
        if not 1 <= len(attendances) <= MOST_AT_ONCE:
            raise Refused("too_many_at_once", most=MOST_AT_ONCE)
        if not all(end_is_known(one) for one in attendances):
            raise Refused("end_confirmed_one_by_one")
        kept_out = []
        for one in attendances:
            try:
                cls.propose(one, by=by, late_reason=late_reason)
            except Refused as error:
                # A rule refuses before anything of this one is written.
                kept_out.append((one, error))
        return kept_out

    def _measure(self, began: datetime, ended: datetime, break_minutes: int, by: Actor) -> None:
        """Set the times after every rule of D8: no overlap, at most 24 hours a day, 12 without a reviewer.

        The other time is named only to whom it concerns, or in whose reach it lies.
        """
        one: Any = self
        pause = [(began, began + timedelta(minutes=break_minutes))] if break_minutes else []
        minutes = hours.service_minutes(began, ended, pause)
        if minutes < 1:
            raise Refused("hours_nothing_left")
        others = _others(one, began, ended)
        for other in others:
            if hours.overlap((began, ended), (other.started_at, other.ended_at)) and _may_know(by, one, other):
                raise Refused("hours_overlap_named", what=other.activity_name)
        hours.check_no_overlap((began, ended), [(o.started_at, o.ended_at) for o in others])
        one.needs_review = hours.needs_reviewer(hours.minutes_by_day(began, ended, pause), _by_day(others))
        one.started_at, one.ended_at, one.break_minutes, one.minutes = began, ended, break_minutes, minutes
        place = db.session.get(Place, one.community_id)
        one.late = hours.is_late(ended, now(), calendar_of(place))
        if one.late and not one.late_reason:
            raise Refused("late_reason_needed")


def end_is_known(attendance: Attendance) -> bool:
    """Tell whether somebody said when this presence ended: at the door, or as the record of the service it belongs to."""
    return attendance.left_at is not None or (attendance.came_at is None and attendance.log_id is not None)


def host_of(attendance: Attendance) -> ServiceLog | Activity:
    """Return the log of a presence, or its activity where no log was written yet.

    Errors: Refused("log_not_handed_in").
    """
    if attendance.log_id is not None:
        log = ServiceLog.get(attendance.log_id)
        if log.state not in _HANDED_IN:
            raise Refused("log_not_handed_in")
        return log
    return Activity.get(attendance.activity_id or 0)


def _check_proposer(attendance: Attendance, by: Actor) -> None:
    reach = by.reach(Permission.WRITE_LOG)
    own = attendance.organization_id in reach.organization_ids
    committee = attendance.organization_id is None and attendance.community_id in reach.community_ids
    if not own and not committee:
        raise Refused("not_your_project")


def _may_know(by: Actor, one: Any, other: Any) -> bool:
    """Tell whether whoever asks may hear where else somebody helped."""
    reaches = [by.reach(permission) for permission in (Permission.WRITE_LOG, Permission.APPROVE_HOURS)]
    return one.person_id in by.person_ids or any(
        other.community_id in reach.community_ids or other.organization_id in reach.organization_ids
        for reach in reaches
    )


def _check_free(model: Any, attendance: Attendance) -> None:
    query = select(model.id).where(
        model.attendance_id == attendance.id,
        model.state.in_([HourRecordState.PROPOSED, HourRecordState.COUNTED]),
    )
    if db.session.scalar(query.limit(1)) is not None:
        raise Refused("hours_already_proposed")


def is_paid(person_id: int, attendance: Attendance) -> bool:
    """Say whether a person is paid by the same project: on its team, or staff of its organization (D8; abuse.md F7).

    Somebody who works under an account without a person is known by the phone number.
    """
    person = Person.get(person_id)
    same = [Account.person_id == person.id]
    if person.phone_lookup:
        same.append(Account.phone_lookup == person.phone_lookup)
    accounts = select(Account.id).where(or_(*same))
    team = select(TeamMember.id).where(
        TeamMember.project_id == attendance.project_id, TeamMember.account_id.in_(accounts)
    )
    staff = select(Grant.id).where(
        Grant.organization_id == attendance.organization_id, Grant.account_id.in_(accounts),
        or_(Grant.ended_at.is_(None), Grant.ended_at > now()),
    )  # fmt: skip
    return db.session.scalar(select(or_(team.exists(), staff.exists()))) or False


def planned_end(host: ServiceLog | Activity) -> datetime:
    """Return when the service was planned to end; a log tells when it did end."""
    return host.ends_at if isinstance(host, Activity) else host.ended_at


def measured(
    attendance: Attendance, host: ServiceLog | Activity, stated: datetime | None
) -> tuple[datetime, datetime, str]:
    """Return begin, end and the rule by which they were found, read from the book at the door where there is one.

    A check-out that was only pressed, without a code, counts like a time stated from memory: at most 30 minutes past the
    planned end. Source: domain/formulas.md D8.
    """
    book = check_ins.lines_of(attendance.id)
    stay = check_ins.stay(book) if book else Stay(attendance.came_at, attendance.seen_at, attendance.left_at)
    starts = host.starts_at if isinstance(host, Activity) else host.started_at
    began = stay.came_at or starts
    if stated is not None:
        hours.check_stated_out(began, stated, planned_end(host))
        return began, stated, "STATED"
    if stay.left_at is not None and stay.left_by in (Way.TAP, Way.STATED):
        return began, min(stay.left_at, hours.latest_stated(began, planned_end(host))), "TAPPED_OUT"
    if stay.left_at is not None:
        return began, stay.left_at, "CHECKED_OUT"
    if stay.came_at is None and isinstance(host, ServiceLog):
        return began, host.ended_at, "AS_LOGGED"
    seen = stay.seen_at if stay.seen_at and stay.seen_at > began else None
    return began, hours.propose_check_out(began, planned_end(host), seen), "PROPOSED_END"


def facts_of(attendance: Attendance, host: ServiceLog | Activity) -> dict[str, Any]:
    """Return the fields that order 67 art. 7 asks for, besides time and content."""
    organization = db.session.get(Organization, attendance.organization_id) if attendance.organization_id else None
    community = Place.get(attendance.community_id)
    if isinstance(host, Activity):
        in_charge = host.in_charge
    else:
        in_charge = Account.get(host.author_id).name
    return {
        "person_id": attendance.person_id,
        "attendance_id": attendance.id,
        "log_id": attendance.log_id,
        "project_id": attendance.project_id,
        "community_id": attendance.community_id,
        "organization_id": attendance.organization_id,
        "activity_name": host.title,
        "place": host.place,
        "organizer": organization.name if organization else community.name,
        "in_charge": in_charge,
    }


def host_content(host: ServiceLog | Activity) -> str:
    """Return what was done, in the words that are open to all."""
    return host.content if isinstance(host, Activity) else host.public_summary or host.title


def _others(one: Any, began: datetime, ended: datetime) -> list[Any]:
    """Return what else is recorded for the person on the days around, what it replaces left out."""
    model = type(one)
    told = (model.activity_name, model.community_id, model.organization_id)
    query = select(model.started_at, model.ended_at, model.break_minutes, model.minutes, *told).where(
        model.person_id == one.person_id,
        model.started_at < ended + timedelta(days=1),
        model.ended_at > began - timedelta(days=1),
        model.state.in_([HourRecordState.PROPOSED, HourRecordState.COUNTED]),
    )
    if one.replaces_id is not None:
        query = query.where(model.id != one.replaces_id)
    return list(db.session.execute(query))


def _by_day(records: list[Any]) -> dict[date, int]:
    days: dict[date, int] = {}
    for one in records:
        pause = [(one.started_at, one.started_at + timedelta(minutes=one.break_minutes))]
        for day, minutes in hours.minutes_by_day(one.started_at, one.ended_at, pause).items():
            days[day] = days.get(day, 0) + minutes
    return days
