"""What happens without anybody pressing: sealing, clocks and sweeping, in one consumer with one clock."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask, current_app
from huey import PostgresHuey, SqliteHuey, crontab
from huey.consumer import Consumer

from models import (
    attachments,
    attendance,
    check_ins,
    day_sheets,
    doorkeeping,
    need_counts,
    need_groups,
    seals,
    service_log,
    time_bank,
)
from models.accounts import Account, Actor, actor_of
from models.activities import Activity
from models.base import Refused, db, now
from models.events import IMPORT, JOB, Nobody
from models.ledgers import Ledger, LedgerState
from models.need_imports import ImportState, NeedImport
from models.needs import Need
from models.ratings import Rating, RatingInvitation, RatingRelease
from models.stars import Star
from web import config

JOBS: dict[str, Callable[[], Any]] = {}
# How long after its time a job is still done where the house was closed then: nobody is called late in the evening.
TODAY, A_WEEK, A_MONTH = timedelta(hours=9), timedelta(days=7), timedelta(days=31)


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


def job(when: Any, late: timedelta | None = None) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Name a job that runs at its times, and by hand as `flask --app wsgi jobs run NAME`; each is idempotent.

    Where the house was closed at its time, it is made up for until so much later; one that runs many times a day needs
    no `late`.
    """

    def enlist(work: Callable[[], Any]) -> Callable[[], Any]:
        JOBS[work.__name__] = work
        work.when, work.late = when, late  # type: ignore[attr-defined]
        return work

    return enlist


def run(name: str) -> Any:
    """Run one job now, in the present app context, and commit it. Errors: KeyError for an unknown name."""
    result = JOBS[name]()
    db.session.commit()
    return result


def noted(name: str) -> None:
    """Keep that a job which is made up for ran now."""
    if getattr(JOBS[name], "late", None):
        queue().put(f"ran {name}", now())


def missed() -> list[str]:
    """Return the jobs whose time passed since they last ran, as far as they are still to be done.

    Of one that never ran nothing is known: what it may have missed is counted from now on.
    """
    found = []
    for name, work in JOBS.items():
        late = getattr(work, "late", None)
        if late is None:
            continue
        last = queue().get(f"ran {name}", peek=True)
        if last is None:
            noted(name)
            continue
        since = max(last, now() - late).replace(second=0, microsecond=0, tzinfo=None) + timedelta(minutes=1)
        minutes = int((now().replace(tzinfo=None) - since) / timedelta(minutes=1)) + 1
        if any(work.when(since + timedelta(minutes=one)) for one in range(minutes)):  # type: ignore[attr-defined]
            found.append(name)
    return found


@job(crontab(minute="13"))
def catch_up() -> int:
    """Do what was to be done while the house was closed; return how many jobs that were."""
    late = missed()
    for name in late:
        run(name)
        noted(name)
    return len(late)


@job(crontab(minute="*"))
def seal_diary() -> int:
    """Close what is new in the diary into a seal."""
    return seals.close_new()


@job(crontab(minute="17"))
def sweep_photos() -> int:
    """Remove photos that no form claimed."""
    return attachments.sweep()


@job(crontab(minute="37"))
def look_at_photos_again() -> int:
    """Fill in what photos of earlier days lack to be found where they are used again."""
    return service_log.look_again()


@job(crontab(minute="41", hour="3"), A_WEEK)
def sweep_originals() -> int:
    """Remove the full-size originals of photos after three years."""
    return attachments.sweep_originals()


@job(crontab(minute="11", hour="3"))
def sweep_unnamed_files() -> int:
    """Remove files that broken requests left behind without a row."""
    return attachments.sweep_unnamed()


@job(crontab(minute="5", hour="4"), A_WEEK)
def sweep_places() -> int:
    """Erase where people let it be noted that they were, half a year later."""
    return check_ins.sweep_places()


@job(crontab(minute="23", hour="3"))
def forget_tries() -> None:
    """Forget failed tries that count no more."""
    doorkeeping.forget_knocks(now() - timedelta(days=1))


@job(crontab(minute="*/10"))
def escalate() -> int:
    """Read every running clock, and tell whoever must know that a deadline came near or passed."""
    return Need.escalate_all(by=JOB)


@job(crontab(minute="41", hour="6"), A_WEEK)
def close_silent_needs() -> int:
    """Close what was said to be settled and nobody objected to for seven days."""
    return len(Need.auto_close_all(by=JOB))


@job(crontab(minute="*"))
def bring_needs_in() -> int:
    """Check the files of needs that were received, and bring in those that somebody said yes to."""
    for one in NeedImport.stuck():
        one.give_up("import_broke_off", by=JOB)
    db.session.commit()
    for one in NeedImport.in_state(ImportState.RECEIVED):
        one.check()
        db.session.commit()
    return sum(bring_in(one) for one in NeedImport.in_state(ImportState.WAITING))


@job(crontab(minute="*"))
def bring_ledgers_in() -> int:
    """Read the ledgers that were dropped in, and bring in those that somebody said yes to."""
    for one in Ledger.stuck():
        one.give_up("ledger_broke_off", by=JOB)
    db.session.commit()
    for one in Ledger.in_state(LedgerState.RECEIVED):
        look_through(one)
    return sum(bring_ledger_in(one) for one in Ledger.in_state(LedgerState.WAITING))


def giver(one: Ledger | NeedImport) -> Actor | Nobody:
    """Return in whose name a file is brought in: whoever gave it, or the command of whoever runs the house."""
    return IMPORT if one.account_id is None else actor_of(Account.get(one.account_id))


