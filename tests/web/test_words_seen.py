"""Who reads which words: every text of a town is marked with its column, and every page is opened by everybody.

A mark is also an attack on the page: what is not escaped shows as an element, an attribute or a script of its own.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import JSON, String, select, true, update
from werkzeug.test import TestResponse

from models.base import db as database
from tests import town
from tests.cast import Cast
from tests.visiting import Visitor
from tests.web.test_route_matrix import MATRIX, PARTS, _players, spelled_out
from tests.web.words_seen import WORDS

pytestmark = [
    pytest.mark.sqlite_only,
    pytest.mark.skipif("LINLI_LONG" not in os.environ, reason="LINLI_LONG=1 goes to every counter: a minute"),
]

ATTACK, MORE = "\"'><u onx=1>", "</textarea></title><script>a()</script>＜script＞\u202ejavascript:a()"
MARK = re.compile(r"Ж(\d{3})(?:.{2,24}u onx=1(?:>|&gt;|&#62;)(\d+))?")
LIVE = re.compile(r"Ж\d{3}[\"'<>]|<u onx|<script>a\(\)|=\s*[\"']?\s*javascript:")
NUMBER = re.compile(r"(?<![\da-f-])1[3-9]\d{9}(?![\da-f])")
APART = {"events", "holidays", "receipts", "sessions", "knocks", "access_log"}
LEFT_OUT = {"assets.file", "sign_in.token", "static"}
# These pages are the same for everybody: the public, a resident, a clerk and a worker are readers enough.
SAME_FOR_ALL = (
    "assets.", "board_needs.", "directory.index", "disclosure.", "evaluation.schemes", "health.", "invitations.show",
    "my_data.notice", "notices.index", "notices.poster", "notices.sheet", "notices.show", "ratings.new", "sign_up.",
)  # fmt: skip
READERS = ("nobody", "resident", "clerk", "worker")


def _marked(number: int, row: int, room: int | None) -> str:
    text = f"Ж{number:03d}{ATTACK}{row}{MORE}"
    return text[: room or None]


def mark_all(elsewhere: int) -> dict[str, str]:
    """Write a mark over every text that somebody typed, and return which column has which number.

    The people of the community elsewhere keep their names, so that their clerks may read them.
    """
    columns: dict[str, str] = {}
    for table in database.metadata.sorted_tables:
        for column in table.columns:
            if table.name in APART or not isinstance(column.type, String | JSON) or "id" not in table.columns:
                continue
            here = table.c.community_id != elsewhere if table.name == "people" else true()
            rows = database.session.execute(select(table.c.id, column).where(column.is_not(None), here)).all()
            typed = [(row, value) for row, value in rows if _typed(value)]
            if typed:
                number = len(columns) + 1
                columns[f"{number:03d}"] = f"{table.name}.{column.name}"
                for row, value in typed:
                    _overwrite(table, column, row, value, number)
    database.session.commit()
    return columns


def _typed(value: Any) -> bool:
    """Tell whether somebody typed this: only people use signs that are not ASCII."""
    if isinstance(value, list):
        return bool(value) and all(isinstance(one, str) and not one.isascii() for one in value)
    return isinstance(value, str) and not value.isascii()


def _overwrite(table: Any, column: Any, row: int, value: Any, number: int) -> None:
    mark = _marked(number, row, getattr(column.type, "length", None))
    new = [mark for _ in value] if isinstance(value, list) else mark
    database.session.execute(update(table).where(table.c.id == row).values({column.name: new}))


def _words(answer: TestResponse) -> str:
    """Return all that an answer says: a page as it is, a packed sheet unpacked."""
    if answer.data[:2] == b"PK":
        packed = zipfile.ZipFile(io.BytesIO(answer.data))
        return "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    pictures = answer.mimetype.startswith("image/") or answer.mimetype == "application/pdf"
    return "" if pictures else answer.get_data(as_text=True)


def _pages(app: Flask, things: dict[str, Any]) -> list[tuple[str, str]]:
    """Return every address that can be read, each with its endpoint."""
    with app.test_request_context():
        pages = [
            (rule.endpoint, town.address(rule.rule, things))
            for rule in app.url_map.iter_rules()
            if "GET" in (rule.methods or ()) and rule.endpoint not in LEFT_OUT
        ]
    more = [(f"desk.{noun}", things[need].public_id) for need in ("asked", "rejected") for noun in ("show", "receipt")]
    pages += [(name, f"/desk/needs/{number}" + ("" if name == "desk.show" else "/receipt")) for name, number in more]
    return sorted(pages)


def _opens(part: str, endpoint: str) -> bool:
    who = MATRIX[(endpoint, "GET")]
    if endpoint.startswith(SAME_FOR_ALL):
        return part in READERS
    return who == ("everyone",) or (part != "nobody" and part in _players(who))


def _faults(answer: TestResponse, words: str) -> list[str]:
    """Name what came alive, and every number that nobody asked to see."""
    found = [one for one in (LIVE.search(words), NUMBER.search(words)) if one and answer.mimetype == "text/html"]
    faults = [words[max(0, one.start() - 60) : one.end() + 60] for one in found]
    return [*faults, str(answer.status_code)] if answer.status_code >= 500 else faults


def test_everybody_reads_what_is_theirs_to_read_and_no_mark_comes_alive(
    app: Flask, db: Any, cast: Cast, client_for: Callable[..., Visitor]
) -> None:
    things = town.stand(cast)
    columns = mark_all(elsewhere=cast.other_community.id)
    seen: dict[str, dict[str, str]] = defaultdict(dict)
    wrong = []
    for part in [*PARTS, "nobody"]:
        account = None if part == "nobody" else getattr(cast, part)
        visitor = client_for(account)
        visitor.examines = False
        own = ("accounts.name", str(account.id)) if account else None
        for endpoint, path in _pages(app, things):
            if not _opens(part, endpoint):
                continue
            answer = visitor.get(path)
            words = _words(answer)
            wrong += [f"{part} {path}: {fault}" for fault in _faults(answer, words)]
            for number, row in MARK.findall(words):
                if (columns[number], row) != own:
                    seen[columns[number]].setdefault(part, path)
    assert not wrong, "\n".join(wrong)
    differences = _differences(columns.values(), seen)
    assert not differences, "\n".join(differences)


def _differences(columns: Iterable[str], seen: dict[str, dict[str, str]]) -> list[str]:
    """Name where what was read is not what tests/web/words_seen.py says."""
    expected = {row[0]: list(spelled_out(row[1:])) for row in (line.split() for line in WORDS.strip().splitlines())}
    lines = [f"{name}: gone or no longer typed, take its line out" for name in expected if name not in set(columns)]
    for name in columns:
        who = set(seen[name])
        if "nobody" in who:
            lines += [] if expected.get(name) == ["everyone"] else [f"{name}: the public reads it"]
        elif set(expected.get(name, ())) - {"nobody"} != who or name not in expected:
            more, fewer = who - set(expected.get(name, ())), set(expected.get(name, ())) - who - {"nobody"}
            where = {part: seen[name][part] for part in sorted(more)}
            lines.append(f"{name}: read by {where} as well, not by {sorted(fewer)}")
    return lines
