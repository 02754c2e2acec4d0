"""What the counter shows of ledgers: the list of those that came in, and one with its columns, lines and faults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from models.accounts import Account
from models.base import db, now
from models.ledgers import looking
from models.ledgers.keepers import allowed, keeper_of
from models.ledgers.kinds import LedgerKind, LedgerState
from models.ledgers.row import Ledger
from models.permissions import Permission
from models.places import Place

if TYPE_CHECKING:
    from models.accounts import Actor

MOST, SHOWN_FAULTS = 50, 200


@dataclass(frozen=True)
class LedgerLine:
    """A ledger on the list."""

    public_id: str
    kind: LedgerKind | None
    file_name: str
    community: str
    state: LedgerState
    created_at: datetime
    who: str | None
    rows: int
    added: int
    changed: int


@dataclass(frozen=True)
class Fault:
    """What is wrong with one line, in which column, and how the line reads; a note did not keep it out,
    and `more` further lines have the same."""

    line: int
    field: str
    key: str
    value: str
    text: str
    note: bool
    more: int


@dataclass(frozen=True)
class LedgerCard:
    """One ledger with everything that its page shows."""

    line: LedgerLine
    community_public_id: str
    done: int
    unchanged: int
    outside: int
    noted: int
    failure: str | None
    told: Mapping[str, Any]
    header_line: int | None
    first_lines: tuple[tuple[int, str], ...]
    columns: tuple[Mapping[str, Any], ...]
    fields: tuple[str, ...]
    words: str
    kinds: tuple[LedgerKind, ...]
    lacking: tuple[str, ...]
    unread: tuple[str, ...]
    sample: tuple[tuple[int, Mapping[str, str]], ...]
    fills: tuple[tuple[int, str, Mapping[str, str]], ...]
    more_fills: int
    faults: tuple[Fault, ...]
    more_faults: int
    same_before: datetime | None
    undo_until: datetime | None
    may_undo: bool

    @property
    def moving(self) -> bool:
        """Tell whether the page should look again soon."""
        return self.line.state in (LedgerState.RECEIVED, LedgerState.WAITING, LedgerState.RUNNING)

    @property
    def step(self) -> int:
        """Return which of the three steps this is: put in, look at, done."""
        return 2 if self.line.state in (LedgerState.RECEIVED, LedgerState.CHECKED) else 3

    @property
    def nothing_new(self) -> bool:
        """Tell whether everything that the ledger says is known already."""
        return bool(self.unchanged) and not self.line.added + self.line.changed + self.outside

    @property
    def sample_fields(self) -> tuple[str, ...]:
        """Return the fields of which the first lines say anything."""
        return tuple(field for field in self.fields if any(cells.get(field) for _, cells in self.sample))


def _line(one: Ledger, place: str, who: str | None) -> LedgerLine:
    kind = LedgerKind(one.kind) if one.kind else None
    return LedgerLine(
        one.public_id, kind, one.file_name, place, LedgerState(one.state), one.created_at, who, one.rows, one.added,
        one.changed,
    )  # fmt: skip


def lines(actor: Actor) -> list[LedgerLine]:
    """Return the ledgers in reach, the newest first; what was put away is not shown."""
    query = (
        Ledger.visible_to(actor, Permission.BRING_LEDGERS)
        .add_columns(Place.name, Account.name)
        .join(Place, Place.id == Ledger.community_id)
        .outerjoin(Account, Account.id == Ledger.account_id)
        .where(Ledger.state != LedgerState.PUT_AWAY)
        .order_by(Ledger.id.desc())
        .limit(MOST)
    )
    return [_line(*row) for row in db.session.execute(query)]


def card(one: Ledger, actor: Actor) -> LedgerCard:
    """Return one ledger for its page."""
    seen, keeper, place = looking.look_of(one), keeper_of(one.kind), Place.get(one.community_id)
    who = db.session.scalar(select(Account.name).where(Account.id == one.account_id))
    faults = tuple(Fault(**fault) for fault in seen["faults"][:SHOWN_FAULTS])
    until = one.undo_until
    return LedgerCard(
        line=_line(one, place.name, who),
        community_public_id=place.public_id,
        done=one.done,
        unchanged=one.unchanged,
        outside=one.outside,
        noted=one.noted,
        failure=one.failure,
        told=seen.get("told", {}),
        header_line=seen["line"],
        first_lines=tuple((number, text) for number, text in seen["lines"]),
        columns=tuple(seen["columns"]),
        fields=tuple(keeper.columns),
        words=keeper.words,
        kinds=tuple(other.kind for other in allowed(one.community_id, actor)),
        lacking=tuple(seen["lacking"]),
        unread=tuple(seen.get("unread", ())),
        sample=tuple((number, cells) for number, cells in seen["sample"]),
        fills=tuple((line, name, cells) for line, name, cells in seen.get("fills", ())[:SHOWN_FAULTS]),
        more_fills=max(len(seen.get("fills", ())) - SHOWN_FAULTS, 0),
        faults=faults,
        more_faults=max(len(seen["faults"]) - SHOWN_FAULTS, 0),
        same_before=one.same_before(),
        undo_until=until,
        may_undo=until is not None and now() < until and one.account_id in (None, actor.account_id),
    )
