"""The demo year is the same for the same seed and date."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import LargeBinary, select

from demo import year
from models.base import db as database
from tests.conftest import close

TODAY = date(2026, 11, 28)
# Files bear names that nobody can guess, and a seal the time of its making: these differ, and nobody reads them.
OWN = {"attachments": {"display", "thumbnail", "original"}, "seals": {"at", "hash"}}


@pytest.fixture
def lived(databases: Any, build_app: Callable[[str], Flask]) -> Any:
    """Return how a year is lived in a database of its own, and read there."""

    def live(read: Callable[[year.Year], Any], **more: Any) -> Any:
        url = databases.clone()
        app = build_app(url)
        try:
            with app.app_context():
                return read(year.fill("one hash for all", today=TODAY, **more))
        finally:
            close(app)
            databases.drop(url)

    return live


def digest(_year: year.Year) -> str:
    """Return the digest of every row of every table, ciphers and names of files left out."""
    whole = hashlib.sha256()
    for name, table in sorted(database.metadata.tables.items()):
        shown = [c for c in table.c if not isinstance(c.type, LargeBinary) and c.name not in OWN.get(name, ())]
        for row in database.session.execute(select(*shown).order_by(*table.primary_key)):
            whole.update(repr((name, *row)).encode())
    return whole.hexdigest()


def test_the_same_seed_and_date_give_the_same_year_to_the_last_row(lived: Any) -> None:
    assert lived(digest, days=10) == lived(digest, days=10)
