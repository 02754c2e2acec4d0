"""Rows for a database of any revision: nobody can ask old models for them, so the tables themselves are asked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table, UniqueConstraint, func, select
from sqlalchemy import types as kinds
from sqlalchemy.exc import IntegrityError

ROWS = 2
# What belongs to the tools and not to the community.
NOT_OURS = ("alembic_version", "need_words")
# Values that a table's checks ask for, and that its columns alone do not tell.
ASKED_FOR: dict[str, dict[str, Any]] = {
    "places": {"kind": "DISTRICT", "parent_id": None},
    "service_logs": {"approved_by_id": None, "first_approved_by_id": None},
    "hour_records": {"approved_by_id": None},
    "reports": {"signed_by_id": None},
    "volunteer_rules": {"floor": 0},
    "time_accounts": {"community_id": 1},
    "time_claims": {"helper_id": 1, "helped_id": 2},
    "time_postings": {"from_id": 1, "to_id": 2, "community_id": 1},
    "unmasked_files": {"asked_by_id": 1, "decided_by_id": 2},
    "hand_overs": {"giver_id": 1, "taker_id": 2},
}


def tables_of(connection: Connection) -> dict[str, Table]:
    """Return the tables as they stand in the database."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: not name.startswith(NOT_OURS))
    return dict(found.tables)


def fill(connection: Connection) -> dict[str, int]:
    """Put two rows into every table, and return how many rows each holds.

    The first row fills every column where the table's checks allow it; the second leaves out what may be left out.
    """
    waiting = tables_of(connection)
    filled: dict[str, int] = {}
    while waiting:
        ready = [table for table in waiting.values() if _named(table, needed=True) <= filled.keys()]
        assert ready, f"these tables wait for one another: {sorted(waiting)}"
        table = min(ready, key=lambda one: (len(_named(one) - filled.keys()), one.name))
        for row in range(1, ROWS + 1):
            _put(connection, table, row, filled)
        filled[table.name] = ROWS
        del waiting[table.name]
    return filled


def counts(connection: Connection) -> dict[str, int]:
    """Return how many rows each table holds."""
    return {
        name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for name, table in tables_of(connection).items()
    }


def _named(table: Table, *, needed: bool = False) -> set[str]:
    """Return the other tables that a table names, or those alone that must have rows first."""
    columns = [column for column in table.c if not (needed and column.nullable)]
    return {key.column.table.name for column in columns for key in column.foreign_keys} - {table.name}


def _put(connection: Connection, table: Table, row: int, filled: dict[str, int]) -> None:
    faults = []
    for whole in (True, False) if row == 1 else (False, True):
        try:
            with connection.begin_nested():
                connection.execute(table.insert().values(**_values(table, row, filled, whole)))
            return
        except IntegrityError as fault:
            faults.append(str(fault.orig))
    raise AssertionError(f"{table.name} takes no row ({faults}); say in ASKED_FOR what its checks ask for")


def _values(table: Table, row: int, filled: dict[str, int], whole: bool) -> dict[str, Any]:
    asked = ASKED_FOR.get(table.name, {})
    told = {name: value for name, value in asked.items() if name in table.c}
    own = {
        column.name: _value(column, row, filled)
        for column in table.c
        if column.name not in told and (whole or not column.nullable)
    }
    return {**own, **told}


def _value(column: Column[Any], row: int, filled: dict[str, int]) -> Any:
    if column.foreign_keys:
        [key, *_] = column.foreign_keys
        return row if key.column.table.name in filled or not column.nullable else None
    if column.primary_key or _unique(column):
        return _plain(column, row)
    return _plain(column, 1 if isinstance(column.type, kinds.Integer) else row)


def _unique(column: Column[Any]) -> bool:
    table = column.table
    named = {one.name for rule in table.constraints if isinstance(rule, UniqueConstraint) for one in rule.columns}
    return column.name in named | {one.name for index in table.indexes if index.unique for one in index.columns}


def _plain(column: Column[Any], row: int) -> Any:
    kind = column.type
    # What begins ends later.
    day = date(2026, 1, 5) + timedelta(days=7 * row + column.name.startswith("end"))
    if isinstance(kind, kinds.Boolean):
        return False
    if isinstance(kind, kinds.Integer):
        return row
    if isinstance(kind, kinds.DateTime):
        moment = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
        return moment if kind.timezone else moment.replace(tzinfo=None)
    if isinstance(kind, kinds.Date):
        return day
    if isinstance(kind, kinds.JSON):
        return {}
    if isinstance(kind, kinds.LargeBinary):
        return b"row %d" % row
    assert isinstance(kind, kinds.String), f"{column}: nobody knows a value of {kind!r}"
    return f"{row}".rjust(min(kind.length or 10, 64), "0")
