"""Commands for groups of needs: which open needs say the same thing, computed now."""

from __future__ import annotations

import json
from collections import Counter

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from models import need_groups
from models.base import db
from models.needs import Need
from web.commands.needs import community_of


@click.command("group-needs")
@click.option("--community", "code", required=True, help="The community's code.")
@click.option("--format", "kind", type=click.Choice(["jsonl"]), default="jsonl", show_default=True)
@with_appcontext
def group_needs(code: str, kind: str) -> None:
    """Print one line for each open need that others agree with: its number and the label of its group."""
    community = community_of(code)
    query = select(Need.id, Need.external_no, Need.ticket_no).where(Need.community_id == community.id)
    numbers = {row.id: row.external_no or row.ticket_no for row in db.session.execute(query)}
    seen: Counter[str] = Counter()
    for one in need_groups.gathered(community.id):
        seen[one.label] += 1
        label = one.label if seen[one.label] == 1 else f"{one.label} ({seen[one.label]})"
        for number in one.ids:
            click.echo(json.dumps({"id": numbers[number], "group": label}, ensure_ascii=False))


COMMANDS: list[click.Command] = [group_needs]
