"""Clerks look at alike matters and decide; nobody else sees them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from models import need_groups
from models.accounts import actor_of
from models.events import JOB
from models.need_groups import NeedGroup
from models.needs import Need
from models.states import NeedGroupState, NeedState
from tests import builders
from tests.cast import Cast
from tests.models.test_need_groups import SMOKE


def group_of(cast: Cast, db: Any) -> tuple[NeedGroup, list[Need], str]:
    needs = [builders.accepted(cast.community, actor_of(cast.clerk), text=words) for words in SMOKE]
    builders.need(cast.community, "滨河路积水，下雨天过不去")
    need_groups.refresh_all(by=JOB)
    db.session.flush()
    one = db.session.scalars(select(NeedGroup)).one()
    return one, needs, f"/need-groups/{one.public_id}"


def key(**more: Any) -> dict[str, Any]:
    return {"key": f"0000-{builders.number():08d}", **more}


def test_a_clerk_moves_matters_out_and_in(client_for: Any, cast: Cast, db: Any) -> None:
    _one, needs, page = group_of(cast, db)
    clerk = client_for(cast.clerk)
    assert "3 人" in clerk.get("/need-groups").text
    assert clerk.get(page).text.count("<article") == 3
    assert clerk.post(f"{page}/departures", data=key(matter=needs[0].public_id)).status_code == 303
    assert clerk.get(page).text.count("<article") == 2
    assert needs[0].public_id in clerk.get(f"{page}?q=烧烤").text
    assert clerk.post(f"{page}/members", data=key(matter=needs[0].public_id)).status_code == 303
    assert clerk.get(page).text.count("<article") == 3
    assert clerk.post(f"{page}/members", data=key()).status_code == 422
    assert clerk.post(f"{page}/members", data=key(matter="nothing")).status_code == 404


def test_a_clerk_goes_on_to_a_package_once(client_for: Any, cast: Cast, db: Any) -> None:
    one, needs, page = group_of(cast, db)
    clerk, ids = client_for(cast.clerk), [need.public_id for need in needs[:2]]
    assert clerk.post(f"{page}/package", data=key()).status_code == 422
    form = key(need=ids)
    first, second = clerk.post(f"{page}/package", data=form), clerk.post(f"{page}/package", data=form)
    assert first.headers["Location"] == second.headers["Location"]
    assert first.headers["Location"] == f"/packages/new?need={ids[0]}&need={ids[1]}"
    assert clerk.get(first.headers["Location"]).status_code == 200
    assert db.session.get(NeedGroup, one.id).state == NeedGroupState.TAKEN
    assert clerk.post(f"{page}/package", data=key(need=ids)).status_code == 422
    assert SMOKE[0][:10] in clerk.get("/need-groups?state=TAKEN").text


def test_a_clerk_handles_matters_as_one(client_for: Any, cast: Cast, db: Any) -> None:
    _, needs, page = group_of(cast, db)
    clerk, ids = client_for(cast.clerk), [need.public_id for need in needs]
    assert clerk.post(f"{page}/merge", data=key(need=ids)).status_code == 422
    answer = clerk.post(f"{page}/merge", data=key(need=ids, target=ids[1]))
    assert answer.headers["Location"] == f"/desk/needs/{ids[1]}"
    assert [db.session.get(Need, need.id).state for need in needs] == [
        NeedState.MERGED, NeedState.ACCEPTED, NeedState.MERGED,
    ]  # fmt: skip


def test_a_clerk_dismisses_a_suggestion(client_for: Any, cast: Cast, db: Any) -> None:
    _, _, page = group_of(cast, db)
    clerk = client_for(cast.clerk)
    assert clerk.post(f"{page}/dismissal", data=key()).status_code == 303
    assert page not in clerk.get("/need-groups").text and page in clerk.get("/need-groups?state=DISMISSED").text
    assert clerk.post(f"{page}/dismissal", data=key()).status_code == 422
    assert clerk.get("/need-groups?state=%27").status_code == 200


def test_nobody_else_sees_or_decides(client_for: Any, cast: Cast, db: Any) -> None:
    _, needs, page = group_of(cast, db)
    deeds = ("members", "departures", "dismissal", "package", "merge")
    for account, status in ((cast.other_clerk, 404), (cast.resident, 403), (cast.street_officer, 403)):
        visitor = client_for(account)
        assert visitor.get(page).status_code == status
        sent = key(matter=needs[0].public_id, need=[needs[0].public_id], target=needs[0].public_id)
        assert {visitor.post(f"{page}/{deed}", data=sent).status_code for deed in deeds} == {status}
    assert SMOKE[0][:8] not in client_for(cast.other_clerk).get("/need-groups").text
    assert client_for().get(page).status_code == 302


def test_the_list_asks_the_same_number_of_questions_however_long_it_is(
    client_for: Any, cast: Cast, db: Any, count_queries: Any
) -> None:
    group_of(cast, db)
    clerk = client_for(cast.clerk)
    with count_queries() as few:
        clerk.get("/need-groups")
    for yard in ("竹园", "菊园", "梅园"):
        for words in SMOKE:
            builders.need(cast.community, words.replace("润芳园", yard))
    need_groups.refresh_all(by=JOB)
    with count_queries() as more:
        clerk.get("/need-groups")
    assert len(more) == len(few) <= 6
