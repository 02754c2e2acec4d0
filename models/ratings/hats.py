"""Whoever wears two hats: who also works for a provider keeps away from those who speak of its services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, select, true

if TYPE_CHECKING:
    from models.accounts import Actor


def apart(actor: Actor, column: Any, of: Any) -> ColumnElement[bool]:
    """Return the condition that a row belongs to no organization for which the actor also works.

    `column` names rows of the table `of`, which name their organization. A colleague of the committee takes what is
    left out: names, slips and paper of one's own services are nobody's to see there. Source: decisions.md 22, 23.
    """
    own = sorted({held.organization_id for held in actor.held if held.organization_id is not None})
    return column.not_in(select(of.id).where(of.organization_id.in_(own))) if own else true()
