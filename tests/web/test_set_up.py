"""The counter of the first days: from an empty database to a community that residents can tell something."""

from __future__ import annotations

import io
import re
from typing import Any

from sqlalchemy import select

from models.accounts import Account, Grant, Role
from models.needs import Need
from models.places import Place, PlaceKind
from tests import builders
from tests.builders import PASSWORD
from tests.cast import Cast
from web import jobs


def sent(**fields: Any) -> dict[str, Any]:
    return {"key": f"0000-{builders.number():08d}", **fields}


def test_a_head_sets_a_whole_community_up_through_the_pages(app: Any, db: Any, client_for: Any, client: Any) -> None:
    """Begin with nothing but the command, and end with a need that came in by a poster."""
    assert app.test_cli_runner().invoke(args=["first-admin"]).exit_code == 0
    community = db.session.scalars(select(Place).where(Place.kind == PlaceKind.COMMUNITY)).one()
    here = f"/set-up/{community.public_id}"
    administrator = client_for(db.session.scalars(select(Account)).one())

    def slip(by: Any, name: str, role: Role, place: Place) -> None:
        form = {"name": name, "phone": builders.phone(), "role": role, "seat": f"p-{place.public_id}"}
        page = by.post("/invitations", data=sent(**form, password_again=PASSWORD))
        code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page.text)
        assert code, page.text
        assert client.post("/slip", data={"code": code[0], "password": PASSWORD}).status_code == 303

    slip(administrator, "周志强", Role.HEAD, community)
    seat = db.session.scalars(select(Grant).where(Grant.role == Role.HEAD)).one()
    head = client_for(db.session.get(Account, seat.account_id))
    assert "6 步已完成 0 步" in head.get("/").text and here in head.get("/set-up").text
    hours = {
        "name": "柳荫社区",
        "phone": "028-85000001",
        "duty_phone": "028-85000002",
        "week": "09:00-12:00 13:30-17:30",
    }
    assert "请写上" in head.post(f"{here}/hours", data=sent(**hours | {"phone": "", "week": ""})).text
    assert head.get(f"{here}/hours").status_code == 200
    assert head.post(f"{here}/hours", data=sent(**hours)).location == here
    assert "第 1 行" in head.post(f"{here}/places", data=sent(text="一格,东院,许多")).text
    assert head.get(f"{here}/places").status_code == 200
    assert head.post(f"{here}/places", data=sent(text="一格,东院,120,自治\n,西院,80,单位")).location == here
    slip(head, "李晓梅", Role.CLERK, community)
    slip(head, "孙网格", Role.GRID_WORKER, db.session.scalars(select(Place).where(Place.name == "一格")).one())
    posters = head.post(f"{here}/posters", data=sent()).location
    page = head.get(posters).text
    assert "东院" in page and "西院" in page
    file = (io.BytesIO("姓名,联系电话,楼栋\n张秀英,13900001111,3栋\n".encode()), "台账.csv")
    form = sent(community=community.public_id, kind="RESIDENTS", file=file)
    ledger = head.post("/ledgers", data=form).location
    jobs.bring_ledgers_in()
    assert head.post(f"{ledger}/start", data=sent()).status_code == 303
    jobs.bring_ledgers_in()
    assert "6 步已完成 5 步" in head.get("/").text
    assert head.post(f"{here}/trial", data=sent()).location == here
    assert "全部就绪" in head.get(here).text and "试运行到" in head.get("/").text
    assert here not in head.get("/").text
    yard = db.session.scalars(select(Place).where(Place.name == "东院")).one()
    assert f"/at/{yard.public_id}" in page
    assert client.get(f"/at/{yard.public_id}").status_code == 302
    assert "试运行到" in client.get("/board").text
    said = {"text": "路灯不亮", "courtyard": yard.public_id, "name": "张秀英", "phone": "13900001111"}
    assert client.post("/needs", data=sent(**said, similar_seen="1", consent="y")).status_code == 303
    assert db.session.scalars(select(Need.courtyard_id)).one() == yard.id


def test_the_street_steers_the_trial_and_the_head_puts_steps_aside(client_for: Any, cast: Cast, db: Any) -> None:
    head, street, here = client_for(cast.head), client_for(cast.street_officer), f"/set-up/{cast.community.public_id}"
    assert head.post(f"{here}/posters", data=sent()).status_code == 303
    assert head.post(f"{here}/asides", data=sent(step="LEDGER", why="")).status_code == 422
    assert head.post(f"{here}/asides", data=sent(step="LEDGER", why="台账还没理好")).status_code == 303
    assert "台账还没理好" in head.get(here).text
    assert head.post(f"{here}/asides/end", data=sent(step="NONE")).status_code == 422
    assert head.post(f"{here}/asides/end", data=sent(step="LEDGER")).status_code == 303
    assert street.post(f"{here}/trial/extension", data=sent(reason="再看看")).status_code == 422
    assert head.post(f"{here}/trial", data=sent()).status_code == 303
    assert head.post(f"{here}/trial", data=sent()).status_code == 422
    assert head.post(f"{here}/trial/end", data=sent(reason="好了")).status_code == 403
    assert street.post(f"{here}/trial/extension", data=sent(reason="经办刚到岗")).status_code == 303
    assert "经办刚到岗" in street.get(here).text
    assert street.post(f"{here}/trial/end", data=sent(reason="")).status_code == 422
    assert street.post(f"{here}/trial/end", data=sent(reason="好了")).status_code == 303
    assert cast.community.name in street.get("/set-up").text
    assert client_for(cast.other_head).get(here).status_code == 404
    assert client_for(cast.clerk).get(here).status_code == 403
