"""The counter of lists of running projects: looked at before anything is entered, and entered once."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from sqlalchemy import func, select

from models.projects import Project
from tests.cast import Cast
from tests.models.test_project_imports import SHEET


def upload(cast: Cast, data: bytes, name: str = "在执行项目.csv") -> dict[str, Any]:
    """Return the form with a file as a browser sends it."""
    return {"community": cast.community.public_id, "file": (BytesIO(data), name)}


def projects(db: Any) -> int:
    """Return how many projects there are."""
    return int(db.session.scalar(select(func.count()).select_from(Project)))


def test_a_list_is_looked_at_then_entered_and_the_same_file_changes_nothing(
    db: Any, cast: Cast, client_for: Any
) -> None:
    clerk, data = client_for(cast.clerk), SHEET.format(name=cast.organization.name).encode()
    assert clerk.get("/project-imports/new").location == "/ledgers?kind=PROJECTS"
    there = clerk.post("/project-imports", data=upload(cast, data)).location
    page = clerk.get(there).text
    assert "没有登记过这个名称的机构" in page
    assert "2 个新的" in page
    assert projects(db) == 0
    assert clerk.post(f"{there}/entry").status_code == 303
    assert projects(db) == 2
    assert clerk.post("/project-imports", data=upload(cast, data, "again.csv")).location == there
    assert clerk.post(f"{there}/entry").status_code == 303
    assert projects(db) == 2


def test_files_that_are_no_list_are_refused(db: Any, cast: Cast, client_for: Any) -> None:
    clerk = client_for(cast.clerk)
    for data, name in ((b"", "a.csv"), (b"PK\x03\x04rest", "a.xlsx"), (b"%PDF-1.4 x", "a.pdf"), (b"\x00\x01" * 9, "a")):
        assert clerk.post("/project-imports", data=upload(cast, data, name)).status_code == 422
    assert clerk.post("/project-imports", data={"community": cast.community.public_id}).status_code == 422


def test_lists_of_others_are_not_found(db: Any, cast: Cast, client_for: Any) -> None:
    data = SHEET.format(name=cast.organization.name).encode()
    there = client_for(cast.clerk).post("/project-imports", data=upload(cast, data)).location
    assert client_for(cast.other_clerk).get(there).status_code == 404
    assert client_for(cast.other_clerk).post(f"{there}/entry").status_code == 404
    for nobody in (cast.resident, cast.worker, cast.auditor):
        assert client_for(nobody).get("/project-imports/new").status_code == 403
        assert client_for(nobody).post("/project-imports", data=upload(cast, data)).status_code == 403
