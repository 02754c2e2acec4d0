"""Deciding: the head or the street returns a package or explains why it cannot be done. Approval founds a project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models import revisions
from models.base import Refused, now
from models.events import record
from models.packages import members
from models.packages.drafting import needed
from models.packages.kinds import DECIDES, Track
from models.places import Place
from models.tellings import tell

if TYPE_CHECKING:
    from models.accounts import Actor


class Deciding:
    """The verbs of whoever may decide; nobody decides what they drafted or handed in."""

    def return_(self, why: str, *, by: Actor) -> None:
        """Give the package back to its writer with what is missing.

        Errors: Refused("explanation_needed", "not_your_own_package", "not_yours_to_decide", "not_from_here").
        """
        package: Any = self
        why = needed(why)
        package._check_decider(by)
        package._step("return")
        package._decide(why, by)
        tell(package, "package_returned", accounts=package._writers(), community_id=package.community_id,
             title=package.title, why=why)  # fmt: skip
        record("package.return", by=by, about=[package], community_id=package.community_id,
               details={"why": revisions.keep(package, "decision", why, by=by)})  # fmt: skip

    def judge_unfeasible(self, why: str, *, by: Actor) -> None:
        """Say that it cannot be done, in writing; the explanation reaches every author (R115).

        Errors: as for return_. Source: domain/states.md Package judge_unfeasible; Need _unplan.
        """
        package: Any = self
        why = needed(why)
        package._check_decider(by)
        package._step("judge_unfeasible")
        package._decide(why, by)
        given = members.give_back(package._memberships())
        members.authors(given, "need_unfeasible", title=package.title, why=why)
        tell(package, "package_unfeasible", accounts=package._writers(), community_id=package.community_id,
             title=package.title, why=why)  # fmt: skip
        record("package.judge_unfeasible", by=by, about=[package, *given], community_id=package.community_id,
               details={"why": revisions.keep(package, "decision", why, by=by)})  # fmt: skip

    def _approve(self, by: Actor, decision: str = "") -> None:
        """Approve, as a step of the verb that founds the project."""
        package: Any = self
        package._check_decider(by)
        package._step("approve")
        package._decide(decision.strip() or None, by)

    def _decide(self, why: str | None, by: Actor) -> None:
        package: Any = self
        package.decision, package.decided_by_id, package.decided_at = why, by.account_id, now()

    def _check_decider(self, by: Actor) -> None:
        package: Any = self
        if by.account_id is not None and by.account_id in package._writers():
            raise Refused("not_your_own_package")
        if not by.reach(DECIDES[Track(package.track)]).covers(Place.get(package.community_id)):
            raise Refused("not_yours_to_decide")

    def _writers(self) -> set[int]:
        package: Any = self
        return {package.drafted_by_id, package.submitted_by_id} - {None}
