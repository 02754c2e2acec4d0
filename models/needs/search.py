"""Finding a need by its words: each text is kept as pairs of neighboring characters, so that any two of them are found.

Chinese writes no spaces; 路灯不亮 is kept as 路灯 灯不 不亮, and a query of two characters or more is a phrase of such
pairs. A Latin word or a number is one unit. What the index is made of stands in migrations/search_index.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    String,
    and_,
    bindparam,
    cast,
    column,
    event,
    false,
    inspect,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Mapper

from models import sheets
from models.base import db
from models.needs.row import Need

# What is looked through: everything that staff may read, or the published title alone (decision 21).
WORDS = ("title", "text", "public_title", "place_detail", "ticket_no", "external_no")
OPEN_WORDS = ("public_title",)
LONGEST, MOST_RUNS = 100, 8
AT_ONCE = 1000
_RUN = re.compile(r"[^\W_]+")
_UNIT = re.compile(r"[a-z0-9]+|.")
PUT_SQLITE = "INSERT OR REPLACE INTO need_words (rowid, words, open) VALUES (:id, :words, :open)"
PUT_POSTGRESQL = """INSERT INTO need_words (need_id, words, open)
VALUES (:id, CAST(:words AS tsvector), CAST(:open AS tsvector))
ON CONFLICT (need_id) DO UPDATE SET words = excluded.words, open = excluded.open"""
_INDEX = table("need_words", column("rowid"), column("need_id"), column("need_words"), column("words"), column("open"))


def runs_of(text_: str) -> list[list[str]]:
    """Fold width and case, and cut at everything that is neither letter nor digit; each run is a list of units."""
    return [_UNIT.findall(run) for run in _RUN.findall(unicodedata.normalize("NFKC", text_).lower())]


def _pairs(units: Sequence[str]) -> list[str]:
    """Return the pairs of a run, with every unit of more than one character also by itself."""
    words: list[str] = []
    for at, unit in enumerate(units):
        if len(unit) > 1 or len(units) == 1:
            words.append(unit)
        if at + 1 < len(units):
            words.append(unit + units[at + 1])
    return words


def words_of(*texts: str | None) -> list[str]:
    """Return everything by which the texts are found, in their order."""
    return [word for one in texts if one for units in runs_of(one) for word in _pairs(units)]


def _stored(words: Sequence[str], postgresql: bool) -> str:
    """Return the words as the index takes them: as a text, or as a vector with places for PostgreSQL."""
    if not postgresql:
        return " ".join(words)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(words, start=1):
        places[word].append(at)
    return " ".join(f"'{word}':{','.join(map(str, at[:255]))}" for word, at in places.items())


def _entry(row: Mapping[str, Any], postgresql: bool) -> dict[str, Any]:
    return {
        "id": row["id"],
        "words": _stored(words_of(*(row[name] for name in WORDS)), postgresql),
        "open": _stored(words_of(*(row[name] for name in OPEN_WORDS)), postgresql),
    }


def keep(connection: Any, rows: Iterable[Mapping[str, Any]]) -> None:
    """Keep the words of needs, given as rows with `id` and the columns of WORDS; older words of theirs are replaced."""
    postgresql = connection.dialect.name == "postgresql"
    entries = [_entry(row, postgresql) for row in rows]
    if not entries:
        return
    connection.execute(text(PUT_POSTGRESQL if postgresql else PUT_SQLITE), entries)


def rebuild() -> int:
    """Make the index anew from the needs; a part of `flask --app wsgi recount`. Returns how many needs it holds."""
    connection = db.session.connection()
    connection.execute(text("DELETE FROM need_words"))
    columns = [Need.id, *(getattr(Need, name) for name in WORDS)]
    count = last = 0
    while rows := connection.execute(select(*columns).where(Need.id > last).order_by(Need.id).limit(AT_ONCE)).all():
        keep(connection, [dict(row._mapping) for row in rows])
        count, last = count + len(rows), rows[-1].id
    return count


def _asked(query: str) -> tuple[list[list[str]], list[str]]:
    """Return the phrases of a query, for the index, and what must be looked for in the texts themselves."""
    query = sheets.clean(query)[:LONGEST]
    runs = runs_of(query)[:MOST_RUNS]
    if query and not runs:
        return [], [query]
    phrases = [_pairs(units) for units in runs if len("".join(units)) > 1]
    return phrases, [units[0] for units in runs if len("".join(units)) == 1]


def matching(query: str, *, published: bool = False) -> ColumnElement[bool]:
    """Return the condition that a need holds all words of a query; nothing of a query is ever taken as a pattern.

    Staff search everything, the public the published titles alone. A single character is looked for in the texts
    themselves, since the index holds pairs. An empty query finds nothing. Source: decisions.md 11, 21.
    """
    phrases, single = _asked(query)
    if not phrases and not single:
        return false()
    parts = [_holding(one, published) for one in single]
    return and_(*([_indexed(_wanted(phrases, published), published)] if phrases else []), *parts)


def wanted(query: str) -> str | None:
    """Return what to ask the index of everything for, where the index alone can answer a query; else None."""
    phrases, single = _asked(query)
    return _wanted(phrases, False) if phrases and not single else None


def found_by_index() -> ColumnElement[bool]:
    """Return the condition that the index holds what is given with the question as `wanted`."""
    return _indexed(bindparam("wanted", type_=String), False)


def _holding(literal: str, published: bool) -> ColumnElement[bool]:
    names = OPEN_WORDS if published else WORDS
    return or_(*(getattr(Need, name).icontains(literal, autoescape=True) for name in names))


def _wanted(phrases: Sequence[Sequence[str]], published: bool) -> str:
    # Words are letters and digits only, so that a quotation mark cannot be among them.
    if db.session.get_bind().dialect.name == "postgresql":
        return " & ".join("(" + " <-> ".join(f"'{word}'" for word in phrase) + ")" for phrase in phrases)
    which = "open" if published else "words"
    return " AND ".join(f'{which} : "{" ".join(phrase)}"' for phrase in phrases)


def _indexed(wanted: Any, published: bool) -> ColumnElement[bool]:
    if db.session.get_bind().dialect.name == "postgresql":
        which = "open" if published else "words"
        return Need.id.in_(select(_INDEX.c.need_id).where(_INDEX.c[which].op("@@")(cast(wanted, TSQUERY))))
    return Need.id.in_(select(_INDEX.c.rowid).where(_INDEX.c.need_words.op("MATCH")(wanted)))


def _values(need: Need) -> dict[str, Any]:
    return {"id": need.id, **{name: getattr(need, name) for name in WORDS}}


@event.listens_for(Need, "after_insert")
def _raised(mapper: Mapper[Any], connection: Connection, need: Need) -> None:
    keep(connection, [_values(need)])


@event.listens_for(Need, "after_update")
def _rewritten(mapper: Mapper[Any], connection: Connection, need: Need) -> None:
    state: Any = inspect(need)
    if any(state.attrs[name].history.has_changes() for name in WORDS):
        keep(connection, [_values(need)])
