"""The counter of projects: entered, assigned, steered, planned, and found for a need."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from models.accounts import actor_of
from models.base import SHANGHAI, now, today
from models.events import JOB, record
from models.needs import Kind, Need
from models.packages.reading import PAGE
from models.projects import NextDate, Project, TeamMember, TeamPart
from models.states import NeedState, ProjectState
from tests import builders
from tests.cast import Cast

WHY = "合作条件变化，双方书面同意。"


def sent(cast: Cast, **changed: Any) -> dict[str, Any]:
    """Return a form of a running project as a browser sends it."""
    return {
        "key": str(uuid.uuid4()), "community": cast.community.public_id, "organization": cast.organization.public_id,
        "title": "独居老人陪伴", "contract_no": "清购〔2026〕011号", "field": "ELDERLY_DISABLED",
        "starts_on": "2026-01-01", "ends_on": "2026-12-31", "budget": "238000", **changed,
    }  # fmt: skip


def running(cast: Cast, **more: Any) -> Project:
    """Return a running project of ours."""
    return builders.running(cast.community, cast.organization, actor_of(cast.clerk), **more)


def in_days(days: int) -> str:
    """Return a day and time as the browser's field writes it."""
    return (now() + timedelta(days=days)).astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M")


def test_a_running_project_is_written_down_once(db: Any, cast: Cast, client_for: Any) -> None:
    clerk, form = client_for(cast.clerk), sent(cast)
    assert clerk.get("/projects/new").status_code == 200
    first, again = clerk.post("/projects", data=form), clerk.post("/projects", data=form)
    assert first.status_code == again.status_code == 303
    assert first.location == again.location
    assert clerk.post("/projects", data=sent(cast)).status_code == 422
    assert db.session.scalar(select(func.count()).select_from(Project)) == 1
    page = clerk.get(first.location)
    assert "238,000.00" in page.text
    for nobody in (cast.resident, cast.worker, cast.manager, cast.auditor):
        assert client_for(nobody).post("/projects", data=sent(cast, contract_no="x")).status_code == 403


@pytest.mark.parametrize(
    "changed",
    [
        {"budget": "1e5"}, {"budget": "-1"}, {"budget": "1.005"}, {"starts_on": "2026-13-01"}, {"starts_on": ""},
        {"ends_on": "2025-12-31"}, {"field": "GIFT"}, {"organization": "0000000000"}, {"title": " "},
        {"contract_no": ""}, {"contract_no": "长" * 61}, {"title": "\x00"},
    ],
)  # fmt: skip
def test_absurd_values_are_said_beside_the_form(db: Any, cast: Cast, client_for: Any, changed: Any) -> None:
    assert client_for(cast.clerk).post("/projects", data=sent(cast, **changed)).status_code == 422


def test_nobody_enters_a_project_for_another_community(db: Any, cast: Cast, client_for: Any) -> None:
    form = sent(cast, community=cast.other_community.public_id)
    assert client_for(cast.clerk).post("/projects", data=form).status_code == 422
    assert client_for(cast.street_officer).post("/projects", data=form).status_code == 303


def test_each_role_reads_the_projects_of_its_reach(db: Any, cast: Cast, client_for: Any) -> None:
    here = f"/projects/{running(cast).public_id}"
    readers = (cast.clerk, cast.head, cast.street_officer, cast.manager, cast.worker, cast.supervisor, cast.finance)
    for reader in (*readers, cast.district_officer, cast.auditor, cast.evaluator):
        assert client_for(reader).get(here).status_code == 200
    for stranger in (cast.other_clerk, cast.other_worker):
        assert client_for(stranger).get(here).status_code == 404
    assert client_for(cast.resident).get(here).status_code == 403
    assert client_for().get(here).status_code == 302


def test_what_is_not_yours_is_not_found_for_any_noun(db: Any, cast: Cast, client_for: Any) -> None:
    project = running(cast)
    date = project.tell_date("探访", now() + timedelta(days=3), by=actor_of(cast.supervisor))
    here = f"/projects/{project.public_id}"
    rival = client_for(
        builders.account("别家督导", role=builders.Role.SUPERVISOR, organization=cast.other_organization)
    )
    for noun in ("members", "members/removal", "goals", "dates", "resolutions", f"dates/{date.public_id}/keeping",
                 f"dates/{date.public_id}/postponement"):  # fmt: skip
        assert rival.post(f"{here}/{noun}").status_code == 404
    elsewhere = client_for(
        builders.account("别的街道", role=builders.Role.STREET_OFFICE, place=builders.street(cast.district))
    )
    for noun in ("assignment", "suspension", "resumption", "closure", "termination"):
        assert elsewhere.post(f"{here}/{noun}", data={"why": WHY}).status_code == 404
        assert client_for(cast.clerk).post(f"{here}/{noun}", data={"why": WHY}).status_code == 403
    assert client_for(cast.other_clerk).post(f"{here}/needs").status_code == 404


