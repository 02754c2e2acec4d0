"""A project that runs, its people and its logs: what the tests of service, attendance and hours arrange."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from models.accounts import Account, actor_of
from models.activities import Activity
from models.attendance import Attendance, Part, Presence
from models.base import db, now, today
from models.needs import Field, Need
from models.packages import PackageNeed, Track
from models.people import Person
from models.pre_reports import ActivityPreReport, Intent
from models.projects import Goal, Project
from models.service_lists import ServiceList, ServiceListLine, Source
from models.service_log import Entry, ServiceLog, ServiceMethod
from models.states import ProjectState
from tests import builders
from tests.cast import Cast

HOUR = timedelta(hours=1)
# A Tuesday, ten o'clock in the morning in Shanghai, with no holiday near.
MORNING = datetime(2026, 11, 10, 2, 0, tzinfo=UTC)
REASON = "名单写错了一个人，需要更正"


def project(cast: Cast, **more: Any) -> Project:
    """Return a running project of the cast's organization; organization=None is served by the committee itself."""
    organization = more.pop("organization", cast.organization)
    values = {
        "project_no": f"P{builders.number():06d}",
        "community_id": cast.community.id,
        "organization_id": organization.id if organization else None,
        "title": "夕阳守护",
        "field": Field.ELDERLY_DISABLED,
        "track": Track.PROJECT,
        "state": ProjectState.RUNNING,
        "state_at": now() - timedelta(days=200),
        "starts_on": today() - timedelta(days=200),
        "ends_on": today() + timedelta(days=165),
        **more,
    }
    return Project(**values).save()


def goal(of: Project, **more: Any) -> Goal:
    """Return a goal measured on a scale of 1 to 10."""
    values = {"title": "孤独感下降", "measure": "PERSONS", "unit": "人", "target": 30, "scale_low": 1, "scale_high": 10}
    return Goal(project_id=of.id, **{**values, **more}).save()


def planned_need(cast: Cast, of: Project) -> Need:
    """Return a need that the project serves, PLANNED."""
    need = builders.accepted(cast.community, actor_of(cast.clerk))
    need._plan(next_step="下周上门", next_step_at=now() + timedelta(days=7))
    PackageNeed(project_id=of.id, need_id=need.id).save()
    return need


def people(cast: Cast, count: int, building: str = "5") -> list[Person]:
    """Return people of the community with names of their own."""
    return [
        builders.person(cast.community, f"居民{builders.number()}号", building=building, unit="1", room=str(100 + n))
        for n in range(count)
    ]


def entry(*served: Person, hours_ago: int = 3, minutes: int = 60, **more: Any) -> Entry:
    """Return what a worker writes about a visit that ended some hours ago."""
    began = more.pop("started_at", now() - hours_ago * HOUR)
    values: dict[str, Any] = {
        "method": ServiceMethod.VISIT,
        "title": "上门探访",
        "place": "5栋",
        "started_at": began,
        "ended_at": began + timedelta(minutes=minutes),
        "public_summary": "陪老人聊天，提醒按时复诊。",
        "people": tuple(Presence(person) for person in served),
        **more,
    }
    return Entry(**values)


def log(of: Project, author: Account, *served: Person, submit: bool = True, **more: Any) -> ServiceLog:
    """Return a log, handed in unless it is to stay a draft."""
    return ServiceLog.write(of, entry(*served, **more), by=actor_of(author), submit=submit)


def approved(cast: Cast, of: Project, *served: Person, **more: Any) -> ServiceLog:
    """Return an approved log of the cast's worker."""
    one = log(of, cast.worker, *served, **more)
    one.approve(by=actor_of(cast.supervisor))
    return one


def activity(cast: Cast, of: Project | None = None, **more: Any) -> Activity:
    """Return an activity of the coming hours."""
    starts = more.pop("starts_at", now() + HOUR)
    values: dict[str, Any] = {
        "content": "带上水杯，一起做操。",
        "place": "社区活动室",
        "starts_at": starts,
        "ends_at": starts + 2 * HOUR,
        "in_charge": "陈社工",
        **more,
    }
    return Activity.announce(cast.community, "健康操", by=actor_of(cast.clerk), project=of, **values)


def service_list(cast: Cast, of: Project) -> tuple[ServiceList, ServiceListLine]:
    """Return a list of a project that was handed down, and its first door; nobody went yet."""
    source = Source("区民政局", "重阳慰问通知", 500_00)
    one = ServiceList.draw_up(of, [cast.neighbor], "重阳慰问", by=actor_of(cast.worker), goods="食用油 5 升",
                              on_day=today(), source=source)  # fmt: skip
    return one, ServiceListLine.query.filter_by(list_id=one.id).one()


def pre_report(of: Project, author: Account) -> ActivityPreReport:
    """Return an activity that an organization reported beforehand."""
    starts = now() + timedelta(days=7)
    meant = Intent("包饺子", "三种馅。", "东院凉亭", starts, starts + 2 * HOUR, "陈社工", "用电磁炉，有人看着", 40)
    return ActivityPreReport.report(of, meant, by=actor_of(author))


def helper(cast: Cast, one: ServiceLog, person: Person | None = None, **more: Any) -> Attendance:
    """Return the presence of a volunteer at a log."""
    who = person or builders.person(cast.community, f"志愿者{builders.number()}")
    row = Attendance._seat(one, Presence(who, part=Part.VOLUNTEER, **more))
    db.session.flush()
    return row
