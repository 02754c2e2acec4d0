"""A photo that was still on the phone when its record arrived finds its record, once, and only the one that told of it."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from models import attachments
from models.accounts import actor_of
from models.awaited_photos import AwaitedPhotos, still_coming
from models.base import Refused, db, now, travel
from models.needs import Need
from models.service_log import Flag, ServiceLog, flags_of
from tests import serving
from tests.cast import Cast

KEY = "4a0c1f52-5a31-4d8e-9f5e-000000000001"


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(made, "JPEG")
    return made.getvalue()


def written(cast: Cast, **more: Any) -> ServiceLog:
    values = {"photo_owner": f"account:{cast.worker.id}", "key": KEY, **more}
    entry = serving.entry(cast.neighbor, **values)
    return ServiceLog.write(serving.project(cast), entry, by=actor_of(cast.worker), submit=True)


def _still(log: ServiceLog) -> int:
    return int(db.session.scalar(select(still_coming("service_logs", log.id))) or 0)


def arrive(cast: Cast, key: str = KEY, owner: str | None = None) -> Any:
    mine = owner or f"account:{cast.worker.id}"
    return AwaitedPhotos.receive(picture(), key, owner=mine, by=actor_of(cast.worker))


def test_a_photo_that_was_announced_is_tied_to_its_record(cast: Cast) -> None:
    with pytest.raises(Refused, match="record_not_there_yet"):
        arrive(cast)
    log = written(cast, photos_coming=2)
    assert _still(log) == 2
    photos = [arrive(cast), arrive(cast)]
    assert attachments.of(log) == photos
    assert _still(log) == 0
    with pytest.raises(Refused, match="record_not_there_yet"):
        arrive(cast)


def test_its_author_says_that_a_record_waits_for_no_more_photos(cast: Cast) -> None:
    log = written(cast, photos_coming=3)
    first = arrive(cast)
    with pytest.raises(Refused, match="not_your_log"):
        log.await_no_more_photos(by=actor_of(cast.supervisor))
    log.await_no_more_photos(by=actor_of(cast.worker))
    assert _still(log) == 0 and attachments.of(log) == [first]
    with pytest.raises(Refused, match="record_not_there_yet"):
        arrive(cast)
    with pytest.raises(Refused, match="no_photos_awaited"):
        log.await_no_more_photos(by=actor_of(cast.worker))


def test_nobody_adds_a_photo_to_the_record_of_another(cast: Cast) -> None:
    written(cast, photos_coming=1)
    for key, owner in ((KEY, f"account:{cast.supervisor.id}"), ("another-key", None)):
        with pytest.raises(Refused, match="record_not_there_yet"):
            arrive(cast, key, owner)


def test_what_was_written_in_time_and_came_late_is_late_and_need_not_say_why(cast: Cast) -> None:
    began = now() - timedelta(hours=3)
    with travel(timedelta(days=30)):
        with pytest.raises(Refused, match="late_reason_needed"):
            written(cast, started_at=began)
        log = written(cast, started_at=began, done_at=began + timedelta(hours=2))
        assert log.late and log.received_at == now()
        with pytest.raises(Refused, match="late_reason_needed"):
            written(cast, started_at=began, done_at=began + timedelta(hours=2), clock_off=True)


@pytest.mark.parametrize(("claim", "said_off", "flagged"), [(-5, False, False), (5, True, True), (26, False, True)])
def test_a_clock_that_is_wrong_by_more_than_an_hour_is_flagged(
    cast: Cast, claim: int, said_off: bool, flagged: bool
) -> None:
    log = written(cast, done_at=now() + timedelta(hours=claim), clock_off=said_off)
    assert (Flag.CLOCK_OFF in flags_of([log])[log.id]) is flagged


def test_a_need_says_how_many_of_its_pictures_are_still_on_the_phone(client_for: Any, cast: Cast) -> None:
    by = actor_of(cast.resident)
    need = Need.raise_(
        cast.community, "楼道的灯坏了，有照片。", by=by, author_account_id=cast.resident.id, entry_key=KEY, photos_coming=2,
        photo_owner=f"account:{cast.resident.id}",
    )  # fmt: skip
    assert "2 张照片待传" in client_for(cast.resident).get(f"/needs/{need.public_id}").text
    assert "2 张照片待传" in client_for(cast.clerk).get(f"/desk/needs/{need.public_id}").text