def test_the_street_assigns_and_steers(db: Any, cast: Cast, client_for: Any) -> None:
    project = builders.project(cast.community, actor_of(cast.clerk), actor_of(cast.street_officer))
    street, here = client_for(cast.street_officer), f"/projects/{project.public_id}"
    form = {"organization": cast.organization.public_id, "why": "本社区唯一有助老资质的机构"}
    assert cast.organization.name in street.get(here).text
    assert street.post(f"{here}/assignment", data={**form, "why": ""}).status_code == 422
    assert street.post(f"{here}/assignment", data=form).status_code == 303
    assert street.post(f"{here}/assignment", data=form).status_code == 422
    assert "还有 1 件需求没有办完" in street.post(f"{here}/closure", data={"why": WHY}).text
    for noun, state in (("suspension", ProjectState.SUSPENDED), ("resumption", ProjectState.RUNNING),
                        ("termination", ProjectState.TERMINATED)):  # fmt: skip
        assert street.post(f"{here}/{noun}", data={"why": WHY}).status_code == 303
        assert Project.get(project.id).state == state
        assert street.get(here).status_code == 200


def test_the_supervisor_plans_team_goals_and_dates(db: Any, cast: Cast, client_for: Any) -> None:
    project = running(cast)
    supervisor, here = client_for(cast.supervisor), f"/projects/{project.public_id}"
    member = {"account": cast.worker.public_id, "part": "WORKER"}
    assert supervisor.post(f"{here}/members", data=member).status_code == 303
    assert supervisor.post(f"{here}/members", data=member).status_code == 422
    stranger = {"account": cast.other_worker.public_id, "part": "WORKER"}
    assert supervisor.post(f"{here}/members", data=stranger).status_code == 422
    goal = {"title": "上门探访", "measure": "TURNS", "unit": "人次", "target": "1800"}
    assert supervisor.post(f"{here}/goals", data={**goal, "target": "0"}).status_code == 422
    assert supervisor.post(f"{here}/goals", data=goal).status_code == 303
    date = {"what": "第一次探访", "at": in_days(3)}
    for wrong in ("", "tomorrow", "2026-13-01T10:00", "2026-12-01T25:00", in_days(-3)):
        assert supervisor.post(f"{here}/dates", data={**date, "at": wrong}).status_code == 422
    assert supervisor.post(f"{here}/dates", data=date).status_code == 303
    [told] = db.session.scalars(select(NextDate)).all()
    assert supervisor.post(f"{here}/dates/{told.public_id}/postponement", data={"at": in_days(5)}).status_code == 303
    assert supervisor.post(f"{here}/dates/{told.public_id}/keeping").status_code == 422
    page = supervisor.get(here).text
    for words in ("陈社工", "上门探访", "第一次探访", "0 / 1800"):
        assert words in page
    assert supervisor.post(f"{here}/members/removal", data=member).status_code == 303
    [row] = db.session.scalars(select(TeamMember).where(TeamMember.part == TeamPart.WORKER)).all()
    assert row.until is not None
    for nobody in (cast.worker, cast.clerk, cast.finance):
        assert client_for(nobody).post(f"{here}/dates", data=date).status_code == 403


def test_the_supervisor_says_that_a_need_is_settled_and_shows_it(db: Any, cast: Cast, client_for: Any) -> None:
    project, clerk = running(cast), actor_of(cast.clerk)
    ours, foreign = (builders.accepted(cast.community, clerk) for _ in range(2))
    project.link(ours, "上门", now() + timedelta(days=2), by=clerk)
    supervisor, here = client_for(cast.supervisor), f"/projects/{project.public_id}"
    form = {"need": ours.public_id, "text": ""}
    assert supervisor.post(f"{here}/resolutions", data={**form, "need": foreign.public_id}).status_code == 404
    assert supervisor.post(f"{here}/resolutions", data=form).status_code == 422
    done = {**form, "text": "扶手装好了，老人自己试过。", "key": str(uuid.uuid4())}
    for _ in range(2):
        assert supervisor.post(f"{here}/resolutions", data=done).status_code == 303
    assert (ours.state, ours.answer_text) == (NeedState.RESOLVED, done["text"])
    assert "resolutions" not in supervisor.get(here).text
    assert client_for(cast.worker).post(f"{here}/resolutions", data=done).status_code == 403


