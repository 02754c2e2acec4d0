"""The page of hints: read by supervisors and auditors, commented on, decided by the committee alone."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from tests import builders, serving
from tests.cast import Cast
from tests.models.test_hints import WHY, long_day


def test_a_hint_is_commented_on_decided_and_read(client_for: Any, cast: Cast, db: Any, clock: Any) -> None:
    clock.read = lambda: serving.MORNING + timedelta(days=1)
    long_day(cast)
    db.session.commit()
    supervisor, head, auditor = client_for(cast.supervisor), client_for(cast.head), client_for(cast.auditor)
    page = supervisor.get("/hints").text
    assert "724 分钟" in page and "/hint-decisions" not in page
    mark = re.search(r'name="mark" value="([^"]+)"', page)[1]  # type: ignore[index]

    def sent(**more: str) -> dict[str, str]:
        return {"key": f"0000-{builders.number():08d}", "mark": mark, **more}

    assert supervisor.post("/hint-comments", data=sent(text="两人轮换")).status_code == 303
    assert supervisor.post("/hint-decisions", data=sent(verdict="DISMISSED", reason=WHY)).status_code == 403
    assert (
        client_for(cast.other_head).post("/hint-decisions", data=sent(verdict="DISMISSED", reason=WHY)).status_code
        == 404
    )
    assert head.post("/hint-decisions", data=sent(verdict="MAYBE", reason=WHY)).status_code == 422
    assert head.post("/hint-decisions", data=sent(verdict="CONFIRMED", reason="短")).status_code == 422
    assert head.post("/hint-decisions", data=sent(verdict="CONFIRMED", reason=WHY)).status_code == 303
    told = auditor.get("/hints").text
    assert WHY in told
    assert "情况属实" in told and "两人轮换" in told
    assert "/hint-comments" not in told


def test_a_month_written_down_at_its_end_is_drawn_as_columns_with_their_numbers(
    client_for: Any, cast: Cast, db: Any, clock: Any
) -> None:
    of = serving.project(cast)
    clock.read = lambda: serving.MORNING + timedelta(days=18)
    for day in range(6):
        serving.log(of, cast.worker, cast.neighbor, started_at=serving.MORNING + timedelta(days=6 + day), minutes=50)
    db.session.commit()
    page = client_for(cast.supervisor).get("/hints").text
    assert "2026年11月的 6 条记录中有 6 条" in page
    assert page.count("<rect") >= 10 and '<td class="num">6</td>' in page
