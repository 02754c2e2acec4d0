"""How Alembic meets the database of Linli: the application's own engine, one transaction, names for constraints."""

from alembic import context
from flask import current_app

from models.base import writing

database = current_app.extensions["migrate"].db


def ours(name: str | None, kind: str, parents: object) -> bool:
    """Leave to migrations/search_index.py the tables of the search, which are no model's."""
    return kind != "table" or not (name or "").startswith("need_words")


def run() -> None:
    """Bring the database forward."""
    writing.set(True)
    with database.engine.connect() as connection:
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


run()
