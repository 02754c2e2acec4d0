"""Where a role is seated, and who may give it there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from models.accounts.actor import Actor
from models.accounts.kinds import Grant
from models.base import Refused, db
from models.events import Doer
from models.organizations import Organization
from models.organizations import within as organizations_within
from models.permissions import APPOINTS, IN_ORGANIZATIONS, SEATS, Permission, Role
from models.places import Place

if TYPE_CHECKING:
    from models.accounts.row import Account
    from models.places import Reach


def in_organizations(reach: Reach) -> Any:
    """Return the condition that a role is held in an organization within reach."""
    return Grant.organization_id.in_(select(Organization.id).where(organizations_within(reach)))


def check_seat(
    role: Role,
    *,
    by: Doer,
    place: Place | None = None,
    organization: Organization | None = None,
    account: Account | None = None,
) -> None:
    """Refuse a role that cannot be seated there, or that the giver may not give there.

    Commands, jobs and the demo year act for nobody and are asked for the reach only.
    Errors: Refused("grant_needs_a_reach", "seat_wrong", "role_not_yours_to_give", "not_for_oneself").
    """
    if (place is None) == (organization is None):
        raise Refused("grant_needs_a_reach")
    if not isinstance(by, Actor):
        return
    fits = (
        role in IN_ORGANIZATIONS
        if organization is not None
        else place is not None and place.kind in SEATS.get(role, ())
    )
    if not fits:
        raise Refused("seat_wrong", role=role)
    if account is not None and account.id == by.account_id:
        raise Refused("not_for_oneself")
    if not any(role in APPOINTS.get(held.role, ()) and _seated(by, held.role, place, organization) for held in by.held):
        raise Refused("role_not_yours_to_give", role=role)


def _seated(by: Actor, giver: Role, place: Place | None, organization: Organization | None) -> bool:
    """Tell whether the reach that one role of the giver gives covers a seat."""
    only = Actor(by.account_id, by.name, held=tuple(held for held in by.held if held.role == giver))
    reach = only.reach(Permission.INVITE_STAFF)
    if place is not None:
        return db.session.scalar(select(Place.id).where(Place.id == place.id, reach.places())) is not None
    query = select(Organization.id).where(Organization.id == (organization.id if organization else None))
    return db.session.scalar(query.where(organizations_within(reach))) is not None