def look_through(one: Ledger) -> None:
    """Read a ledger in the name of whoever gave it; one at which reading breaks does not stop those behind it."""
    by, number = giver(one), one.id
    try:
        one.check(by)
        db.session.commit()
    except BaseException:
        db.session.rollback()
        Ledger.get(number).give_up("ledger_broke_off", by=by)
        db.session.commit()
        raise


def bring_ledger_in(one: Ledger) -> int:
    """Bring a ledger in, a commit a step, in the name of whoever gave it; what breaks is removed.

    Returns how many lines are new or changed.
    """
    by, number = giver(one), one.id
    try:
        for _step in one.bring_in(by=by):
            db.session.commit()
    except BaseException as error:
        db.session.rollback()
        Ledger.get(number).give_up(error.key if isinstance(error, Refused) else "ledger_broke_off", by=by)
        db.session.commit()
        if not isinstance(error, Refused):
            raise
        return 0
    return one.added + one.changed


@job(crontab(minute="47"))
def sweep_ledgers() -> int:
    """Shred files of ledgers a day after they came in, a week after they were left lying."""
    return Ledger.sweep()


@job(crontab(minute="*/20"))
def refresh_groups() -> int:
    """Look which open needs say the same thing, and lay new suggestions before the clerks."""
    return need_groups.refresh_all(by=JOB)


@job(crontab(minute="37"))
def sweep_import_files() -> int:
    """Remove files of needs a day after they were brought in."""
    return NeedImport.sweep()


@job(crontab(minute="*/10"))
def fold_counts() -> int:
    """Fold the totals of needs into one row a key."""
    return need_counts.fold()


def bring_in(one: NeedImport) -> int:
    """Bring a checked file in, a commit a step, in the name of whoever gave it; what breaks is removed.

    Returns how many needs are new or changed.
    """
    by, number = giver(one), one.id
    try:
        for _step in one.bring_in(by=by):
            db.session.commit()
    except BaseException as error:
        db.session.rollback()
        NeedImport.get(number).give_up(error.key if isinstance(error, Refused) else "import_broke_off", by=by)
        db.session.commit()
        if not isinstance(error, Refused):
            raise
        return 0
    return one.added + one.updated


_open: list[Flask] = []


def _now(name: str) -> None:
    with _open[0].app_context():
        run(name)


@functools.cache
def _by_name() -> Any:
    """Return the task that runs a job by its name: those who ask and the consumer know it by the same one."""
    return queue().task(name="by_name")(_now)


def soon(name: str) -> None:
    """Ask the consumer to run a job now rather than at its next time; tests run it themselves."""
    if not current_app.testing:
        _by_name()(name)


@job(crontab(minute="29"))
def settle_ratings() -> int:
    """Count ratings whose service was approved since, and leave out what the rules leave out."""
    return Rating.settle_waiting(by=JOB)


@job(crontab(minute="7", hour="1"), TODAY)
def invite_raters() -> int:
    """Ask those who were served in the last weeks how it was, at nine in the morning."""
    return RatingInvitation.invite_all(by=JOB)


@job(crontab(minute="5", hour="16", day_of_week="0"), A_WEEK)
def release_ratings() -> int:
    """Release the week's rating figures: five past midnight on Monday, Shanghai time."""
    Rating.settle_waiting(by=JOB)
    return RatingRelease.release_all(by=JOB)


@job(crontab(minute="30", hour="0"), TODAY)
def ring_the_morning() -> int:
    """Tell those whose day begins what waits: half past eight, Shanghai time."""
    return day_sheets.ring(by=JOB)


@job(crontab(minute="20", hour="16"), A_WEEK)
def award_stars() -> int:
    """Award the stars whose notice has stood for its days: twenty past midnight, Shanghai time."""
    return Star.award_all(by=JOB)


@job(crontab(minute="40", hour="16", day="1"), A_MONTH)
def expire_minutes() -> int:
    """Move minutes of the time bank that are too old into the common pools, where a community says so."""
    return time_bank.expire_all(by=JOB)


@job(crontab(minute="0", hour="1"), TODAY)
def remind_of_activities() -> int:
    """Remind those who signed up for tomorrow's activities: nine in the morning, Shanghai time."""
    return Activity.remind_all(by=JOB)


@job(crontab(minute="30", hour="12,14"), timedelta(hours=2))
def ask_who_left() -> int:
    """Ask the volunteers of the day who did not check out: half past eight and half past ten in the evening, Shanghai time."""
    return attendance.ask_who_left(by=JOB)


@job(crontab(minute="20", hour="*"))
def note_absences() -> int:
    """Note who had signed up and did not come, a day after the end."""
    return attendance.note_absences(by=JOB)


def main() -> None:
    """Run the one consumer of this installation: one worker, one clock."""
    from web import create_app  # The application imports the jobs' names.

    try:
        app = create_app()
    except config.SettingWrong as wrong:
        sys.exit(wrong.message)
    huey = queue()
    _open.append(app)
    _by_name()
    for name, work in JOBS.items():
        huey.periodic_task(work.when, name=name)(_in_context(app, name))  # type: ignore[attr-defined]
    _by_name()("catch_up")
    Consumer(huey, workers=1, periodic=True, check_worker_health=True).run()


def _in_context(app: Flask, name: str) -> Callable[[], None]:
    def work() -> None:
        with app.app_context():
            run(name)
            noted(name)

    work.__name__ = name
    return work


if __name__ == "__main__":
    # Run as a script this file is a second one under another name; what the counters ask for is known by the first.
    from web import jobs  # noqa: PLW0406  # That is the point.

    jobs.main()
