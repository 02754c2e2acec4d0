"""Slips at the counter: a code typed by hand opens the door once; guessing closes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests import builders
from tests.cast import Cast
from tests.visiting import Visitor

PASSWORD = "楼下的桂花开了吗"


def _write(head: Visitor, cast: Cast, phone: str) -> str:
    form = {"name": "新同事", "phone": phone, "role": "CLERK", "seat": f"p-{cast.community.public_id}"}
    found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", head.post("/invitations", data=form).text)
    assert found is not None
    return found[0]


def test_a_new_colleague_comes_in_by_a_slip(db: Any, cast: Cast, client_for: Callable[..., Visitor]) -> None:
    phone = builders.phone()
    code = _write(client_for(cast.head), cast, phone)
    assert code not in client_for(cast.head).get("/invitations").text
    newcomer = client_for()
    assert newcomer.get("/slip").status_code == 200
    assert newcomer.post("/slip", data={"code": code, "password": "12345678"}).status_code == 422
    assert newcomer.post("/slip", data={"code": code, "password": PASSWORD}).status_code == 303
    assert newcomer.post("/slip", data={"code": code, "password": PASSWORD}).status_code == 422
    assert newcomer.post("/login", data={"phone": phone, "password": PASSWORD}).status_code == 303
    assert newcomer.get("/people").status_code == 200


def test_a_slip_never_takes_over_an_account_that_stands(
    db: Any, cast: Cast, client_for: Callable[..., Visitor]
) -> None:
    from web import passwords

    cast.resident.password_hash = passwords.hashed("桂花又开了一树")
    code = _write(client_for(cast.head), cast, cast.resident.phone)
    assert client_for().post("/slip", data={"code": code, "password": PASSWORD}).status_code == 422
    assert client_for().post("/slip", data={"code": code, "password": "桂花又开了一树"}).status_code == 303


def test_guessing_codes_closes_the_door(db: Any, client_for: Callable[..., Visitor]) -> None:
    visitor = client_for()
    answers = [visitor.post("/slip", data={"code": f"{n:012d}", "password": PASSWORD}).status_code for n in range(11)]
    assert answers == [422] * 10 + [429]


def test_only_who_wrote_a_slip_or_works_above_takes_it_back(
    db: Any, cast: Cast, client_for: Callable[..., Visitor]
) -> None:
    head = client_for(cast.head)
    _write(head, cast, builders.phone())
    found = re.search(r"/invitations/([0-9A-Z]{10})/revocation", head.get("/invitations").text)
    assert found is not None
    assert client_for(cast.other_head).post(found[0]).status_code == 404
    assert client_for(cast.clerk).post(found[0]).status_code == 403
    assert head.post(found[0]).status_code == 303
