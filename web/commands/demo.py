"""Commands of the demo: fill an empty database with a year, and name the accounts."""

from __future__ import annotations

import json
import time
from datetime import date

import click
from flask import current_app
from sqlalchemy import select

from demo import people, year
from models import ciphers
from models.accounts import Account
from models.base import db, today
from models.places import Place
from web import passwords


def _only_in_the_demo() -> None:
    if not current_app.config["DEMO"]:
        raise click.ClickException("the demo is not for production: LINLI_DEMO=0 is set")


@click.command("demo-fill")
@click.option("--if-empty", is_flag=True, help="Do nothing where there already is a place.")
@click.option("--seed", default=7, show_default=True)
@click.option(
    "--today", "on", default=None, help="YYYY-MM-DD; the year ends the day before. Today where it is not given."
)
def fill(if_empty: bool, seed: int, on: str | None) -> None:
    """Fill an empty database with a year of believable life."""
    if db.session.scalar(select(Place.id).limit(1)) is not None:
        if if_empty:
            return
        raise click.ClickException("the database is not empty")
    _only_in_the_demo()
    db.session.rollback()
    began = time.monotonic()
    done = year.fill(
        passwords.hashed(people.PASSWORD), today=date.fromisoformat(on) if on else today(), seed=seed,
        progress=lambda day: click.echo(f"  day {day} of 365 …"),
    )  # fmt: skip
    click.echo(
        f"A year was lived in {time.monotonic() - began:.0f} s; {len(done.refused)} steps were refused by a rule."
    )


@click.command("demo-accounts")
@click.option("--format", "kind", type=click.Choice(["text", "json"]), default="text", show_default=True)
def accounts(kind: str) -> None:
    """List who may sign in to the demo."""
    _only_in_the_demo()
    found = people.accounts() + people.resident_accounts()
    here = select(Account.id).where(Account.phone_lookup == ciphers.book().lookup(found[0]["phone"]))
    if db.session.scalar(here) is None:
        raise click.ClickException("this database holds no demo year: demo-fill makes one in an empty database")
    if kind == "json":
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    click.echo(f"Password of all: {people.PASSWORD}")
    seen: set[str] = set()
    for one in found:
        role = one["level"] or one["role"]
        where = one["community"] or one["organization"] or ""
        if f"{role} {where}" not in seen or role == "RESIDENT":
            seen.add(f"{role} {where}")
            click.echo(f"  {one['phone']}  {role:<14} {one['name']}  {where}")


COMMANDS: list[click.Command] = [fill, accounts]
