"""Two devices changed one thing: different fields merge, and of the same field a person decides.

A form that changes a thing carries the marks of what stood in its fields when it was opened. Where the thing has moved
on since, a field that its writer left alone takes what stands there now; one that both changed is shown side by side.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Form

from models.base import Stale

MARKS, DECISION, THEIRS = "marks", "decide_", "theirs"
_MARK = 12


@dataclass(frozen=True)
class Clash:
    """A field that two devices changed: its name, and both texts as a reader sees them."""

    name: str
    label: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Merged:
    """What a form holds once it has met what stands there now."""

    posted: MultiDict[str, str]
    clashing: Mapping[str, str]
    moved_on: bool

    def check(self, form: Form, version: int) -> None:
        """Refuse what two devices changed, with both texts. Errors: Stale("stale_edit", clashes=…)."""
        if self.clashing:
            clashes = tuple(_clash(form, name, theirs) for name, theirs in self.clashing.items())
            raise Stale("stale_edit", version=version, clashes=clashes)


def marks_of(stands: Mapping[str, Any]) -> str:
    """Return the marks that a form carries of what stands in its fields; they tell a change and no text."""
    return json.dumps({name: _mark(_plain(value)) for name, value in stands.items()}, separators=(",", ":"))


def merge(posted: MultiDict[str, str], stands: Mapping[str, Any], version: int) -> Merged:
    """Let a form meet what stands there now.

    Without marks, or where nothing moved on, it stays as it was sent; the version then decides alone.
    """
    marks, seen = _read(posted.get(MARKS, "")), posted.get("version", "")
    result = MultiDict(posted)
    if not marks or seen == str(version):
        return Merged(result, {}, moved_on=False)
    clashing: dict[str, str] = {}
    for name, value in stands.items():
        mine, theirs, then = _plain(posted.getlist(name)), _plain(value), marks.get(name, "")
        if mine == theirs or _mark(theirs) == then:
            continue
        if _mark(mine) == then or posted.get(DECISION + name) == THEIRS:
            result.setlist(name, [str(one) for one in value] if isinstance(value, list | tuple) else [theirs])
        elif DECISION + name not in posted:
            clashing[name] = theirs
    return Merged(result, clashing, moved_on=True)


def _plain(value: Any) -> str:
    several = value if isinstance(value, list | tuple) else [value]
    lines = sorted("" if one is None else str(one).replace("\r\n", "\n").strip() for one in several)
    return "\n".join(line for line in lines if line)


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_MARK]


def _read(marks: str) -> dict[str, str]:
    try:
        found = json.loads(marks)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _clash(form: Form, name: str, theirs: str) -> Clash:
    field = form[name]
    words = {str(value): str(label) for value, label, *_ in getattr(field, "iter_choices", tuple)()}
    mine = _plain(field.raw_data or [])
    shown = ("、".join(words.get(one, one) for one in text.split("\n")) if words else text for text in (mine, theirs))
    return Clash(name, str(field.label.text), *shown)
