"""How many needs came in, were answered and came to rest on each day: totals that cost the same however many there are.

Each change of a need adds rows of plus or minus one in its own transaction; nobody waits for anybody's row. A job folds
them into one row a key, and readers add up what they find, folded or not.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    and_,
    delete,
    event,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column
from sqlalchemy.orm.attributes import get_history
from sqlalchemy.orm.base import PASSIVE_NO_INITIALIZE

from models.base import SHANGHAI, Row, db
from models.needs import Need
from models.needs.missed import MissedDate

AT_ONCE = 2000


class Count(StrEnum):
    """What is counted, on the day on which it happened; LATE on the first day of a month that a need missed."""

    RECEIVED = "RECEIVED"
    ACCEPTED = "ACCEPTED"
    ANSWERED = "ANSWERED"
    RESOLVED = "RESOLVED"
    CLOSED = "CLOSED"
    LATE = "LATE"


class NeedDailyCount(Row):
    """Some needs of one community, day, tile and field to which the same happened; n may be negative until folded."""

    __tablename__ = "need_daily_counts"
    __table_args__ = (Index("ix_need_daily_counts_key", "community_id", "day", "what", "tile", "field", "n"),)
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    day: Mapped[date] = mapped_column(Date)
    what: Mapped[Count] = mapped_column(String(12))
    tile: Mapped[str] = mapped_column(String(16), default="")
    field: Mapped[str] = mapped_column(String(24), default="")
    n: Mapped[int] = mapped_column(Integer)


Key = tuple[int, date, str, str, str]
KEY = (
    NeedDailyCount.community_id,
    NeedDailyCount.day,
    NeedDailyCount.what,
    NeedDailyCount.tile,
    NeedDailyCount.field,
)
# What a need is counted under; where one of these changes, everything that was counted of it moves.
SORTED = ("community_id", "tile", "field", "hidden")
READ = (*SORTED, "raised_at", "accepted_at", "answered_at", "resolved_at", "closed_at")
# The days on which a date of the need passed are rows of their own.
MISSED = "missed"
NOTHING: dict[str, Any] = {**dict.fromkeys(READ), MISSED: ()}
COLUMNS = [getattr(Need, name) for name in READ]


def firsts(days: Iterable[date]) -> set[date]:
    """Return the first day of each month: a need is late once a month, however many of its dates pass. Pure."""
    found: dict[tuple[int, int], date] = {}
    for day in sorted(days, reverse=True):
        found[day.year, day.month] = day
    return set(found.values())


def keys_of(row: Mapping[str, Any]) -> set[Key]:
    """Return what a need counts as now; nothing while it is hidden. Pure."""
    if row["hidden"]:
        return set()
    happened = {
        Count.RECEIVED: row["raised_at"], Count.ACCEPTED: row["accepted_at"], Count.ANSWERED: row["answered_at"],
        Count.RESOLVED: row["resolved_at"], Count.CLOSED: row["closed_at"],
    }  # fmt: skip
    tile, field = (str(getattr(row[name], "value", row[name]) or "") for name in ("tile", "field"))
    days = [(what, at.astimezone(SHANGHAI).date()) for what, at in happened.items() if at is not None]
    days += [(Count.LATE, day) for day in firsts(row[MISSED])]
    return {(row["community_id"], day, what.value, tile, field) for what, day in days}


def _add(connection: Any, changes: Mapping[Key, int]) -> None:
    names = ("community_id", "day", "what", "tile", "field")
    rows = [{**dict(zip(names, key, strict=True)), "n": n} for key, n in sorted(changes.items()) if n]
    if rows:
        connection.execute(insert(NeedDailyCount.__table__), rows)


def _rows(connection: Any, ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return the needs as they stand in the database, each with the days on which one of its dates passed."""
    found = connection.execute(select(Need.id, *COLUMNS).where(Need.id.in_(ids)))
    days = _days(connection, MissedDate.need_id.in_(ids))
    return [{**row._mapping, MISSED: days.get(row.id, ())} for row in found]


def _days(connection: Any, *which: Any) -> dict[int, list[date]]:
    days: dict[int, list[date]] = {}
    for need_id, day in connection.execute(select(MissedDate.need_id, MissedDate.day).where(*which)):
        days.setdefault(need_id, []).append(day)
    return days


@event.listens_for(Need, "after_insert")
def _raised(mapper: Mapper[Any], connection: Connection, need: Need) -> None:
    _add(connection, Counter(keys_of({**NOTHING, **{name: getattr(need, name) for name in READ}})))


@event.listens_for(Need, "before_update")
def _changed(mapper: Mapper[Any], connection: Connection, need: Need) -> None:
    """Compare with what the session read of the row, else with the row as it stands.

    The version of the row makes sure that what the session read is what stands there.
    """
    before = _remembered(need)
    after = {name: getattr(need, name) for name in READ}
    if before == after:
        return
    moved = before is None or any(before[name] != after[name] for name in SORTED)
    days = _days(connection, MissedDate.need_id == need.id) if moved and need.dates_missed else {}
    missed = {MISSED: days.get(need.id, ())}
    changes: Counter[Key] = Counter(keys_of({**after, **missed}))
    for row in [{**before, **missed}] if before else _rows(connection, [need.id]):
        changes.subtract(keys_of(row))
    _add(connection, changes)


