"""Real messages that a reader laid together by hand, and how well suggested groups agree with that."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.grouping import Saying


@dataclass(frozen=True, slots=True)
class Label:
    """One matter as a reader marked it: its needs, those that must stay out, and those that may go either way."""

    key: str
    ids: frozenset[int]
    traps: frozenset[int]
    ambiguous: frozenset[int]


@dataclass(frozen=True, slots=True)
class Figures:
    """How groups agree with labels: mean of the best F1 of each label, B-cubed, and how many traps were taken in."""

    best_f1: float
    precision: float
    recall: float
    trapped: int

    @property
    def bcubed(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.precision else 0.0

    def __str__(self) -> str:
        shares = (self.best_f1, self.bcubed, self.precision, self.recall)
        return " | ".join([*(f"{share:.3f}" for share in shares), str(self.trapped)])


def folder() -> Path:
    """Return where the labeled messages are looked for."""
    return Path(os.environ.get("LINLI_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")


def present(where: Path) -> bool:
    return (where / "groups.json").exists() and (where / "messages.jsonl").exists()


def read(where: Path) -> tuple[list[Label], list[Saying]]:
    """Read labels and messages."""
    marks = json.loads((where / "groups.json").read_text(encoding="utf-8"))["groups"]
    kinds = ("ids", "hard_negatives", "ambiguous")
    labels = [Label(mark["key"], *(frozenset(map(int, mark[kind])) for kind in kinds)) for mark in marks]
    with (where / "messages.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return labels, [Saying(int(row["id"]), row["user"], row["title"], row["text"]) for row in rows]


def score(groups: Iterable[Sequence[int]], labels: Sequence[Label], judged: Sequence[Label] | None = None) -> Figures:
    """Compare groups with all labels, or with the `judged` ones alone among all labels."""
    unclear = frozenset[int]().union(*(label.ambiguous for label in labels))
    labeled = frozenset[int]().union(*(label.ids | label.traps for label in labels)) - unclear
    found = [kept for one in groups if (kept := labeled.intersection(one))]
    home = {number: one for one in found for number in one}
    best_f1, parts, trapped = 0.0, [], 0
    for label in judged or labels:
        ids = label.ids - unclear
        best = max(found, key=lambda one, ids=ids: _f1(ids, one), default=frozenset[int]())  # type: ignore[misc]
        best_f1 += _f1(ids, best)
        trapped += len(best & label.traps)
        homes = [home.get(number, frozenset({number})) for number in ids]
        parts += [(len(one & ids) / len(one), len(one & ids) / len(ids)) for one in homes]
    precision, recall = (sum(part) / len(parts) for part in zip(*parts, strict=True))
    return Figures(best_f1 / len(judged or labels), precision, recall, trapped)


def _f1(one: frozenset[int], other: frozenset[int]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0
