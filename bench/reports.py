"""What a report costs beside 100,000 services: a month of a community, a year of a district, and the page of it."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from bench import _house

USAGE = (
    "python -m bench reports [LOGS]: a report of a month and of a year beside LOGS services (100,000), under 3 s of CPU"
)
LIMIT_MS, RUNS, AT_ONCE = 3_000.0, 3, 2_000
FIRST = datetime(2025, 12, 31, 16, 0, tzinfo=UTC)
EACH = 3


def _insert(kind: Any, rows: list[dict[str, Any]]) -> None:
    from sqlalchemy import insert

    from models.base import db

    for start in range(0, len(rows), AT_ONCE):
        db.session.connection().execute(insert(kind.__table__), rows[start : start + AT_ONCE])
    db.session.commit()


def fill(places: list[Any], logs: int, seed: int = 7) -> None:
    """Write a year of service straight into the tables: people, services, who was there, hours, what was said."""
    from models.accounts import Account
    from models.attendance import Attendance
    from models.base import now, opaque
    from models.events import JOB
    from models.organizations import Organization
    from models.people import Person
    from models.projects import Project
    from models.ratings import Rating, RatingInvitation
    from models.service_log import ServiceLog
    from models.volunteering import HourRecord

    chance = random.Random(seed)
    author = Account.open("陈社工", "13800000001", by=JOB)
    whom = Organization.enter("爱晚社会工作服务中心", by=JOB)
    projects = [
        Project(project_no=f"B{place.id}", community_id=place.id, organization_id=whom.id, title="陪伴",
                field="ELDERLY_DISABLED", track="PROJECT", state="RUNNING", state_at=now(),
                starts_on=FIRST.date(), ends_on=FIRST.date() + timedelta(days=365), budget=1_000_000).save()
        for place in places
    ]  # fmt: skip
    people = [
        {"id": number + 1, "public_id": opaque(), "community_id": places[number % len(places)].id, "name": f"居民{number}",
         "state": "ACTIVE"}
        for number in range(logs // 5)
    ]  # fmt: skip
    _insert(Person, people)
    kinds: tuple[list[dict[str, Any]], ...] = ([], [], [], [], [])
    served, seats, hours, invited, rated = kinds
    for number in range(1, logs + 1):
        at = chance.randrange(len(places)) if chance.random() > 0.2 else 0
        place, project = places[at], projects[at]
        began = FIRST + timedelta(minutes=chance.randrange(60 * 24 * 365))
        common = {"community_id": place.id, "project_id": project.id, "organization_id": whom.id}
        served.append({**common, "id": number, "public_id": opaque(), "author_id": author.id,
                       "method": chance.choice(["VISIT", "VISIT", "GROUP", "EVENT"]), "state": "APPROVED", "title": "探访",
                       "place": "5栋", "started_at": began, "ended_at": began + timedelta(minutes=60), "minutes": 60,
                       "public_summary": "陪老人聊天"})  # fmt: skip
        own = chance.sample(range(at + 1, len(people) + 1, len(places)), EACH)
        for who in own:
            seats.append({**common, "id": len(seats) + 1, "public_id": opaque(), "log_id": number, "person_id": who,
                          "part": "SERVED", "state": "PRESENT", "way": "MANUAL"})  # fmt: skip
        if number % 5 == 0:
            seat = len(seats)
            invited.append({"id": seat, "public_id": opaque(), "project_id": project.id, "log_id": number,
                            "attendance_id": seat, "person_id": own[-1], "month": f"{number:06d}", "channel": "LINK"})  # fmt: skip
            rated.append({"public_id": opaque(), "invitation_id": seat, "project_id": project.id,
                          "community_id": place.id, "log_id": number, "level": chance.randint(1, 5), "channel": "LINK",
                          "state": "VALID", "contact": "NOBODY"})  # fmt: skip
            hours.append({**common, "public_id": opaque(), "person_id": number // 5, "log_id": number, "activity_name": "探访",
                          "place": "5栋", "content": "陪伴", "organizer": "社区", "in_charge": "陈社工",
                          "started_at": began, "ended_at": began + timedelta(minutes=60), "minutes": 60,
                          "rule": "AS_LOGGED", "state": "COUNTED"})  # fmt: skip
    for kind, rows in ((ServiceLog, served), (Attendance, seats), (HourRecord, hours), (RatingInvitation, invited),
                       (Rating, rated)):  # fmt: skip
        _insert(kind, rows)


def main(arguments: list[str]) -> int:
    """Measure reports of places and periods; return 1 where one takes three seconds or more."""
    logs = int(arguments[0]) if arguments else 100_000
    good = True
    with _house.sqlite() as url, _house.house(url):
        from models import reports
        from models.base import db
        from models.places import Place
        from models.reports import Period, ReportKind

        places = _house.communities(40)
        _house.fill(places, logs // 5)
        began = time.perf_counter()
        fill(places, logs)
        print(f"  {logs:,} services of 40 communities written in {time.perf_counter() - began:.0f} s")
        district = Place.get(places[0].district_id or 0)
        for place, code in ((places[0], "2026-10"), (places[0], "2026"), (district, "2026-10"), (district, "2026")):
            for kind in ReportKind:
                here = reports.scope(place, Period.of(code))

                def work(kind: ReportKind = kind, here: reports.Scope = here) -> None:
                    reports.count(kind, here)
                    db.session.rollback()

                taken = _house.median(work, RUNS, time.process_time)
                print(f"  {kind.value:8} {place.kind:9} {code:8} {taken:8.0f} ms CPU")
                good = good and taken < LIMIT_MS
    return 0 if good else 1
