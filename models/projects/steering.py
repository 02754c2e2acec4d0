"""Steering: a project gets its organization, rests, goes on, and ends; whoever waits for it is told why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from models import revisions
from models.base import NotFound, Refused, db
from models.events import record
from models.packages import PackageNeed, authors
from models.packages.drafting import needed
from models.packages.members import give_back
from models.packages.people import managers
from models.projects.founding import needs_of
from models.projects.kinds import Method
from models.states import NeedState
from models.tellings import tell

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.needs import Need
    from models.organizations import Organization

WAITING = (NeedState.PLANNED, NeedState.IN_SERVICE)


class Steering:
    """The verbs of whoever steers a project."""

    def assign(self, organization: Organization, reason: str, *, by: Actor, contract_no: str | None = None) -> None:
        """Give the project to an organization, with the reason; authors and the organization are told.

        Errors: Refused("explanation_needed", "not_from_here", "support_cannot_serve", "contract_entered").
        Source: domain/states.md Project assign.
        """
        project: Any = self
        project._check_step("assign")
        reason = needed(reason)
        if organization.is_support:
            raise Refused("support_cannot_serve")
        contract_no = (contract_no or "").strip() or None
        known = project._by_contract(organization.id, contract_no) if contract_no else None
        if known is not None:
            raise Refused("contract_entered", project=known)
        project._take_up(organization, Method.ASSIGNED)
        project.assignment_reason, project.contract_no = reason, contract_no
        needs = project.waiting_needs()
        authors(needs, "need_project_assigned", title=project.title, who=organization.name,
                on=project.starts_on.isoformat())  # fmt: skip
        tell(project, "project_assigned", accounts=managers(organization.id), community_id=project.community_id,
             title=project.title)  # fmt: skip
        record(
            "project.assign", by=by, about=[project, organization], community_id=project.community_id,
            details={"method": project.method, "reason": revisions.keep(project, "assignment_reason", reason, by=by)},
        )  # fmt: skip

    def suspend(self, why: str, *, by: Actor) -> None:
        """Let the project rest. Errors: Refused("explanation_needed", "not_from_here")."""
        project: Any = self
        digest = project._move("suspend", why, by)
        authors(project.waiting_needs(), "need_project_suspended", title=project.title, why=project.state_reason)
        record("project.suspend", by=by, about=[project], community_id=project.community_id, details={"why": digest})

    def resume(self, why: str, *, by: Actor) -> None:
        """Let it go on. Errors: Refused("explanation_needed", "not_from_here")."""
        project: Any = self
        digest = project._move("resume", why, by)
        authors(project.waiting_needs(), "need_project_resumed", title=project.title, why=project.state_reason)
        record("project.resume", by=by, about=[project], community_id=project.community_id, details={"why": digest})

    def close(self, why: str, *, by: Actor) -> None:
        """End a project whose needs have all come to an answer.

        Errors: Refused("needs_still_wait", n=…) while one of its needs is PLANNED or IN_SERVICE,
        Refused("explanation_needed", "not_from_here"). Source: domain/states.md Project close.
        """
        project: Any = self
        project._check_step("close")
        waiting = project.waiting_needs()
        if waiting:
            raise Refused("needs_still_wait", n=len(waiting))
        digest = project._move("close", why, by)
        give_back(project.memberships())
        record("project.close", by=by, about=[project], community_id=project.community_id, details={"why": digest})

    def terminate(self, why: str, *, by: Actor) -> None:
        """Break the project off; its needs wait at the desk again and every author reads why.

        Errors: Refused("explanation_needed", "not_from_here"). Source: domain/states.md Need _unplan.
        """
        project: Any = self
        digest = project._move("terminate", why, by)
        given = give_back(project.memberships())
        authors(given, "need_project_terminated", title=project.title, why=project.state_reason)
        record(
            "project.terminate", by=by, about=[project, *given], community_id=project.community_id,
            details={"why": digest},
        )  # fmt: skip

    def memberships(self) -> list[PackageNeed]:
        """Return the memberships that are active."""
        project: Any = self
        query = select(PackageNeed).where(PackageNeed.project_id == project.id, PackageNeed.left_at.is_(None))
        return list(db.session.scalars(query.order_by(PackageNeed.id)))

    def waiting_needs(self) -> list[Need]:
        """Return the needs that still wait for the project: planned or in service."""
        return [need for need in needs_of(self.memberships()) if need.state in WAITING]

    def waiting_need(self, public_id: str) -> Need:
        """Return one of the needs that wait for the project, or raise NotFound."""
        found = [need for need in self.waiting_needs() if need.public_id == public_id]
        if not found:
            raise NotFound("Need")
        return found[0]

    def _move(self, verb: str, why: str, by: Actor) -> str:
        """Take the step, keep the reason, tell the organization; return the reason's digest."""
        project: Any = self
        project._check_step(verb)
        why = needed(why)
        project._step(verb)
        project.state_reason = why
        tell(project, f"project_{verb}", accounts=managers(project.organization_id),
             community_id=project.community_id, title=project.title, why=why)  # fmt: skip
        return revisions.keep(project, "state_reason", why, by=by)
