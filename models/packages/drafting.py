"""Drafting: a clerk gathers needs, writes down what is to be done, and hands it to whoever may decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from models import revisions
from models.base import Refused, now
from models.events import record
from models.needs import Need
from models.packages import members
from models.packages.kinds import DECIDES, Paper, Proposal, Track
from models.packages.people import deciders
from models.states import PackageState
from models.tellings import tell
from models.working_time import local_day

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.packages.row import Package

TEXTS = ("title", "problem", "output", "change", "how_checked")
PLAIN = ("track", "field", "output_target", "output_measure", "output_unit", "persons", "households", "starts_on",
         "ends_on")  # fmt: skip
EDITABLE = (PackageState.DRAFT, PackageState.RETURNED)
SHORTEST_REASON = 4


def needed(text: str, key: str = "explanation_needed") -> str:
    """Return a text that somebody will read, or refuse. Errors: Refused("explanation_needed")."""
    bare = text.strip()
    if len(bare) < SHORTEST_REASON:
        raise Refused(key)
    return bare


class Drafting:
    """The verbs of whoever writes a package."""

    @classmethod
    def gather(
        cls: type[Self],
        needs: Sequence[Need],
        proposal: Proposal,
        *,
        by: Actor,
        next_step: str,
        next_step_at: datetime,
        papers: Mapping[Paper, Sequence[str]] | None = None,
        paper_owner: str = "",
    ) -> Package:
        """Gather needs of one community into a package; each author hears the next step and its date.

        Errors: Refused of Proposal.check and members.take_in, Refused("needs_needed", "photo_not_yours").
        Source: domain/states.md Package; Need _plan.
        """
        if not needs:
            raise Refused("needs_needed")
        proposal.check()
        new: Any = cls
        package = new(community_id=needs[0].community_id, drafted_by_id=by.account_id)
        package._write(proposal)
        package.save()
        package._replace_lines(proposal)
        package._file(papers or {}, paper_owner)
        members.take_in(
            needs, by=by, community_id=package.community_id, package_id=package.id, next_step=next_step,
            next_step_at=next_step_at,
        )  # fmt: skip
        members.authors(
            needs, "need_packaged", title=package.title, step=next_step, on=local_day(next_step_at).isoformat()
        )
        record(
            "package.gather",
            by=by,
            about=[package, *needs],
            community_id=package.community_id,
            details={**package._digests(by), "track": package.track, "fen": proposal.total, "until": next_step_at},
        )
        return package  # type: ignore[no-any-return]

    def revise(
        self,
        proposal: Proposal,
        *,
        by: Actor,
        seen_version: int | None = None,
        papers: Mapping[Paper, Sequence[str]] | None = None,
        paper_owner: str = "",
    ) -> None:
        """Rewrite a draft or a returned package; every version is kept.

        Errors: Refused("not_from_here") and those of Proposal.check, Stale("stale_edit").
        """
        package: Any = self
        package._check_editable("revise")
        package.check_version(seen_version, typed=proposal.problem, stands=package.problem)
        proposal.check()
        package._write(proposal)
        package._replace_lines(proposal)
        package._file(papers or {}, paper_owner)
        record(
            "package.revise",
            by=by,
            about=[package],
            community_id=package.community_id,
            details={**package._digests(by), "track": package.track, "fen": proposal.total},
        )

    def add(self, need: Need, *, by: Actor, next_step: str, next_step_at: datetime) -> None:
        """Add a need before submission; its author hears the next step and its date.

        Errors: Refused of members.take_in, Refused("not_from_here").
        """
        package: Any = self
        package._check_editable("add")
        members.take_in(
            [need], by=by, community_id=package.community_id, package_id=package.id, next_step=next_step,
            next_step_at=next_step_at,
        )  # fmt: skip
        members.authors(
            [need], "need_packaged", title=package.title, step=next_step, on=local_day(next_step_at).isoformat()
        )
        record(
            "package.add", by=by, about=[package, need], community_id=package.community_id,
            details={"until": next_step_at},
        )  # fmt: skip

    def remove(self, need: Need, why: str, *, by: Actor) -> None:
        """Take a need out before submission; its author reads why.

        Errors: Refused("explanation_needed", "not_from_here", "need_not_in_package").
        """
        package: Any = self
        package._check_editable("remove")
        why = needed(why)
        held = [row for row in package._memberships() if row.need_id == need.id]
        if not held:
            raise Refused("need_not_in_package")
        given = members.give_back(held)
        members.authors(given, "need_left_package", title=package.title, why=why)
        why_digest = revisions.keep(package, "why_removed", why, by=by)
        record(
            "package.remove", by=by, about=[package, need], community_id=package.community_id,
            details={"why": why_digest},
        )  # fmt: skip

    def submit(self, *, by: Actor) -> None:
        """Hand the package to whoever may decide: the head for 自办, the street for the others.

        Errors: Refused("output_needed", "change_needed", "period_needed", "needs_needed", "budget_needed",
        "small_needs_papers", "not_from_here"). Source: domain/states.md Package submit.
        """
        package: Any = self
        package._check_step("submit")
        package._check_complete()
        package._step("submit")
        package.submitted_by_id, package.submitted_at = by.account_id, now()
        tell(
            package, "package_to_decide", accounts=deciders(package.community_id, DECIDES[Track(package.track)]),
            community_id=package.community_id, title=package.title,
        )  # fmt: skip
        record("package.submit", by=by, about=[package], community_id=package.community_id)

    def attach(self, paper: Paper, public_ids: Sequence[str], *, owner: str, by: Actor) -> None:
        """Lay a paper, photos of it or a PDF, with the package before it is handed in.

        Errors: Refused("photos_needed", "photo_not_yours", "too_many_photos", "not_from_here").
        """
        package: Any = self
        package._check_editable("attach")
        if not public_ids:
            raise Refused("photos_needed")
        package._file({paper: public_ids}, owner)
        record(
            "package.attach", by=by, about=[package], community_id=package.community_id,
            details={"paper": paper, "photos": len(public_ids)},
        )  # fmt: skip

    def dissolve(self, why: str, *, by: Actor) -> None:
        """Give a draft up; its needs wait at the desk again and every author reads why.

        Errors: Refused("explanation_needed", "not_from_here").
        """
        package: Any = self
        why = needed(why)
        package._step("dissolve")
        package.decision = why
        given = members.give_back(package._memberships())
        members.authors(given, "need_package_dissolved", title=package.title, why=why)
        why_digest = revisions.keep(package, "why_dissolved", why, by=by)
        record(
            "package.dissolve", by=by, about=[package, *given], community_id=package.community_id,
            details={"why": why_digest},
        )  # fmt: skip

    def _check_editable(self, verb: str) -> None:
        package: Any = self
        if package.state not in EDITABLE:
            raise Refused("not_from_here", state=PackageState(package.state), verb=verb)

    def _check_complete(self) -> None:
        package: Any = self
        if not (package.output.strip() and package.output_target and package.output_measure):
            raise Refused("output_needed")
        if not package.change.strip() or not package.how_checked.strip():
            raise Refused("change_needed")
        if package.starts_on is None or package.ends_on is None:
            raise Refused("period_needed")
        if not package._memberships():
            raise Refused("needs_needed")
        if package.track != Track.SELF_RUN and package.total() <= 0:
            raise Refused("budget_needed")
        if package.track == Track.SMALL and not {Paper.MEETING, Paper.NOTICE} <= package.papers():
            raise Refused("small_needs_papers")

    def _write(self, proposal: Proposal) -> None:
        for name in TEXTS:
            setattr(self, name, getattr(proposal, name).strip())
        for name in PLAIN:
            setattr(self, name, getattr(proposal, name))
        self.activities = [one.strip() for one in proposal.activities if one.strip()]

    def _digests(self, by: Actor) -> dict[str, str]:
        package: Any = self
        return {name: revisions.keep(package, name, getattr(package, name), by=by) for name in TEXTS[1:]}
