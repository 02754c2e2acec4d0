"""The counter of unmasked sheets: asked for with a reason, agreed to by another with the password, handed over and noted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from models import sheets
from models.accounts import actor_of
from models.base import now, travel
from models.doorkeeping import AccessNote
from models.unmasked_files import UnmaskedFile, UnmaskedKind, Wanted
from tests import builders
from tests.cast import Cast
from web import passwords

WHY = "区里周五核对高龄补贴，用后删除"


def ask(visitor: Any, address: str = "/unmasked-files", **more: str) -> Any:
    form = {"key": f"0000-{builders.number():08d}", "kind": "RESIDENTS", "reason": WHY}
    return visitor.post(address, data=form | more)


def test_two_people_let_a_sheet_leave_in_full(client_for: Any, cast: Cast, db: Any) -> None:
    builders.person(cast.community, "=周九", phone="13900009999", building="3", room="402")
    clerk, head = client_for(cast.clerk), client_for(cast.head)
    assert "申请未遮盖名单" in clerk.get("/ledgers").text and "申请未遮盖名单" in clerk.get("/need-exports").text
    assert clerk.get("/unmasked-files/new?list=SERVED").status_code == 200
    page = ask(clerk).headers["Location"]
    assert "等第二个人决定" in clerk.get(page).text and "/copies" not in clerk.get(page).text
    assert clerk.post(f"{page}/copies").status_code == 422 and clerk.post(f"{page}/approval").status_code == 403
    assert "1 份未遮盖名单" in head.get("/").text and WHY in head.get("/unmasked-files").text
    assert head.post(f"{page}/approval").status_code == 303 and "可下载到" in clerk.get(page).text
    answer = clerk.post(f"{page}/copies")
    row = next(row for row in sheets.read("a.xlsx", answer.data).rows if "周九" in row.cells["姓名"])
    assert (row.cells["联系电话"], row.cells["房号"]) == ("13900009999", "402")
    assert answer.headers["Cache-Control"] == "no-store" and "attachment" in answer.headers["Content-Disposition"]
    note = db.session.scalars(select(AccessNote).where(AccessNote.what == "export.unmasked")).one()
    assert (note.account_id, note.community_id) == (cast.clerk.id, cast.community.id) and note.reason.endswith(",xlsx")
    auditor = client_for(cast.auditor)
    assert "带走了一份未遮盖名单" in auditor.get("/audit/access").text and WHY in auditor.get("/unmasked-files").text
    assert "带走未遮盖名单" in auditor.get("/audit").text and auditor.post(f"{page}/copies").status_code == 403


def test_the_password_is_asked_again_before_it_leaves(client_for: Any, cast: Cast, db: Any) -> None:
    one = UnmaskedFile.ask(cast.community, Wanted(UnmaskedKind.RESIDENTS), WHY, by=actor_of(cast.clerk))
    cast.head.password_hash = passwords.hashed(builders.PASSWORD)
    db.session.commit()
    clerk, head, page = client_for(cast.clerk), client_for(cast.head), f"/unmasked-files/{one.public_id}"
    assert clerk.get("/").status_code == head.get("/").status_code == 200
    with travel(now() + timedelta(minutes=11)):
        for visitor, act in ((head, "approval"), (clerk, "copies")):
            asked = visitor.post(f"{page}/{act}", data={"key": "0000-00000001"})
            assert asked.status_code == 422 and 'name="password_again"' in asked.text
            if act == "approval":
                assert visitor.post(f"{page}/{act}", data={"password_again": builders.PASSWORD}).status_code == 303
    db.session.refresh(one)
    assert one.taken == 0 and one.decided_by_id == cast.head.id


def test_needs_are_asked_for_as_the_desk_narrows_them(client_for: Any, cast: Cast, db: Any) -> None:
    author = builders.person(cast.community, "欧阳建国", phone="13811112222")
    builders.need(cast.community, "请打 13811112222", author=author)
    clerk = client_for(cast.clerk)
    assert "不会缩小这份名单" in clerk.get("/unmasked-files/new?list=NEEDS&tab=new&q=灯").text
    page = ask(clerk, "/unmasked-files?tab=new&q=灯", kind="NEEDS").headers["Location"]
    assert "灯" not in clerk.get(page).text
    assert client_for(cast.street_officer).post(f"{page}/approval").status_code == 303
    (row,) = sheets.read("a.xlsx", clerk.post(f"{page}/copies").data).rows
    assert "欧阳建国" in row.cells.values() and "13811112222" in str(row.cells)


def test_what_another_community_asked_for_is_not_there(client_for: Any, cast: Cast, db: Any) -> None:
    one = UnmaskedFile.ask(cast.community, Wanted(UnmaskedKind.RESIDENTS), WHY, by=actor_of(cast.clerk))
    db.session.commit()
    page = f"/unmasked-files/{one.public_id}"
    for account in (cast.other_clerk, cast.other_head):
        visitor = client_for(account)
        assert visitor.get(page).status_code == visitor.post(f"{page}/copies").status_code == 404
        assert visitor.post(f"{page}/withdrawal").status_code == 404
        assert WHY not in visitor.get("/unmasked-files").text
    assert client_for(cast.other_head).post(f"{page}/approval").status_code == 404
    assert client_for(cast.other_head).post(f"{page}/refusal", data={"reason": WHY}).status_code == 404
    for account in (cast.resident, cast.worker, cast.grid_worker, cast.administrator, cast.evaluator):
        visitor = client_for(account)
        assert visitor.get(page).status_code == visitor.get("/unmasked-files").status_code == 403
        assert ask(visitor).status_code == visitor.post(f"{page}/approval").status_code == 403
    assert client_for().get("/unmasked-files").status_code == 302


def test_hostile_bodies_get_a_sentence_and_keep_what_was_typed(client_for: Any, cast: Cast, db: Any) -> None:
    clerk, head = client_for(cast.clerk), client_for(cast.head)
    for more in ({"kind": "EVERYTHING"}, {"kind": "VOLUNTEERING"}, {"kind": ""}, {"reason": ""}, {"reason": "x" * 501}):
        assert ask(clerk, **more).status_code == 422
    short = ask(clerk, reason="<b>要用")
    assert short.status_code == 422 and "&lt;b&gt;要用" in short.text and "至少" in short.text
    ask(clerk, community=cast.other_community.public_id)
    assert {one.community_id for one in db.session.scalars(select(UnmaskedFile))} == {cast.community.id}
    assert ask(clerk, "/unmasked-files?tab=%00&tile='--&color=x").status_code == 303
    page = ask(clerk, reason=f"<script>{WHY}</script>\x00").headers["Location"]
    assert "<script>区里" not in head.get(page).text
    assert head.post(f"{page}/refusal", data={"reason": "不行"}).status_code == 422
    assert head.post(f"{page}/refusal", data={"reason": "核对已经改期，下周再申请"}).status_code == 303
    assert head.post(f"{page}/approval").status_code == clerk.post(f"{page}/copies").status_code == 422
    assert "核对已经改期" in clerk.get(page).text
    mine = ask(head).headers["Location"]
    own = head.post(f"{mine}/approval")
    assert own.status_code == 422 and "第二个人" in own.text and head.post(f"{mine}/withdrawal").status_code == 303
    assert clerk.get("/unmasked-files?before=999999999999999999").status_code == 200
