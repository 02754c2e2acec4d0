"""Every list asks the same few questions however long it is (law 14); lists with a test of their own are not repeated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from models.accounts import Role, actor_of
from models.answer_templates import AnswerTemplate, TemplateStep
from models.base import now, travel
from models.deadlines import Escalation
from models.directory import ResponsibleUnit
from models.need_imports import NeedImport
from tests import builders
from tests.cast import Cast

Adding = Callable[[Cast, int], Any]


def late(cast: Cast, n: int) -> None:
    """Leave a published need until everybody may know of it."""
    with travel(now() - timedelta(days=90)):
        need = builders.need(cast.community, f"路灯不亮{n}")
    need.escalated, need.public_title = Escalation.PUBLIC, f"路灯不亮{n}"


def receive(cast: Cast, n: int) -> NeedImport:
    """Take a file in."""
    data = f'{{"id": "{n}", "user": "A", "title": "路灯", "text": "路灯不亮{n}", "created_at": "2026-01-01 08:00:00"}}'
    return NeedImport.receive(cast.community, f"{n}.jsonl", data.encode(), by=actor_of(cast.clerk))


LISTS: dict[str, tuple[str, Adding]] = {
    "/people": ("clerk", lambda cast, n: builders.person(cast.community, f"周秀英{n}")),
    "/accounts": ("head", lambda cast, n: builders.account(f"小李{n}", role=Role.CLERK, place=cast.community)),
    "/organizations": ("street_officer", lambda cast, n: builders.organization()),
    "/audit": ("auditor", lambda cast, n: builders.need(cast.community, f"路灯不亮{n}")),
    "/directory": (
        "clerk",
        lambda cast, n: ResponsibleUnit.enter(cast.community, f"物业{n}", duties="电梯", by=actor_of(cast.clerk)),
    ),
    "/answer-templates": (
        "clerk",
        lambda cast, n: AnswerTemplate.write(
            cast.community, TemplateStep.REJECT, f"归城管{n}", "这件事归城管。", field=None, by=actor_of(cast.clerk)
        ),
    ),
    "/need-imports": ("clerk", receive),
    "/overdue": ("clerk", late),
}


@pytest.mark.parametrize("address", LISTS)
def test_a_list_costs_as_many_questions_for_five_as_for_one(
    db: Any, cast: Cast, client_for: Any, count_queries: Any, address: str
) -> None:
    who, add = LISTS[address]
    visitor = client_for(getattr(cast, who))
    asked = []
    for numbers in (range(1), range(1, 5)):
        for number in numbers:
            add(cast, number)
        db.session.flush()
        assert visitor.get(address).status_code == 200
        with count_queries() as queries:
            visitor.get(address)
        asked.append(list(queries))
    assert len(asked[0]) == len(asked[1]) <= 20, "\n".join(asked[1])
