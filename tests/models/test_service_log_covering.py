"""Faces and number plates in photos of logs: covered by hand in what everybody sees, never in the sealed original."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from models import attachments
from models.accounts import actor_of
from models.attachments import Attachment
from models.base import Refused
from models.events import timeline
from models.service_log import ServiceLog, boxes_of, rows_of
from tests import serving
from tests.cast import Cast

WHY = "遮错了地方，人脸还露着，要重新遮"
CELLS = [(0, 0), (0, 1)]


def photographed(cast: Cast, **more: Any) -> tuple[ServiceLog, Attachment]:
    """Return a log with a bright photo."""
    out = io.BytesIO()
    Image.new("RGB", (1200, 900), "yellow").save(out, "JPEG")
    photo = Attachment.receive(out.getvalue(), owner=f"account:{cast.worker.id}")
    entry = {"photos": (photo.public_id,), "photo_owner": photo.owner, **more}
    return serving.log(serving.project(cast), cast.worker, cast.neighbor, **entry), photo


def spots(data: bytes | None) -> tuple[bool, bool]:
    """Tell whether the upper left corner and the middle are dark."""
    image = Image.open(io.BytesIO(data or b"")).convert("L")
    width, height = image.size
    return image.getpixel((width // 24, height // 24)) < 90, image.getpixel((width // 2, height // 2)) < 90


def test_cells_make_boxes_that_cover_them_whole() -> None:
    assert boxes_of([(0, 1), (0, 0), (0, 3), (2, 0)], 9) == [(0, 0, 167, 112), (250, 0, 334, 112), (0, 222, 84, 334)]
    assert rows_of(Attachment(width=1200, height=900)) == 9
    assert (rows_of(Attachment(width=9, height=900)), rows_of(Attachment(width=900, height=9))) == (20, 6)


def test_what_is_covered_is_gone_from_both_shown_sizes_and_kept_in_the_original(db: Any, cast: Cast) -> None:
    log, photo = photographed(cast)
    before = (photo.display, photo.thumbnail, photo.original, photo.dhash)
    log.cover_photo(photo, boxes_of(CELLS, 9), by=actor_of(cast.worker))
    assert [spots(attachments.bytes_of(photo, size)) for size in ("display", "thumbnail")] == [(True, False)] * 2
    assert spots(attachments.original_of(photo)) == (False, False)
    assert (photo.original, photo.dhash) == before[2:] and photo.display != before[0]
    assert [line.verb for line in timeline([photo])] == ["service_log.cover_photo"]
    log.cover_photo(photo, boxes_of([(4, 5), (4, 6)], 9), by=actor_of(cast.supervisor))
    assert spots(attachments.bytes_of(photo, "display")) == (True, True), "What was covered stays so."


def test_the_author_covers_until_it_counts_the_leads_and_the_committee_later(db: Any, cast: Cast) -> None:
    log, photo = photographed(cast)
    for account in (cast.other_worker, cast.other_clerk, cast.resident, cast.auditor):
        with pytest.raises(Refused, match="not_yours_to_cover"):
            log.cover_photo(photo, boxes_of(CELLS, 9), by=actor_of(account))
    log.approve(by=actor_of(cast.supervisor))
    with pytest.raises(Refused, match="not_yours_to_cover"):
        log.cover_photo(photo, boxes_of(CELLS, 9), by=actor_of(cast.worker))
    with pytest.raises(Refused, match="nothing_to_cover"):
        log.cover_photo(photo, [], by=actor_of(cast.clerk))
    for account in (cast.supervisor, cast.clerk):
        log.cover_photo(photo, boxes_of(CELLS, 9), by=actor_of(account))
    assert len(photo.covers or []) == 1


def test_only_the_committee_shows_it_again_and_says_why(db: Any, cast: Cast) -> None:
    log, photo = photographed(cast)
    clerk = actor_of(cast.clerk)
    with pytest.raises(Refused, match="nothing_covered"):
        log.uncover_photo(photo, WHY, by=clerk)
    log.cover_photo(photo, boxes_of(CELLS, 9), by=actor_of(cast.worker))
    for account in (cast.worker, cast.supervisor, cast.auditor):
        with pytest.raises(Refused, match="committee_decides"):
            log.uncover_photo(photo, WHY, by=actor_of(account))
    with pytest.raises(Refused, match="reason_too_short"):
        log.uncover_photo(photo, "错了", by=clerk)
    log.uncover_photo(photo, WHY, by=clerk)
    assert spots(attachments.bytes_of(photo, "display")) == (False, False) and photo.covers is None
    photo.original = None
    with pytest.raises(Refused, match="original_gone"):
        log.cover_photo(photo, boxes_of(CELLS, 9), by=clerk)
