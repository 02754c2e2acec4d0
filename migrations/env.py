"""How Alembic meets the database of Linli: the application's own engine, one transaction, names for constraints."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from alembic import context
from flask import current_app
from sqlalchemy.exc import DatabaseError

from models.base import writing
from web.cli import in_plain_words

database = current_app.extensions["migrate"].db


def ours(name: str | None, kind: str, parents: object) -> bool:
    """Leave to migrations/search_index.py the tables of the search, which are no model's."""
    return kind != "table" or not (name or "").startswith("need_words")


@contextmanager
def rebuilding(connection: Any) -> Iterator[None]:
    """Let SQLite build a table anew while rows of others point at it, and look afterwards that none points nowhere.

    SQLite changes a column by copying its table and dropping the old one, which foreign keys forbid once there are
    rows; the switch works only outside a transaction.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.dbapi_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        lost = raw.execute("PRAGMA foreign_key_check").fetchall()
        if lost:
            raise RuntimeError(f"rows point at nothing after the upgrade: {lost[:5]}")
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def run() -> None:
    """Bring the database forward."""
    writing.set(True)
    with database.engine.connect() as connection, rebuilding(connection):
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_as_batch=True,
            compare_type=True,
            include_name=ours,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


def run_plainly() -> None:
    """Bring the database forward; one that cannot be opened is named in one line."""
    try:
        run()
    except DatabaseError as closed:
        sentence = in_plain_words(closed)
        if sentence:
            raise click.ClickException(sentence) from closed
        raise


run_plainly()
