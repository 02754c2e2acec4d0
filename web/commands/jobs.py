"""Commands for the jobs: each runs by hand as well as by the clock."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from web import jobs as work

jobs = AppGroup("jobs", help="What otherwise happens by the clock.")


@jobs.command("list")
def names() -> None:
    """List the jobs."""
    for name, one in work.JOBS.items():
        click.echo(f"{name}: {(one.__doc__ or '').splitlines()[0]}")


@jobs.command("run")
@click.argument("name")
def run(name: str) -> None:
    """Run one job now."""
    if name not in work.JOBS:
        raise click.ClickException(f"there is no job of the name {name}; `jobs list` names them")
    click.echo(work.run(name))


COMMANDS: list[click.Command] = [jobs]
