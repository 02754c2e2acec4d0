"""What an office's diary and needs tell of missed dates is kept when the record of them comes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select, text

from models import need_counts
from models.accounts import Account, Role, actor_of
from models.base import db as database
from models.base import travel
from models.events import JOB
from models.needs import AnswerKind, Channel, Field, Need, RejectReason, Urgency
from models.needs.missed import MissedDate
from models.packages import PackageNeed
from models.places import Place
from models.projects import Project, TeamMember, TeamPart
from models.states import ProjectState
from models.working_time import start_of
from tests import builders, serving
from tests.cast import assemble
from tests.databases import MIGRATIONS

pytestmark = [
    pytest.mark.both_databases,
    pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index"),
]
BEFORE = "0018"


def at(month: int, day: int) -> Any:
    """Return a travel to ten o'clock in Shanghai of a day, after the job has read the clocks."""
    moment = datetime(2026, month, day, 2, tzinfo=UTC)
    with travel(moment - timedelta(minutes=5)):
        Need.escalate_all(by=JOB)
    return travel(moment)


class Months:
    """An office with a head, and what it did from October to December."""

    def __init__(self) -> None:
        with travel(datetime(2026, 10, 1, 2, tzinfo=UTC)):
            self.community: Place = builders.community()
            account = Account.open("周建国", builders.phone(), by=JOB, community_id=self.community.id)
            for role in (Role.HEAD, Role.CLERK):
                account.grant(role, by=JOB, place=self.community)
            self.by = actor_of(account)
            self.needs: dict[str, Need] = {}

    def accepted(self, name: str) -> Need:
        """Return a new need of that name, accepted."""
        self.needs[name] = builders.accepted(self.community, self.by, Field.HEALTH, Urgency.GENERAL)
        return self.needs[name]

    def project(self) -> Project:
        """Return a running project of the committee."""
        facts = {"community_id": self.community.id, "project_no": f"P{builders.number()}", "title": "夕阳守护",
                 "field": Field.HEALTH, "track": "SELF_RUN", "state": ProjectState.RUNNING,
                 "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}  # fmt: skip
        return Project(**facts).save()

    def pass_(self) -> None:
        """Let the months pass."""
        with at(10, 8):
            for name in ("told anew", "kept late", "waits", "answered late", "merged", "in time"):
                self.accepted(name)
            self.needs["never seen"] = builders.need(self.community)
            project = self.project()
            for name in ("told anew", "kept late", "waits"):
                project.link(self.needs[name], "上门看看", start_of(date(2026, 10, 20)), by=self.by)
            project.link(self.accepted("settled"), "上门看看", start_of(date(2026, 11, 20)), by=self.by)
            self.needs["in time"].answer("修好了。", AnswerKind.DONE, by=self.by)
        with at(10, 28):
            self.needs["answered late"].answer("修好了。", AnswerKind.DONE, by=self.by)
            self.needs["merged"].merge(self.needs["settled"], by=self.by)
        with at(11, 3):
            self.needs["told anew"].promise("改天上门", date(2026, 11, 10), by=self.by)
            self.needs["kept late"].resolve("装好了。", by=self.by)
            self.needs["answered late"].reopen("又坏了。", by=self.by)
            self.needs["never seen"].redirect(Channel.HOTLINE, "请打 12345。", by=self.by)
        with at(11, 5):
            self.needs["answered late"].answer("修好了。", AnswerKind.DONE, by=self.by)
            self.needs["settled"].resolve("装好了。", by=self.by)
        with at(12, 1):
            self.needs["told anew"].resolve("装好了。", by=self.by)
        with at(12, 2):
            pass


def kept() -> set[tuple[int, str, date]]:
    """Return the dates that are kept as missed."""
    query = select(MissedDate.need_id, MissedDate.clock, MissedDate.day)
    return {(row[0], str(row[1]), row[2]) for row in database.session.execute(query)}


def go_back() -> None:
    """Leave the database as it was before the record of missed dates."""
    database.session.commit()
    for line in ("DROP TABLE missed_dates", "ALTER TABLE needs DROP COLUMN dates_missed",
                 "DELETE FROM need_daily_counts WHERE what = 'LATE'",
                 f"UPDATE alembic_version SET version_num = '{BEFORE}'"):  # fmt: skip
        database.session.execute(text(line))
    database.session.commit()
    database.session.remove()


def test_the_diary_tells_which_dates_were_missed(office: Flask) -> None:
    upgrade(directory=str(MIGRATIONS))
    months = Months()
    months.pass_()
    database.session.flush()
    live, counted = kept(), need_counts.kept()
    names = {need.id: name for name, need in months.needs.items()}
    assert {(names[need], clock, day) for need, clock, day in live} == {
        ("told anew", "PROMISE", date(2026, 10, 20)), ("told anew", "PROMISE", date(2026, 11, 10)),
        ("kept late", "PROMISE", date(2026, 10, 20)), ("waits", "PROMISE", date(2026, 10, 20)),
        ("answered late", "ANSWER", date(2026, 10, 15)), ("merged", "ANSWER", date(2026, 10, 15)),
        ("never seen", "ACCEPTANCE", date(2026, 10, 12)),
    }  # fmt: skip
    go_back()
    with travel(datetime(2026, 12, 2, 2, tzinfo=UTC)):
        upgrade(directory=str(MIGRATIONS))
    assert kept() == live and need_counts.kept() == counted == need_counts.counted()
    assert {
        one.id: one.dates_missed for one in database.session.scalars(select(Need).where(Need.dates_missed > 0))
    } == {need: sum(one == need for one, _, _ in live) for need, _, _ in live}


def test_what_was_served_or_turned_away_in_time_was_not_missed(office: Flask) -> None:
    upgrade(directory=str(MIGRATIONS))
    with travel(datetime(2026, 10, 1, 2, tzinfo=UTC)):
        cast = assemble()
        clerk, project = actor_of(cast.clerk), serving.project(cast)
        team = TeamMember(project_id=project.id, account_id=cast.worker.id, part=TeamPart.WORKER)
        team.save()
    with at(10, 8):
        in_time, late = (builders.accepted(cast.community, clerk) for _ in "12")
        for need in (in_time, late):
            project.link(need, "上门看看", start_of(date(2026, 10, 20)), by=clerk)
        turned = builders.need(cast.community)
        turned.reject(RejectReason.OUT_OF_SCOPE, "不归社区管。", by=clerk)
    with at(10, 19):
        serving.approved(cast, project, cast.neighbor, needs=(in_time,))
        turned.object("就是社区的事。", by=clerk)
    with at(10, 28):
        pass
    database.session.flush()
    live, counted = kept(), need_counts.kept()
    assert live == {
        (late.id, "PROMISE", date(2026, 10, 20)),
        *((turned.id, one, day) for need, one, day in live if need == turned.id),
    }
    # As the first reading of the diary left it.
    for need, clock, day in ((in_time, "PROMISE", date(2026, 10, 20)), (turned, "ACCEPTANCE", date(2026, 10, 12))):
        need.dates_missed += 1
        MissedDate(need_id=need.id, clock=clock, day=day).save()
    database.session.execute(text("UPDATE alembic_version SET version_num = '0019'"))
    database.session.commit()
    database.session.remove()
    upgrade(directory=str(MIGRATIONS))
    assert kept() == live and need_counts.kept() == counted == need_counts.counted()
    assert sum(database.session.scalars(select(Need.dates_missed))) == len(live)


def test_what_was_merged_or_taken_out_again_is_held_by_no_package(office: Flask) -> None:
    upgrade(directory=str(MIGRATIONS))
    months = Months()
    with at(10, 8):
        project, other = months.project(), months.accepted("other")
        for name in ("merged", "taken out", "held"):
            project.link(months.accepted(name), "上门看看", start_of(date(2026, 10, 20)), by=months.by)
        months.needs["merged"].merge(other, by=months.by)
        months.needs["taken out"].merge(other, by=months.by)
        months.needs["taken out"].split_out(by=months.by)
        database.session.flush()
        # As it was left before merging ended what a need was in.
        for row in database.session.scalars(select(PackageNeed)):
            row.left_at = None
    held = months.needs["held"].id
    go_back()
    upgrade(directory=str(MIGRATIONS))
    rows = database.session.scalars(select(PackageNeed.need_id).where(PackageNeed.left_at.is_(None)))
    assert list(rows) == [held]
