"""A sheet is handed to who may take needs along, harmless and noted; nobody else gets one."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
from sqlalchemy import select

from models.doorkeeping import AccessNote
from models.events import Event
from tests import builders
from tests.cast import Cast


def test_a_clerk_takes_the_list_along(client_for: Any, cast: Cast, db: Any) -> None:
    builders.need(cast.community, '=HYPERLINK("http://x")\n第二行', title="+1 路灯")
    clerk = client_for(cast.clerk)
    assert "/need-exports?tab=new" in clerk.get("/desk").text
    assert clerk.get("/need-exports?tab=new").status_code == 200
    answer = clerk.post("/need-exports?tab=new", data={"kind": "csv"})
    assert answer.status_code == 200 and answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.headers["Cache-Control"] == "no-store" and "attachment" in answer.headers["Content-Disposition"]
    (head, row) = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    cells = dict(zip(head, row, strict=True))
    assert cells["标题"] == "'+1 路灯" and cells["内容"].startswith("'=HYPERLINK") and "王**" in row
    book = openpyxl.load_workbook(io.BytesIO(clerk.post("/need-exports?tab=new", data={"kind": "xlsx"}).data))
    words = [cell.value for cell in book.active[2]]
    assert "+1 路灯" in words and all(cell.data_type != "f" for cell in book.active[2])
    notes = db.session.scalars(select(AccessNote).where(AccessNote.what == "export.needs")).all()
    assert [note.reason for note in notes] == ["rows=1,csv,masked", "rows=1,xlsx,masked"]
    assert "1 行 · csv · 已遮盖" in client_for(cast.auditor).get("/audit/access").text
    assert len(db.session.scalars(select(Event).where(Event.verb == "need_export.take")).all()) == 2


def test_nobody_else_takes_needs_along(client_for: Any, cast: Cast, db: Any) -> None:
    builders.need(cast.community, "路灯不亮")
    assert "路灯不亮" in client_for(cast.head).post("/need-exports?tab=new", data={"kind": "csv"}).data.decode()
    other = client_for(cast.other_clerk).post("/need-exports?tab=new", data={"kind": "csv"})
    assert other.status_code == 422 and "路灯不亮" not in other.text
    for account in (cast.resident, cast.auditor, cast.grid_worker, cast.worker, cast.district_officer):
        visitor = client_for(account)
        assert visitor.get("/need-exports").status_code == 403
        assert visitor.post("/need-exports", data={"kind": "csv"}).status_code == 403
    assert client_for().post("/need-exports", data={"kind": "csv"}).status_code == 302


def test_a_hostile_choice_is_refused(client_for: Any, cast: Cast) -> None:
    builders.need(cast.community)
    clerk = client_for(cast.clerk)
    for kind in ("", "exe", "../csv"):
        assert clerk.post("/need-exports?tab=new", data={"kind": kind}).status_code == 422
    assert clerk.get("/need-exports?tab=%00&tile='--&q=%27%22%3Cscript%3E&place=x").status_code == 200
