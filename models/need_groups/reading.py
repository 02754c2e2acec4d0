"""What a clerk sees of the suggestions: a list, and the members of one side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from models.base import db
from models.need_groups.row import FEWEST, GATHERED, NeedGroup, NeedGroupMember
from models.needs import Need, matching, suggestions
from models.permissions import Permission
from models.places import Place
from models.states import Kind as Thing
from models.states import NeedGroupState, NeedState, may

if TYPE_CHECKING:
    from models.accounts import Actor

MOST, OFFERED = 100, 10


@dataclass(frozen=True)
class GroupLine:
    """A suggestion on the list."""

    public_id: str
    label: str
    community: str
    state: NeedGroupState
    needs: int
    authors: int
    closeness: int
    why: tuple[str, ...]
    refreshed_at: datetime
    newest: datetime


@dataclass(frozen=True)
class Candidate:
    """A need as it lies beside others that may say the same."""

    public_id: str
    ticket_no: str
    title: str
    text: str
    state: NeedState
    raised_at: datetime
    place: str
    by_hand: bool
    mergeable: bool
    plannable: bool


@dataclass(frozen=True)
class GroupPage:
    """One suggestion with its members, those that were moved out, and needs that could be moved in."""

    line: GroupLine
    members: tuple[Candidate, ...]
    moved_out: tuple[Candidate, ...]
    offered: tuple[Candidate, ...]

    @property
    def open(self) -> bool:
        """Tell whether somebody may still decide."""
        return self.line.state == NeedGroupState.SUGGESTED


def lines(actor: Actor, state: NeedGroupState = NeedGroupState.SUGGESTED) -> list[GroupLine]:
    """Return the suggestions in reach, the most voiced first; one with fewer than two open needs is none."""
    open_ = [NeedGroupMember.left_at.is_(None), Need.hidden.is_(False)]
    if state == NeedGroupState.SUGGESTED:
        open_.append(Need.state.in_(GATHERED))
    members = (
        select(NeedGroupMember.group_id, func.count().label("needs"), func.max(Need.raised_at).label("newest"))
        .join(Need, Need.id == NeedGroupMember.need_id)
        .where(*open_)
        .group_by(NeedGroupMember.group_id)
        .having(func.count() >= FEWEST)
        .subquery()
    )
    query = (
        NeedGroup.visible_to(actor, Permission.TRIAGE)
        .add_columns(Place.name, members.c.needs, members.c.newest)
        .join(members, members.c.group_id == NeedGroup.id)
        .join(Place, Place.id == NeedGroup.community_id)
        .where(NeedGroup.state == state)
        .order_by(NeedGroup.authors.desc(), NeedGroup.id.desc())
        .limit(MOST)
    )
    return [_line(one, place, needs, newest) for one, place, needs, newest in db.session.execute(query)]


def _line(one: NeedGroup, place: str, needs: int, newest: datetime) -> GroupLine:
    return GroupLine(
        one.public_id, one.label, place, NeedGroupState(one.state), needs, one.authors, one.closeness, tuple(one.why),
        one.refreshed_at, newest,
    )  # fmt: skip


def _candidate(need: Need, names: dict[int, str], by_hand: bool = False) -> Candidate:
    return Candidate(
        need.public_id, need.ticket_no, suggestions.title_of(need.title, need.text), need.text, NeedState(need.state),
        need.raised_at, need.place_detail or names.get(need.courtyard_id or 0, ""), by_hand,
        may(Thing.NEED, need.state, "merge"), may(Thing.NEED, need.state, "_plan"),
    )  # fmt: skip


def page(one: NeedGroup, words: str = "") -> GroupPage:
    """Return one suggestion; with words also the open needs of the community that hold them."""
    rows = db.session.execute(
        select(Need, NeedGroupMember.left_at, NeedGroupMember.by_hand)
        .join(NeedGroupMember, NeedGroupMember.need_id == Need.id)
        .where(NeedGroupMember.group_id == one.id, Need.hidden.is_(False))
        .order_by(Need.raised_at, Need.id)
    ).all()
    inside = [row for row in rows if row.left_at is None]
    outside = [row for row in rows if row.left_at is not None and row.by_hand]
    found: list[Need] = []
    if words:
        query = select(Need).where(
            Need.community_id == one.community_id, Need.state.in_(GATHERED), Need.hidden.is_(False),
            Need.id.not_in([row.Need.id for row in inside]), matching(words),
        )  # fmt: skip
        found = list(db.session.scalars(query.order_by(Need.id.desc()).limit(OFFERED)))
    shown = [row.Need for row in rows] + found
    names = _names({need.courtyard_id for need in shown if need.courtyard_id} | {one.community_id})
    newest = max((row.Need.raised_at for row in inside), default=one.refreshed_at)
    return GroupPage(
        _line(one, names[one.community_id], len(inside), newest),
        tuple(_candidate(row.Need, names, row.by_hand) for row in inside),
        tuple(_candidate(row.Need, names, True) for row in outside),
        tuple(_candidate(need, names) for need in found),
    )


def _names(ids: set[int]) -> dict[int, str]:
    return {row.id: row.name for row in db.session.execute(select(Place.id, Place.name).where(Place.id.in_(ids)))}
