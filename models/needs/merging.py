"""Handling needs that say the same thing as one, and taking one out again when its author wants that."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from models.accounts import Actor
from models.base import Refused, db, now
from models.events import Doer, record
from models.needs import audience, clocks
from models.permissions import Permission
from models.states import NeedState
from models.tellings import tell

if TYPE_CHECKING:
    from models.needs.row import Need

SPLIT_DAYS = 7
OPEN_TARGETS = (
    NeedState.SUBMITTED,
    NeedState.NEED_INFO,
    NeedState.ACCEPTED,
    NeedState.REOPENED,
    NeedState.PLANNED,
    NeedState.IN_SERVICE,
)


def _let_go(need: Any) -> list[tuple[str, int]]:
    """End the membership of a need in a package or a project; return which these were.

    From now on the other need speaks for it; taken out again it waits at the desk like any accepted one.
    Source: domain/states.md Need split_out, Package.
    """
    memberships = db.metadata.tables["package_needs"]
    held = (memberships.c.need_id == need.id, memberships.c.left_at.is_(None))
    rows = db.session.execute(select(memberships.c.package_id, memberships.c.project_id).where(*held)).all()
    db.session.execute(update(memberships).where(*held).values(left_at=now()))
    carriers = [carrier for row in rows for carrier in zip(("packages", "projects"), row, strict=True)]
    return [(kind, number) for kind, number in carriers if number is not None]


class Merging:
    """The verbs by which needs become one, and two again."""

    def _merge(self, target: Need, *, by: Actor) -> list[Any]:
        """Join an open need; return what changes with this one, for the diary.

        What was merged into it goes along, so that it names an open one; what carried it lets go of it.
        """
        need: Any = self
        need._check("merge")
        if target.id == need.id:
            raise Refused("merge_same_need")
        if target.community_id != need.community_id:
            raise Refused("merge_other_community")
        if target.state not in OPEN_TARGETS:
            raise Refused("merge_target_closed", ticket=target.ticket_no)
        need._check_petition()
        need._check_heard(by)
        need._step("merge")
        need._heard()
        need.merged_into_id, need.merged_at = target.id, now()
        tell(need, "need_merged", **need._audience(), ticket=need.ticket_no, target=target.ticket_no)
        along = audience.taken_in(need)
        for other in along:
            other.merged_into_id = target.id
        return [*along, *_let_go(need)]

    def merge(self, target: Need, *, by: Actor) -> None:
        """Handle this need together with an open one of the same community; its author and followers are told.

        A planned one leaves its package or project: what is told of the other one holds for both.
        Supports are never moved silently: who supported this one is asked to support the other (R104).
        Errors: Refused("merge_same_need", "merge_other_community", "merge_target_closed", "petition_is_handed_over",
        "objection_waits_for_head", "not_from_here").
        Source: domain/states.md Need merge.
        """
        need: Any = self
        along = need._merge(target, by=by)
        record(
            "need.merge",
            by=by,
            about=[need, target, *along],
            community_id=need.community_id,
            details={"need": need.ticket_no, "target": target.ticket_no},
        )

    def _split(self, to: NeedState) -> None:
        need: Any = self
        need._step("split_out", to)
        need.merged_into_id = need.merged_at = None
        clocks.restart(need)

    def split_out(self, *, by: Doer) -> None:
        """Take a merged need out again: its author within seven days, a clerk at any time.

        Errors: Refused("split_too_late", "not_from_here"). Source: domain/states.md Need split_out.
        """
        need: Any = self
        need._check("split_out")
        target_id = need.merged_into_id
        triages = isinstance(by, Actor) and by.may(Permission.TRIAGE)
        if not triages and now() - need.merged_at > timedelta(days=SPLIT_DAYS):
            raise Refused("split_too_late", days=SPLIT_DAYS)
        need._split(NeedState.ACCEPTED)
        tell(need, "need_split_out", **need._audience(), ticket=need.ticket_no)
        record(
            "need.split_out",
            by=by,
            about=[need, ("needs", target_id)],
            community_id=need.community_id,
            details={"need": need.ticket_no},
        )
