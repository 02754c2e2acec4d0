"""Each role's first page: what waits for this person, late things first, each with its one action."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from models import reports
from models.accounts import Account, actor_of
from models.base import now, today, travel
from models.deadlines import Escalation
from models.homes import FigureKind, Home, Share, Task, home_of
from models.homes.reading import FIGURES, READERS
from models.notices import Notice
from models.packages import BudgetCategory, Line, Track
from models.permissions import STAFF, Role
from models.reports import ReportKind
from models.reports.periods import month_of
from models.volunteering import HourCorrection
from models.working_time import start_of
from tests import builders, serving
from tests.cast import Cast
from tests.models.test_volunteering import proposed


def home(account: Account) -> Home:
    actor = actor_of(account)
    return home_of(actor, actor.held[0].role)


def tasks(account: Account) -> list[Task]:
    return [line.task for line in home(account).waiting]


def figure(account: Account, kind: FigureKind) -> int:
    return next(one.value for one in home(account).figures if one.kind == kind)


def test_every_role_that_works_here_has_a_home_with_figures() -> None:
    assert set(READERS) == set(FIGURES) == set(STAFF)
    assert all(READERS[role] and FIGURES[role] for role in STAFF)


def test_every_home_opens_on_an_empty_house(cast: Cast) -> None:
    for account in cast.everybody().values():
        held = [one.role for one in actor_of(account).held if one.role in STAFF]
        if held:
            assert isinstance(home_of(actor_of(account), held[0]), Home)


def test_a_clerk_sees_what_is_to_be_accepted_the_late_one_first(cast: Cast) -> None:
    builders.need(cast.community, "活动室晚上八点就关门")
    with travel(-timedelta(days=20)):
        builders.need(cast.community, "路灯不亮")
    first, second = home(cast.clerk).waiting[:2]
    assert (first.task, first.late, second.late) == (Task.ACCEPT, True, False)
    assert first.public_id and first.due is not None
    assert figure(cast.clerk, FigureKind.OPEN_NEEDS) == 2


def test_nobody_sees_the_work_of_another_community(cast: Cast) -> None:
    builders.need(cast.community)
    assert Task.ACCEPT in tasks(cast.clerk)
    assert Task.ACCEPT not in tasks(cast.other_clerk)


def test_a_need_of_the_grid_waits_at_its_grid_worker(cast: Cast) -> None:
    builders.need(cast.community, author=cast.neighbor, courtyard=cast.courtyard)
    assert Task.RAISED in tasks(cast.grid_worker) and Task.ACCEPT not in tasks(cast.grid_worker)


def test_packages_wait_at_whoever_decides_them(cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    free = builders.package(cast.community, clerk, title="周末棋牌角", track=Track.SELF_RUN, lines=[])
    paid = builders.package(cast.community, clerk, title="独居老人周末助餐")
    free.submit(by=clerk)
    paid.submit(by=clerk)
    assert [(x.task, x.title) for x in home(cast.head).waiting if x.task == Task.SIGN] == [(Task.SIGN, "周末棋牌角")]
    at_street = [(x.task, x.title) for x in home(cast.street_officer).waiting]
    assert at_street == [(Task.DECIDE, "独居老人周末助餐")]
    assert {x.title for x in home(cast.expert).waiting} == {"周末棋牌角", "独居老人周末助餐"}


def test_an_approved_project_waits_for_an_organization_and_finance_sees_its_money(cast: Cast) -> None:
    line = [Line(BudgetCategory.STAFF, "社工", 5_000_00)]
    builders.project(cast.community, actor_of(cast.clerk), actor_of(cast.street_officer), title="助餐", lines=line)
    assert tasks(cast.street_officer) == [Task.ASSIGN]
    [budget] = home(cast.finance).waiting
    assert (budget.task, budget.title, budget.fen) == (Task.BUDGET, "助餐", 5_000_00)
    assert figure(cast.finance, FigureKind.BUDGET) == 5_000_00


def test_late_matters_come_up_to_the_head_then_to_the_street_with_a_tally(cast: Cast) -> None:
    one, other = builders.need(cast.community, "路灯不亮"), builders.need(cast.community, "井盖坏了")
    one.escalated, other.escalated = Escalation.HEAD, Escalation.STREET
    assert Task.OVERDUE in tasks(cast.head)
    assert [x.title for x in home(cast.street_officer).waiting] == [other.text]
    assert home(cast.head).tally == (Share("", 2, 2),)
    assert home(cast.district_officer).tally == (Share(cast.street.name, 2, 2),)


def test_what_came_up_is_late_since_its_clock_ended_not_since_its_state_began(cast: Cast) -> None:
    need = serving.planned_need(cast, serving.project(cast))
    need.next_step_at = start_of(today() + timedelta(days=7))
    with travel(timedelta(days=7)):
        [line] = [one for one in home(cast.clerk).waiting if one.task == Task.PROMISE]
        assert line.due == start_of(today() + timedelta(days=1)) and not line.late
    need.escalated = Escalation.HEAD
    ends = need.next_step_at + timedelta(days=1)
    with travel(timedelta(days=9)):
        line = next(one for one in home(cast.head).waiting if one.task == Task.OVERDUE)
        assert (line.due, line.late) == (ends, True)


def test_a_draft_of_a_notice_waits_at_the_head_only(cast: Cast) -> None:
    Notice.write(cast.community, "停水", "周三停水。", by=actor_of(cast.clerk))
    assert Task.NOTICE in tasks(cast.head)
    assert Task.NOTICE not in tasks(cast.clerk) and Task.NOTICE not in tasks(cast.other_head)


def test_a_record_waits_at_the_supervisor_and_not_at_its_author(cast: Cast) -> None:
    project = serving.project(cast)
    serving.log(project, cast.worker, *serving.people(cast, 3))
    [line] = [x for x in home(cast.supervisor).waiting if x.task == Task.APPROVE_LOGS]
    assert line.n == 1
    assert Task.APPROVE_LOGS not in tasks(cast.worker)


def test_a_project_without_any_record_is_called_quiet_at_its_manager(cast: Cast) -> None:
    project = serving.project(cast)
    assert [x.public_id for x in home(cast.manager).waiting if x.task == Task.QUIET_PROJECT] == [project.public_id]


def test_a_project_whose_term_is_over_waits_at_the_street_until_it_ends(cast: Cast) -> None:
    """Nothing ends a project by itself; the last day still belongs to its term."""
    project = serving.project(cast, ends_on=today())
    serving.project(cast, title="还早", ends_on=today() + timedelta(days=40))
    over = lambda who: [one for one in home(who).waiting if one.task == Task.PROJECT_OVER]  # noqa: E731
    assert not over(cast.street_officer)
    with travel(timedelta(days=1)):
        [line] = over(cast.street_officer)
        assert (line.title, line.public_id, line.late) == (project.title, project.public_id, True)
        assert line.due == start_of(project.ends_on + timedelta(days=1))
        assert not over(cast.clerk) and not over(cast.manager)
        project.suspend("合同没有续签，先停一停", by=actor_of(cast.street_officer))
        assert over(cast.street_officer)
        project.resume("双方已经谈好，继续服务", by=actor_of(cast.street_officer))
        project.close("期满，目标都做到了", by=actor_of(cast.street_officer))
        assert not over(cast.street_officer)


def test_the_report_of_the_month_that_ended_waits_until_it_is_handed_in(cast: Cast) -> None:
    first = start_of(today().replace(day=1))
    lines = lambda who: [(x.task, x.public_id, x.detail, x.inside) for x in home(who).waiting if "REPORT" in x.task]  # noqa: E731
    with travel(first - now()):
        assert not lines(cast.clerk)
    with travel(first - timedelta(minutes=1) - now()):
        builders.need(cast.community)
        ended = reports.Period.of(month_of(today()))
        assert not lines(cast.clerk)
    with travel(first - now()):
        assert lines(cast.clerk) == [(Task.WRITE_REPORT, cast.community.public_id, ended.code, ended.code)]
        assert not lines(cast.head) and not lines(cast.other_clerk) and not lines(cast.street_officer)
        report = reports.Report.draft(cast.community, ReportKind.MONTHLY, ended, by=actor_of(cast.clerk))
        assert lines(cast.clerk) == [(Task.FINISH_REPORT, report.public_id, ended.code, "")]
        report.submit(by=actor_of(cast.clerk))
        assert not lines(cast.clerk)
        assert [task for task, *_ in lines(cast.head)] == [Task.SIGN_REPORT]
        report.return_("请补上走访的说明。", by=actor_of(cast.head))
        assert [task for task, *_ in lines(cast.clerk)] == [Task.REPORT_BACK]


def test_a_service_alone_is_something_to_report_and_a_hidden_need_is_not(cast: Cast) -> None:
    first = start_of(today().replace(day=1))
    with travel(first - timedelta(days=2) - now()):
        builders.need(cast.community).hidden = True
    with travel(first - now()):
        assert Task.WRITE_REPORT not in tasks(cast.clerk)
    with travel(first - timedelta(days=2) - now()):
        serving.approved(cast, serving.project(cast), cast.neighbor)
    with travel(first - now()):
        assert Task.WRITE_REPORT in tasks(cast.clerk)


def test_an_evaluator_finds_what_nobody_has_scored(cast: Cast) -> None:
    project = serving.project(cast)
    assert [(x.task, x.public_id) for x in home(cast.evaluator).waiting] == [(Task.SCORE, project.public_id)]


def test_many_late_matters_hide_no_other_task(cast: Cast) -> None:
    Notice.write(cast.community, "停水", "周三停水。", by=actor_of(cast.clerk))
    for escalated in [Escalation.HEAD] * 4:
        builders.need(cast.community).escalated = escalated
    with travel(-timedelta(days=20)):
        for _ in range(12):
            one = builders.accepted(cast.community, actor_of(cast.clerk))
            one._plan(next_step="下周上门", next_step_at=now() + timedelta(days=1))
            builders.need(cast.community)
            builders.accepted(cast.community, actor_of(cast.clerk))
    shown = home(cast.head)
    assert len(shown.waiting) <= 16 and Task.NOTICE in [line.task for line in shown.waiting]


@pytest.mark.parametrize("part", ["clerk", "head", "street_officer", "manager", "worker"])
def test_a_home_costs_the_same_for_one_need_and_for_twenty(cast: Cast, count_queries: Any, part: str) -> None:
    actor = actor_of(getattr(cast, part))
    role = Role(actor.held[0].role)
    builders.need(cast.community)
    with count_queries() as few:
        home_of(actor, role)
    for _ in range(20):
        builders.need(cast.community)
    with count_queries() as many:
        shown = home_of(actor, role)
    assert len(many) == len(few) and len(shown.waiting) <= 16


def test_whoever_approves_hours_hears_of_a_volunteer_who_doubts_one(cast: Cast) -> None:
    who = builders.person(cast.community)
    one = proposed(cast, who)
    one.approve(by=actor_of(cast.supervisor))
    asked = HourCorrection.ask(one, "少算了", by=actor_of(builders.account("志愿者", person=who)))
    line = next(line for line in home(cast.supervisor).waiting if line.task == Task.CORRECT_HOURS)
    assert (line.n, Task.CORRECT_HOURS in tasks(cast.other_head)) == (1, False)
    asked.refuse("签到表上是四点", by=actor_of(cast.supervisor))
    assert Task.CORRECT_HOURS not in tasks(cast.supervisor)
