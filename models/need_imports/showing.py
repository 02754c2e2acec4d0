"""What the counter shows of the files: a list, and one file with its lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from models.accounts import Account
from models.base import NotFound, db, now
from models.need_imports.reading import NOTES
from models.need_imports.row import ImportState, NeedImport
from models.permissions import Permission
from models.places import Place, PlaceKind

if TYPE_CHECKING:
    from models.accounts import Actor

MOST, SHOWN = 50, 200


@dataclass(frozen=True)
class FileLine:
    """A file on the list."""

    public_id: str
    file_name: str
    community: str
    state: ImportState
    created_at: datetime
    who: str | None
    rows: int
    added: int
    updated: int


@dataclass(frozen=True)
class Fault:
    """What is wrong with one line; a note did not keep it out."""

    line: int
    field: str
    key: str
    value: str
    note: bool


@dataclass(frozen=True)
class FileCard:
    """One file with everything that its page shows."""

    line: FileLine
    done: int
    unchanged: int
    outside: int
    noted: int
    faults: tuple[Fault, ...]
    more_faults: int
    sample: tuple[dict[str, Any], ...]
    failure: str | None
    told: Mapping[str, str]
    undo_until: datetime | None
    may_undo: bool

    @property
    def moving(self) -> bool:
        """Tell whether the page should look again soon."""
        return self.line.state in (ImportState.RECEIVED, ImportState.WAITING, ImportState.RUNNING)


def communities(actor: Actor) -> list[Place]:
    """Return the communities for which an account may bring files in."""
    reached = actor.reach(Permission.IMPORT_NEEDS).communities(Place.id)
    query = select(Place).where(Place.kind == PlaceKind.COMMUNITY, reached)
    return list(db.session.scalars(query.order_by(Place.code)))


def community(actor: Actor, public_id: str) -> Place:
    """Return one of them; where there is only one it need not be named. Errors: NotFound."""
    found = communities(actor)
    chosen = [one for one in found if one.public_id == public_id] or ([] if public_id else found[:1])
    if not chosen:
        raise NotFound("Place")
    return chosen[0]


def _line(one: NeedImport, place: str, who: str | None) -> FileLine:
    return FileLine(
        one.public_id, one.file_name, place, ImportState(one.state), one.created_at, who, one.rows, one.added,
        one.updated,
    )  # fmt: skip


def lines(actor: Actor) -> list[FileLine]:
    """Return the files in reach, the newest first."""
    query = (
        NeedImport.visible_to(actor, Permission.IMPORT_NEEDS)
        .add_columns(Place.name, Account.name)
        .join(Place, Place.id == NeedImport.community_id)
        .outerjoin(Account, Account.id == NeedImport.account_id)
        .order_by(NeedImport.id.desc())
        .limit(MOST)
    )
    return [_line(*row) for row in db.session.execute(query)]


def card(one: NeedImport, actor: Actor) -> FileCard:
    """Return one file for its page."""
    who = db.session.get(Account, one.account_id).name if one.account_id else None  # type: ignore[union-attr]
    faults = [Fault(f["line"], f["field"], f["key"], f["value"], f["key"] in NOTES) for f in one.errors]
    until = one.undo_until
    return FileCard(
        line=_line(one, Place.get(one.community_id).name, who),
        done=one.done,
        unchanged=one.unchanged,
        outside=one.outside,
        noted=one.noted,
        faults=tuple(faults[:SHOWN]),
        more_faults=max(one.outside + one.noted - SHOWN, 0),
        sample=tuple({**row, "at": datetime.fromisoformat(row["at"])} for row in one.sample),
        failure=one.failure,
        told=one.told,
        undo_until=until,
        may_undo=until is not None and now() < until and one.account_id in (None, actor.account_id),
    )
