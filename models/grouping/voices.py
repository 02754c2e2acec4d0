"""Who says what: each need cut into words, and each person's wording heard once however often it was sent."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

READ = 5_000  # Characters of a text that are read; what comes later does not say what the need is about.
HEAD = 40  # Characters of a text that stand for a missing title.
RUN, UNIT = re.compile(r"[^\W_]+"), re.compile(r"[a-z0-9]+|.")


@dataclass(frozen=True, slots=True)
class Saying:
    """One open need as it was said. `place` is where the trouble is (empty if unknown), not where the author lives."""

    id: int
    author: str | int | None
    title: str
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """What one person said in one wording, however often it was sent; only the first of `ids` is compared."""

    ids: tuple[int, ...]
    author: str | int | None
    title: str
    label: str
    head: frozenset[str]
    body: frozenset[str]
    said: frozenset[str]
    clauses: frozenset[str]
    length: int
    place: str


def voices_of(sayings: Sequence[Saying]) -> list[Voice]:
    """Hear each person's wording once, in the order of ids."""
    heard: dict[Any, tuple[list[str], list[str], list[Saying]]] = {}
    for saying in sorted(sayings, key=lambda saying: saying.id):
        title, text = runs(saying.title), runs(saying.text[:READ])
        if title or text:
            wording = (saying.author, *title, "", *text, "", *runs(saying.place))
            heard.setdefault(wording, (title, text, []))[2].append(saying)
    return [_voice(*each) for each in heard.values()]


def _voice(title: list[str], text: list[str], same: list[Saying]) -> Voice:
    first = same[0]
    body = frozenset(grams(text))
    head = frozenset(grams(title) if title else grams(runs(first.text[:HEAD])) or body)
    return Voice(
        ids=tuple(saying.id for saying in same),
        author=first.author,
        title=first.title if title else "",
        label=" ".join((first.title if title else first.text[:HEAD]).split()),
        head=head,
        body=body,
        said=head | body,
        clauses=frozenset(text),
        length=sum(map(len, text)),
        place="".join(runs(first.place)),
    )


def runs(text: str) -> list[str]:
    """Fold width and case, and cut at everything that is neither letter nor digit."""
    return RUN.findall(unicodedata.normalize("NFKC", text).lower())


def units_of(run: str) -> list[str]:
    """A Latin word or a number is one unit, so that bus 805 is not bus 80; any other character is a unit by itself."""
    return UNIT.findall(run)


def grams(clauses: Sequence[str]) -> set[str]:
    """Return the units of clauses and the pairs of neighboring units: Chinese needs no dictionary for that."""
    found: set[str] = set()
    for clause in clauses:
        units = units_of(clause)
        found.update(units)
        found.update(map(str.__add__, units, units[1:]))
    return found
