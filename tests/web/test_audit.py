"""The auditor's counter: read by auditors alone, and hostile filters filter nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import web
from tests import builders
from tests.cast import Cast
from tests.visiting import Visitor
from web.sentences import LABELS


def test_an_auditor_reads_filters_and_verifies(db: Any, cast: Cast, client_for: Callable[..., Visitor]) -> None:
    builders.need(cast.community)
    auditor = client_for(cast.auditor)
    assert "need.raise" in auditor.get("/audit?verb=need").text
    assert "need.raise" not in auditor.get("/audit?verb=account").text
    said = auditor.get("/audit?verb=告诉社区").text
    assert "need.raise" not in auditor.get("/audit?verb=印了").text
    assert "need.raise" in said.partition("<details")[2] and "need.raise" not in said.partition("<details")[0]
    assert auditor.get("/audit?verb=' OR 1=1&since=x&until=9999-99-99&before=１").status_code == 200
    assert "日志完整" in auditor.get("/audit/verification").text
    assert auditor.get("/people/new").status_code == 403
    refused = auditor.get("/audit/access?verb=refused").text
    assert "这个角色进不了这一页" in refused and "EDIT_PEOPLE" not in refused


def test_every_kind_of_look_has_a_word_and_can_be_chosen() -> None:
    written = {
        match for file in (Path(web.__file__).parent / "blueprints").rglob("*.py")
        for match in re.findall(r'note_access\("([a-z_.]+)"', file.read_text("utf-8"))
    }  # fmt: skip
    assert {"reveal.phone", "export.report"} <= written <= set(LABELS["Look"])
    about = {
        match for file in (Path(web.__file__).parent / "blueprints").rglob("*.py")
        for match in re.findall(r'note_access\([^)]*kind="([a-z_]+)"', file.read_text("utf-8"))
    }  # fmt: skip
    assert {"people", "service_lists"} <= about <= set(LABELS["LookedAt"])


def test_nobody_else_reads_the_diary(db: Any, cast: Cast, client_for: Callable[..., Visitor]) -> None:
    for account in (cast.clerk, cast.head, cast.street_officer, cast.administrator):
        for page in ("/audit", "/audit/access", "/audit/verification"):
            assert client_for(account).get(page).status_code == 403
