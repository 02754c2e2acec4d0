"""What a file is, found by meaning: which kind of ledger, which line names the columns, which column says what."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from models import sheets
from models.ledgers.kinds import Keeper, LedgerKind
from models.sheets import Header, Row, Sheet

# Lines below the entries that are none: sums and signatures.
_SUM = re.compile(
    r"((本页|本表)?(合|总|小|共)\s*计\s*[:：]?.{0,20}|共\s*[\d０-９]+\s*[件人户条个项名份].{0,10})", re.DOTALL
)
_SIGNED = re.compile(
    r"((填表|制表|填报|编制|统计|经办|复核|审核|审批|负责)(人|单位)?(签字|签名)?|填表日期|备注|说明|注)\s*([:：].*)?",
    re.DOTALL,
)
_DECORATION = re.compile(r"[\s*_\-./]")
EXAMPLES, CHOICE_OF_LINES = 3, 15
# A column that is nearly all phone numbers needs no name.
MOSTLY = 0.6


@dataclass(frozen=True)
class Column:
    """One column of the file: where it stands, what it is called, what stands in it, which field it serves."""

    at: int
    letter: str
    title: str
    field: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Recognized:
    """A file as it is understood."""

    kind: LedgerKind
    header: Header
    columns: tuple[Column, ...]

    @property
    def fields(self) -> dict[str, int]:
        """Return the column of every field."""
        return {column.field: column.at for column in self.columns if column.field}


def title_key(title: str) -> str:
    """Return a title as it is remembered: without widths, spaces and decoration."""
    return _DECORATION.sub("", unicodedata.normalize("NFKC", title).casefold())[:80]


def recognize(
    sheet: Sheet,
    keepers: Sequence[Keeper],
    *,
    hint: str = "",
    remembered: Mapping[LedgerKind, Mapping[str, str]],
    header_line: int | None = None,
    chosen: Mapping[int, str] | None = None,
) -> Recognized:
    """Find kind, header and columns of a file; what a person chose by hand stands. Pure.

    `remembered` gives for each kind what titles meant the last time; `header_line` is the number beside the line.
    """
    found = []
    for keeper in keepers:
        memory = remembered.get(keeper.kind, {})
        header = _header(sheet, keeper, memory, header_line)
        fields = dict(enumerate_fields(sheet, header, keeper, memory)) if chosen is None else dict(chosen)
        found.append((_likeness(sheet, keeper, header, set(fields.values()), hint), keeper, header, fields))
    _, keeper, header, fields = max(found, key=lambda one: one[0])
    return Recognized(keeper.kind, header, tuple(_columns(sheet, header, fields)))


def _header(sheet: Sheet, keeper: Keeper, memory: Mapping[str, str], line: int | None) -> Header:
    wanted = {
        field: (*(title for title, meant in memory.items() if meant == field), *names)
        for field, names in keeper.columns.items()
    }
    if line is None:
        return sheets.find_header(sheet.lines, wanted)
    at = next((at for at, one in enumerate(sheet.lines[:CHOICE_OF_LINES]) if one.number == line), 0)
    below = sheets.find_header(sheet.lines[at : at + 1], wanted)
    return Header(at, below.columns, below.leftover, below.missing)


def enumerate_fields(
    sheet: Sheet, header: Header, keeper: Keeper, memory: Mapping[str, str]
) -> Iterable[tuple[int, str]]:
    """Yield which column serves which field: by its name, by what was remembered, by a word in it, by its shape."""
    titles = sheet.lines[header.index].cells if sheet.lines else ()
    passed = {at for at, title in enumerate(titles) if memory.get(title_key(title)) == ""}
    taken = {at: field for field, at in header.columns.items() if at not in passed}
    yield from taken.items()
    served = set(taken.values())
    for at, title in enumerate(titles):
        if at in taken or at in passed or not title:
            continue
        field = _by_word(title, keeper, served)
        if field:
            taken[at] = field
            served.add(field)
            yield at, field
    if "phone" in keeper.columns and "phone" not in served:
        yield from _by_shape(sheet, header, {*taken, *passed})


def _by_word(title: str, keeper: Keeper, served: set[str]) -> str:
    """Return the field of which a longer title speaks: 居民本人手机（必填） is a phone."""
    plain = unicodedata.normalize("NFKC", title)
    hits = [
        (len(word), field)
        for field, words in keeper.hints.items()
        if field not in served
        for word in words
        if word in plain
    ]
    return max(hits, key=lambda hit: hit[0])[1] if hits else ""


def _by_shape(sheet: Sheet, header: Header, taken: set[int]) -> Iterable[tuple[int, str]]:
    below = sheet.lines[header.index + 1 : header.index + 101]
    for at in range(max((len(line.cells) for line in below), default=0)):
        cells = [line.cells[at] for line in below if at < len(line.cells) and line.cells[at]]
        mobile = [cell for cell in cells if (sheets.parse_phone(cell) or "").startswith("1")]
        if at not in taken and len(cells) > 1 and len(mobile) >= MOSTLY * len(cells):
            yield at, "phone"
            return


def lacking(keeper: Keeper, fields: Iterable[str]) -> list[str]:
    """Return the fields without which nothing of this kind can come in."""
    present = set(fields)
    return [alternatives[0] for alternatives in keeper.needed if not present.intersection(alternatives)]


def _likeness(sheet: Sheet, keeper: Keeper, header: Header, fields: set[str], hint: str) -> tuple[bool, float]:
    above = " ".join(cell for line in sheet.lines[: header.index] for cell in line.cells)
    words = f"{hint} {sheet.title} {above}".casefold()
    signs = any(sign in words for sign in keeper.signs)
    known = len(fields - {""})
    return not lacking(keeper, fields), known + 3 * signs


def _columns(sheet: Sheet, header: Header, fields: Mapping[int, str]) -> Iterable[Column]:
    titles = sheet.lines[header.index].cells if sheet.lines else ()
    below = sheet.lines[header.index + 1 : header.index + 200]
    width = max((len(line.cells) for line in [*below, *sheet.lines[header.index : header.index + 1]]), default=0)
    for at in range(width):
        cells = (line.cells[at] for line in below if at < len(line.cells) and line.cells[at])
        examples = tuple(text[:24] for text, _ in zip(cells, range(EXAMPLES), strict=False))
        title = titles[at] if at < len(titles) else ""
        if title or examples:
            yield Column(at, sheets.column_letter(at), title, fields.get(at, ""), examples)


def entries(sheet: Sheet, found: Recognized) -> list[Row]:
    """Return the lines below the header as rows of the fields; sums, signatures and empty lines are none."""
    fields = found.fields
    titles = sheet.lines[found.header.index].cells if sheet.lines else ()
    rows = []
    for line in sheet.lines[found.header.index + 1 :]:
        if line.cells == titles:
            continue
        cells = {name: line.cells[at] if at < len(line.cells) else "" for name, at in fields.items()}
        if any(cells.values()) and not is_foot(line.cells):
            rows.append(Row(line.number, cells))
    return rows


def is_foot(cells: Sequence[str]) -> bool:
    """Tell whether a line closes a sheet instead of being an entry: 合计 and 填表人 begin it."""
    filled = [cell for cell in cells if cell]
    if not filled:
        return True
    return _SUM.fullmatch(filled[0]) is not None or (len(filled) <= 3 and _SIGNED.fullmatch(filled[0]) is not None)
