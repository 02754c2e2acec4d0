"""Commands for needs: bring a whole file in, and take it back."""

from __future__ import annotations

import time
from pathlib import Path

import click
from flask.cli import with_appcontext

from models.base import NotFound, Refused, db
from models.events import IMPORT
from models.need_imports import NOTES, ImportState, NeedImport
from models.places import Place, PlaceKind, by_code
from web import jobs, sentences
from web.refusing import in_words

SHOWN = 50


def community_of(code: str) -> Place:
    """Return the community of a code, or end with a sentence."""
    try:
        place = by_code(code)
    except NotFound as error:
        raise click.ClickException(f"there is no place of the code {code}; import-places enters them") from error
    if place.kind != PlaceKind.COMMUNITY:
        raise click.ClickException(f"{code} is the code of {place.name}, which is no community")
    return place


@click.command("import-needs")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--community", "code", required=True, help="The community's code.")
@click.option("--dry-run", is_flag=True, help="Check the lines and bring nothing in.")
@with_appcontext
def import_needs(file: Path, code: str, dry_run: bool) -> None:
    """Bring the needs of a .jsonl, .csv or .xlsx FILE in; the same file again changes nothing."""
    began = time.perf_counter()
    with in_words():
        one = _received(file, community_of(code))
        if one.state == ImportState.DONE:
            click.echo(f"This file is in already, as import {one.public_id}; nothing changed.")
            return
        if one.state == ImportState.RECEIVED:
            one.check()
            db.session.commit()
        if not dry_run and one.state == ImportState.CHECKED:
            jobs.bring_in(one)
        if one.state == ImportState.FAILED:
            raise Refused(one.failure or "import_broke_off", **one.told)
        _report(one, time.perf_counter() - began)


def _received(file: Path, community: Place) -> NeedImport:
    one = NeedImport.receive(community, file.name, file.read_bytes(), by=IMPORT)
    db.session.commit()
    return one


def _report(one: NeedImport, seconds: float) -> None:
    for fault in one.errors[:SHOWN]:
        kind = "note" if fault["key"] in NOTES else "left out"
        sentence = sentences.REFUSALS.get(fault["key"], fault["key"])
        click.echo(f"line {fault['line']}, {fault['field'] or '-'}: {kind}: {sentence} {fault['value']}", err=True)
    if len(one.errors) > SHOWN:
        click.echo(f"… and {len(one.errors) - SHOWN} more, see import {one.public_id}", err=True)
    click.echo(
        f"import {one.public_id} {one.state.value}: lines {one.rows}  new {one.added}  changed {one.updated}  "
        f"unchanged {one.unchanged}  left out {one.outside}  with a note {one.noted}  in {seconds:.1f} s"
    )


@click.command("undo-import")
@click.argument("public_id")
@with_appcontext
def undo_import(public_id: str) -> None:
    """Take back an import of the command line within 24 hours, but for the needs that somebody has touched."""
    with in_words():
        try:
            count = NeedImport.find(public_id).undo(by=IMPORT)
        except NotFound as error:
            raise click.ClickException(f"there is no import {public_id}") from error
    db.session.commit()
    click.echo(f"withdrawn {count}")


COMMANDS: list[click.Command] = [import_needs, undo_import]
