"""How many needs came in, were answered and came to rest on each day: totals that cost the same however many there are.

Each change of a need adds rows of plus or minus one in its own transaction; nobody waits for anybody's row. A job folds
them into one row a key, and readers add up what they find, folded or not.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
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
    case,
    delete,
    event,
    func,
    insert,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column
from sqlalchemy.orm.attributes import get_history
from sqlalchemy.orm.base import PASSIVE_NO_INITIALIZE

from models.base import SHANGHAI, Row, db
from models.deadlines import Escalation
from models.needs import Need

AT_ONCE = 2000


class Count(StrEnum):
    """What is counted, on the day on which it happened; LATE on the day on which it was due."""

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
READ = (
    "community_id", "tile", "field", "hidden", "raised_at", "accepted_at", "answered_at", "resolved_at", "closed_at",
    "acceptance_due_at", "answer_due_at", "next_step_at", "escalated", "reopened",
)  # fmt: skip
NOTHING: dict[str, Any] = {**dict.fromkeys(READ), "reopened": 0}
COLUMNS = [getattr(Need, name) for name in READ]
RED = (Escalation.HEAD, Escalation.STREET, Escalation.PUBLIC)


def _late(row: Mapping[str, Any]) -> datetime | None:
    """Return when a need was due that was accepted or answered late, or that waits beyond its time."""
    accepted, answered = row["accepted_at"], row["answered_at"] or row["closed_at"]
    if row["acceptance_due_at"] and accepted and accepted > row["acceptance_due_at"]:
        return row["acceptance_due_at"]  # type: ignore[no-any-return]
    if row["answer_due_at"] and answered and answered > row["answer_due_at"]:
        return row["answer_due_at"]  # type: ignore[no-any-return]
    # A need that was reopened twice lies with the street without being late.
    red = RED if row["reopened"] < 2 else (Escalation.PUBLIC,)
    if row["escalated"] in red:
        return row["next_step_at"] or row["answer_due_at"] or row["acceptance_due_at"]  # type: ignore[no-any-return]
    return None


def late_at() -> Any:
    """Return the same as `_late` for a question to the database: a need that is listed was counted, and no other."""
    answered = func.coalesce(Need.answered_at, Need.closed_at)
    red = or_(
        and_(Need.reopened < 2, Need.escalated.in_([one.value for one in RED])), Need.escalated == Escalation.PUBLIC
    )
    return case(
        (Need.accepted_at > Need.acceptance_due_at, Need.acceptance_due_at),
        (answered > Need.answer_due_at, Need.answer_due_at),
        (red, func.coalesce(Need.next_step_at, Need.answer_due_at, Need.acceptance_due_at)),
        else_=None,
    )


def keys_of(row: Mapping[str, Any]) -> set[Key]:
    """Return what a need counts as now; nothing while it is hidden. Pure."""
    if row["hidden"]:
        return set()
    happened = {
        Count.RECEIVED: row["raised_at"], Count.ACCEPTED: row["accepted_at"], Count.ANSWERED: row["answered_at"],
        Count.RESOLVED: row["resolved_at"], Count.CLOSED: row["closed_at"], Count.LATE: _late(row),
    }  # fmt: skip
    tile, field = (str(getattr(row[name], "value", row[name]) or "") for name in ("tile", "field"))
    return {
        (row["community_id"], at.astimezone(SHANGHAI).date(), what.value, tile, field)
        for what, at in happened.items()
        if at is not None
    }


def _add(connection: Any, changes: Mapping[Key, int]) -> None:
    names = ("community_id", "day", "what", "tile", "field")
    rows = [{**dict(zip(names, key, strict=True)), "n": n} for key, n in sorted(changes.items()) if n]
    if rows:
        connection.execute(insert(NeedDailyCount.__table__), rows)


def _rows(connection: Any, ids: Sequence[int]) -> list[dict[str, Any]]:
    found = connection.execute(select(Need.id, *COLUMNS).where(Need.id.in_(ids)))
    return [dict(row._mapping) for row in found]


@event.listens_for(Need, "after_insert")
def _raised(mapper: Mapper[Any], connection: Connection, need: Need) -> None:
    _add(connection, Counter(keys_of({name: getattr(need, name) for name in READ})))


@event.listens_for(Need, "before_update")
def _changed(mapper: Mapper[Any], connection: Connection, need: Need) -> None:
    """Compare with what the session read of the row, else with the row as it stands.

    The version of the row makes sure that what the session read is what stands there.
    """
    before = _remembered(need)
    after = {name: getattr(need, name) for name in READ}
    if before == after:
        return
    changes: Counter[Key] = Counter(keys_of(after))
    for row in [before] if before else _rows(connection, [need.id]):
        changes.subtract(keys_of(row))
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
        for row in rows:
            total.update(keys_of(dict(row._mapping)))
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