@event.listens_for(MissedDate, "after_insert")
def _passed(mapper: Mapper[Any], connection: Connection, one: MissedDate) -> None:
    """Count a need as late in the month of a date that passed, unless an earlier day of that month was missed too."""
    earlier = _days(connection, MissedDate.need_id == one.need_id, MissedDate.id < one.id).get(one.need_id, [])
    for row in _rows(connection, [one.need_id]):
        changes: Counter[Key] = Counter(keys_of({**row, MISSED: [*earlier, one.day]}))
        changes.subtract(keys_of({**row, MISSED: earlier}))
        _add(connection, changes)


@event.listens_for(MissedDate, "before_delete")
def _put_right(mapper: Mapper[Any], connection: Connection, one: MissedDate) -> None:
    """Count a need as before once a date of it is known not to have passed."""
    others = _days(connection, MissedDate.need_id == one.need_id, MissedDate.id != one.id).get(one.need_id, [])
    for row in _rows(connection, [one.need_id]):
        changes: Counter[Key] = Counter(keys_of({**row, MISSED: others}))
        changes.subtract(keys_of({**row, MISSED: [*others, one.day]}))
        _add(connection, changes)


def _remembered(need: Need) -> dict[str, Any] | None:
    """Return the row as the session read it, None where it no longer knows a part of it."""
    before: dict[str, Any] = {}
    for name in READ:
        history = get_history(need, name, PASSIVE_NO_INITIALIZE)
        read = [*history.deleted, *history.unchanged]
        if not read:
            return None
        before[name] = read[0]
    return before


def add(changes: Mapping[Key, int]) -> None:
    """Add what happened to needs that were put in by statements that bypass the session."""
    _add(db.session.connection(), changes)


@contextlib.contextmanager
def recounted(ids: Sequence[int]) -> Iterator[None]:
    """Count again the needs that are changed in the block by statements that bypass the session."""
    connection = db.session.connection()
    changes: Counter[Key] = Counter()
    for row in _rows(connection, ids):
        changes.subtract(keys_of(row))
    yield
    for row in _rows(connection, ids):
        changes.update(keys_of(row))
    _add(connection, changes)


def fold(most: int = 20_000) -> int:
    """Fold the rows of each key into one; run by the job. Returns how many rows went."""
    doubled = select(*KEY).group_by(*KEY).having((func.count() > 1) | (func.sum(NeedDailyCount.n) == 0)).subquery()
    same = [column == doubled.c[column.key] for column in KEY]
    rows = db.session.execute(
        select(NeedDailyCount.id, *KEY, NeedDailyCount.n).join(doubled, and_(*same)).limit(most)
    ).all()
    ids, changes = [row[0] for row in rows], Counter[Key]()
    for row in rows:
        changes[row[1], row[2], row[3], row[4], row[5]] += row[6]
    for start in range(0, len(ids), AT_ONCE):
        db.session.execute(delete(NeedDailyCount).where(NeedDailyCount.id.in_(ids[start : start + AT_ONCE])))
    _add(db.session.connection(), changes)
    return len(ids) - sum(1 for n in changes.values() if n)


def counted() -> dict[Key, int]:
    """Count every need from its own row: what the totals must say."""
    total: Counter[Key] = Counter()
    last = 0
    connection = db.session.connection()
    while rows := connection.execute(
        select(Need.id, *COLUMNS).where(Need.id > last).order_by(Need.id).limit(AT_ONCE)
    ).all():
        days = _days(connection, MissedDate.need_id > last, MissedDate.need_id <= rows[-1].id)
        for row in rows:
            total.update(keys_of({**row._mapping, MISSED: days.get(row.id, ())}))
        last = rows[-1].id
    return dict(total)


def kept() -> dict[Key, int]:
    """Return the totals as they are kept."""
    query = select(*KEY, func.sum(NeedDailyCount.n)).group_by(*KEY).having(func.sum(NeedDailyCount.n) != 0)
    return {(row[0], row[1], str(row[2]), row[3], row[4]): int(row[5]) for row in db.session.execute(query)}


def recount() -> int:
    """Make the totals anew from the needs; a part of `flask --app wsgi recount`. Returns how many differed."""
    if db.session.get_bind().dialect.name == "postgresql":
        # A need that changes between our two looks would count twice.
        db.session.execute(text("LOCK TABLE need_daily_counts IN EXCLUSIVE MODE"))
    before, after = kept(), counted()
    db.session.execute(delete(NeedDailyCount))
    _add(db.session.connection(), after)
    return len(dict(before.items() ^ after.items()))


def totals(
    communities: Iterable[int], since: date, until: date, *per: str, counts: Iterable[Count] = tuple(Count)
) -> dict[tuple[Any, ...], int]:
    """Return totals of the days in [since, until), for each of `per`: what, day, tile, field or community_id."""
    columns = [getattr(NeedDailyCount, name) for name in per]
    query = (
        select(*columns, func.sum(NeedDailyCount.n))
        .where(
            NeedDailyCount.community_id.in_(list(communities)),
            NeedDailyCount.day >= since,
            NeedDailyCount.day < until,
            NeedDailyCount.what.in_([one.value for one in counts]),
        )
        .group_by(*columns)
    )
    return {tuple(row[:-1]): int(row[-1]) for row in db.session.execute(query) if row[-1]}
