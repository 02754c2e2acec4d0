"""Whatever revision an office runs, the newest one takes over its data; and the tables are what the models say."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from models.base import db as database
from tests.databases import MIGRATIONS
from tests.migrations.filling import counts, fill

pytestmark = [
    pytest.mark.both_databases,
    # An index over an expression is no column of a table; the tests of the desk hold it to its query.
    pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index"),
]

NEWER = '''"""A revision of the tests."""

from alembic import op

revision, down_revision, branch_labels, depends_on = "9999", "{after}", None, None


def upgrade() -> None:
    op.create_index("ix_of_the_tests", "organizations", ["is_support"], unique={unique})
'''


def revisions(folder: Path = MIGRATIONS) -> list[str]:
    """Return every revision, oldest first."""
    return [one.revision for one in ScriptDirectory(str(folder)).walk_revisions()][::-1]


def filled() -> dict[str, int]:
    """Fill the tables of the present revision and return their sizes."""
    with database.engine.begin() as connection:
        fill(connection)
    return sizes()


def sizes() -> dict[str, int]:
    """Return how many rows each table holds."""
    with database.engine.begin() as connection:
        return counts(connection)


@pytest.mark.parametrize("revision", revisions())
def test_the_newest_revision_takes_over_the_rows_of_each_earlier_one(office: Flask, revision: str) -> None:
    upgrade(directory=str(MIGRATIONS), revision=revision)
    before = filled()
    assert before and all(before.values())
    upgrade(directory=str(MIGRATIONS))
    after = sizes()
    assert {name: after[name] for name in before if name in after} == {n: c for n, c in before.items() if n in after}
    if database.engine.dialect.name == "sqlite":
        with database.engine.begin() as connection:
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []


def test_the_tables_are_what_the_models_say(app: Flask) -> None:
    def ours(name: str | None, kind: str, parents: Any) -> bool:
        # The search words are the tools' own; the desk's line is an index over an expression, held by the desk's tests.
        return not (name or "").startswith(("need_words", "ix_needs_line"))

    with app.app_context():
        how = {"compare_type": True, "render_as_batch": True, "include_name": ours}
        context = MigrationContext.configure(database.session.connection(), opts=how)
        differences = compare_metadata(context, database.metadata)
    assert differences == [], "write the next revision: flask --app wsgi db migrate"


def test_the_history_is_one_line_and_its_numbers_follow_one_another() -> None:
    assert len(ScriptDirectory(str(MIGRATIONS)).get_heads()) == 1
    assert revisions() == [f"{number:04d}" for number in range(1, len(revisions()) + 1)]


@pytest.mark.parametrize("harmless", [True, False])
def test_a_later_revision_is_found_and_one_that_rows_do_not_survive_is_caught(
    office: Flask, tmp_path: Path, harmless: bool
) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    newest = revisions()[-1]
    (folder / "versions" / "9999_index.py").write_text(
        NEWER.format(after=newest, unique=not harmless), encoding="utf-8"
    )
    assert revisions(folder)[-2:] == [newest, "9999"]
    upgrade(directory=str(folder), revision=newest)
    before = filled()
    if harmless:
        upgrade(directory=str(folder))
        assert sizes() == before
    else:
        # Both rows of the table say the same there; they stay as they were.
        with pytest.raises(IntegrityError):
            upgrade(directory=str(folder))
        assert sizes() == before
