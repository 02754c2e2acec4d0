"""The job that looks which open needs of each community say the same thing, and leaves alone what clerks decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from models.base import db, now
from models.events import Doer, record
from models.need_groups.row import FEWEST, GATHERED, NeedGroup, NeedGroupMember
from models.needs import Need
from models.places import Place
from models.states import NeedGroupState, NeedState

if TYPE_CHECKING:
    from models.grouping import Group

# A set that a clerk dismissed comes back only when more than this part of it is new.
NEW_PART = 0.5
# A set that was taken for a draft that nobody finished is suggested again after so long.
DRAFT_TIME = timedelta(days=3)


def author_key(need: Need) -> str | None:
    """Return who speaks, so that one person who repeats is heard once; None where nobody is known."""
    for mark, value in (("p", need.author_person_id), ("a", need.author_account_id), ("c", need.author_code)):
        if value is not None:
            return f"{mark}{value}"
    return None


def open_needs(community_id: int) -> list[Need]:
    """Return what is still open enough to be gathered."""
    query = select(Need).where(Need.community_id == community_id, Need.state.in_(GATHERED), Need.hidden.is_(False))
    return list(db.session.scalars(query.order_by(Need.id)))


def gathered(community_id: int) -> list[Group]:
    """Return which open needs of a community say the same thing now, the most voiced first."""
    # Only the job and the command compare wordings; a web worker never loads what that takes.
    from models.grouping import Saying, group  # noqa: PLC0415

    needs = open_needs(community_id)
    places = {need.courtyard_id for need in needs if need.courtyard_id is not None}
    names = {row.id: row.name for row in db.session.execute(select(Place.id, Place.name).where(Place.id.in_(places)))}
    return group(
        [
            Saying(need.id, author_key(need), need.title or "", need.text, names.get(need.courtyard_id or 0, ""))
            for need in needs
        ]
    )


def count_authors(needs: Iterable[Need]) -> int:
    """Count the people behind needs: who is known once, who is not once for each need."""
    keys = [author_key(need) for need in needs]
    return len({key for key in keys if key is not None}) + keys.count(None)


@dataclass(frozen=True)
class Decided:
    """A set of needs that a clerk dismissed, or took and carried on."""

    ids: frozenset[int]
    dismissed: bool

    def covers(self, ids: set[int]) -> bool:
        """Tell whether a set says nothing beyond what was decided."""
        common = len(ids & self.ids)
        if self.dismissed:
            return common >= FEWEST and len(ids) - common <= NEW_PART * len(ids)
        return ids <= self.ids


class Desk:
    """The suggestions of one community as they lie there while they are refreshed."""

    def __init__(self, community_id: int) -> None:
        self.community_id = community_id
        self.needs = {need.id: need for need in open_needs(community_id)}
        groups = list(db.session.scalars(select(NeedGroup).where(NeedGroup.community_id == community_id)))
        self.members: dict[int, list[NeedGroupMember]] = {one.id: [] for one in groups}
        for member in db.session.scalars(select(NeedGroupMember).where(NeedGroupMember.group_id.in_(self.members))):
            self.members[member.group_id].append(member)
        self.suggested = [one for one in groups if one.state == NeedGroupState.SUGGESTED]
        self.decided = [self._decided(one) for one in groups if one.state != NeedGroupState.SUGGESTED]
        by_hand = [m for one in self.suggested for m in self.members[one.id] if m.by_hand]
        self.kept_in = {m.need_id: m.group_id for m in by_hand if m.left_at is None}
        self.kept_out = {(m.group_id, m.need_id) for m in by_hand if m.left_at is not None}

    def _decided(self, one: NeedGroup) -> Decided:
        ids = frozenset(m.need_id for m in self.members[one.id] if m.left_at is None)
        dismissed = one.state == NeedGroupState.DISMISSED
        waits = {NeedState.SUBMITTED, NeedState.NEED_INFO, NeedState.ACCEPTED, NeedState.REOPENED}
        lapsed = one.decided_at is not None and one.decided_at < now() - DRAFT_TIME
        if not dismissed and lapsed and all(i in self.needs and self.needs[i].state in waits for i in ids):
            ids = frozenset()
        return Decided(ids, dismissed)

    def nearest(self, ids: set[int]) -> NeedGroup | None:
        """Return the suggestion that shares most with a set: at least half of the smaller of both."""
        best: tuple[int, NeedGroup] | None = None
        for one in self.suggested:
            inside = {m.need_id for m in self.members[one.id] if m.left_at is None}
            common = len(inside & ids)
            if common * 2 >= min(len(inside), len(ids)) > 0 and (best is None or common > best[0]):
                best = (common, one)
        return best[1] if best else None

    def lay(self, found: Group) -> NeedGroup | None:
        """Lay one set on the desk: as a new suggestion, or as what an old one has become. None where it was decided."""
        ids = {one for one in found.ids if one not in self.kept_in}
        one = self.nearest(ids | {i for i in found.ids if i in self.kept_in})
        if one is None and (len(ids) < FEWEST or any(decided.covers(ids) for decided in self.decided)):
            return None
        if one is None:
            one = NeedGroup(community_id=self.community_id, label=found.label[:200]).save()
            self.members[one.id] = []
        else:
            self.suggested.remove(one)
        one.label, one.closeness = found.label[:200], round(found.closeness * 1000)
        one.why = list(found.why)
        self._fill(one, {i for i in ids if (one.id, i) not in self.kept_out})
        return one

    def _fill(self, one: NeedGroup, ids: set[int]) -> None:
        """Let in who is new and let go who is no longer meant, but for those whom a hand has moved."""
        moment = now()
        known = {member.need_id: member for member in self.members[one.id]}
        for member in known.values():
            if not member.by_hand:
                member.left_at = None if member.need_id in ids else (member.left_at or moment)
        for new in sorted(ids - known.keys()):
            db.session.add(NeedGroupMember(group_id=one.id, need_id=new, joined_at=moment))
        ids |= {m.need_id for m in known.values() if m.by_hand and m.left_at is None}
        one.authors = count_authors(self.needs[i] for i in ids if i in self.needs)
        one.refreshed_at = moment

    def clear(self) -> None:
        """Empty the suggestions that no set speaks for any more; what a hand put there stays."""
        for one in self.suggested:
            self._fill(one, set())


def refresh(community_id: int) -> list[NeedGroup]:
    """Bring the suggestions of one community up to date; return those that are new."""
    desk, before = Desk(community_id), now()
    laid = [desk.lay(found) for found in gathered(community_id)]
    desk.clear()
    db.session.flush()
    return [one for one in laid if one is not None and one.created_at >= before]


def refresh_all(*, by: Doer) -> int:
    """Bring the suggestions of every community with open needs up to date. Run by the job; returns how many are new."""
    open_ = select(Need.community_id).where(Need.state.in_(GATHERED), Need.hidden.is_(False)).distinct()
    new = [one for community_id in db.session.scalars(open_).all() for one in refresh(community_id)]
    if new:
        record("need_group.suggest", by=by, about=new, details={"count": len(new)})
    return len(new)
