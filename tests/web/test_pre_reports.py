"""Activities reported beforehand at the counter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from models.base import now
from models.pre_reports import ActivityPreReport
from tests import serving
from tests.cast import Cast
from tests.web.test_service_log import key
from web.forms.moments import local


def test_from_the_report_to_the_calendar(client_for: Callable[..., Any], cast: Cast) -> None:
    of = serving.project(cast)
    worker, clerk = client_for(cast.worker), client_for(cast.clerk)
    starts = now() + timedelta(days=6)
    typed = {
        "key": key(), "project": of.public_id, "title": "重阳包饺子", "content": "三种馅。", "place": "东院凉亭",
        "starts": local(starts), "ends": local(starts + timedelta(hours=2)), "safety": "社工看着", "in_charge": "陈社工",
    }  # fmt: skip
    assert worker.post("/pre-reports", data={**typed, "safety": ""}).status_code == 422
    here = worker.post("/pre-reports", data={**typed, "key": key()}).location
    assert "有 1 个活动预报告等社区回话" in clerk.get("/").text
    assert "重阳包饺子" in clerk.get("/pre-reports").text
    assert clerk.post(f"{here}/decision", data={"key": key(), "verdict": "ASK", "words": ""}).status_code == 422
    assert clerk.post(f"{here}/decision", data={"key": key(), "verdict": "ASK", "words": "下雨呢？"}).status_code == 303
    assert "下雨呢？" in worker.get(here).text
    assert worker.post(f"{here}/answer", data={"key": key(), "words": "进活动室。"}).status_code == 303
    assert worker.post(f"{here}/announcement", data={"key": key()}).status_code == 422
    assert clerk.post(f"{here}/decision", data={"key": key(), "verdict": "NOTE", "words": ""}).status_code == 303
    activity = worker.post(f"{here}/announcement", data={"key": key()}).location
    assert "重阳包饺子" in client_for().get(activity).text
    assert worker.post(f"{here}/withdrawal", data={"key": key()}).status_code == 422
    assert ActivityPreReport.query.one().decided_by_id == cast.clerk.id
    assert client_for(cast.resident).get("/pre-reports").status_code == 403
