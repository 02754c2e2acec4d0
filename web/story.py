"""What happened, in words: lines of the diary as macros/timeline.html draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.events import Line
from web import sentences
from web.filters import moment


@dataclass(frozen=True)
class Entry:
    """One line of a story."""

    sentence: str
    when: str
    by: str
    detail: str = ""
    url: str | None = None


def told(lines: Sequence[Line]) -> list[Entry]:
    """Return the lines, newest first, each with what was done, when and by whom."""
    return [
        Entry(sentences.deed(line.verb), moment(line.at), line.account_name or _doer(line.actor))
        for line in reversed(lines)
    ]


def _doer(actor: str) -> str:
    """Return who did what belongs to no account, else the role."""
    return sentences.label(actor, "Doer" if actor in sentences.LABELS["Doer"] else "Role")
