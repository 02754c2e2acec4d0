"""Planning: who works on a project, what it wants to reach, and the dates it has told."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.base import SHANGHAI, Refused, now, today
from models.events import record
from models.packages import Measure, authors
from models.packages.people import works_for
from models.permissions import Permission, Role
from models.places import Place
from models.projects.kinds import TeamPart
from models.tellings import tell

if TYPE_CHECKING:
    from models.accounts import Account, Actor
    from models.projects.row import Goal, NextDate, TeamMember

ROLES = {
    TeamPart.WORKER: (Role.SOCIAL_WORKER, Role.SUPERVISOR),
    TeamPart.SUPERVISOR: (Role.SUPERVISOR, Role.ORG_MANAGER),
}
# Source: domain/formulas.md D10: at most twice without the head's agreement.
FREE_CHANGES = 2


def over(promised: datetime | None) -> bool:
    """Tell whether a promise is none, or its day is over."""
    return promised is None or promised.astimezone(SHANGHAI).date() < today()


class Planning:
    """The verbs of a project's team, goals and dates."""

    def add_member(self, account: Account, part: TeamPart, *, by: Actor) -> TeamMember:
        """Take somebody of the organization into the team.

        Errors: Refused("not_of_the_organization", "already_in_team").
        """
        project: Any = self
        if not project.organization_id or not works_for(account.id, project.organization_id, ROLES[part]):
            raise Refused("not_of_the_organization", name=account.name)
        member = project._member(account.id, part)
        if member is not None and member.until is None:
            raise Refused("already_in_team", name=account.name)
        member = member or project._new_member(account.id, part)
        member.since, member.until = now(), None
        tell(project, "project_joined", accounts=[account.id], community_id=project.community_id, title=project.title)
        record(
            "project.add_member", by=by, about=[project, account], community_id=project.community_id,
            details={"part": part},
        )  # fmt: skip
        return member  # type: ignore[no-any-return]

    def remove_member(self, account: Account, part: TeamPart, *, by: Actor) -> None:
        """Let somebody leave the team. Errors: Refused("not_in_team")."""
        project: Any = self
        member = project._member(account.id, part)
        if member is None or member.until is not None:
            raise Refused("not_in_team", name=account.name)
        member.until = now()
        record(
            "project.remove_member", by=by, about=[project, account], community_id=project.community_id,
            details={"part": part},
        )  # fmt: skip

    def add_goal(
        self,
        title: str,
        measure: Measure,
        unit: str,
        target: int,
        *,
        by: Actor,
        scale: tuple[int, int, str] | None = None,
    ) -> Goal:
        """Add a goal; progress is derived from approved logs, never typed.

        `scale` is (lowest, highest, what it measures) for goals that are also scored before and after.
        Errors: Refused("title_needed", "target_needed", "scale_backwards").
        """
        project: Any = self
        if not title.strip():
            raise Refused("title_needed")
        if target <= 0:
            raise Refused("target_needed")
        if scale is not None and scale[0] >= scale[1]:
            raise Refused("scale_backwards")
        goal = project._add_goal(title.strip(), measure, unit.strip(), target, scale)
        record(
            "project.add_goal", by=by, about=[project, goal], community_id=project.community_id,
            details={"measure": measure, "target": target},
        )  # fmt: skip
        return goal  # type: ignore[no-any-return]

    def tell_date(self, what: str, at: datetime, *, by: Actor) -> NextDate:
        """Tell when the next visit or session is. Needs that wait without a coming date get this one, and their
        authors are told.

        Errors: Refused("next_step_needed", "next_step_in_past").
        """
        project: Any = self
        project._check_date(what, at)
        date = project._new_date(what.strip(), at)
        needs = [need for need in project.waiting_needs() if over(need.next_step_at)]
        for need in needs:
            need._step("promise")
            need.next_step, need.next_step_at, need.promise_changes = date.what, at, 0
            need.promised_at = now()
        authors(needs, "need_next_date", title=project.title, step=date.what, on=at.isoformat())
        record(
            "project.tell_date", by=by, about=[project, date, *needs], community_id=project.community_id,
            details={"at": at},
        )  # fmt: skip
        return date  # type: ignore[no-any-return]


class Keeping:
    """The verbs of a date that was told."""

    def note_kept(self, *, by: Actor) -> None:
        """Note that the date was kept. Errors: Refused("date_already_kept", "date_not_come")."""
        date: Any = self
        if date.kept_at is not None:
            raise Refused("date_already_kept")
        if date.at > now():
            raise Refused("date_not_come")
        date.kept_at = now()
        project = date.project()
        record("next_date.note_kept", by=by, about=[date, project], community_id=project.community_id)

    def postpone(self, at: datetime, *, by: Actor) -> None:
        """Tell a new date before the old one lapses; from the third time on only with the head's agreement.

        Errors: Refused("date_lapsed", "next_step_in_past", "date_changed_twice"). Source: domain/formulas.md D10.
        """
        date: Any = self
        project = date.project()
        if date.kept_at is not None or date.at <= now():
            raise Refused("date_lapsed")
        project._check_date(date.what, at)
        head = by.reach(Permission.SIGN_SELF_RUN).covers(Place.get(project.community_id))
        if date.changes >= FREE_CHANGES and not head:
            raise Refused("date_changed_twice")
        before, date.at, date.told_at = date.at, at, now()
        date.changes += 1
        needs = [need for need in project.waiting_needs() if need.next_step_at == before]
        for need in needs:
            need._step("promise")
            need.next_step_at, need.promised_at = at, now()
            need.promise_changes += 1
        authors(needs, "need_date_moved", title=project.title, step=date.what, on=at.isoformat())
        record(
            "next_date.postpone", by=by, about=[date, project, *needs], community_id=project.community_id,
            details={"before": before, "at": at, "changes": date.changes},
        )  # fmt: skip
