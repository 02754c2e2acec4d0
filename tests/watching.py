"""What the tests watch while a request runs: every statement, and whether a template asked for it."""

from __future__ import annotations

import contextlib
import re
import threading
from collections.abc import Iterator
from typing import Any

import flask
from sqlalchemy import event
from sqlalchemy.engine import Engine

from models.base import writing

BOOKKEEPING = re.compile(r"\s*(SAVEPOINT|RELEASE|ROLLBACK|COMMIT|BEGIN|PRAGMA|SET TRANSACTION)\b", re.IGNORECASE)
CHANGES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|TRUNCATE)\b", re.IGNORECASE)


class Watch(threading.local):
    """The open templates and running counters of a thread."""

    # What a server's thread did wrong fails the test too.
    offences: list[str] = []

    def __init__(self) -> None:
        self.templates: list[str] = []
        self.counters: list[list[str]] = []

    def statement(self, sql: str) -> None:
        """Note one statement."""
        if BOOKKEEPING.match(sql):
            return
        for counter in self.counters:
            counter.append(sql)
        if self.templates:
            self.offences.append(
                f"{self.templates[-1]} asked the database while it was drawn:\n    {sql}\n"
                "A template shows what a reader gave it: let the reader return complete rows (architecture law 9)."
            )
        if CHANGES.match(sql) and not writing.get():
            self.offences.append(
                f"A request that only reads changed the database:\n    {sql}\n"
                "Move the change into a POST, or into a transaction of its own (decision 13)."
            )

    def forget(self) -> None:
        """Begin afresh."""
        self.offences.clear()
        self.templates.clear()

    def verdict(self) -> None:
        """Fail with what was seen, and begin afresh."""
        offences = list(self.offences)
        self.forget()
        if offences:
            raise AssertionError("\n".join(offences))


watch = Watch()


@event.listens_for(Engine, "before_cursor_execute")
def _see(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
    watch.statement(statement)


def _opened(sender: Any, template: Any, **rest: Any) -> None:
    watch.templates.append(template.name or "a template string")


def _closed(sender: Any, template: Any, **rest: Any) -> None:
    if watch.templates:
        watch.templates.pop()


flask.before_render_template.connect(_opened)
flask.template_rendered.connect(_closed)


@contextlib.contextmanager
def count_queries() -> Iterator[list[str]]:
    """Collect the statements of a block: `with count_queries() as queries: …; assert len(queries) <= 6`."""
    queries: list[str] = []
    watch.counters.append(queries)
    try:
        yield queries
    finally:
        watch.counters.remove(queries)
