"""One's own data at the counter: fetched as one file, given back, erased."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from models import my_data
from models.accounts import Account
from models.doorkeeping import AccessNote
from models.people import Person, pointing_at
from tests import builders
from tests.cast import Cast
from tests.visiting import Visitor
from web.sentences import LABELS


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
    answer = resident.post("/my-data/erasure", data={"sure": "y"})
    # On a shared phone the entries of others wait in the same storage.
    assert (answer.location, answer.headers["Clear-Site-Data"]) == ("/my-data/erased", '"cache"')
    assert f'data-forget="{cast.resident.public_id}"' in resident.get("/my-data/erased").text
    assert "data-forget" not in resident.get("/my-data/erased").text
    assert resident.get("/my-data").status_code == 302
    assert db.session.get(Person, cast.neighbor.id).name == "—"
    assert db.session.get(Account, cast.resident.id).password_hash is None


def test_every_table_that_holds_something_of_a_person_has_a_word(db: Any) -> None:
    tables = {
        table.name for target in ("people", "accounts") for table, column in pointing_at(target)
        if table.name not in my_data.APART and column.name in my_data.MINE
    }  # fmt: skip
    assert tables <= set(LABELS["OwnTable"])
