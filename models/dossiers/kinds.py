"""The words of a dossier: its parts, what may be missing, and the tree with its numbers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from models.evaluation import Indicator


class DossierPart(StrEnum):
    """What one indicator is proved by: its leaves, in the order in which they are numbered."""

    VOICES = "VOICES"
    RECORDS = "RECORDS"
    SIGN_IN = "SIGN_IN"
    PHOTOS = "PHOTOS"
    GOAL = "GOAL"
    NEEDS = "NEEDS"
    TEAM = "TEAM"
    CALLS = "CALLS"
    DATES = "DATES"
    BUDGET = "BUDGET"
    PAYMENTS = "PAYMENTS"


class DossierGap(StrEnum):
    """What is missing, each with a number of how many."""

    FEW_VOICES = "FEW_VOICES"
    VOICES_TO_TARGET = "VOICES_TO_TARGET"
    NO_RECORDS = "NO_RECORDS"
    NOT_APPROVED = "NOT_APPROVED"
    NO_SIGN_IN = "NO_SIGN_IN"
    NAMES_WAIT = "NAMES_WAIT"
    WALK_INS = "WALK_INS"
    NO_PHOTO = "NO_PHOTO"
    NO_GOALS = "NO_GOALS"
    TO_GOAL = "TO_GOAL"
    NEEDS_OPEN = "NEEDS_OPEN"
    NO_WORKER = "NO_WORKER"
    NO_SUPERVISOR = "NO_SUPERVISOR"
    NOT_CALLED = "NOT_CALLED"
    DENIED = "DENIED"
    NOT_KEPT = "NOT_KEPT"
    NO_BUDGET = "NO_BUDGET"
    PAPERS_ELSEWHERE = "PAPERS_ELSEWHERE"


@dataclass(frozen=True)
class Gap:
    """One thing that is missing: so many, of this unit where it is a goal's."""

    kind: DossierGap
    n: int = 0
    unit: str = ""


@dataclass(frozen=True)
class Proof:
    """One piece of evidence: its number, its day, what it is in the words of the house, and what was written.

    `of` is the number of the record that it belongs to; `names` are masked; `sheets` are sealed originals (decision 25).
    """

    number: str = ""
    day: date | None = None
    code: StrEnum | None = None
    words: str = ""
    of: str = ""
    public_id: str = ""
    served: int | None = None
    minutes: int | None = None
    fen: int | None = None
    names: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    sheets: int = 0


@dataclass(frozen=True)
class Node:
    """One leaf of the tree. `reached` of `target` where something is counted; `title` is a goal's own."""

    number: str
    part: DossierPart
    title: str = ""
    unit: str = ""
    reached: int | None = None
    target: int | None = None
    proofs: tuple[Proof, ...] = ()
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True)
class Branch:
    """One indicator of the rules with its weight; None is the residents' voice, whose weight has a least and a most."""

    number: str
    indicator: Indicator | None
    weight: tuple[Decimal, Decimal]
    points: Decimal | None
    nodes: tuple[Node, ...]

    @property
    def gaps(self) -> int:
        """Return how many kinds of things are missing here."""
        return sum(len(node.gaps) for node in self.nodes)


@dataclass(frozen=True)
class Dossier:
    """A project's dossier of one contract year; the same for everybody who may read it."""

    public_id: str
    project_no: str
    project: str
    organization: str
    community: str
    first: date
    last: date
    scheme_number: int
    branches: tuple[Branch, ...]

    @cached_property
    def check_number(self) -> str:
        """Return sixteen digits that change with anything in the dossier: whoever opens it later compares them."""
        whole = json.dumps(asdict(self), sort_keys=True, default=str, ensure_ascii=False)
        digits = hashlib.sha256(whole.encode()).hexdigest()[:16].upper()
        return "-".join(digits[at : at + 4] for at in range(0, 16, 4))

    def nodes(self) -> Iterator[Node]:
        """Yield the leaves in their order."""
        for branch in self.branches:
            yield from branch.nodes

    def gaps(self) -> list[tuple[Node, Gap]]:
        """Return everything that is missing, each with the leaf where it is missing."""
        return [(node, gap) for node in self.nodes() for gap in node.gaps]

    def part(self, part: DossierPart) -> Node:
        """Return the first leaf of a kind."""
        return next(node for node in self.nodes() if node.part == part)


def numbered(branch: int, leaves: list[Node]) -> tuple[Node, ...]:
    """Return the leaves of a branch with their numbers, and their proofs with theirs: 2.1, 2.1.1 …"""
    found = []
    for at, leaf in enumerate(leaves, start=1):
        number = f"{branch}.{at}"
        proofs = tuple(replace(one, number=f"{number}.{n}") for n, one in enumerate(leaf.proofs, start=1))
        found.append(replace(leaf, number=number, proofs=proofs))
    return tuple(found)
