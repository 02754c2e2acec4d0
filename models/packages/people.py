"""Who has to hear of a package or a project: those who may decide there, and those who run the organization."""

from __future__ import annotations

from sqlalchemy import or_, select

from models.accounts import Grant
from models.base import db, now
from models.permissions import MAY, Permission, Role
from models.places import Place


def _holders(permission: Permission) -> list[Role]:
    return [role for role, may in MAY.items() if permission in may]


def deciders(community_id: int, permission: Permission) -> set[int]:
    """Return the accounts that hold a permission over a community, at whichever level."""
    place = Place.get(community_id)
    query = select(Grant.account_id).where(
        Grant.role.in_(_holders(permission)),
        Grant.place_id.in_([place.community_id, place.street_id, place.district_id]),
        or_(Grant.ended_at.is_(None), Grant.ended_at > now()),
    )
    return set(db.session.scalars(query))


def managers(organization_id: int | None) -> set[int]:
    """Return the accounts that run an organization."""
    query = select(Grant.account_id).where(
        Grant.role == Role.ORG_MANAGER,
        Grant.organization_id == organization_id,
        or_(Grant.ended_at.is_(None), Grant.ended_at > now()),
    )
    return set(db.session.scalars(query)) if organization_id else set()


def works_for(account_id: int, organization_id: int, roles: tuple[Role, ...]) -> bool:
    """Tell whether an account holds one of the roles in an organization now."""
    query = select(Grant.id).where(
        Grant.account_id == account_id,
        Grant.role.in_(roles),
        Grant.organization_id == organization_id,
        or_(Grant.ended_at.is_(None), Grant.ended_at > now()),
    )
    return db.session.scalar(query.limit(1)) is not None
