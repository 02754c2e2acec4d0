"""The cells of a report: what each counts, and in which book its records stand. A cell is a question, never a number."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.base import NotFound
from models.need_counts import Count
from models.needs import Field, Tile
from models.service_log import Lasting, ServiceMethod


class ReportKind(StrEnum):
    """月报 of a place, and 社工站统计 of the stations in it."""

    MONTHLY = "MONTHLY"
    STATION = "STATION"


class Book(StrEnum):
    """Where the records behind a cell stand."""

    NEEDS = "NEEDS"
    LOGS = "LOGS"
    CASES = "CASES"
    SERVED = "SERVED"
    HOURS = "HOURS"
    HELPERS = "HELPERS"
    PROJECTS = "PROJECTS"
    WORKERS = "WORKERS"
    CALLBACKS = "CALLBACKS"
    VOICES = "VOICES"
    HANDED_DOWN = "HANDED_DOWN"


class Amount(StrEnum):
    """What one record adds to a cell: one, its minutes, its turns, its money; the others are worked out of counts."""

    ONE = "ONE"
    MINUTES = "MINUTES"
    TURNS = "TURNS"
    FEN = "FEN"
    RATE = "RATE"
    MEAN = "MEAN"


class Change(StrEnum):
    """What a scale before and after a service says: it was measured, it rose, it fell (R47)."""

    MEASURED = "MEASURED"
    RISEN = "RISEN"
    FALLEN = "FALLEN"


@dataclass(frozen=True)
class Cell:
    """One figure: its name (also its placeholder), its book, and what of the book belongs to it."""

    name: str
    book: Book
    amount: Amount = Amount.ONE
    what: Count | None = None
    tile: Tile | None = None
    field: Field | None = None
    method: ServiceMethod | None = None
    lasting: Lasting | None = None
    change: Change | None = None
    begun: bool = False
    no_grid: bool = False

    @property
    def opens(self) -> bool:
        """Tell whether it leads to records; satisfaction leads to its unfolding instead, never to a rating."""
        return self.book != Book.VOICES


WHATS = {
    "received": Count.RECEIVED, "accepted": Count.ACCEPTED, "answered": Count.ANSWERED, "done": Count.RESOLVED,
    "overdue": Count.LATE,
}  # fmt: skip
# What is counted for every tile and every field.
SORTED = ("received", "done", "overdue")
PARTS = {"": None, "_continuing": Lasting.CONTINUING, "_one_off": Lasting.ONE_OFF}


def _needs() -> list[Cell]:
    cells = [Cell(f"need.{name}", Book.NEEDS, what=what) for name, what in WHATS.items()]
    for name in SORTED:
        what = WHATS[name]
        cells += [Cell(f"tile.{one.value.lower()}.{name}", Book.NEEDS, what=what, tile=one) for one in Tile]
        cells += [Cell(f"field.{one.value.lower()}.{name}", Book.NEEDS, what=what, field=one) for one in Field]
    return cells


def _apart(name: str, book: Book, amount: Amount = Amount.ONE) -> list[Cell]:
    """Return a figure of all service, of continuing and of one-off service (R93)."""
    return [Cell(name + end, book, amount, lasting=part) for end, part in PARTS.items()]


SERVICE = [
    *_apart("service.sessions", Book.LOGS),
    *_apart("service.hours", Book.LOGS, Amount.MINUTES),
    *_apart("service.persons", Book.SERVED),
    *_apart("service.turns", Book.LOGS, Amount.TURNS),
    Cell("service.visits", Book.LOGS, method=ServiceMethod.VISIT),
    Cell("service.visited", Book.LOGS, Amount.TURNS, method=ServiceMethod.VISIT),
    Cell("service.cases", Book.CASES, method=ServiceMethod.CASE),
    Cell("service.case_sessions", Book.LOGS, method=ServiceMethod.CASE),
    Cell("service.groups", Book.LOGS, method=ServiceMethod.GROUP),
    Cell("service.events", Book.LOGS, method=ServiceMethod.EVENT),
]
# What is in no grid's figures, so that these and the whole explain each other.
NOWHERE = [Cell("service.no_grid", Book.LOGS, no_grid=True)]
# Service door after door, and of it what departments handed down, counted apart (R85): it is part of all service.
LISTS = [
    Cell("service.lists", Book.LOGS, method=ServiceMethod.LIST),
    Cell("handed.lists", Book.HANDED_DOWN),
    Cell("handed.turns", Book.HANDED_DOWN, Amount.TURNS),
    Cell("handed.money", Book.HANDED_DOWN, Amount.FEN),
]
VOLUNTEERS = [
    *_apart("volunteer.persons", Book.HELPERS),
    *_apart("volunteer.turns", Book.HOURS),
    *_apart("volunteer.hours", Book.HOURS, Amount.MINUTES),
]
OUTCOME = [Cell(f"outcome.{one.value.lower()}", Book.LOGS, change=one) for one in Change]
RATES = [Cell(f"rates.{name}", Book.CALLBACKS, Amount.RATE) for name in ("response", "resolution", "satisfaction")]
SATISFACTION = [
    Cell(f"satisfaction.{name}{end}", Book.VOICES, amount, lasting=part)
    for name, amount in (("n", Amount.ONE), ("served", Amount.ONE), ("counted", Amount.ONE), ("mean", Amount.MEAN))
    for end, part in PARTS.items()
]
MONEY = [
    Cell("money.projects", Book.PROJECTS),
    Cell("money.running", Book.PROJECTS, Amount.FEN),
    Cell("money.begun", Book.PROJECTS, Amount.FEN, begun=True),
]
MONTHLY = (*_needs(), *RATES, *SERVICE, *NOWHERE, *LISTS, *OUTCOME, *VOLUNTEERS, *SATISFACTION, *MONEY)
STATION = (Cell("station.workers", Book.WORKERS), *SERVICE, *VOLUNTEERS)
CELLS: dict[str, Cell] = {one.name: one for one in (*MONTHLY, *STATION)}
BY_KIND: dict[ReportKind, tuple[Cell, ...]] = {ReportKind.MONTHLY: MONTHLY, ReportKind.STATION: STATION}


def cell(name: str) -> Cell:
    """Return the cell of a name. Errors: NotFound."""
    if name not in CELLS:
        raise NotFound(name)
    return CELLS[name]
