"""The second pair of eyes: a log is approved or sent back by somebody who did not write it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from models import hours, revisions
from models.accounts import Grant
from models.attendance import Attendance
from models.base import Refused, db, now
from models.calendar import calendar_of
from models.events import record
from models.needs import Need
from models.permissions import Permission, Role
from models.places import Place
from models.projects import NextDate
from models.service_log.calling import to_call
from models.service_log.flags import flags_of
from models.states import ServiceLogState
from models.tellings import tell
from models.working_time import local_day, start_of

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.people import Person

MOST_AT_ONCE = 20


class Judging:
    """The verbs of those who approve."""

    def approve(self, *, by: Actor) -> None:
        """Approve a log: its numbers count from now on, and its needs are in service.

        A late one goes to the committee first. A supervisor's own log goes to the organization's manager, else to the
        committee. One that was drawn waits for its call. Errors: Refused("own_log", "not_yours_to_approve",
        "manager_approves", "committee_approves", "approved_it_before", "call_first", "not_from_here").
        Source: domain/states.md ServiceLog; decisions.md 17; domain/abuse.md F3.
        """
        log: Any = self
        needs = log._approve(by)
        details = {"state": log.state, "late": log.late, "flags": flags_of([log])[log.id]}
        record("service_log.approve", by=by, about=[log, *needs], community_id=log.community_id, details=details)

    @classmethod
    def approve_all(cls, logs: Sequence[Any], *, by: Actor) -> None:
        """Approve up to 20 logs that carry no flag, in one act; a flagged one is opened by itself.

        Errors: Refused("too_many_at_once", "flagged_one_by_one") and those of approve.
        """
        if not 1 <= len(logs) <= MOST_AT_ONCE:
            raise Refused("too_many_at_once", most=MOST_AT_ONCE)
        if any(flags_of(logs).values()):
            raise Refused("flagged_one_by_one")
        needs = [need for log in logs for need in log._approve(by)]
        communities = {log.community_id for log in logs}
        record(
            "service_log.approve_all",
            by=by,
            about=[*logs, *needs],
            community_id=communities.pop() if len(communities) == 1 else None,
            details={"logs": len(logs)},
        )

    def _approve(self, by: Actor) -> list[Need]:
        """Take the step that is due, and return the needs that the log names."""
        log: Any = self
        log._check_judge(by)
        if to_call([log]):
            raise Refused("call_first")
        needs: list[Need] = log._needs()
        first_step = log.state == ServiceLogState.SUBMITTED
        if first_step and log.late:
            log._step("approve", ServiceLogState.AWAITING_COMMITTEE)
            log.first_approved_by_id = by.account_id
            return needs
        log._step("approve", ServiceLogState.APPROVED)
        log.approved_by_id, log.approved_at = by.account_id, now()
        log._adopt()
        for need in needs:
            need._enter_service(log.ended_at)
        log._keep_dates()
        return needs

    def return_(self, reason: str, *, by: Actor) -> None:
        """Send a log back to its author with a reason. Errors: Refused("reason_needed") and those of approve."""
        log: Any = self
        if len(reason.strip()) < 2:
            raise Refused("reason_needed")
        log._check_judge(by)
        log._step("return")
        log.return_reason = reason.strip()
        kept = revisions.keep(log, "return_reason", log.return_reason, by=by)
        tell(log, "log_returned", accounts={log.author_id}, community_id=log.community_id)
        record("service_log.return", by=by, about=[log], community_id=log.community_id, details={"reason": kept})

    def identify(self, person: Person, *, by: Actor) -> None:
        """Name a walk-in within ten working days: the number goes down by one, the list up by one (decision 5).

        Errors: Refused("no_walk_ins_left", "identified_too_late", "person_already_there",
        "person_of_another_community", "log_not_counting").
        """
        log: Any = self
        if log.state not in (ServiceLogState.SUBMITTED, ServiceLogState.AWAITING_COMMITTEE, ServiceLogState.APPROVED):
            raise Refused("log_not_counting")
        if log.walk_ins < 1:
            raise Refused("no_walk_ins_left")
        if log._too_late_to_identify():
            raise Refused("identified_too_late")
        if person.community_id != log.community_id:
            raise Refused("person_of_another_community")
        row = Attendance._seat_walk_in(log, person)
        log.walk_ins -= 1
        db.session.flush()
        about = [log, row, person]
        record(
            "service_log.identify", by=by, about=about, community_id=log.community_id, details={"left": log.walk_ins}
        )

    def _needs(self) -> list[Need]:
        log: Any = self
        rows = db.metadata.tables["log_needs"]
        query = select(Need).join(rows, rows.c.need_id == Need.id).where(rows.c.log_id == log.id).order_by(Need.id)
        return list(db.session.scalars(query))

    def _too_late_to_identify(self) -> bool:
        log: Any = self
        return hours.is_late(log.ended_at, now(), calendar_of(db.session.get(Place, log.community_id)))

    def _check_judge(self, by: Actor) -> None:
        """Let decide who may, at this step. Errors: see approve."""
        log: Any = self
        refusal = Bench([log]).why_not(log, by)
        if refusal is not None:
            raise Refused(refusal)

    def _keep_dates(self) -> None:
        """Note that the dates told for the days of this service were kept."""
        log: Any = self
        for told in log._dates_of_the_day():
            told.kept_at = told.kept_at or log.ended_at

    def _dates_of_the_day(self) -> list[NextDate]:
        log: Any = self
        first, last = local_day(log.started_at), local_day(log.ended_at)
        query = select(NextDate).where(
            NextDate.project_id == log.project_id,
            NextDate.at >= start_of(first),
            NextDate.at < start_of(last + timedelta(days=1)),
        )
        return list(db.session.scalars(query))


class Bench:
    """Who may decide about some logs, read once for all of them."""

    def __init__(self, logs: Sequence[Any]) -> None:
        rows = db.session.execute(
            select(Grant.account_id, Grant.organization_id, Grant.role).where(
                Grant.organization_id.in_({log.organization_id for log in logs if log.organization_id}),
                Grant.role.in_([Role.ORG_MANAGER, Role.SUPERVISOR]),
                or_(Grant.ended_at.is_(None), Grant.ended_at > now()),
            )
        ).all()
        self.leads = {(row.account_id, row.organization_id) for row in rows}
        self.managers: dict[int, set[int]] = {}
        for row in rows:
            if row.role == Role.ORG_MANAGER:
                self.managers.setdefault(row.organization_id, set()).add(row.account_id)

    def why_not(self, log: Any, by: Actor) -> str | None:
        """Return the refusal that this person would meet, or None. Source: decisions.md 17."""
        if by.account_id in (log.author_id, log.begun_by_id):
            return "own_log"
        committee = log.community_id in by.reach(Permission.APPROVE_LATE_LOG).community_ids
        if log.state == ServiceLogState.AWAITING_COMMITTEE:
            if by.account_id == log.first_approved_by_id:
                return "approved_it_before"
            return None if committee else "committee_approves"
        if log.organization_id is None:
            return None if committee else "committee_approves"
        if (log.author_id, log.organization_id) not in self.leads:
            allowed = log.organization_id in by.reach(Permission.APPROVE_LOG).organization_ids
            return None if allowed else "not_yours_to_approve"
        managers = self.managers.get(log.organization_id, set()) - {log.author_id}
        if managers:
            return None if by.account_id in managers else "manager_approves"
        return None if committee else "committee_approves"
