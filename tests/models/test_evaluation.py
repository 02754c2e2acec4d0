"""What the neighbors said and what the evaluator found become one figure that anybody can work out again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models.accounts import STRANGER, actor_of
from models.attendance import Attendance
from models.base import Refused, today
from models.evaluation import (
    USUAL_SCHEME,
    USUAL_WEIGHTS,
    BaseScore,
    EvaluationScheme,
    Eyes,
    Indicator,
    SchemeState,
    Status,
    evaluation_of,
    evaluations,
    explain,
    half_up,
    satisfaction,
    scheme_for,
    scheme_lines,
)
from models.events import JOB
from models.projects import Project
from models.ratings import Mattered, RatingRelease, Voices, contract_year, live
from models.ratings.invitations import INVITED
from models.tellings import Telling, tell
from tests import builders, serving, voices
from tests.cast import Cast

EVIDENCE = dict.fromkeys(Indicator, "抽查了十二份服务记录，全部有签到")
TENTHS = {Indicator.OPERATION: 900, Indicator.ACHIEVEMENT: 880, Indicator.ORGANIZATION: 850, Indicator.BUDGET: 880}
POINTS = USUAL_SCHEME.points


def scored(cast: Cast, of: Project) -> BaseScore:
    """Return base scores that come to 88."""
    return BaseScore.give(of, contract_year(of)[0], TENTHS, EVIDENCE, by=actor_of(cast.evaluator))


def test_the_four_indicators_come_to_a_base_of_88(db: Any, cast: Cast) -> None:
    weights = {one.value: weight for one, weight in USUAL_WEIGHTS.items()}
    assert scored(cast, serving.project(cast)).base(weights) == 88


def test_the_total_is_worked_out_from_the_database_as_by_hand(db: Any, cast: Cast, count_queries: Any) -> None:
    of = voices.rated(cast, [5, 5, 5, 4, 4, 2, 1, 3], silent=12)
    scored(cast, of)
    found = evaluation_of(of, actor_of(cast.clerk))
    assert (found.n, found.served, found.base, found.eyes) == (8, 20, Decimal("88.00"), Eyes.LIVE)
    mean = Fraction(300 + 170 + 30 + 0 + 60, 8)
    by_hand = explain(8, 20, mean, 88)
    assert found.explanation == by_hand and found.total == half_up(by_hand.total or 0)
    assert found.status == Status.PROVISIONAL and found.explanation is not None
    assert [term.symbol for term in found.explanation.lines()] == ["k", "n*", "Z", "S*", "w", "T"]
    with count_queries() as queries:
        satisfaction(of)
    assert len(queries) == 2  # The voices are one aggregate; what mattered is another.
    assert found.what_if[0].total >= found.total >= found.what_if[-1].total


def test_below_five_raters_only_the_auditor_sees_more_than_counts(db: Any, cast: Cast) -> None:
    of = voices.rated(cast, [5, 1, 1, 4], silent=20, mattered=Mattered.SKILL, comment="师傅很细心")
    scored(cast, of)
    for reader in (cast.clerk, cast.head, cast.street_officer, cast.district_officer, cast.worker, cast.evaluator):
        found = evaluation_of(of, actor_of(reader))
        assert found.private and found.explanation is None and found.total is None and found.grade is None
        assert (found.mattered, found.what_if, found.words, found.base) == ((), (), (), Decimal("88.00"))
    whole = evaluation_of(of, actor_of(cast.auditor))
    assert whole.eyes == Eyes.ALL and whole.explanation is not None and whole.total is not None


def test_the_provider_and_the_public_read_last_mondays_figures(db: Any, cast: Cast) -> None:
    of = voices.rated(cast, [5] * 6, silent=4)
    scored(cast, of)
    for reader in (actor_of(cast.worker), actor_of(cast.manager), actor_of(cast.other_clerk), STRANGER):
        early = evaluation_of(of, reader)
        assert (early.n, early.served, early.released_on, early.explanation) == (0, 10, None, None)
    RatingRelease.release_all(by=JOB)
    before = evaluation_of(of, STRANGER)
    voices.rated(cast, [1, 1], of=of)
    assert evaluation_of(of, STRANGER) == before and before.n == 6 and before.total is not None
    assert evaluation_of(of, actor_of(cast.head)).n == 8


def test_thin_evidence_is_never_published_as_a_score(db: Any, cast: Cast) -> None:
    of = voices.rated(cast, [5] * 6, silent=60)
    scored(cast, of)
    RatingRelease.release_all(by=JOB)
    for reader in (STRANGER, actor_of(cast.worker), actor_of(cast.evaluator)):
        page = evaluation_of(of, reader)
        assert page.status == Status.INSUFFICIENT and page.explanation is not None
        assert (page.total, page.grade, page.what_if, page.explanation.lines()[-1].shown) == (None, None, (), "—")
    assert evaluation_of(of, actor_of(cast.head)).total is not None


def test_too_many_out_of_reach_keep_the_status_until_the_committee_has_looked_again(db: Any, cast: Cast) -> None:
    of = voices.rated(cast, [5] * 16, silent=4)
    scored(cast, of)
    head, clerk = actor_of(cast.head), actor_of(cast.clerk)
    assert evaluation_of(of, head).status == Status.TARGET_MET
    silent = list(db.session.scalars(select(Attendance.person_id).order_by(Attendance.id)))[-4:]
    tell(of, INVITED, people=silent, community_id=of.community_id, followers=False, title=of.title)
    db.session.flush()
    lines = list(db.session.scalars(select(Telling).where(Telling.person_id.in_(silent)).order_by(Telling.id)))
    with pytest.raises(Refused, match="call_more_often"):
        lines[0].tick("GIVEN_UP", by=clerk)
    for line in lines[:3]:
        for _ in range(3):
            line.tick("NO_ANSWER", by=clerk)
    assert evaluation_of(of, head).status == Status.TARGET_MET, "3 of 20 are 15 %, not more"
    lines[3].tick("WRONG_NUMBER", by=clerk)
    page = evaluation_of(of, STRANGER)
    assert evaluation_of(of, head).status == page.status == Status.INSUFFICIENT
    assert page.explanation is None or page.total is None
    found = evaluation_of(of, head).explanation
    assert found is not None and found.unreachable == 4 and found.next_step.recheck
    lines[0].tick("GIVEN_UP", by=clerk)
    assert evaluation_of(of, head).status == Status.TARGET_MET


def test_whoever_wears_two_hats_reads_as_the_provider(db: Any, cast: Cast) -> None:
    of = voices.rated(cast, [5] * 6)
    from models.permissions import Role

    cast.worker.grant(Role.CLERK, by=JOB, place=cast.community)
    assert evaluation_of(of, actor_of(cast.worker)).eyes == Eyes.WEEKLY


def test_fewer_than_five_served_are_not_put_into_a_figure(db: Any, cast: Cast) -> None:
    of = voices.rated(cast, [5, 5, 5, 5])
    scored(cast, of)
    found = evaluation_of(of, actor_of(cast.auditor))
    assert found.status == Status.NOT_EVALUABLE and found.total is None


def test_without_base_scores_the_voices_are_shown_and_no_total(db: Any, cast: Cast) -> None:
    found = evaluation_of(voices.rated(cast, [5] * 6), actor_of(cast.clerk))
    assert found.base is None and found.total is None and found.explanation is not None
    assert found.explanation.satisfaction > 60 and found.indicators == ()


def test_a_best_rating_never_lowers_and_a_worst_never_raises_the_total_of_the_database(db: Any, cast: Cast) -> None:
    of, people = serving.project(cast), serving.people(cast, 14)
    scored(cast, of)
    log = serving.approved(cast, of, *people)
    levels = [3, 5, 1, 5, 5, 1, 4, 1, 1, 5, 2, 1, 5, 1]
    totals: list[float] = []
    for person, level in zip(people, levels, strict=True):
        found = evaluation_of(of, actor_of(cast.auditor)).explanation
        assert found is not None and found.total is not None
        totals.append(found.total)
        voices.rate(log, person, level)
        after = evaluation_of(of, actor_of(cast.auditor)).explanation
        assert after is not None and after.total is not None
        if level == 5:
            assert after.total >= found.total
        if level == 1:
            assert after.total <= found.total
    assert len(set(totals)) > 8


@given(
    st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=3), max_size=12),
    st.integers(0, 30),
    st.integers(0, 100),
)
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
def test_one_more_voice_of_the_best_or_worst_kind_keeps_the_promise(
    people: list[list[int]], silent: int, base: int
) -> None:
    def total(said: list[list[int]], quiet: int) -> float:
        rows = [(*(one.count(level) for level in (5, 4, 3, 2, 1)), 1) for one in said]
        found = Voices((*rows, (0, 0, 0, 0, 0, quiet)))
        worked = explain(
            found.n, found.served, found.mean(POINTS), base, scheme=replace(USUAL_SCHEME, evaluable_from=1)
        )
        assert worked.total is not None
        return worked.total

    before = total(people, silent + 1)
    assert total([*people, [5]], silent) >= before >= total([*people, [1]], silent)


def test_what_mattered_proposes_the_next_weights_and_changes_nothing_now(db: Any, cast: Cast) -> None:
    of = voices.rated(cast, [5] * 6, silent=6)
    scored(cast, of)
    before = evaluation_of(of, actor_of(cast.clerk)).total
    project = voices.rated(cast, [5] * 6, silent=6, mattered=Mattered.TIMELY)
    scored(cast, project)
    found = evaluation_of(project, actor_of(cast.clerk))
    assert found.total == before
    assert found.mattered[0] == ("TIMELY", 6, Decimal(100))
    assert dict(found.next_weights)["TIMELY"] == Decimal("34.8")


def test_an_evaluator_of_the_provider_or_the_purchaser_may_not_score(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    for who in (cast.manager, cast.worker, cast.head, cast.clerk, cast.street_officer, cast.finance):
        with pytest.raises(Refused, match="evaluator_conflict"):
            BaseScore.give(of, contract_year(of)[0], TENTHS, EVIDENCE, by=actor_of(who))


@pytest.mark.parametrize(
    ("tenths", "evidence", "key"),
    [
        ({**TENTHS, Indicator.BUDGET: 1001}, EVIDENCE, "score_out_of_range"),
        ({Indicator.BUDGET: 10}, EVIDENCE, "score_out_of_range"),
        (TENTHS, {**EVIDENCE, Indicator.BUDGET: "  好  "}, "evidence_needed"),
    ],
)
def test_a_score_needs_its_range_and_its_evidence(db: Any, cast: Cast, tenths: Any, evidence: Any, key: str) -> None:
    of = serving.project(cast)
    with pytest.raises(Refused, match=key):
        BaseScore.give(of, contract_year(of)[0], tenths, evidence, by=actor_of(cast.evaluator))


def test_the_latest_scores_of_a_year_stand(db: Any, cast: Cast) -> None:
    of = voices.rated(cast, [5] * 6)
    scored(cast, of)
    BaseScore.give(of, contract_year(of)[0], dict.fromkeys(Indicator, 500), EVIDENCE, by=actor_of(cast.evaluator))
    assert evaluation_of(of, actor_of(cast.clerk)).base == Decimal("50.00")


def test_a_published_scheme_rules_the_years_that_begin_after_it_and_never_changes(db: Any, cast: Cast) -> None:
    by, district = actor_of(cast.district_officer), cast.district
    scheme = replace(USUAL_SCHEME, w_min=0.25, w_max=0.5)
    one = EvaluationScheme.draft(district, scheme, USUAL_WEIGHTS, today() + timedelta(days=30), by=by)
    assert scheme_for(district.id, today() + timedelta(days=40)) is None
    one.revise(replace(scheme, excellent=90), USUAL_WEIGHTS, today() + timedelta(days=31), by=by)
    one.publish(by=by)
    assert scheme_for(district.id, today() + timedelta(days=40)) is one
    assert scheme_for(district.id, today()) is None
    assert one.scheme == replace(scheme, excellent=90)
    for change in (lambda: one.publish(by=by), lambda: one.revise(scheme, USUAL_WEIGHTS, today(), by=by)):
        with pytest.raises(Refused, match="scheme_published"):
            change()
    assert [line.state for line in scheme_lines()] == [SchemeState.PUBLISHED]
    db.session.flush()
    one.weights = {**one.weights, "BUDGET": 0}
    with pytest.raises(Refused, match="scheme_published"):
        db.session.flush()


def test_a_scheme_that_could_punish_a_best_rating_is_not_even_drafted(db: Any, cast: Cast) -> None:
    by = actor_of(cast.district_officer)
    when = today() + timedelta(days=30)
    with pytest.raises(Refused, match="scheme_unfair"):
        EvaluationScheme.draft(cast.district, replace(USUAL_SCHEME, w_max=0.41), USUAL_WEIGHTS, when, by=by)
    with pytest.raises(Refused, match="weights_total_100"):
        EvaluationScheme.draft(cast.district, USUAL_SCHEME, {**USUAL_WEIGHTS, Indicator.BUDGET: 21}, when, by=by)
    late = EvaluationScheme.draft(cast.district, USUAL_SCHEME, USUAL_WEIGHTS, today(), by=by)
    with pytest.raises(Refused, match="scheme_too_late"):
        late.publish(by=by)


def test_the_list_of_evaluations_is_one_query_within_reach(db: Any, cast: Cast, count_queries: Any) -> None:
    for _ in range(3):
        voices.rated(cast, [5, 5, 5])
    RatingRelease.release_all(by=JOB)
    clerk = actor_of(cast.clerk)
    with count_queries() as queries:
        found = evaluations(clerk)
    assert len(found) == 3 and {one.n for one in found} == {3} and len(queries) == 1
    assert evaluations(actor_of(cast.other_clerk)) == []


def test_a_contract_year_runs_from_its_first_day_for_twelve_months(db: Any, cast: Cast) -> None:
    of = builders.running(cast.community, cast.organization, actor_of(cast.clerk))
    first, end = contract_year(of)
    assert first == of.starts_on and (end - first).days in (365, 366)
    assert live(of, (first, end)).served == 0
