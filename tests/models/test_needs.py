"""A need is raised, accepted and answered; whoever may not see it does not find it."""

from __future__ import annotations

from typing import Any

import pytest

from models.accounts import Permission, actor_of
from models.base import NotFound, Refused
from models.needs import AnswerKind, Field, Need, Urgency, suggestions
from models.states import NeedState
from tests import builders
from tests.cast import Cast


def test_a_need_gets_a_number_of_its_community_and_month(db: Any, cast: Cast) -> None:
    first, second = builders.need(cast.community), builders.need(cast.community)
    code, _, running = first.ticket_no.rpartition("-")
    assert code.startswith(cast.community.code + "-")
    assert second.ticket_no == f"{code}-{int(running) + 1:04d}"


def test_an_empty_need_is_refused(db: Any, cast: Cast) -> None:
    with pytest.raises(Refused, match="text_needed"):
        builders.need(cast.community, "  \n ")


def test_a_clerk_accepts_and_answers_and_the_answer_clock_stops(db: Any, cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    need = builders.need(cast.community)
    need.accept(Field.ELDERLY_DISABLED, Urgency.BASIC_LIFE, by=clerk)
    assert need.state == NeedState.ACCEPTED and need.answer_due_at is not None and need.answered_at is None
    need.answer("食堂下周六起恢复供餐。", AnswerKind.DONE, by=clerk)
    assert need.state == NeedState.RESOLVED and need.answered_at is not None


def test_only_those_in_reach_find_a_need(db: Any, cast: Cast) -> None:
    need = builders.need(cast.community, author=cast.neighbor, courtyard=cast.courtyard)
    for reader in (cast.clerk, cast.head, cast.street_officer, cast.grid_worker):
        assert Need.find(need.public_id, Need.visible_to(actor_of(reader), Permission.READ_NEEDS)) is need
    for stranger in (cast.other_clerk, cast.other_head, cast.worker, cast.resident):
        with pytest.raises(NotFound):
            Need.find(need.public_id, Need.visible_to(actor_of(stranger), Permission.READ_NEEDS))
    assert Need.find(need.public_id, Need.visible_to(actor_of(cast.resident), Permission.OWN)) is need


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("煤气漏了，味道很大", Urgency.EMERGENCY), ("楼道里闻到煤气味", Urgency.EMERGENCY), ("天然气有点漏", Urgency.EMERGENCY),
        ("煤气罐太重提不动", Urgency.GENERAL), ("楼道漏水", Urgency.GENERAL),
    ],
)  # fmt: skip
def test_gas_that_leaks_is_an_emergency_however_it_is_said(text: str, urgency: Urgency) -> None:
    assert suggestions.urgency_of(text) == urgency
