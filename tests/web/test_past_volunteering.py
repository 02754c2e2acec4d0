"""What volunteers did before is read where figures are read, and nowhere else."""

from __future__ import annotations

from typing import Any

from models.past_volunteering import HoursTold, PastActivity
from tests.cast import Cast
from tests.models.test_ledgers import drop


def test_months_and_activities_are_shown_as_told(client_for: Any, cast: Cast, db: Any) -> None:
    clerk = client_for(cast.clerk)
    assert "还没有" in clerk.get("/past-volunteering").text
    ledger = drop("姓名\n张三\n".encode(), cast, "a.csv")
    PastActivity(
        community_id=cast.community.id, ledger_id=ledger.id, mark="0" * 64, year=2024, month=4, title="陪伴游戏",
        volunteers=5, minutes=180, told=HoursTold.UNCLEAR,
    ).save()  # fmt: skip
    shown = clerk.get("/past-volunteering").text
    assert "陪伴游戏" in shown and "2024-04" in shown and "说不清" in shown
    assert "陪伴游戏" not in client_for(cast.other_clerk).get("/past-volunteering").text
    assert client_for(cast.resident).get("/past-volunteering").status_code == 403
