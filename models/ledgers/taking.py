"""Everything leaves again: each kind as a sheet that can be read here once more, and the lines that stayed outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models import sheets, vault
from models.base import Refused
from models.events import record
from models.ledgers import looking
from models.ledgers.keepers import allowed, keeper_of
from models.ledgers.kinds import LedgerKind
from models.ledgers.row import Ledger
from models.places import Place
from models.sheets import Cell

if TYPE_CHECKING:
    from models.accounts import Actor


@dataclass(frozen=True)
class Sheet:
    """Columns as offices call them, and the rows below."""

    columns: tuple[str, ...]
    rows: list[Sequence[Cell]]


def take(community: Place, kind: LedgerKind, *, by: Actor) -> Sheet:
    """Return everything of a kind that a community has, numbers masked, and note that it was taken along.

    Errors: Refused("ledger_not_yours"). Source: reliability.md 57, 58; R97.
    """
    if kind not in [keeper.kind for keeper in allowed(community.id, by)]:
        raise Refused("ledger_not_yours")
    keeper = keeper_of(kind)
    rows = list(keeper.leaves(community))
    record(
        "ledger.take", by=by, about=[], community_id=community.id,
        details={"kind": kind, "rows": len(rows), "masked": True},
    )  # fmt: skip
    return Sheet(tuple(keeper.columns[field][0] for field in keeper.leaving), rows)


def outside_lines(one: Ledger) -> tuple[list[str], dict[int, list[tuple[str, str]]], dict[int, tuple[str, ...]]]:
    """Return the titles of a file, the faults of every line that stayed outside, and those lines as they are.

    Errors: Refused("ledger_file_gone").
    """
    if one.file is None:
        raise Refused("ledger_file_gone")
    seen = looking.look_of(one)
    sheet = sheets.read(one.file_name, vault.store().get(one.file, sealed=True))
    faults: dict[int, list[tuple[str, str]]] = {}
    for fault in seen["faults"]:
        if not fault["note"]:
            faults.setdefault(fault["line"], []).append((fault["field"], fault["key"]))
    titles = next((list(line.cells) for line in sheet.lines if line.number == seen["line"]), [])
    return titles, faults, {line.number: line.cells for line in sheet.lines if line.number in faults}
