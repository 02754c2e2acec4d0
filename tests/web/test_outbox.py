"""What the outbox of a phone is told by the counters: a receipt for its key, or a No in our own format."""

from __future__ import annotations

import io
import re
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from models import doorkeeping
from models.accounts import actor_of
from models.attendance import Attendance
from models.base import now
from models.service_log import ServiceLog
from tests import serving
from tests.cast import Cast
from tests.web.test_service_log import typed

REPLAY = {"X-Linli-Replay": "1"}


def keys_of(visitor: Any) -> dict[str, str]:
    """Return what the fragment for the outbox says."""
    return dict(re.findall(r'data-(\w+)="([^"]*)"', visitor.get("/session/token", headers=REPLAY).text))


def test_a_replayed_form_gets_the_receipt_for_its_key_and_the_same_one_again(
    client_for: Callable[..., Any], cast: Cast
) -> None:
    worker, address = client_for(cast.worker), f"/projects/{serving.project(cast).public_id}/logs/new/visit"
    body = typed(cast)
    first = worker.post(address, data=body, headers=REPLAY)
    log = ServiceLog.query.one()
    assert (first.status_code, first.headers["X-Linli-Receipt"]) == (200, body["key"])
    assert first.json == {"receipt": body["key"], "location": f"/logs/{log.public_id}"}
    # The browser itself sends an empty file field along, the outbox does not: it is the same form.
    empty = {**body, "photos_files": (io.BytesIO(), "")}
    again = worker.post(address, data=empty, content_type="multipart/form-data", headers=REPLAY)
    assert again.json == first.json
    other = worker.post(address, data={**body, "summary": "另一段话。"}, headers=REPLAY)
    assert (other.status_code, other.json["receipt"], "X-Linli-Receipt" in other.headers) == (422, None, False)
    assert ServiceLog.query.count() == 1


def test_a_form_that_is_not_taken_comes_back_with_its_sentence(client_for: Callable[..., Any], cast: Cast) -> None:
    worker, address = client_for(cast.worker), f"/projects/{serving.project(cast).public_id}/logs/new/visit"
    body = typed(cast, began="")
    answer = worker.post(address, data=body, headers=REPLAY)
    assert answer.status_code == 422
    assert answer.json == {"receipt": None, "key": body["key"], "sentence": "开始: 请选择日期和时间。", "ask": False}
    refused = worker.post(address, data=typed(cast, summary=""), headers=REPLAY)
    assert (refused.status_code, refused.json["receipt"]) == (422, None)
    assert refused.json["sentence"].endswith("。")
    assert client_for(cast.clerk).post(address, data=body, headers=REPLAY).json["receipt"] is None
    stranger = client_for().post(address, data=body, headers=REPLAY)
    assert (stranger.status_code, "X-Linli-Receipt" in stranger.headers) == (401, False)


def test_without_our_token_a_replay_is_to_be_sent_again_and_is_no_fault_of_the_form(
    client_for: Callable[..., Any], cast: Cast, csrf: None
) -> None:
    worker, address = client_for(cast.worker), f"/projects/{serving.project(cast).public_id}/logs/new/visit"
    body = typed(cast)
    assert worker.post(address, data=body, headers=REPLAY).status_code == 400
    good = {**body, "csrf_token": keys_of(worker)["token"]}
    assert worker.post(address, data=good, headers=REPLAY).headers["X-Linli-Receipt"] == body["key"]


def test_the_keys_of_a_box_are_the_accounts_own_at_every_sign_in(client_for: Callable[..., Any], cast: Cast) -> None:
    here, there, other, stranger = (client_for(one) for one in (cast.worker, cast.worker, cast.supervisor, None))
    own = keys_of(here)
    assert own["owner"] == cast.worker.public_id
    assert own["keys"] == keys_of(there)["keys"] != keys_of(other)["keys"]
    assert (keys_of(stranger)["keys"], keys_of(stranger)["owner"][:7]) == ("", "cookie-")
    assert here.get("/session/token").headers["Cache-Control"] == "no-store"


def test_the_clock_of_a_phone_is_kept_as_its_claim(client_for: Callable[..., Any], cast: Cast) -> None:
    worker, address = client_for(cast.worker), f"/projects/{serving.project(cast).public_id}/logs/new/visit"
    for claim in ("1970-01-01T00:00:12.000Z", "gestern", ""):
        assert worker.post(address, data=typed(cast, done_at=claim), headers=REPLAY).status_code == 200
    claims = [log.done_at and log.done_at.year for log in ServiceLog.query.order_by(ServiceLog.id)]
    assert claims == [1970, None, None]


def test_a_list_that_was_ticked_without_a_network_keeps_the_times_of_the_ticks(
    client_for: Callable[..., Any], cast: Cast
) -> None:
    row = Attendance.sign_up(serving.activity(cast, serving.project(cast)), cast.neighbor, by=actor_of(cast.worker))
    worker, came = client_for(cast.worker), now() - timedelta(hours=2)
    # The phone's clock goes a day ahead: what it noted is put right by what it shows now.
    wrong = timedelta(days=1)
    late = {"X-Linli-Replay": "later", "X-Linli-Clock": str(int((now() + wrong).timestamp() * 1000))}
    body = {"key": "tick-000001", "done_at": f"{came + wrong:%Y-%m-%dT%H:%M:%S.000Z}"}
    assert worker.post(f"/attendances/{row.public_id}/presence", data=body, headers=late).status_code == 200
    assert abs(Attendance.get(row.id).came_at - came) < timedelta(seconds=5)


def test_a_page_that_could_not_ask_whose_it_is_does_not_look_like_a_sign_out(
    client_for: Callable[..., Any], cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = client_for(cast.worker)
    assert f'data-account="{cast.worker.public_id}"' in worker.get("/my-people").text
    assert 'data-account=""' in client_for().get("/login").text

    def locked(_session: str) -> None:
        raise OperationalError("SELECT 1", {}, sqlite3.OperationalError("database is locked"))

    monkeypatch.setattr(doorkeeping, "enter", locked)
    page = worker.get("/my-people")
    assert page.status_code == 503 and "data-account" not in page.text
