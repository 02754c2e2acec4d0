"""Whoever wears two hats: who serves, or works for a provider, keeps away from those who speak of that service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, false, not_, or_, select, true
from sqlalchemy.orm import aliased

from models.attendance import Attendance, Part
from models.base import db
from models.places import Reach
from models.service_log import ServiceLog

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.permissions import Permission


def apart(actor: Actor, column: Any, of: Any) -> ColumnElement[bool]:
    """Return the condition that a row belongs to no organization for which the actor also works.

    `column` names rows of the table `of`, which name their organization. A colleague of the committee takes what is
    left out: names, slips and paper of one's own services are nobody's to see there. Source: decisions.md 22, 23.
    """
    own = sorted({held.organization_id for held in actor.held if held.organization_id is not None})
    return column.not_in(select(of.id).where(of.organization_id.in_(own))) if own else true()


def served(log: ServiceLog, actor: Actor) -> bool:
    """Tell whether somebody served: wrote the record or began it, or helped as a volunteer.

    Who served is told nothing of who rated, in the committee as in an organization. Source: decisions.md 17, 24.
    """
    if actor.account_id is not None and actor.account_id in (log.author_id, log.begun_by_id):
        return True
    return bool(db.session.scalar(select(_helped(actor, log.id))))


def _helped(actor: Actor, log_id: Any) -> ColumnElement[bool]:
    if actor.person_id is None:
        return false()
    line = aliased(Attendance)
    own = (line.log_id == log_id, line.person_id == actor.person_id, line.part == Part.VOLUNTEER)
    return select(line.id).where(*own).exists()


def did_not_serve(actor: Actor, log_id: Any) -> ColumnElement[bool]:
    """Return the condition that the actor is none of those who served, by the number of the record."""
    log = aliased(ServiceLog)
    wrote = or_(log.author_id == actor.account_id, log.begun_by_id == actor.account_id)
    return and_(~select(log.id).where(log.id == log_id, wrote).exists(), not_(_helped(actor, log_id)))


def over_paper(actor: Actor, permission: Permission, community_id: Any, log_id: Any) -> ColumnElement[bool]:
    """Return the condition of reach over paper: the committee's own, and a third party's where a committee served itself.

    Who served neither enters nor compares; a committee of two has nobody left for the second, and the street must not
    see who rated. Source: domain/roles.md; domain/abuse.md F4, F5.
    """
    reach, log = actor.reach(permission), aliased(ServiceLog)
    itself = select(log.id).where(log.id == log_id, log.organization_id.is_(None)).exists()
    own = Reach(community_ids=reach.community_ids).communities(community_id)
    return or_(own, and_(reach.communities(community_id), itself))
