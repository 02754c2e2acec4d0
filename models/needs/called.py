"""What a need is called to whoever hears of it: its published title, its first words to those who may read them, else its number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from models.base import db
from models.needs.row import Need
from models.needs.suggestions import title_of
from models.permissions import Permission

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.tellings import News, ToPhone


@dataclass(frozen=True)
class Called:
    """A need in a sentence: its name, and where this reader opens it."""

    title: str
    url: str | None


def read_by(actor: Actor) -> Any:
    """Return the condition that somebody may read what the author of a need wrote: those who triage or visit there."""
    reach = actor.reach(Permission.READ_NEEDS)
    return or_(reach.communities(Need.community_id), reach.grids(Need.grid_id))


def name_of(need: Need, reads: bool) -> str:
    """Return what a need is called to a reader who may or may not read what its author wrote."""
    return need.public_title or (title_of(need.title, need.text) if reads else "") or need.ticket_no


def called_in(told: Iterable[News | ToPhone], actor: Actor) -> dict[tuple[str, int], Called]:
    """Return what the needs in pieces of news are called to their reader, and where each opens; in one query, or none."""
    ids = {one.subject_id for one in told if one.kind == Need.__tablename__}
    if not ids:
        return {}
    query = select(Need, Need.own(actor), read_by(actor)).where(Need.id.in_(ids), Need.hidden.is_(False))
    return {
        (Need.__tablename__, need.id): Called(name_of(need, own or reads), _page(need, own, reads))
        for need, own, reads in db.session.execute(query)
    }


def _page(need: Need, own: bool, reads: bool) -> str | None:
    if own:
        return f"/needs/{need.public_id}"
    if reads:
        return f"/desk/needs/{need.public_id}"
    return f"/board/needs/{need.public_id}" if need.public_title else None
