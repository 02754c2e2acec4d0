"""A clerk drops a ledger in at the counter, looks at it, says yes, takes it back and takes it along; nobody else may."""

from __future__ import annotations

import io
from typing import Any

from sqlalchemy import select

from models import sheets
from models.doorkeeping import AccessNote
from models.events import Event
from models.ledgers import Ledger, LedgerState
from tests import builders
from tests.cast import Cast
from web import jobs

SHEET = (
    "晋阳社区居民台账,,\n姓名,联系电话,楼栋\n张 三,１３９００００１１１１,3栋\n,13900002222,4栋\n王五,,5栋\n".encode(
        "gb18030"
    )
)


def give(visitor: Any, data: bytes = SHEET, name: str = "居民.csv", **more: str) -> Any:
    form: dict[str, Any] = {"key": f"0000-{builders.number():08d}", "file": (io.BytesIO(data), name), "kind": ""}
    return visitor.post("/ledgers", data=form | more, content_type="multipart/form-data")


def test_a_ledger_is_looked_at_brought_in_and_taken_back(client_for: Any, cast: Cast, db: Any) -> None:
    clerk = client_for(cast.clerk)
    assert "还没有放进来过" in clerk.get("/ledgers").text
    page = give(clerk).headers["Location"]
    assert 'hx-trigger="every 1s"' in clerk.get(page).text and clerk.post(f"{page}/start").status_code == 422
    assert jobs.bring_ledgers_in() == 0
    shown = clerk.get(page).text
    assert "把没问题的 2 行放进来" in shown and "139****2222 · 4栋" in shown and "这一格是空的" in shown
    assert "139****1111" in shown and 'hx-trigger="every 1s"' not in shown
    mend = sheets.read("a.xlsx", clerk.get(f"{page}/outside").data)
    assert [row.cells for row in mend.rows] == [
        {"问题": "姓名: 这一格是空的。", "姓名": "", "联系电话": "13900002222", "楼栋": "4栋"}
    ]
    assert clerk.post(f"{page}/start").status_code == 303
    assert clerk.get(f"{page}/progress", headers={"HX-Request": "true"}).status_code == 200
    assert clerk.get(f"{page}/progress").status_code == 303
    assert jobs.bring_ledgers_in() == 2
    assert "张三" in clerk.get("/people").text and "撤回这份台账" in clerk.get(page).text
    again = give(clerk).headers["Location"]
    jobs.bring_ledgers_in()
    assert "已经放进来过" in clerk.get(again).text
    assert clerk.post(f"{again}/start").status_code == 422 and clerk.post(f"{again}/discard").status_code == 303
    assert clerk.post(f"{page}/undo").status_code == 303 and "已经撤回" in clerk.get(page).text
    assert "张三" not in clerk.get("/people").text


def test_columns_are_said_by_hand(client_for: Any, cast: Cast, db: Any) -> None:
    clerk = client_for(cast.clerk)
    page = give(clerk, "甲,乙\n赵六,13900004444\n".encode()).headers["Location"]
    jobs.bring_ledgers_in()
    assert "请在下面指明哪一列是：姓名" in clerk.get(page).text
    said = {"kind": "RESIDENTS", "line": "1", "column-0": "name", "column-1": "name"}
    twice = clerk.post(f"{page}/columns", data=said)
    assert twice.status_code == 422 and "两列不能是同一项" in twice.text
    assert clerk.post(f"{page}/columns", data=said | {"column-1": "nonsense"}).status_code == 422
    assert clerk.post(f"{page}/columns", data=said | {"column-1": "phone"}).status_code == 303
    jobs.bring_ledgers_in()
    assert "把这 1 行放进来" in clerk.get(page).text


def test_everything_is_taken_along_masked_and_noted(client_for: Any, cast: Cast, db: Any) -> None:
    clerk = client_for(cast.clerk)
    builders.person(cast.community, "=周九", phone="13900009999")
    answer = clerk.post("/ledgers/copies", data={"kind": "RESIDENTS"})
    book = sheets.read("a.xlsx", answer.data)
    assert "周九" not in str(book.rows)
    row = next(row for row in book.rows if row.cells["联系电话"] == "139****9999")
    assert row.cells["姓名"].endswith("=**") and answer.headers["Cache-Control"] == "no-store"
    assert db.session.scalars(select(Event).where(Event.verb == "ledger.take")).one().details["masked"] is True
    assert "export.ledger" in db.session.scalars(select(AccessNote.what)).all()
    assert clerk.post("/ledgers/copies", data={"kind": "EVERYTHING"}).status_code == 422
    officer = client_for(cast.street_officer)
    choice = {"community": cast.community.public_id, "kind": "RESIDENTS"}
    assert officer.post("/ledgers/copies", data=choice).status_code == 422


def test_nobody_else_drops_ledgers_in_or_sees_them(client_for: Any, cast: Cast) -> None:
    page = give(client_for(cast.clerk)).headers["Location"]
    jobs.bring_ledgers_in()
    assert client_for(cast.head).get(page).status_code == 200
    deeds = ("start", "discard", "undo", "columns")
    for account, status in (
        (cast.other_clerk, 404),
        (cast.street_officer, 404),
        (cast.resident, 403),
        (cast.worker, 403),
    ):
        visitor = client_for(account)
        assert visitor.get(page).status_code == visitor.get(f"{page}/outside").status_code == status
        assert {visitor.post(f"{page}/{deed}").status_code for deed in deeds} == {status}
    assert give(client_for(cast.resident)).status_code == 403
    assert give(client_for(cast.other_clerk), community=cast.community.public_id).status_code in (303, 422)
    assert client_for().get("/ledgers").status_code == 302


def test_what_is_no_sheet_is_refused_in_words(client_for: Any, cast: Cast, db: Any) -> None:
    clerk = client_for(cast.clerk)
    assert give(clerk, b"").status_code == 422
    assert clerk.post("/ledgers", data={"key": "0000-0000", "kind": ""}).status_code == 422
    assert give(clerk, kind="NONSENSE").status_code == 422
    for data, name in ((b"PK\x03\x04 broken", "a.xlsx"), (b"\x00\x01\x02", "a.csv"), (b"hello", "a.pdf")):
        page = give(clerk, data, name).headers["Location"]
        jobs.bring_ledgers_in()
        assert "没有导入" in clerk.get(page).text, name
        assert clerk.post(f"{page}/start").status_code == clerk.get(f"{page}/outside").status_code == 422
    page = give(clerk, '姓名,电话\n"<script>alert(1)</script>",=cmd()\n'.encode(), "<script>x.csv").headers["Location"]
    jobs.bring_ledgers_in()
    assert "<script>alert" not in clerk.get(page).text and "<script>x" not in clerk.get("/ledgers").text


def test_the_same_form_twice_is_one_ledger(client_for: Any, cast: Cast, db: Any) -> None:
    clerk = client_for(cast.clerk)
    first, second = (give(clerk, key="0000-12345678").headers["Location"] for _ in range(2))
    other = give(clerk).headers["Location"]
    assert first == second == other and db.session.scalars(select(Ledger)).one().state == LedgerState.RECEIVED
