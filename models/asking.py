"""How the database is asked often and cheaply: what is remembered for a minute, and many numbers as one value."""

from __future__ import annotations

import functools
import json
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar, TypeVarTuple

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Dialect, String, TypeDecorator, bindparam, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.visitors import InternalTraversal

from models.base import db

Given = TypeVarTuple("Given")
R = TypeVar("R")


def for_a_minute(read: Callable[[*Given], R]) -> Callable[[*Given], R]:
    """Remember for up to a minute what a reading gave: what changes a few times a year is not asked for every page.

    Each database is remembered apart. Whatever must be right at once, a rule above all, asks itself.
    """

    @functools.lru_cache(maxsize=200)
    def known(engine: Any, minute: int, *given: Any) -> R:
        return read(*given)

    @functools.wraps(read)
    def remembered(*given: *Given) -> R:
        return known(db.engine, int(time.monotonic() // 60), *given)

    return remembered


class Numbers(TypeDecorator[list[int]]):
    """Numbers handed in with a question: an array on PostgreSQL, else a list as JSON has it."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(ARRAY(BigInteger()) if dialect.name == "postgresql" else String())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return list(value) if dialect.name == "postgresql" else json.dumps(list(value))


class Among(ColumnElement[bool]):
    """Whether a number is one of those that come with the question: one question for any count, written once."""

    _traverse_internals = [
        ("number", InternalTraversal.dp_clauseelement),
        ("given", InternalTraversal.dp_clauseelement),
    ]

    def __init__(self, number: Any, name: str) -> None:
        self.number, self.given = number, bindparam(name, type_=Numbers())


def in_these(column: Any, values: Iterable[Any]) -> ColumnElement[bool]:
    """Return the condition that a column holds one of a few values that stand when the query is built.

    `in_` writes its values into the statement anew each time that it is asked; these are written once.
    """
    these = sorted(values)
    return column == these[0] if len(these) == 1 else column.in_([literal(one, column.type) for one in these])


@compiles(Among, "sqlite")
def _among_on_sqlite(one: Among, compiler: Any, **kw: Any) -> str:
    number, given = (compiler.process(part, **kw) for part in (one.number, one.given))
    return f"{number} IN (SELECT value FROM json_each({given}))"  # noqa: S608  # Both parts come from the compiler.


@compiles(Among, "postgresql")
def _among_on_postgresql(one: Among, compiler: Any, **kw: Any) -> str:
    number, given = (compiler.process(part, **kw) for part in (one.number, one.given))
    return f"{number} = ANY ({given})"
