"""What the tests watch while a request runs: every statement, and whether a template asked for it."""

from __future__ import annotations

import contextlib
import functools
import re
import threading
from collections.abc import Iterator, Mapping
from typing import Any

import flask
from jinja2 import Environment, nodes
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


@functools.cache
def _brought_in(environment: Environment, name: str) -> frozenset[str]:
    """Return the names of what a template and those that it extends or includes bring in from others."""
    source, *_ = environment.loader.get_source(environment, name)  # type: ignore[union-attr]  # The house has a loader.
    tree = environment.parse(source)
    macros = {one if isinstance(one, str) else one[1] for node in tree.find_all(nodes.FromImport) for one in node.names}
    modules = {node.target for node in tree.find_all(nodes.Import)}
    drawn_with = (*tree.find_all(nodes.Extends), *tree.find_all(nodes.Include))
    others = [node.template.value for node in drawn_with if isinstance(node.template, nodes.Const)]
    return frozenset(macros | modules).union(*(_brought_in(environment, other) for other in others))


def _hidden(environment: Environment, name: str, values: Mapping[str, Any]) -> set[str]:
    """Return the values of a page that bear the name of something brought in, or known to all: one hides the other."""
    known = {one for one in values.keys() & environment.globals.keys() if values[one] is not environment.globals[one]}
    return (known - {"g", "request", "session"}) | (values.keys() & _brought_in(environment, name))


def _opened(sender: Any, template: Any, context: Mapping[str, Any], **rest: Any) -> None:
    watch.templates.append(template.name or "a template string")
    if template.name and (hidden := _hidden(template.environment, template.name, context)):
        watch.offences.append(
            f"{template.name} is given {', '.join(sorted(hidden))}, and a macro or a global bears that name too.\n"
            "Call the value something else: which of the two a line shows depends on where the line stands."
        )


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
