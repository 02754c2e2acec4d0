"""What a sheet without masks holds, and who may want it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, select

from models import desk, need_exports
from models.base import db
from models.deadlines import Color
from models.desk import Filters, Tab
from models.ledgers import LedgerKind, Sheet, keeper_of
from models.ledgers.keepers import allowed
from models.needs import Field, Need, Tile
from models.needs import Kind as NeedKind
from models.permissions import Permission
from models.places import Place

if TYPE_CHECKING:
    from models.accounts import Actor

# By what the needs of a sheet may be narrowed; words that were searched for may name somebody and are not kept.
NARROWED: Mapping[str, type[StrEnum]] = {"tile": Tile, "field": Field, "kind": NeedKind, "color": Color}


class UnmaskedKind(StrEnum):
    """What the sheet lists: needs, or one of the ledgers in which persons or words of persons stand."""

    NEEDS = "NEEDS"
    RESIDENTS = "RESIDENTS"
    SERVED = "SERVED"
    VOLUNTEERS = "VOLUNTEERS"
    PROJECTS = "PROJECTS"
    WORK_ORDERS = "WORK_ORDERS"


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to take along; needs may be narrowed as the desk narrows them, but for words and places."""

    kind: UnmaskedKind
    tab: Tab = Tab.ALL
    filters: Filters = field(default_factory=Filters)

    @property
    def choice(self) -> dict[str, str]:
        """Return what the needs were narrowed to, as it is kept."""
        if self.kind != UnmaskedKind.NEEDS:
            return {}
        codes = {name: getattr(self.filters, name) for name in NARROWED}
        return {"tab": self.tab.value, **{name: code.value for name, code in codes.items() if code is not None}}

    @classmethod
    def of(cls, kind: str, choice: Mapping[str, str]) -> Wanted:
        """Return what is wanted from what was kept of it."""
        chosen = {name: enum(choice[name]) for name, enum in NARROWED.items() if name in choice}
        return cls(UnmaskedKind(kind), Tab(choice.get("tab", Tab.ALL)), Filters(**chosen))  # type: ignore[arg-type]


def may_ask(community: Place, kind: UnmaskedKind, by: Actor) -> bool:
    """Tell whether somebody may take this kind along and see numbers there one by one."""
    within = [Permission.ASK_UNMASKED, Permission.REVEAL_CONTACT]
    if kind == UnmaskedKind.NEEDS:
        within.append(Permission.EXPORT_NEEDS)
    elif LedgerKind(kind) not in [keeper.kind for keeper in allowed(community.id, by)]:
        return False
    reached = select(*(by.reach(one).communities(Place.id) for one in within)).where(Place.id == community.id)
    return all(db.session.execute(reached).one())


def _needs(community: Place, wanted: Wanted, by: Actor) -> Select[Any]:
    query = desk.selected(by, wanted.tab, wanted.filters, Permission.EXPORT_NEEDS)
    return query.where(Need.community_id == community.id)


def count(community: Place, wanted: Wanted, by: Actor) -> int:
    """Return how many lines the sheet would hold now."""
    if wanted.kind == UnmaskedKind.NEEDS:
        inside = _needs(community, wanted, by).with_only_columns(Need.id).subquery()
        return db.session.scalar(select(func.count()).select_from(inside)) or 0
    return sum(1 for _ in keeper_of(wanted.kind).leaves(community))


def sheet_of(community: Place, wanted: Wanted, by: Actor) -> Sheet:
    """Return the lines as the records stand now, nothing masked."""
    if wanted.kind == UnmaskedKind.NEEDS:
        rows: Iterable[Sequence[Any]] = need_exports.rows_of(_needs(community, wanted, by), hidden=False)
        return Sheet(need_exports.COLUMNS, list(rows))
    keeper = keeper_of(wanted.kind)
    return Sheet(
        tuple(keeper.columns[field][0] for field in keeper.leaving), list(keeper.leaves(community, hidden=False))
    )