def test_a_clerk_joins_a_need_to_a_suggested_project(db: Any, cast: Cast, client_for: Any) -> None:
    project = running(cast)
    need = builders.accepted(cast.community, actor_of(cast.clerk), text="我妈一个人住，周末吃饭难")
    clerk = client_for(cast.clerk)
    fragment = clerk.get(f"/needs/{need.public_id}/project-suggestions", headers={"HX-Request": "true"})
    assert project.title in clerk.get(f"/needs/{need.public_id}/project-suggestions", follow_redirects=True).text
    assert project.title in fragment.text
    assert 'id="_suggestions"' in fragment.text
    form = {"need": need.public_id, "next_step": "社工上门", "next_on": (today() + timedelta(days=2)).isoformat()}
    here = f"/projects/{project.public_id}/needs"
    assert clerk.post(here, data={**form, "next_on": ""}).status_code == 422
    elsewhere = builders.accepted(cast.other_community, actor_of(cast.other_clerk))
    assert clerk.post(here, data={**form, "need": elsewhere.public_id}).status_code == 404
    assert clerk.post(here, data=form).status_code == 303
    assert Need.get(need.id).state == NeedState.PLANNED
    again = clerk.post(here, data=form)
    assert again.status_code == 422
    assert client_for(cast.other_clerk).get(f"/needs/{need.public_id}/project-suggestions").status_code == 404
    assert client_for(cast.worker).get(f"/needs/{need.public_id}/project-suggestions").status_code == 403


def test_the_desk_offers_no_project_to_a_petition_and_the_counter_refuses_it(
    db: Any, cast: Cast, client_for: Any
) -> None:
    project, by = running(cast), actor_of(cast.clerk)
    words = "我妈一个人住，周末吃饭难"
    plain, petition = (builders.accepted(cast.community, by, text=words, kind=kind) for kind in (None, Kind.PETITION))
    clerk = client_for(cast.clerk)
    assert "project-suggestions" in clerk.get(f"/desk/needs/{plain.public_id}").text
    assert "project-suggestions" not in clerk.get(f"/desk/needs/{petition.public_id}").text
    page = clerk.get(f"/needs/{petition.public_id}/projects").text
    assert "这是信访事项，须陪同转交信访部门" in page and project.title not in page and "/packages/new?need" not in page
    form = {"need": petition.public_id, "next_step": "社工上门", "next_on": (today() + timedelta(days=2)).isoformat()}
    answer = clerk.post(f"/projects/{project.public_id}/needs", data=form)
    assert answer.status_code == 422 and "不进需求包，也不进项目" in answer.text


def test_a_project_from_before_says_that_it_came_first(db: Any, cast: Cast, client_for: Any) -> None:
    project = running(cast)
    project.link(builders.accepted(cast.community, actor_of(cast.clerk)), "上门", now() + timedelta(days=2),
                 by=actor_of(cast.clerk))  # fmt: skip
    page = client_for(cast.clerk).get(f"/projects/{project.public_id}").text
    assert "本项目先于需求立项" in page
    assert "其中 1 件是后来加入的" in page


def test_the_list_pages_in_few_queries_and_filters(db: Any, cast: Cast, client_for: Any, count_queries: Any) -> None:
    for n in range(PAGE + 2):
        running(cast, title=f"第{n}个")
    visitor = client_for(cast.street_officer)
    with count_queries() as queries:
        page = visitor.get("/projects")
    assert len(queries) <= 5
    older = page.text.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    rest = visitor.get(older).text
    assert "第0个" in rest
    assert f"第{PAGE + 1}个" not in rest
    assert "第0个" not in visitor.get("/projects?field=HEALTH").text
    assert visitor.get("/projects?before=x&field=x&state=x").status_code == 200
    assert "第1个" not in client_for(cast.other_worker).get("/projects").text
    assert client_for(cast.resident).get("/projects").status_code == 403


def test_a_project_page_is_read_in_a_bounded_number_of_queries(
    db: Any, cast: Cast, client_for: Any, count_queries: Any
) -> None:
    few, many = running(cast), running(cast)
    for project, n in ((few, 1), (many, 8)):
        for _ in range(n):
            need = builders.accepted(cast.community, actor_of(cast.clerk))
            project.link(need, "上门", now() + timedelta(days=2), by=actor_of(cast.clerk))
    clerk, counts = client_for(cast.clerk), []
    clerk.get("/projects")
    for project in (few, many):
        with count_queries() as queries:
            clerk.get(f"/projects/{project.public_id}")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_story_tells_the_latest_deeds_however_many_there_are(db: Any, cast: Cast, client_for: Any) -> None:
    project = running(cast)
    for _ in range(205):
        record("project.tell_date", by=actor_of(cast.supervisor), about=[project])
    record("rating_release.release_all", by=JOB, about=[project])
    page = client_for(cast.worker).get(f"/projects/{project.public_id}").text
    assert "发布了本周评价数字" in page and "系统定时" in page and "JOB" not in page
