"""A score is unfolded to whoever may see it; the rules are a district's, the base scores an evaluator's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from models.accounts import actor_of
from models.base import today
from models.evaluation import BaseScore, evaluation_of
from models.events import JOB
from models.ratings import Mattered, RatingRelease, contract_year
from tests import serving, voices
from tests.cast import Cast
from tests.models.test_evaluation import EVIDENCE, TENTHS

SCORES = {
    f"{name}{end}": value
    for name, score in (("operation", "90"), ("achievement", "88"), ("organization", "85.0"), ("budget", "88"))
    for end, value in (("", score), ("_evidence", "抽查了十二份服务记录，全部有签到"))
}
RULES = {
    "w_min": "20", "w_max": "40", "pass_line": "60", "satisfied": "85", "mostly": "60", "dissatisfied": "30",
    "target_percent": "30", "excellent": "87", "good": "78", "passed": "60", "operation": "30", "achievement": "30",
    "organization": "20", "budget": "20", "attitude": "25", "skill": "25", "timely": "25", "effect": "25",
}  # fmt: skip


def scored(cast: Cast, levels: list[int], silent: int = 0, **more: Any) -> Any:
    """Return a project with ratings and base scores."""
    of = voices.rated(cast, levels, silent, **more)
    BaseScore.give(of, contract_year(of)[0], TENTHS, EVIDENCE, by=actor_of(cast.evaluator))
    return of


def test_the_page_unfolds_every_term_and_says_what_would_change_it(app: Any, client_for: Any, cast: Cast) -> None:
    of = scored(cast, [5, 5, 4, 4, 2, 1], silent=34, mattered=Mattered.TIMELY)
    page = client_for(cast.head).get(f"/projects/{of.public_id}/evaluation")
    found = evaluation_of(of, actor_of(cast.head))
    assert page.status_code == 200 and found.explanation is not None
    for term in found.explanation.lines():
        assert term.shown in page.text and term.symbol in page.text
    assert str(found.total) in page.text and "88.00" in page.text and "还差 6 份评价" in page.text
    assert "选“非常满意”，总分一定不会降" in page.text and "为什么" in page.text and "大家最看重" in page.text
    assert all(str(row.total) in page.text for row in found.what_if)


def test_few_raters_are_hidden_from_everybody_but_the_auditor(app: Any, client_for: Any, cast: Cast) -> None:
    of = scored(cast, [5, 1, 1, 5], silent=16, mattered=Mattered.SKILL)
    RatingRelease.release_all(by=JOB)
    whole = evaluation_of(of, actor_of(cast.auditor))
    assert whole.explanation is not None
    secrets = [whole.explanation.lines()[3].shown, whole.explanation.lines()[4].shown, str(whole.total), "大家最看重"]
    for name, account in {**cast.everybody(), "public": None}.items():
        text = client_for(account).get(f"/projects/{of.public_id}/evaluation").text
        if name == "auditor":
            assert all(secret in text for secret in secrets)
        else:
            assert not [secret for secret in secrets if secret in text], name
            assert "评价的人太少，暂不显示" in text


def test_the_public_page_moves_on_mondays_only(app: Any, client_for: Any, cast: Cast) -> None:
    of = scored(cast, [5] * 6, silent=4)
    path = f"/projects/{of.public_id}/evaluation"
    assert "现在还没有" in client_for().get(path).text
    RatingRelease.release_all(by=JOB)

    def shown(account: Any = None) -> str:
        return str(client_for(account).get(path).text.partition("<main")[2].partition("</main>")[0])

    before = shown()
    voices.rated(cast, [1, 1, 1], of=of)
    assert shown() == before and shown(cast.street_officer) != before


def test_the_section_that_listens_is_a_fragment_and_leads_home_when_opened(
    app: Any, client_for: Any, cast: Cast
) -> None:
    of = scored(cast, [5] * 6)
    path = f"/projects/{of.public_id}/satisfaction"
    fragment = client_for(cast.head).get(path, headers={"HX-Request": "true"})
    assert fragment.status_code == 200 and 'id="_satisfaction"' in fragment.text and "<html" not in fragment.text
    assert 'hx-trigger="rated from:body"' in fragment.text
    opened = client_for().get(path)
    assert opened.status_code == 303 and opened.location.endswith("/evaluation#_satisfaction")
    assert client_for().get("/projects/0000000000/evaluation").status_code == 404


def test_a_page_without_base_scores_or_people_is_kind(app: Any, client_for: Any, cast: Cast) -> None:
    bare = voices.rated(cast, [5] * 6)
    assert "其他指标还没有打分" in client_for(cast.head).get(f"/projects/{bare.public_id}/evaluation").text
    empty = serving.project(cast)
    for account in (cast.head, cast.auditor, None):
        assert client_for(account).get(f"/projects/{empty.public_id}/evaluation").status_code == 200


def test_an_evaluator_scores_with_evidence(app: Any, client_for: Any, cast: Cast) -> None:
    of = voices.rated(cast, [5] * 6)
    path = f"/projects/{of.public_id}/base-scores"
    evaluator = client_for(cast.evaluator)
    assert evaluator.get(path).status_code == 200
    assert evaluator.post(path, data=SCORES).location == f"/projects/{of.public_id}/evaluation"
    assert "88.00" in client_for(cast.head).get(f"/projects/{of.public_id}/evaluation").text
    assert "抽查了十二份" in evaluator.get(path).text
    for nobody in (cast.head, cast.worker, cast.street_officer, cast.auditor, cast.resident):
        assert client_for(nobody).get(path).status_code == 403
        assert client_for(nobody).post(path, data=SCORES).status_code == 403


@pytest.mark.parametrize("absurd", ["101", "-1", "８８", "1e2", "NaN", "88.55", "", "1_0", "<b>"])
def test_an_absurd_score_is_said_kindly(app: Any, client_for: Any, cast: Cast, absurd: str) -> None:
    of = voices.rated(cast, [5])
    path = f"/projects/{of.public_id}/base-scores"
    answer = client_for(cast.evaluator).post(path, data={**SCORES, "budget": absurd})
    assert answer.status_code == 422 and "抽查了十二份" in answer.text


def test_an_evaluator_who_also_works_for_the_provider_is_refused(app: Any, client_for: Any, cast: Cast) -> None:
    from models.permissions import Role

    cast.evaluator.grant(Role.SOCIAL_WORKER, by=JOB, organization=cast.organization)
    of = voices.rated(cast, [5])
    assert client_for(cast.evaluator).post(f"/projects/{of.public_id}/base-scores", data=SCORES).status_code == 422


def test_a_district_drafts_and_publishes_rules_that_then_stand(app: Any, client_for: Any, cast: Cast) -> None:
    officer = client_for(cast.district_officer)
    first = {"applies_from": (today() + timedelta(days=40)).isoformat()}
    assert officer.get("/evaluation/schemes/new").status_code == 200
    unfair = officer.post("/evaluation/schemes", data={**RULES, **first, "w_max": "41"})
    assert unfair.status_code == 422 and "两倍" in unfair.text
    path = officer.post("/evaluation/schemes", data={**RULES, **first}).location
    assert officer.get(path).status_code == 200 and officer.get("/evaluation/schemes").status_code == 200
    assert "草案" not in client_for().get("/evaluation/schemes").text
    assert officer.post(path, data={**RULES, **first, "good": "79"}).status_code == 303
    assert officer.post(f"{path}/publication").status_code == 303
    assert officer.post(path, data={**RULES, **first}).status_code == 422
    assert officer.post(f"{path}/publication").status_code == 422
    assert "已公布" in client_for().get("/evaluation/schemes").text and "79" in officer.get(path).text
    for nobody in (cast.head, cast.street_officer, cast.evaluator, cast.auditor):
        assert client_for(nobody).get(path).status_code == 403
        assert client_for(nobody).post(f"{path}/publication").status_code == 403


def test_the_next_version_is_proposed_what_the_district_cares_about(app: Any, client_for: Any, cast: Cast) -> None:
    officer = client_for(cast.district_officer)
    assert "四项先按同样权重" in officer.get("/evaluation/schemes/new").text
    voices.rated(cast, [5] * 6, mattered=Mattered.TIMELY)
    voices.rated(cast, [5] * 4, mattered=Mattered.SKILL)
    RatingRelease.release_all(by=JOB)
    page = officer.get("/evaluation/schemes/new").text
    # (10 + 6) of (40 + 6), in whole percents that total 100; four raters are too few to be told of.
    assert [f'value="{weight}"' in page for weight in (35, 22, 21)] == [True, True, True] and "1 个项目" in page
    sent = {**RULES, "applies_from": (today() + timedelta(days=9)).isoformat(), "timely": "34", "effect": "16"}
    path = officer.post("/evaluation/schemes", data=sent).location
    assert 'value="34"' in officer.get(path).text
    of = serving.project(cast)
    assert "及时 25%" in client_for(cast.evaluator).get(f"/projects/{of.public_id}/base-scores").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"applies_from": "明天"},
        {"w_min": "x"},
        {"budget": "21"},
        {"good": "95"},
        {"satisfied": "59"},
        {"w_min": "0"},
        {"skill": "26"},
    ],
)
def test_absurd_rules_are_refused_with_their_reason(
    app: Any, client_for: Any, cast: Cast, wrong: dict[str, str]
) -> None:
    data = {**RULES, "applies_from": (today() + timedelta(days=9)).isoformat(), **wrong}
    assert client_for(cast.district_officer).post("/evaluation/schemes", data=data).status_code == 422


def test_the_list_of_evaluations_asks_the_same_however_long_it_is(
    app: Any, client_for: Any, cast: Cast, count_queries: Any
) -> None:
    counts, officer = [], client_for(cast.street_officer)
    for _ in range(2):
        scored(cast, [5, 5, 5])
        with count_queries() as queries:
            assert officer.get("/evaluation").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert client_for(cast.resident).get("/evaluation").status_code == 403
