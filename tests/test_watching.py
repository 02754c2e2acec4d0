"""The watch itself: who asks the database at the wrong moment is caught."""

from __future__ import annotations

from typing import Any

import pytest
from flask import before_render_template, render_template_string
from sqlalchemy import text

from models.base import writing
from tests.watching import count_queries, watch


def test_a_template_that_asks_the_database_is_caught(db: Any) -> None:
    render_template_string("{{ ask() }}", ask=lambda: db.session.scalar(text("SELECT 1")))
    with pytest.raises(AssertionError, match="asked the database while it was drawn"):
        watch.verdict()


def test_what_a_reader_brings_may_be_drawn(db: Any) -> None:
    assert render_template_string("{{ rows }}", rows=db.session.scalar(text("SELECT 1"))) == "1"
    watch.verdict()


def test_a_reading_request_that_writes_is_caught(db: Any) -> None:
    token = writing.set(False)
    db.session.execute(text("DELETE FROM events WHERE id = 0"))
    writing.reset(token)
    with pytest.raises(AssertionError, match="only reads changed the database"):
        watch.verdict()


@pytest.mark.parametrize(("name", "value"), [("icon", "house"), ("csrf_token", "abc")])
def test_a_value_that_hides_a_macro_or_a_global_is_caught(app: Any, name: str, value: str) -> None:
    with app.test_request_context():
        template = app.jinja_env.get_template("layouts/print.html" if name == "csrf_token" else "desk/_filters.html")
        before_render_template.send(app, template=template, context={name: value, "request": 1})
    watch.templates.clear()
    with pytest.raises(AssertionError, match=f"is given {name}, and a macro or a global"):
        watch.verdict()


def test_queries_are_counted_without_the_bookkeeping(db: Any) -> None:
    with count_queries() as queries:
        db.session.execute(text("SELECT 1"))
        db.session.commit()
        db.session.execute(text("SELECT 2"))
    assert queries == ["SELECT 1", "SELECT 2"]


@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_commits_is_gone_in_the_next(db: Any, turn: int) -> None:
    assert db.session.scalar(text("SELECT count(*) FROM seals")) == 0
    insert = "INSERT INTO seals (at, previous_hash, hash, members) VALUES (CURRENT_TIMESTAMP, 'a', 'b', 0)"
    db.session.execute(text(insert))
    db.session.commit()
    assert db.session.scalar(text("SELECT count(*) FROM seals")) == 1
