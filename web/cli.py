"""What is done from the command line: every file of web/commands/ adds its commands."""

from __future__ import annotations

import functools
import importlib
import pkgutil
import re
from collections.abc import Callable
from typing import Any

import click
from flask import Flask
from sqlalchemy.exc import DatabaseError, OperationalError

from models.ciphers import SealError
from web import commands

OTHER_KEY = (
    "this database was written with another data key. Start with the LINLI_DATA_KEY of that time (the demo makes its "
    "own from SECRET_KEY, else from the file demo-secret in LINLI_INSTANCE), or name another database in DATABASE_URL."
)
# PostgreSQL says the same of a table as of a whole database that is not there.
UNKNOWN = re.compile(r"(relation|column) \S+ does not exist")
_plain: set[click.Command] = set()


def init_app(app: Flask) -> None:
    """Add the commands; a file's `COMMANDS` lists them."""
    for module in pkgutil.iter_modules(commands.__path__):
        found: list[click.Command] = importlib.import_module(f"web.commands.{module.name}").COMMANDS
        for command in found:
            _speak_plainly(command)
            app.cli.add_command(command)


def _speak_plainly(command: click.Command) -> None:
    """Let what an operator can mend end in one line that says how, instead of where in the house it broke."""
    if isinstance(command, click.Group):
        for one in command.commands.values():
            _speak_plainly(one)
    if command.callback is not None and command not in _plain:
        _plain.add(command)
        command.callback = _in_one_line(command.callback)


def in_plain_words(error: DatabaseError) -> str:
    """Return what an operator can mend about a database that does not answer as it should; else nothing."""
    said = str(error.orig).strip().partition("\n")[0]
    if any(sign in said for sign in ("no such table", "no such column")) or UNKNOWN.search(said):
        return "the database is not up to date: flask --app wsgi db upgrade"
    if isinstance(error, OperationalError) or "not a database" in said:
        return f"the database cannot be used: {said}. DATABASE_URL names it."
    return ""


def _in_one_line(work: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(work)
    def spoken(*args: Any, **more: Any) -> Any:
        try:
            return work(*args, **more)
        except SealError as sealed:
            raise click.ClickException(OTHER_KEY) from sealed
        except DatabaseError as unknown:
            if sentence := in_plain_words(unknown):
                raise click.ClickException(sentence) from unknown
            raise

    return spoken
