"""A town hall whose database is empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from models.base import db as database
from tests.conftest import close


@pytest.fixture
def office(databases: Any, build_app: Callable[[str], Flask]) -> Iterator[Flask]:
    """Return a town hall with an empty database."""
    url = databases.empty()
    app = build_app(url)
    with app.app_context():
        yield app
        database.session.remove()
    close(app)
    databases.drop(url)
