"""What a ledger would bring, kept sealed beside the file until it was decided: columns, first lines, faults by line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from models import vault
from models.base import once_committed
from models.ledgers.kinds import Keeper, Reading
from models.ledgers.recognizing import CHOICE_OF_LINES, Recognized, lacking, title_key
from models.sheets import RowError, Sheet

if TYPE_CHECKING:
    from models.ledgers.row import Ledger

# Numbers of phones and of identity cards, and what was meant to be one.
_PRIVATE = re.compile(
    r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{8,10}|1[3-9]\d[ \-]\d{4}[ \-]\d{4}|0\d{2,3}[ \-]?\d{7,8})(?!\d)"
)
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
    told = _told_once(sorted(reading.faults, key=lambda fault: (fault.line not in outside, fault.line)), keeper)
    head = sheet.lines[found.header.index] if sheet.lines else None
    seen: dict[str, Any] = {
        "line": head.number if head else None,
        "lines": [[line.number, _joined(line.cells)] for line in sheet.lines[:CHOICE_OF_LINES]],
        "lacking": lacking(keeper, found.fields),
        "unread": list(sheet.unread),
        "columns": [
            {"at": one.at, "letter": one.letter, "title": one.title, "key": title_key(one.title), "field": one.field,
             "examples": [covered(text) for text in one.examples]}
            for one in found.columns
        ],
        "sample": [[number, dict(cells)] for number, cells in reading.sample],
        "fills": [[line, name, dict(cells)] for line, name, cells in reading.filled[:KEPT_FAULTS]],
        "faults": [
            {"line": one.line, "field": one.field, "key": one.key, "value": covered(one.value[:LONGEST_VALUE]),
             "note": keeper.is_note(one), "text": _joined(lines.get(one.line, ())), "more": more}
            for one, more in told[:KEPT_FAULTS]
        ],
    }  # fmt: skip
    _keep(ledger, seen)


def _told_once(faults: Iterable[RowError], keeper: Keeper) -> list[tuple[RowError, int]]:
    """Return the faults, each with how many later lines have the same note: a missing courtyard is told once."""
    first: dict[tuple[str, str, str], int] = {}
    told: list[tuple[RowError, int]] = []
    for fault in faults:
        same = (fault.field, fault.key, fault.value)
        at = first.get(same) if keeper.is_note(fault) else None
        if at is None:
            first.setdefault(same, len(told))
            told.append((fault, 0))
        else:
            told[at] = (told[at][0], told[at][1] + 1)
    return told


def remember_filled(ledger: Ledger, filled: Sequence[Sequence[Any]]) -> None:
    """Keep, as long as the ledger can be taken back, which entries it filled; a part of the step that shows it."""
    if filled:
        _keep(ledger, {**look_of(ledger), "filled": [list(one) for one in filled]})


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
        "fills": [], "filled": [],
    }  # fmt: skip
    if ledger.look is None:
        return nothing
    try:
        return json.loads(vault.store().get(ledger.look, sealed=True))  # type: ignore[no-any-return]
    # The next look took its place a moment ago, and the row that names it is not committed yet.
    except FileNotFoundError:
        return nothing


def covered(text: str) -> str:
    """Return a text with the middle of every private number covered, as everywhere where nobody asked to see it."""
    return _PRIVATE.sub(lambda found: f"{found[0][:3]}****{found[0][-4:]}", text)


def _joined(cells: Iterable[str]) -> str:
    """Return a line of the file as it can be read: its cells one after the other."""
    text = covered(" · ".join(" ".join(cell.split()) for cell in cells if cell))
    return text if len(text) <= LONGEST_LINE else text[: LONGEST_LINE - 1] + "…"
