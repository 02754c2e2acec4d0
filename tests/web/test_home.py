"""The first page of each role: it opens for everybody who works here and leads to the one thing to do."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from models.accounts import actor_of
from models.homes import Task
from models.notices import Notice
from models.permissions import STAFF
from tests import builders
from tests.cast import Cast
from tests.visiting import Visitor
from web.blueprints.home import PLACES
from web.sentences import homes as words

PARTS = [
    "clerk", "head", "grid_worker", "street_officer", "finance", "district_officer", "manager", "worker", "supervisor",
    "supporter", "evaluator", "expert", "auditor", "administrator", "two_hats",
]  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_everybody_who_works_here_is_greeted_with_their_work(
    cast: Cast, client_for: Callable[..., Visitor], part: str
) -> None:
    page = client_for(getattr(cast, part)).get("/")
    assert page.status_code == 200 and "今天要办" in page.text
    assert not re.search(r"[A-Z]{3,}_[A-Z]+", re.sub(r"<[^>]*>", "", page.text))


def test_every_task_has_a_place_an_action_and_every_role_a_kind_word() -> None:
    assert set(PLACES) == set(Task)
    assert set(words.ACTIONS) == set(words.LABELS["Task"]) == {one.value for one in Task}
    assert set(words.EMPTY) == {role.value for role in STAFF}


def test_the_first_line_leads_to_the_need_that_waits(cast: Cast, client_for: Callable[..., Visitor]) -> None:
    need = builders.need(cast.community, "活动室晚上八点就关门")
    clerk = client_for(cast.clerk)
    page = clerk.get("/").text
    assert f'href="/desk/needs/{need.public_id}"' in page
    assert clerk.get(f"/desk/needs/{need.public_id}").status_code == 200


def test_a_draft_leads_the_head_to_the_notice(cast: Cast, client_for: Callable[..., Visitor]) -> None:
    one = Notice.write(cast.community, "停水", "周三停水。", by=actor_of(cast.clerk))
    assert f'href="/notice-desk/{one.public_id}"' in client_for(cast.head).get("/").text


def test_a_resident_keeps_the_residents_home(cast: Cast, client_for: Callable[..., Visitor]) -> None:
    assert "今天要办" not in client_for(cast.resident).get("/").text
