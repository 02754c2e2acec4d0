"""What happens without anybody pressing: sealing, clocks and sweeping, in one consumer with one clock."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask
from huey import PostgresHuey, SqliteHuey, crontab
from huey.consumer import Consumer

from models import attachments, doorkeeping, seals
from models.base import db, now
from models.events import JOB
from models.needs import Need
from web import config

JOBS: dict[str, Callable[[], Any]] = {}


def _queue() -> Any:
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith(("postgres://", "postgresql")):
        return PostgresHuey("linli", dsn=url.replace("postgresql+psycopg://", "postgresql://", 1))
    folder = config.instance_path(None)
    os.makedirs(folder, exist_ok=True)
    return SqliteHuey("linli", filename=os.path.join(folder, "jobs.db"))


@functools.cache
def queue() -> Any:
    """Return the one queue of this installation: beside the database, or inside PostgreSQL."""
    return _queue()


def job(*when: Any) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Name a job that runs at its times, and by hand as `flask --app wsgi jobs run NAME`; each is idempotent."""

    def enlist(work: Callable[[], Any]) -> Callable[[], Any]:
        JOBS[work.__name__] = work
        work.when = when  # type: ignore[attr-defined]
        return work

    return enlist


def run(name: str) -> Any:
    """Run one job now, in the present app context, and commit it. Errors: KeyError for an unknown name."""
    result = JOBS[name]()
    db.session.commit()
    return result


@job(crontab(minute="*"))
def seal_diary() -> int:
    """Close what is new in the diary into a seal."""
    return seals.close_new()


@job(crontab(minute="17"))
def sweep_photos() -> int:
    """Remove photos that no form claimed."""
    return attachments.sweep()


@job(crontab(minute="23", hour="3"))
def forget_tries() -> None:
    """Forget failed tries that count no more."""
    doorkeeping.forget_knocks(now() - timedelta(days=1))


@job(crontab(minute="*/10"))
def escalate() -> int:
    """Read every running clock, and tell whoever must know that a deadline came near or passed."""
    return Need.escalate_all(by=JOB)


@job(crontab(minute="41", hour="6"))
def close_silent_needs() -> int:
    """Close what was said to be settled and nobody objected to for seven days."""
    return len(Need.auto_close_all(by=JOB))


def main() -> None:
    """Run the one consumer of this installation: one worker, one clock."""
    from web import create_app  # The application imports the jobs' names.

    app = create_app()
    huey = queue()
    for name, work in JOBS.items():
        huey.periodic_task(work.when[0], name=name)(_in_context(app, name))  # type: ignore[attr-defined]
    Consumer(huey, workers=1, periodic=True, check_worker_health=True).run()


def _in_context(app: Flask, name: str) -> Callable[[], None]:
    def work() -> None:
        with app.app_context():
            run(name)

    work.__name__ = name
    return work


if __name__ == "__main__":
    main()
