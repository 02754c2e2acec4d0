"""A suggestion and its members: moved by hand where a clerk knows better, then taken or dismissed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, Select, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from models import states
from models.base import PublicRow, Refused, Row, Utc, db, now
from models.events import record
from models.needs import Need
from models.states import NeedGroupState, NeedState

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.permissions import Permission

# What is still open enough to be gathered.
GATHERED = (NeedState.SUBMITTED, NeedState.NEED_INFO, NeedState.ACCEPTED, NeedState.REOPENED, NeedState.PLANNED)
FEWEST = 2


class NeedGroup(PublicRow):
    """Needs of one community that seem to say the same thing. It is a suggestion, never a state of a need."""

    __tablename__ = "need_groups"
    __table_args__ = (Index("ix_need_groups_community_id_state", "community_id", "state", "authors"),)
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    state: Mapped[NeedGroupState] = mapped_column(String(10), default=NeedGroupState.SUGGESTED)
    label: Mapped[str] = mapped_column(String(200))
    # In thousandths: how near the words of the members are to each other.
    closeness: Mapped[int] = mapped_column(Integer, default=0)
    why: Mapped[list[str]] = mapped_column(JSON, default=list)
    authors: Mapped[int] = mapped_column(Integer, default=0)
    refreshed_at: Mapped[Utc] = mapped_column(default=now)
    decided_at: Mapped[Utc | None]
    decided_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the suggestions of the communities in reach."""
        return select(cls).where(actor.reach(permission).communities(cls.community_id))

    def _step(self, verb: str, by: Actor) -> None:
        """Move along the closed table or be refused. Errors: Refused("not_from_here")."""
        self.state = states.step(states.Kind.NEED_GROUP, NeedGroupState(self.state), verb)
        self.decided_at, self.decided_by_id = now(), by.account_id

    def _check_open(self) -> None:
        if self.state != NeedGroupState.SUGGESTED:
            raise Refused("group_is_decided")

    def members(self) -> list[NeedGroupMember]:
        """Return all that ever were in it, the present ones and those that left."""
        query = select(NeedGroupMember).where(NeedGroupMember.group_id == self.id).order_by(NeedGroupMember.id)
        return list(db.session.scalars(query))

    def _put(self, need_id: int, *, inside: bool, by_id: int | None = None, by_hand: bool = False) -> None:
        query = select(NeedGroupMember).where(NeedGroupMember.group_id == self.id, NeedGroupMember.need_id == need_id)
        member = db.session.scalars(query).one_or_none()
        if member is None:
            member = NeedGroupMember(group_id=self.id, need_id=need_id, joined_at=now()).save()
        member.left_at = None if inside else now()
        member.by_hand, member.account_id = by_hand, by_id

    def move_in(self, need: Need, *, by: Actor) -> None:
        """Put a need in by hand; the next refreshing leaves it there.

        Errors: Refused("group_is_decided", "group_other_community", "group_need_is_closed").
        """
        self._check_open()
        if need.community_id != self.community_id:
            raise Refused("group_other_community")
        if need.state not in GATHERED:
            raise Refused("group_need_is_closed")
        self._put(need.id, inside=True, by_id=by.account_id, by_hand=True)
        record("need_group.move_in", by=by, about=[self, need], community_id=self.community_id)

    def move_out(self, need: Need, *, by: Actor) -> None:
        """Take a need out by hand; it is not suggested for this group again. Errors: Refused("group_is_decided")."""
        self._check_open()
        self._put(need.id, inside=False, by_id=by.account_id, by_hand=True)
        record("need_group.move_out", by=by, about=[self, need], community_id=self.community_id)

    def dismiss(self, *, by: Actor) -> None:
        """Say that these needs do not belong together; the same ones are not suggested again.

        Errors: Refused("not_from_here"). Source: domain/states.md NeedGroup.
        """
        self._step("dismiss", by)
        record("need_group.dismiss", by=by, about=[self], community_id=self.community_id)

    def _chosen(self, needs: Sequence[Need], fewest: int) -> None:
        inside = {member.need_id for member in self.members() if member.left_at is None}
        if len(needs) < fewest:
            raise Refused("group_choose_more", fewest=fewest)
        if any(need.id not in inside for need in needs):
            raise Refused("group_not_a_member")

    def take(self, needs: Sequence[Need], *, by: Actor) -> None:
        """Take needs of the group on, to be proposed together; the draft of the package follows on its own page.

        Errors: Refused("not_from_here", "group_choose_more", "group_not_a_member", "petition_is_not_planned").
        """
        self._chosen(needs, 1)
        for need in needs:
            need._check_plannable()
        self._step("take", by)
        record(
            "need_group.take", by=by, about=[self, *needs], community_id=self.community_id, details={"way": "PACKAGE"}
        )

    def merge(self, target: Need, needs: Sequence[Need], *, by: Actor) -> None:
        """Handle needs of the group as one: all others are merged into the target, and every author is told.

        Errors: Refused("not_from_here", "group_choose_more", "group_not_a_member") and those of Need.merge.
        Source: domain/states.md NeedGroup, Need merge.
        """
        others = [need for need in needs if need.id != target.id]
        self._chosen([target, *others], FEWEST)
        self._step("take", by)
        along = [one for need in others for one in need._merge(target, by=by)]
        record(
            "need_group.merge", by=by, about=[self, target, *others, *along], community_id=self.community_id,
            details={"target": target.ticket_no, "needs": [need.ticket_no for need in others]},
        )  # fmt: skip


class NeedGroupMember(Row):
    """That a need is or was in a group; what was moved by hand stays where the hand put it."""

    __tablename__ = "need_group_members"
    __table_args__ = (UniqueConstraint("group_id", "need_id"),)
    group_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("need_groups.id"))
    need_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("needs.id"), index=True)
    joined_at: Mapped[Utc]
    left_at: Mapped[Utc | None]
    by_hand: Mapped[bool] = mapped_column(default=False)
    account_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
