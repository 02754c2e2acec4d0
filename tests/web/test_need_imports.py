"""A clerk brings a file in at the counter, looks at it, says yes, and may take it back; nobody else may."""

from __future__ import annotations

import io
from typing import Any

from sqlalchemy import func, select

from models.need_imports import ImportState, NeedImport
from models.needs import Need
from tests import builders
from tests.cast import Cast
from web import jobs

SHEET = "编号,留言主题,留言详情,留言时间\n１,路灯不亮,三单元门口的路灯不亮,2019-02-14 20:00\n2,,,2019-02-14\n".encode(
    "gb18030"
)


def give(visitor: Any, data: bytes = SHEET, name: str = "热线.csv", **more: str) -> Any:
    form: dict[str, Any] = {"key": f"0000-{builders.number():08d}", "file": (io.BytesIO(data), name)}
    form |= more
    return visitor.post("/need-imports", data=form, content_type="multipart/form-data")


def test_a_file_is_looked_at_brought_in_and_taken_back(client_for: Any, cast: Cast, db: Any) -> None:
    clerk = client_for(cast.clerk)
    assert "还没有" in clerk.get("/need-imports").text
    page = give(clerk).headers["Location"]
    assert 'hx-trigger="every 2s"' in clerk.get(page).text
    assert jobs.bring_needs_in() == 0
    preview = clerk.get(page).text
    assert "三单元门口的路灯不亮" not in preview and "路灯不亮" in preview and "这一格是空的" in preview
    assert "2019年2月14日" in preview and 'hx-trigger="every 2s"' not in preview
    assert clerk.post(f"{page}/start").status_code == 303
    assert clerk.post(f"{page}/start").status_code == 422
    assert clerk.get(f"{page}/progress", headers={"HX-Request": "true"}).status_code == 200
    assert clerk.get(f"{page}/progress").status_code == 303
    assert jobs.bring_needs_in() == 1
    assert "路灯不亮" in clerk.get("/desk?tab=all&older=1").text
    assert "路灯不亮" not in client_for().get("/").text
    assert "撤回" in clerk.get(page).text
    assert clerk.post(f"{page}/undo").status_code == 303
    db.session.expire_all()
    assert db.session.query(NeedImport).one().state == ImportState.UNDONE
    assert clerk.post(f"{page}/undo").status_code == 422
    assert "热线.csv" in clerk.get("/need-imports").text


def test_a_file_can_be_put_away(client_for: Any, cast: Cast, db: Any) -> None:
    clerk = client_for(cast.clerk)
    page = give(clerk).headers["Location"]
    jobs.bring_needs_in()
    assert clerk.post(f"{page}/discard").status_code == 303
    assert clerk.post(f"{page}/start").status_code == 422
    assert db.session.scalar(select(func.count()).select_from(Need)) == 0


def test_nobody_else_brings_files_in_or_sees_them(client_for: Any, cast: Cast) -> None:
    clerk = client_for(cast.clerk)
    page = give(clerk).headers["Location"]
    assert client_for(cast.head).get(page).status_code == 200
    deeds = ("start", "discard", "undo")
    for account, status in ((cast.other_clerk, 404), (cast.resident, 403), (cast.worker, 403), (cast.auditor, 403)):
        visitor = client_for(account)
        assert (
            visitor.get(page).status_code == visitor.get(f"{page}/progress", headers={"HX-Request": "true"}).status_code
        )
        assert visitor.get(page).status_code == status
        assert {visitor.post(f"{page}/{deed}").status_code for deed in deeds} == {status}
    assert give(client_for(cast.resident)).status_code == 403
    assert give(client_for(cast.other_clerk), community=cast.community.public_id).status_code == 404
    assert client_for().get("/need-imports").status_code == 302


def test_what_is_no_sheet_is_refused_in_words(client_for: Any, cast: Cast, db: Any) -> None:
    clerk = client_for(cast.clerk)
    assert give(clerk, b"").status_code == 422
    assert clerk.post("/need-imports", data={"key": "0000-0000"}).status_code == 422
    for data, name in (
        (b"PK\x03\x04 broken", "a.xlsx"),
        (b"\x00\x01\x02", "a.csv"),
        (b"hello", "a.pdf"),
        (b"{}", "a.jsonl"),
    ):
        page = give(clerk, data, name).headers["Location"]
        jobs.bring_needs_in()
        text = clerk.get(page).text
        assert "没有导入" in text, name
        assert clerk.post(f"{page}/start").status_code == 422
    hostile = b'<script>alert(1)</script>"'
    page = give(clerk, b"id,text\n" + hostile + b",=cmd()\n", "<script>x.csv").headers["Location"]
    jobs.bring_needs_in()
    assert "<script>alert" not in clerk.get(page).text and "<script>x" not in clerk.get("/need-imports").text


def test_the_same_form_twice_is_one_file(client_for: Any, cast: Cast, db: Any) -> None:
    clerk = client_for(cast.clerk)
    first, second = (give(clerk, key="0000-12345678").headers["Location"] for _ in range(2))
    assert first == second and db.session.scalar(select(func.count()).select_from(NeedImport)) == 1
