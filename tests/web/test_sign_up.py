"""Asking for an account: taken or not, everybody reads the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select

from models.accounts import Account, AccountState
from tests import builders
from tests.cast import Cast
from tests.visiting import Visitor


def _form(cast: Cast, phone: str, **more: str) -> dict[str, str]:
    return {"name": "张新", "phone": phone, "community": cast.community.public_id, "password": "楼下的桂花开了吗",
            "agreed": "y", **more}  # fmt: skip


def test_a_taken_number_and_a_new_one_get_the_same_answer(
    db: Any, cast: Cast, client_for: Callable[..., Visitor]
) -> None:
    answers = [client_for().post("/sign-up", data=_form(cast, phone)) for phone in (cast.clerk.phone, builders.phone())]
    assert {(a.status_code, a.location) for a in answers} == {(303, "/sign-up/received")}
    assert db.session.get(Account, cast.clerk.id).state == AccountState.CONFIRMED


def test_a_clerk_confirms_on_sight_and_others_do_not_see_it(
    db: Any, cast: Cast, client_for: Callable[..., Visitor]
) -> None:
    phone = builders.phone()
    client_for().post("/sign-up", data=_form(cast, phone))
    visitor = client_for()
    signed_in = visitor.post("/login", data={"phone": phone, "password": "楼下的桂花开了吗"})
    assert signed_in.status_code == 303
    asked = db.session.scalars(select(Account).where(Account.state == AccountState.REQUESTED)).one()
    page = f"/accounts/{asked.public_id}/confirmation"
    assert "张新" in client_for(cast.clerk).get("/accounts/requests").text
    assert "张新" not in client_for(cast.other_clerk).get("/accounts/requests").text
    assert client_for(cast.other_clerk).post(page, data={"person": ""}).status_code == 404
    assert client_for(cast.clerk).post(page, data={"person": ""}).status_code == 303
    assert db.session.get(Account, asked.id).state == AccountState.CONFIRMED


def test_what_is_missing_is_said_and_nothing_is_made(db: Any, cast: Cast, client_for: Callable[..., Visitor]) -> None:
    before = db.session.scalar(select(func.count()).select_from(Account))
    for wrong in ({"phone": "12"}, {"name": ""}, {"community": "ZZZZZZZZZZ"}, {"password": "短"}, {"agreed": ""}):
        answer = client_for().post("/sign-up", data=_form(cast, "13911112222") | wrong)
        assert answer.status_code == 422, wrong
    assert db.session.scalar(select(func.count()).select_from(Account)) == before


def test_a_form_sent_twice_asks_once(db: Any, cast: Cast, client_for: Callable[..., Visitor]) -> None:
    visitor = client_for()
    visitor.get("/sign-up")
    form = _form(cast, builders.phone(), key="0123456789abcdef")
    for _ in range(3):
        assert visitor.post("/sign-up", data=form).status_code == 303
    query = select(func.count()).select_from(Account).where(Account.state == AccountState.REQUESTED)
    assert db.session.scalar(query) == 1
