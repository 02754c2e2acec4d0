"""Opening a record beforehand, so that what people say of the service can be given at the door and waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import select

from models.activities import Activity
from models.attendance import Attendance
from models.base import Refused, db, now
from models.events import record
from models.people import Person
from models.projects import Project
from models.service_log.entering import AHEAD, LONGEST, check_writer
from models.service_log.kinds import Entry, ServiceMethod
from models.service_log.writing import check_first_log, columns_of
from models.states import AttendanceState, ProjectState, ServiceLogState

if TYPE_CHECKING:
    from models.accounts import Actor

MOST_DOORS = 40
PLANNED_AT_MOST = timedelta(days=31)


class Preparing:
    """The verbs of the author before the service."""

    @classmethod
    def prepare(cls, activity: Activity, *, by: Actor) -> Self:
        """Open the record of an activity before it takes place, so that its strips and its poster hang at the door.

        Ratings given by them wait like all others; the author completes the record afterwards.
        Errors: Refused("activity_without_project", "activity_already_logged") and those of Activity.check_open and
        check_writer.
        """
        model: Any = cls
        if activity.project_id is None:
            raise Refused("activity_without_project")
        activity.check_open()
        project = Project.get(activity.project_id)
        check_writer(project, by)
        log = model(
            project_id=project.id, community_id=project.community_id, organization_id=project.organization_id,
            author_id=by.account_id, **columns_of(_foreseen(activity)),
        )  # fmt: skip
        check_first_log(log)
        log.save()
        record("service_log.prepare", by=by, about=[log, project, activity], community_id=log.community_id)
        return log  # type: ignore[no-any-return]

    @classmethod
    def prepare_round(
        cls, project: Project, people: Sequence[Person], starts_at: datetime, minutes: int, *, title: str, by: Actor
    ) -> Self:
        """Open the record of a round of visits with the doors to be called at, so that each can be given its slip.

        The committee prints the slips; what they say waits like every rating that was given before. Where one
        comes back from a door at which nobody was met, or that was left out, the committee asks the person first.
        Errors: Refused("round_without_a_door", "too_many_doors", "round_not_ahead", "person_of_another_community",
        "project_not_running_then", "ends_before_it_starts", "log_over_24_hours", "round_planned_already") and those of
        check_writer.
        """
        model: Any = cls
        check_writer(project, by)
        if project.state != ProjectState.RUNNING:
            raise Refused("project_not_running_then")
        if not people:
            raise Refused("round_without_a_door")
        if len(people) > MOST_DOORS:
            raise Refused("too_many_doors", most=MOST_DOORS)
        if not now() - AHEAD <= starts_at <= now() + PLANNED_AT_MOST:
            raise Refused("round_not_ahead", days=PLANNED_AT_MOST.days)
        if minutes <= 0:
            raise Refused("ends_before_it_starts")
        if timedelta(minutes=minutes) > LONGEST:
            raise Refused("log_over_24_hours")
        if any(person.community_id != project.community_id for person in people):
            raise Refused("person_of_another_community")
        meant = Entry(ServiceMethod.VISIT, title, "", starts_at, starts_at + timedelta(minutes=minutes))
        if cls._calls_at(people, project, meant, by):
            raise Refused("round_planned_already")
        log = model(
            project_id=project.id, community_id=project.community_id, organization_id=project.organization_id,
            author_id=by.account_id, **columns_of(meant),
        ).save()  # fmt: skip
        for person in people:
            Attendance._expect(log, person)
        db.session.flush()
        record(
            "service_log.prepare_round", by=by, about=[log, project], community_id=log.community_id,
            details={"doors": len(people)},
        )  # fmt: skip
        return log  # type: ignore[no-any-return]

    @classmethod
    def _calls_at(cls, people: Sequence[Person], project: Project, meant: Entry, by: Actor) -> bool:
        """Tell whether the same worker is to call at one of these doors then, by a round that is planned already."""
        model: Any = cls
        query = (
            select(Attendance.id)
            .join(model, model.id == Attendance.log_id)
            .where(
                model.author_id == by.account_id, model.project_id == project.id,
                model.state == ServiceLogState.DRAFT, model.started_at < meant.ended_at,
                model.ended_at > meant.started_at, Attendance.state == AttendanceState.EXPECTED,
                Attendance.person_id.in_([person.id for person in people]),
            )
        )  # fmt: skip
        return db.session.scalar(query.limit(1)) is not None


def _foreseen(activity: Activity) -> Entry:
    return Entry(
        method=ServiceMethod.EVENT, title=activity.title, started_at=activity.starts_at, ended_at=activity.ends_at,
        public_summary="", place=activity.place, activity=activity,
    )  # fmt: skip
