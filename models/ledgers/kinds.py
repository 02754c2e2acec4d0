"""What kinds of ledgers an office keeps, where one stands on its way in, and what is common to reading them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from models.permissions import Permission
from models.sheets import Cell, Row, RowError

if TYPE_CHECKING:
    from models.events import Doer
    from models.ledgers.row import Ledger
    from models.places import Place

UNDO_WITHIN = timedelta(hours=24)
# A file that made no step for so long belonged to a process that is gone.
STUCK_AFTER = timedelta(minutes=10)
# What lies unanswered is somebody's list of people, and is put away.
FORGOTTEN_AFTER = timedelta(days=7)
SHOWN = 80


class LedgerKind(StrEnum):
    """What a ledger lists: 居民, 服务对象, 志愿者, 在执行项目, 12345 工单, 志愿活动."""

    RESIDENTS = "RESIDENTS"
    SERVED = "SERVED"
    VOLUNTEERS = "VOLUNTEERS"
    PROJECTS = "PROJECTS"
    WORK_ORDERS = "WORK_ORDERS"
    VOLUNTEERING = "VOLUNTEERING"


class LedgerState(StrEnum):
    """Where a ledger stands."""

    RECEIVED = "RECEIVED"
    CHECKED = "CHECKED"
    WAITING = "WAITING"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"
    PUT_AWAY = "PUT_AWAY"
    UNDONE = "UNDONE"


OVER = (LedgerState.DONE, LedgerState.FAILED, LedgerState.PUT_AWAY, LedgerState.UNDONE)


@dataclass(frozen=True)
class Reading:
    """What a ledger says, compared with what the community has: new lines, changed ones, the same, and the faults."""

    new: Sequence[Any] = ()
    changed: Sequence[Any] = ()
    unchanged: int = 0
    faults: Sequence[RowError] = ()
    # Lines as they would come in, by the names of the fields; the first few are enough.
    sample: Sequence[tuple[int, Mapping[str, str]]] = ()
    # Lines that fill empty cells of the register, as the page shows them: the line, who it is, what is filled.
    filled: Sequence[tuple[int, str, Mapping[str, str]]] = ()
    fillings: Sequence[Any] = ()


@dataclass(frozen=True)
class Outcome:
    """What became of a ledger: the things that the diary names, and what it says of their texts."""

    about: Sequence[tuple[str, int]] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    # What was filled in entries that stood there before, by which it can be taken back.
    filled: Sequence[Sequence[Any]] = ()


class Work(Protocol):
    """One ledger on its way in, between its transactions."""

    def add(self, new: Sequence[Any]) -> Iterator[int]:
        """Put new lines in, unseen; yield after at most 2,000 rows or 2 seconds how many were added since."""
        ...

    def show(self, reading: Reading) -> Outcome:
        """Show everything at once, in the last transaction."""
        ...


class Keeper(Protocol):
    """Whoever knows one kind of ledger: its columns, how a line is read, how lines come in and are taken back."""

    kind: LedgerKind
    permission: Permission
    # How fields are called, the likeliest name first; words that a longer title may contain; what cannot be lacking.
    columns: Mapping[str, tuple[str, ...]]
    hints: Mapping[str, tuple[str, ...]]
    needed: Sequence[tuple[str, ...]]
    # Words of a title or a file's name that tell this kind from the others.
    signs: tuple[str, ...]
    # The table of labels in which the fields have their words.
    words: str
    most: int
    # The columns of the sheet in which everything of this kind leaves again.
    leaving: tuple[str, ...]

    def is_note(self, fault: RowError) -> bool:
        """Tell whether a line comes in in spite of a fault."""
        ...

    def read(self, community: Place, rows: Sequence[Row]) -> Reading:
        """Read lines and compare them with what the community has."""
        ...

    def begin(self, ledger: Ledger, *, by: Doer) -> Work:
        """Begin to bring a ledger in; a part of the verb that does."""
        ...

    def give_up(self, ledger: Ledger) -> None:
        """Remove what a ledger that broke off has put in."""
        ...

    def take_back(self, ledger: Ledger) -> tuple[list[tuple[str, int]], int]:
        """Take back what nobody has touched; return it, and how many lines stay."""
        ...

    def leaves(self, community: Place, *, hidden: bool = True) -> Iterable[Sequence[Cell]]:
        """Return what the community has of this kind as rows for a sheet, in the order of `leaving`.

        What points at somebody is hidden: the name but for its beginning, numbers, the door, the year of birth.
        """
        ...
