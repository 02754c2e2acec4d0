"""A month that was written down afterward in the demo year, with one photo in two records: what hints are for."""

from __future__ import annotations

import io
from datetime import timedelta

from PIL import Image, ImageOps

from demo.clockwork import DAYS, Year
from demo.drawings import drawing
from demo.people import actor
from demo.words import rows
from models.attachments import Attachment
from models.attendance import Presence
from models.service_log import ServiceLog
from models.service_log.kinds import Entry, ServiceMethod

SLUG = "youth-blend"
DAYS_BACK = (4, 5, 6, 7, 8, 9, 10, 11)


def plan(year: Year) -> None:
    """Let the project that invents figures write eight services of the last whole month on its last day."""
    last = year.date(DAYS - 1).replace(day=1) - timedelta(days=1)
    year.on((last - year.first).days, lambda: _write(year), 21 * 60)


def _write(year: Year) -> None:
    project, circle = year.things.get(f"project:{SLUG}"), year.things.get(f"circle:{SLUG}", [])
    workers = next(one for one in rows("projects") if one["slug"] == SLUG).get("workers") or []
    if project is None or len(circle) < 6 or not workers:
        return
    by = actor(year, workers[0])
    picture = drawing(year.chance)
    for number, back in enumerate(DAYS_BACK):
        begins = year.at(year.day - back, 19 * 60)
        photos = (_kept(picture, by.account_id),) if number == 0 else ()
        if number == 5:
            photos = (_kept(_mirrored(picture), by.account_id),)
        entry = Entry(
            ServiceMethod.GROUP, "融入小组活动", "活动室", begins, begins + timedelta(minutes=120),
            public_summary="大家一起聊天、做游戏。", people=tuple(Presence(one) for one in circle[:6]), photos=photos,
            photo_owner=f"account:{by.account_id}",
        )  # fmt: skip
        log = year.try_(lambda entry=entry: ServiceLog.write(project, entry, by=by, submit=True), "afterthought")  # type: ignore[misc]
        if log is not None:
            text = next(one for one in rows("projects") if one["slug"] == SLUG)
            year.things.setdefault("waiting_logs", []).append((text, log))


def _kept(data: bytes, account_id: int | None) -> str:
    return Attachment.receive(data, owner=f"account:{account_id}").public_id


def _mirrored(data: bytes) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(data)) as picture:
        ImageOps.mirror(picture).save(out, "JPEG", quality=60)
    return out.getvalue()
