"""An activity reported beforehand: noted, asked about or refused with a reason, announced only as it was reported."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from models import pre_reports
from models.accounts import actor_of
from models.activities import Activity
from models.base import NotFound, Refused, now
from models.permissions import Permission
from models.pre_reports import ActivityPreReport, Intent, Verdict
from models.states import PreReportState
from models.tellings import Telling
from tests import serving
from tests.cast import Cast


def intent(**more: Any) -> Intent:
    starts = now() + timedelta(days=7)
    values: dict[str, Any] = {
        "title": "重阳包饺子", "content": "三种馅。", "place": "东院凉亭", "starts_at": starts,
        "ends_at": starts + timedelta(hours=2), "in_charge": "陈社工", "safety": "用电磁炉，社工看着", "expected": 40,
        **more,
    }  # fmt: skip
    return Intent(**values)


def reported(cast: Cast, **more: Any) -> ActivityPreReport:
    return ActivityPreReport.report(serving.project(cast), intent(**more), by=actor_of(cast.worker))


def test_the_committee_asks_the_organization_answers_and_what_is_noted_is_announced_once(db: Any, cast: Cast) -> None:
    one, clerk, worker = reported(cast), actor_of(cast.clerk), actor_of(cast.worker)
    assert pre_reports.count_waiting(clerk) == 1
    with pytest.raises(Refused, match="not_from_here"):
        one.announce(by=worker)
    one.decide(Verdict.ASK, "下雨怎么办？", by=clerk)
    with pytest.raises(Refused, match="not_from_here"):
        one.decide(Verdict.NOTE, by=clerk)
    one.reply("改到活动室。", by=worker)
    one.decide(Verdict.NOTE, by=clerk)
    day = one.announce(by=worker)
    assert (day.title, day.capacity, day.organization_id) == ("重阳包饺子", 40, cast.organization.id)
    with pytest.raises(Refused, match="not_from_here"):
        one.announce(by=worker)
    assert db.session.query(Activity).count() == 1
    card = pre_reports.card_of(one)
    assert (card.question, card.answer, card.activity_public_id) == ("下雨怎么办？", "改到活动室。", day.public_id)
    told = [row.sentence for row in db.session.query(Telling).filter(Telling.account_id == cast.worker.id)]
    assert told == ["pre_report_asked", "pre_report_noted"]
    assert pre_reports.count_waiting(clerk) == 0


def test_a_refusal_has_a_reason_and_a_report_says_how_it_is_kept_safe(db: Any, cast: Cast) -> None:
    one, clerk = (
        reported(cast, starts_at=now() + timedelta(days=1), ends_at=now() + timedelta(days=1, hours=1)),
        actor_of(cast.clerk),
    )
    assert pre_reports.card_of(one).line.short_notice
    for verdict, key in ((Verdict.REFUSE, "reason_needed"), (Verdict.ASK, "question_needed")):
        with pytest.raises(Refused, match=key):
            one.decide(verdict, " ", by=clerk)
    one.decide(Verdict.REFUSE, "当天场地已有安排", by=clerk)
    assert one.state == PreReportState.REFUSED
    for wrong, key in (
        ({"safety": " "}, "safety_needed"), ({"title": ""}, "title_needed"),
        ({"starts_at": now() - timedelta(days=2), "ends_at": now() - timedelta(days=1, hours=23)}, "activity_in_the_past"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=key):
            reported(cast, **wrong)
    with pytest.raises(Refused, match="own_activities_need_no_report"):
        ActivityPreReport.report(serving.project(cast, organization=None), intent(), by=actor_of(cast.worker))


def test_only_the_organization_and_its_community_find_a_report(db: Any, cast: Cast) -> None:
    one = reported(cast)
    for reader in (cast.worker, cast.clerk, cast.head):
        assert pre_reports.lines(actor_of(reader), Permission.READ_PRE_REPORTS)[0][0].public_id == one.public_id
    for stranger in (cast.other_worker, cast.other_clerk):
        with pytest.raises(NotFound):
            ActivityPreReport.find(
                one.public_id, ActivityPreReport.visible_to(actor_of(stranger), Permission.READ_PRE_REPORTS)
            )
    with pytest.raises(NotFound):
        ActivityPreReport.find(
            one.public_id, ActivityPreReport.visible_to(actor_of(cast.worker), Permission.NOTE_PRE_REPORTS)
        )
