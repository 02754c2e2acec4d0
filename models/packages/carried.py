"""The needs beside a package or a project, by their clerk's title: those it carries, and those that could join."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, case, func, select

from models import supports
from models.base import db, is_opaque
from models.needs import Field, Kind, Need, Urgency
from models.needs.suggestions import title_of
from models.packages.row import PackageNeed
from models.permissions import Permission
from models.states import NeedState

if TYPE_CHECKING:
    from models.accounts import Actor

MOST_CANDIDATES = 100


@dataclass(frozen=True)
class NeedLine:
    """A need beside a package: the published title; what a resident wrote only for those who read needs there."""

    id: int
    public_id: str
    ticket_no: str
    title: str | None
    field: Field | None
    urgency: Urgency | None
    state: NeedState
    households: int
    merged: int
    next_step: str | None
    next_step_at: datetime | None
    linked_later: bool = False

    @property
    def waits(self) -> bool:
        """Tell whether its author still waits for the work."""
        return self.state in (NeedState.PLANNED, NeedState.IN_SERVICE)


def need_lines(rows: Sequence[tuple[Need, bool, bool]]) -> list[NeedLine]:
    """Return needs with their households: the author's own, the supporters', and those of merged needs.

    Each need comes with whether it joined later, and whether the reader may read what its author wrote.
    """
    ids = [need.id for need, _, _ in rows]
    merged: dict[int, int] = dict(
        db.session.execute(
            select(Need.merged_into_id, func.count()).where(Need.merged_into_id.in_(ids)).group_by(Need.merged_into_id)
        ).all()  # type: ignore[arg-type]
    )
    behind = supports.households(ids)
    return [
        NeedLine(
            need.id, need.public_id, need.ticket_no, _title(need, reads),
            Field(need.field) if need.field else None, Urgency(need.urgency) if need.urgency else None,
            NeedState(need.state), 1 + merged.get(need.id, 0) + behind.get(need.id, 0), merged.get(need.id, 0),
            need.next_step, need.next_step_at, later,
        )
        for need, later, reads in rows
    ]  # fmt: skip


def _title(need: Need, reads: bool) -> str | None:
    return need.public_title or (title_of(need.title, need.text) if reads else None)


def in_reach(within: Select[Any], public_ids: Sequence[str]) -> list[str]:
    """Return which of these needs are in reach, whatever became of them since somebody ticked them."""
    query = within.where(Need.public_id.in_([one for one in public_ids if is_opaque(one)]))
    return [need.public_id for need in db.session.scalars(query)] if public_ids else []


def candidates(within: Select[Any], *, field: Field | None = None, ticked: Sequence[str] = ()) -> list[NeedLine]:
    """Return the needs in reach that a package may gather: accepted or reopened, no petition, and carried by nothing.

    Where there are more than a page holds, those that are ticked are among them.
    """
    carried = select(PackageNeed.need_id).where(PackageNeed.left_at.is_(None))
    asked = Need.public_id.in_([one for one in ticked if is_opaque(one)])
    open_ = Need.state.in_([NeedState.ACCEPTED, NeedState.REOPENED])
    query = within.where(open_, Need.kind.is_distinct_from(Kind.PETITION), Need.id.not_in(carried))
    query = query.order_by(case((asked, 0), else_=1), Need.id)
    query = query.where(Need.field == field) if field else query
    return need_lines([(need, False, True) for need in db.session.scalars(query.limit(MOST_CANDIDATES))])


def needs_in(actor: Actor, *conditions: Any, serves: bool = False) -> list[NeedLine]:
    """Return the needs that a package or project carries now, in the order in which they joined.

    Whoever serves them reads their titles too; everybody else who opens the page only what a clerk published
    (decisions.md 21).
    """
    within = Need.visible_to(actor, Permission.READ_NEEDS).with_only_columns(Need.id)
    query = (
        select(Need, PackageNeed.linked_later, Need.id.in_(within))
        .join(PackageNeed, PackageNeed.need_id == Need.id)
        .where(PackageNeed.left_at.is_(None), *conditions)
        .order_by(PackageNeed.id)
    )
    return need_lines([(need, later, serves or reads) for need, later, reads in db.session.execute(query)])
