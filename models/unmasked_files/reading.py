"""What was asked for, as its page and the list show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from models.accounts import Account
from models.base import db
from models.permissions import Permission
from models.places import Place
from models.states import UnmaskedFileState
from models.unmasked_files.contents import UnmaskedKind
from models.unmasked_files.row import MOST_TAKINGS, UnmaskedFile

if TYPE_CHECKING:
    from models.accounts import Actor

PAGE = 30


@dataclass(frozen=True)
class UnmaskedCard:
    """What was asked for, as its page and the list show it, and what the reader may do."""

    public_id: str
    number: int
    kind: UnmaskedKind
    choice: Mapping[str, str]
    community: str
    rows: int
    reason: str
    asked_by: str
    asked_at: datetime
    state: UnmaskedFileState
    decided_by: str | None
    decided_at: datetime | None
    answer: str | None
    open_until: datetime | None
    is_open: bool
    left: int
    taken: int
    taken_at: datetime | None
    own: bool
    decides: bool


def cards(actor: Actor, *, before: int | None = None) -> tuple[list[UnmaskedCard], int | None]:
    """Return what was asked for within reach, what waits for a word first, then the newest; and where the next begins."""
    query = _told(actor).order_by(UnmaskedFile.id.desc())
    if before is not None:
        return _paged(query.where(UnmaskedFile.id < before), actor)
    waiting = db.session.execute(query.where(UnmaskedFile.state == UnmaskedFileState.ASKED)).all()
    found, older = _paged(query.where(UnmaskedFile.state != UnmaskedFileState.ASKED), actor)
    return [*(_card(row, actor) for row in waiting), *found], older


def card(one: UnmaskedFile, actor: Actor) -> UnmaskedCard:
    """Return what the page of one shows."""
    return _card(db.session.execute(_told(actor).where(UnmaskedFile.id == one.id)).one(), actor)


def _paged(query: Select[Any], actor: Actor) -> tuple[list[UnmaskedCard], int | None]:
    rows = db.session.execute(query.limit(PAGE + 1)).all()
    found = [_card(row, actor) for row in rows[:PAGE]]
    return found, found[-1].number if len(rows) > PAGE else None


def _told(actor: Actor) -> Select[Any]:
    asker, decider = aliased(Account), aliased(Account)
    decides = actor.reach(Permission.APPROVE_UNMASKED).communities(UnmaskedFile.community_id)
    return (
        UnmaskedFile.visible_to(actor, Permission.READ_UNMASKED)
        .join(Place, Place.id == UnmaskedFile.community_id)
        .join(asker, asker.id == UnmaskedFile.asked_by_id)
        .outerjoin(decider, decider.id == UnmaskedFile.decided_by_id)
        .add_columns(Place.name, asker.name, decider.name, decides)
    )


def _card(row: Any, actor: Actor) -> UnmaskedCard:
    one, community, asker, decider, decides = row
    own = one.asked_by_id == actor.account_id
    return UnmaskedCard(
        one.public_id, one.id, UnmaskedKind(one.kind), one.choice, community, one.rows, one.reason, asker,
        one.created_at, UnmaskedFileState(one.state), decider, one.decided_at, one.answer, one.open_until, one.is_open,
        MOST_TAKINGS - one.taken, one.taken, one.taken_at, own, bool(decides) and not own,
    )  # fmt: skip


def count_waiting(actor: Actor) -> int:
    """Return how many wait for this pair of eyes."""
    query = UnmaskedFile.visible_to(actor, Permission.APPROVE_UNMASKED).where(
        UnmaskedFile.state == UnmaskedFileState.ASKED, UnmaskedFile.asked_by_id != actor.account_id
    )
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
