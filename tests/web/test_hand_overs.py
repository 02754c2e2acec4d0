"""The counter where open work changes hands."""

from __future__ import annotations

from typing import Any

from models.accounts import actor_of
from tests import builders
from tests.cast import Cast


def test_a_head_hands_a_clerks_work_to_a_colleague(client_for: Any, cast: Cast, db: Any) -> None:
    need = builders.accepted(cast.community, actor_of(cast.clerk))
    need.first_handler_id = cast.clerk.id
    head = client_for(cast.head)
    page = head.get(f"/hand-overs/new?from={cast.clerk.public_id}")
    assert need.ticket_no in page.text
    form = {"key": f"0000-{builders.number():08d}", "giver": cast.clerk.public_id, "taker": cast.head.public_id}
    assert head.post("/hand-overs", data=form).status_code == 422
    assert head.post("/hand-overs", data={**form, "reason": "休假到周五"}).status_code == 303
    assert need.first_handler_id == cast.head.id
    assert "交接给了周志强" in client_for(cast.clerk).get("/me").text
    assert head.get(f"/hand-overs/new?from={cast.worker.public_id}").status_code == 404
    assert client_for(cast.resident).get("/hand-overs/new").status_code == 403
    assert client_for(cast.worker).get("/hand-overs/new").status_code == 200
