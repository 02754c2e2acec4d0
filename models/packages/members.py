"""Which needs a package or a project carries: a need is carried by one at a time, and its authors hear of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from models.accounts import Account
from models.base import SHANGHAI, Refused, db, now, today
from models.needs import Need
from models.needs.audience import authors_of
from models.packages.row import Package, PackageNeed
from models.states import NeedState
from models.tellings import tell

if TYPE_CHECKING:
    from models.accounts import Actor

LONGEST_STEP = 200


def with_merged(needs: Iterable[Need]) -> list[Need]:
    """Return the needs and all that were merged into them: their authors wait for the same answer."""
    found = {need.id: need for need in needs}
    latest = set(found)
    while latest:
        query = select(Need).where(Need.merged_into_id.in_(latest), Need.state == NeedState.MERGED)
        merged = [need for need in db.session.scalars(query) if need.id not in found]
        found |= {need.id: need for need in merged}
        latest = {need.id for need in merged}
    return [found[number] for number in sorted(found)]


def authors(needs: Iterable[Need], sentence: str, **values: Any) -> None:
    """Tell every author of the needs, those of merged needs too; each is told about the own need."""
    for need in with_merged(needs):
        tell(need, sentence, **authors_of([need]), community_id=need.community_id, **values)


def check_step(next_step: str, next_step_at: datetime) -> None:
    """Refuse a next step without words or on a day that is over; a promise holds until the end of its day.

    Errors: Refused("next_step_needed", "next_step_in_past"). Source: domain/formulas.md D10.
    """
    if not next_step.strip() or len(next_step) > LONGEST_STEP:
        raise Refused("next_step_needed")
    if next_step_at.astimezone(SHANGHAI).date() < today():
        raise Refused("next_step_in_past")


def carried_by(need_ids: Sequence[int]) -> list[Any]:
    """Return (need_id, project_id, title, who) of the packages and projects that carry the needs now."""
    projects = db.metadata.tables["projects"]
    title = func.coalesce(projects.c.title, Package.title)
    query = (
        select(PackageNeed.need_id, PackageNeed.project_id, title, Account.name)
        .outerjoin(Package, Package.id == PackageNeed.package_id)
        .outerjoin(projects, projects.c.id == PackageNeed.project_id)
        .outerjoin(Account, Account.id == PackageNeed.joined_by_id)
        .where(PackageNeed.need_id.in_(need_ids), PackageNeed.left_at.is_(None))
    )
    return list(db.session.execute(query))


def locked(needs: Sequence[Need]) -> list[Need]:
    """Return the needs as they stand now, held until the end of the transaction: two clerks come one after another."""
    query = (
        select(Need)
        .where(Need.id.in_([need.id for need in needs]))
        .order_by(Need.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(query))


def take_in(
    needs: Sequence[Need],
    *,
    by: Actor,
    community_id: int,
    next_step: str,
    next_step_at: datetime,
    package_id: int | None = None,
    project_id: int | None = None,
    later: bool = False,
) -> list[Need]:
    """Carry needs from now on, with the next step and its date for every author; a part of the verb that gathers.

    Errors: Refused("need_already_packaged", package=…, who=…), Refused("need_of_another_community"),
    Refused("next_step_needed", "next_step_in_past", "objection_waits_for_head", "petition_is_not_planned",
    "not_from_here").
    """
    check_step(next_step, next_step_at)
    needs = locked(needs)
    carried = {row.need_id: row for row in carried_by([need.id for need in needs])}
    for need in needs:
        held = carried.get(need.id)
        if held is not None and (project_id is None or held.project_id != project_id):
            raise Refused("need_already_packaged", package=held[2], who=held[3] or "")
        if need.community_id != community_id:
            raise Refused("need_of_another_community")
        need._check_heard(by)
        need._plan(next_step=next_step.strip(), next_step_at=next_step_at)
        need._heard()
        if held is None:
            db.session.add(
                PackageNeed(
                    package_id=package_id, project_id=project_id, need_id=need.id, joined_by_id=by.account_id,
                    linked_later=later,
                )
            )  # fmt: skip
    db.session.flush()
    return needs


def give_back(memberships: Iterable[PackageNeed]) -> list[Need]:
    """End memberships; needs that were planned or in service wait at the desk again. Returns those needs."""
    rows = list(memberships)
    for row in rows:
        row.left_at = now()
    query = select(Need).where(
        Need.id.in_([row.need_id for row in rows]), Need.state.in_([NeedState.PLANNED, NeedState.IN_SERVICE])
    )
    needs = list(db.session.scalars(query))
    for need in needs:
        need._unplan()
    return needs
