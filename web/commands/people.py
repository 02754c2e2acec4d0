"""Commands for places and people: lists brought in, the first administrator, and new keys."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select

from models import ciphers, my_data, places, sheets, vault
from models.accounts import Account
from models.attachments import Attachment
from models.base import CROCKFORD, Refused, db
from models.events import IMPORT, JOB
from models.invitations import Invitation
from models.ledgers import Ledger, LedgerKind, LedgerState
from models.ledgers.looking import look_of
from models.need_imports import NeedImport
from models.people import PeopleImport, Person
from models.permissions import Role
from models.places import IMPORT_COLUMNS, LONGEST_NAME, UNNAMED, Place, PlaceKind, bring_all, by_code
from web import jobs, passwords, sentences
from web.refusing import in_words, name_faults

COLUMNS: dict[str, tuple[str, ...]] = {
    "district_code": ("区代码", "区县代码"),
    "district": ("区", "区县"),
    "street_code": ("街道代码",),
    "street": ("街道",),
    "community_code": ("社区代码",),
    "community": ("社区",),
}


@click.command("import-places")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_places(file: Path) -> None:
    """Enter districts, streets and communities of a list; the same file twice changes nothing."""
    with in_words():
        sheet = sheets.read(file.name, file.read_bytes())
        header = sheets.find_header(sheet.lines, COLUMNS)
        missing = [COLUMNS[name][0] for name in places.IMPORT_COLUMNS if name not in header.columns]
        if missing:
            raise Refused("columns_missing", names="、".join(missing))
        rows = sheet.under(header)
        if not rows:
            raise Refused("no_lines")
        brought = bring_all(((row.line, row.cells) for row in rows), by=IMPORT)
        db.session.commit()
        faults = [(one.line, one.field, one.key) for one in sheet.errors] + list(brought.errors)
        name_faults((line, COLUMNS.get(name, ("",))[0], _why(key)) for line, name, key in sorted(faults))
    click.echo(f"added {brought.added}  unchanged {brought.unchanged}  errors {len(faults)}")


@click.command("import-people")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--community", required=True, help="The community's code.")
def import_people(file: Path, community: str) -> None:
    """Enter the people of a list in one community, and fill empty cells of those who are known, as the counter of ledgers does; every fault is named."""
    place = db.session.scalars(
        select(Place).where(Place.code == community, Place.kind == PlaceKind.COMMUNITY)
    ).one_or_none()
    if place is None:
        raise click.ClickException(f"there is no community of the code {community}; import-places enters them")
    with in_words():
        one = Ledger.receive(place, file.name, file.read_bytes(), LedgerKind.RESIDENTS, by=IMPORT)
        one.check(IMPORT)
        faults = _looked_at(one)
        if one.added + one.changed:
            one.start(by=IMPORT)
            jobs.bring_ledger_in(one)
        else:
            one.put_away(by=IMPORT)
            db.session.commit()
        if one.state == LedgerState.FAILED:
            raise Refused(one.failure or "ledger_broke_off")
        name_faults((fault["line"], sentences.label(fault["field"], "PersonColumn"), _fault(fault)) for fault in faults)
    noted = sum(1 + fault["more"] for fault in faults if fault["note"])
    click.echo(
        f"added {one.added}  unchanged {one.unchanged}  errors {one.outside}  notes {noted}  filled {one.changed}"
    )


def _looked_at(one: Ledger) -> list[dict[str, Any]]:
    """Return what is wrong with which line; a file in which nobody can be read is put away and refused."""
    seen, failure = look_of(one), one.failure
    if failure is None and one.rows and not seen["lacking"]:
        return seen["faults"]  # type: ignore[no-any-return]
    one.put_away(by=IMPORT)
    db.session.commit()
    if failure is not None:
        raise Refused(failure, **seen["told"])
    raise Refused("names_missing" if seen["lacking"] else "no_lines")


def _fault(fault: dict[str, Any]) -> str:
    value = f" “{fault['value']}”" if fault["value"] else ""
    return f"{'note' if fault['note'] else 'left out'}: {sentences.label(fault['key'], 'LedgerFault')}{value}"


def _why(key: str) -> str:
    return str(sentences.REFUSALS.get(key, sentences.label(key, "CellFault")))


@click.command("first-admin")
@click.option("--name", default="系统管理员", show_default=True)
@click.option("--phone", default="13800000000", show_default=True)
@click.option("--district-code", default="510100", show_default=True)
@click.option("--district", default="本区", show_default=True)
@click.option("--street-code", default="510100001", show_default=True)
@click.option("--street", default="本街道", show_default=True)
@click.option("--community-code", default="510100001001", show_default=True)
@click.option("--community", default=UNNAMED, show_default=True)
def first_admin(name: str, phone: str, **codes: str) -> None:
    """Make an empty community and its first administrator, unless there is an account already."""
    if db.session.scalar(select(Account.id).limit(1)) is not None:
        click.echo("There is an account already; nothing is changed.")
        return
    with in_words():
        if not 0 < len(name.strip()) <= LONGEST_NAME:
            raise click.ClickException(f"--name: 1 to {LONGEST_NAME} characters")
        if len({codes[one] for one in codes if one.endswith("_code")}) < len(IMPORT_COLUMNS) / 2:
            raise click.ClickException("the three codes must differ")
        for _, column, key in bring_all([(1, codes)], by=JOB).errors:
            raise click.ClickException(f"--{column.replace('_', '-')}: {_why(key)}")
        password = "-".join("".join(secrets.choice(CROCKFORD) for _ in range(4)) for _ in range(4))
        account = Account.open(name.strip(), phone, by=JOB, password_hash=passwords.hashed(password))
        account.grant(Role.SYSADMIN, by=JOB, place=by_code(codes["district_code"]))
        db.session.commit()
    click.echo(f"Administrator {name}: phone {phone}, password {password}")
    click.echo("It is printed this once. Sign in, change it, then write slips for those who work here.")


@click.command("rotate-keys")
def rotate_keys() -> None:
    """Seal numbers and originals anew under LINLI_DATA_KEY; LINLI_FORMER_DATA_KEY opens what was sealed before."""
    book, numbers, files = ciphers.book(), 0, 0
    for row in db.session.scalars(select(Person).where(Person.phone_cipher.is_not(None))):
        row.set_phone(book.open(row.phone_cipher or b""))
        numbers += 1
    for account in db.session.scalars(select(Account)):
        if account.phone_cipher:
            phone = book.open(account.phone_cipher)
            account.phone_cipher, account.phone_lookup = book.seal(phone), book.lookup(phone)
            numbers += 1
    for slip in db.session.scalars(select(Invitation).where(Invitation.phone_cipher.is_not(None))):
        slip.phone_cipher = book.seal(book.open(slip.phone_cipher or b""))
        numbers += 1
    db.session.commit()
    waiting = [PeopleImport.file, NeedImport.file, Ledger.file, Ledger.look]
    for column in (Attachment.original, *waiting):
        for name in db.session.scalars(select(column).where(column.is_not(None))):
            files += vault.store().reseal(name or "")
    click.echo(f"numbers {numbers}  files {files}")


@click.command("erase-again")
def erase_again() -> None:
    """Erase anew whoever asked for it since the backup that was put back; the file `erased` beside the database names them."""
    number, files = my_data.erase_again(by=JOB)
    db.session.commit()
    vault.store().remove(*files)
    click.echo(f"erased {number}  files {len(files)}")


COMMANDS: list[click.Command] = [erase_again, import_places, import_people, first_admin, rotate_keys]
