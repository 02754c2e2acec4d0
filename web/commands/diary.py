"""Commands for the diary: verify it, seal what is new."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from models import seals
from models.base import db

diary = AppGroup("diary", help="The append-only diary and its seals.")


@diary.command("verify")
def verify() -> None:
    """Read the whole diary; name the first altered row and exit 1 where there is one."""
    found = seals.verify()
    click.echo(f"events {found.events}  seals {found.seals}  unsealed {found.unsealed}  head {found.head}")
    if not found.whole:
        click.echo(f"BROKEN: {found.broken}")
        sys.exit(1)
    click.echo("whole")


@diary.command("seal")
def seal() -> None:
    """Close what is new into a seal."""
    sealed = seals.close_new()
    db.session.commit()
    click.echo(f"sealed {sealed}")


COMMANDS: list[click.Command] = [diary]
