"""Who keeps which kind of ledger."""

from __future__ import annotations

from sqlalchemy import select

from models.accounts import Actor
from models.base import db
from models.events import IMPORT, Nobody
from models.ledgers.kinds import Keeper, LedgerKind
from models.ledgers.residents import Residents
from models.ledgers.rosters import Served, Volunteers
from models.ledgers.running_projects import RunningProjects
from models.ledgers.volunteering import Volunteering
from models.ledgers.work_orders import WorkOrders
from models.places import Place, PlaceKind

KEEPERS: tuple[Keeper, ...] = (
    Residents(), Served(), Volunteers(), RunningProjects(), WorkOrders(), Volunteering(),
)  # fmt: skip
_BY_KIND = {keeper.kind: keeper for keeper in KEEPERS}


def keeper_of(kind: LedgerKind | str | None) -> Keeper:
    """Return who keeps a kind of ledger."""
    return _BY_KIND[LedgerKind(kind or LedgerKind.RESIDENTS)]


def allowed(community_id: int, by: Actor | Nobody) -> list[Keeper]:
    """Return the kinds of ledgers that somebody may bring in, and take along, in a community.

    Whoever runs the house brings them in by a command, without an account.
    """
    if isinstance(by, Nobody):
        return list(KEEPERS) if by == IMPORT else []
    within = [by.reach(keeper.permission).communities(Place.id) for keeper in KEEPERS]
    here = db.session.execute(
        select(*within).where(Place.id == community_id, Place.kind == PlaceKind.COMMUNITY)
    ).one_or_none()
    return [keeper for keeper, may in zip(KEEPERS, here or (), strict=False) if may]


def kinds_of(actor: Actor) -> list[LedgerKind]:
    """Return the kinds of ledgers that somebody may bring in somewhere."""
    return [keeper.kind for keeper in KEEPERS if actor.may(keeper.permission)]
