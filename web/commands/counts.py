"""Commands for what is kept beside the needs: the totals by day and the index of words."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from models import need_counts
from models.base import db
from models.needs import search


@click.command("recount")
@with_appcontext
def recount() -> None:
    """Make the totals by day and the index of words anew from the needs, and say how much of the totals was wrong."""
    wrong = need_counts.recount()
    indexed = search.rebuild()
    db.session.commit()
    click.echo(f"totals that differed {wrong}  needs in the index {indexed}")


COMMANDS: list[click.Command] = [recount]
