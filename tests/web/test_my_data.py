"""One's own data at the counter: fetched as one file, given back, erased."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from models.accounts import Account
from models.doorkeeping import AccessNote
from models.people import Person
from tests import builders
from tests.cast import Cast
from tests.visiting import Visitor


def test_a_copy_is_one_file_and_is_noted(db: Any, cast: Cast, client_for: Callable[..., Visitor]) -> None:
    builders.need(cast.community, "楼道灯坏了", author=cast.neighbor)
    answer = client_for(cast.resident).post("/my-data/copy")
    packed = zipfile.ZipFile(io.BytesIO(answer.data))
    document = json.loads(packed.read("data.json"))
    assert document["person"]["name"] == cast.neighbor.name
    assert document["needs"][0]["text"] == "楼道灯坏了"
    assert answer.headers["Cache-Control"] == "no-store"
    assert db.session.scalars(select(AccessNote).where(AccessNote.what == "export.own")).one().account_id


def test_consents_are_given_and_taken_back(db: Any, cast: Cast, client_for: Callable[..., Visitor]) -> None:
    resident = client_for(cast.resident)
    assert resident.post("/my-data/withdrawal").status_code == 422
    assert resident.post("/my-data/consents").status_code == 303
    assert resident.post("/my-data/withdrawal").status_code == 303
    assert resident.get("/my-data").status_code == 200


def test_erasing_asks_for_a_tick_and_ends_the_session(db: Any, cast: Cast, client_for: Callable[..., Visitor]) -> None:
    resident = client_for(cast.resident)
    assert resident.post("/my-data/erasure").status_code == 422
    assert resident.post("/my-data/erasure", data={"sure": "y"}).location == "/my-data/erased"
    assert resident.get("/my-data").status_code == 302
    assert db.session.get(Person, cast.neighbor.id).name == "—"
    assert db.session.get(Account, cast.resident.id).password_hash is None
