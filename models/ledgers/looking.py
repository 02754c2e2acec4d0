"""What a ledger would bring, kept sealed beside the file until it was decided: columns, first lines, faults by line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from models import vault
from models.base import once_committed
from models.ledgers.kinds import Keeper, Reading
from models.ledgers.recognizing import CHOICE_OF_LINES, Recognized, lacking, title_key
from models.sheets import RowError, Sheet

if TYPE_CHECKING:
    from models.ledgers.row import Ledger

KEPT_FAULTS, LONGEST_LINE, LONGEST_VALUE = 1000, 160, 60


def counted(faults: Iterable[RowError], keeper: Keeper) -> tuple[set[int], set[int]]:
    """Return the lines that stay outside, and those that come in with a note."""
    every = list(faults)
    outside = {fault.line for fault in every if not keeper.is_note(fault)}
    return outside, {fault.line for fault in every} - outside


def write(ledger: Ledger, sheet: Sheet, found: Recognized, keeper: Keeper, reading: Reading) -> None:
    """Keep what the preview shows; a part of the step that reads the file."""
    outside, noted = counted(reading.faults, keeper)
    ledger.outside, ledger.noted = len(outside), len(noted)
    lines = {line.number: line.cells for line in sheet.lines}
    faults = sorted(reading.faults, key=lambda fault: (fault.line not in outside, fault.line))[:KEPT_FAULTS]
    head = sheet.lines[found.header.index] if sheet.lines else None
    seen: dict[str, Any] = {
        "line": head.number if head else None,
        "lines": [[line.number, _joined(line.cells)] for line in sheet.lines[:CHOICE_OF_LINES]],
        "lacking": lacking(keeper, found.fields),
        "unread": list(sheet.unread),
        "columns": [
            {"at": one.at, "letter": one.letter, "title": one.title, "key": title_key(one.title), "field": one.field,
             "examples": list(one.examples)}
            for one in found.columns
        ],
        "sample": [[number, dict(cells)] for number, cells in reading.sample],
        "faults": [
            {"line": one.line, "field": one.field, "key": one.key, "value": one.value[:LONGEST_VALUE],
             "note": one.line not in outside or keeper.is_note(one), "text": _joined(lines.get(one.line, ()))}
            for one in faults
        ],
    }  # fmt: skip
    _keep(ledger, seen)


def write_refusal(ledger: Ledger, key: str, values: Mapping[str, Any]) -> None:
    """Keep why a file could not be read at all; a part of the step that reads the file."""
    told = {name: str(value) for name, value in values.items()}
    _keep(ledger, {"line": None, "lines": [], "lacking": [], "columns": [], "sample": [], "faults": [], "told": told})


def _keep(ledger: Ledger, seen: Mapping[str, Any]) -> None:
    before = ledger.look
    ledger.look = vault.store().put(json.dumps(seen, ensure_ascii=False).encode(), sealed=True)
    if before is not None:
        once_committed(lambda: vault.store().remove(before))


def look_of(ledger: Ledger) -> dict[str, Any]:
    """Return what the preview shows; nothing where it was shredded."""
    nothing: dict[str, Any] = {
        "line": None, "lines": [], "lacking": [], "columns": [], "sample": [], "faults": [], "unread": [], "told": {},
    }  # fmt: skip
    if ledger.look is None:
        return nothing
    try:
        return json.loads(vault.store().get(ledger.look, sealed=True))  # type: ignore[no-any-return]
    # The next look took its place a moment ago, and the row that names it is not committed yet.
    except FileNotFoundError:
        return nothing


def _joined(cells: Iterable[str]) -> str:
    """Return a line of the file as it can be read: its cells one after the other."""
    text = " · ".join(" ".join(cell.split()) for cell in cells if cell)
    return text if len(text) <= LONGEST_LINE else text[: LONGEST_LINE - 1] + "…"
