"""A photo is claimed once, by whoever sent it; what nobody claims is swept away."""

from __future__ import annotations

import io
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from models import attachments, vault
from models.attachments import Attachment
from models.base import Refused, db, now, once_committed, travel
from tests import builders
from tests.cast import Cast


def photo(color: str = "green") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), color).save(out, "JPEG")
    return out.getvalue()


def test_a_photo_is_claimed_once_and_only_by_its_sender(db: Any, cast: Cast) -> None:
    sent = Attachment.receive(photo(), owner="account:1")
    need = builders.need(cast.community)
    with pytest.raises(Refused, match="photo_not_yours"):
        attachments.claim(need, [sent.public_id], owner="account:2")
    assert attachments.claim(need, [sent.public_id], owner="account:1") == [sent]
    with pytest.raises(Refused, match="photo_not_yours"):
        attachments.claim(need, [sent.public_id], owner="account:1")
    assert attachments.of(need) == [sent]


def test_more_than_six_photos_are_refused(db: Any, cast: Cast) -> None:
    sent = [Attachment.receive(photo(), owner="account:1").public_id for _ in range(7)]
    with pytest.raises(Refused, match="too_many_photos"):
        attachments.claim(builders.need(cast.community), sent, owner="account:1")


def test_a_sheet_has_no_picture_to_show_and_a_sealed_original(db: Any, cast: Cast) -> None:
    sheet = Attachment.receive(photo(), owner="account:1", sheet=True)
    assert attachments.bytes_of(sheet, "display") is None
    assert sheet.original is not None
    assert vault.store().get(sheet.original, sealed=True)


def test_what_nobody_claims_is_swept_after_a_day_with_its_files(cast: Cast) -> None:
    sent = Attachment.receive(photo("red"), owner="account:1")
    names = [name for name in (sent.display, sent.thumbnail, sent.original) if name]
    assert attachments.sweep() == 0
    with travel(timedelta(hours=25)):
        assert attachments.sweep() == 1
    assert vault.store().get(names[0])
    db.session.commit()
    assert db.session.get(Attachment, sent.id) is None
    for name in names:
        with pytest.raises(Exception, match=name.rsplit("/", 1)[-1]):
            vault.store().get(name)


def test_an_original_goes_after_three_years_and_what_is_shown_stays(cast: Cast) -> None:
    sent = Attachment.receive(photo("red"), owner="account:1")
    paper = Attachment.receive(photo("green"), owner="account:1")
    builders.need(cast.community, photos=[sent.public_id], photo_owner="account:1")
    original, paper.document = sent.original or "", True
    with travel(timedelta(days=3 * 365)):
        assert attachments.sweep_originals() == 0
    with travel(timedelta(days=3 * 365 + 2)):
        assert attachments.sweep_originals() == 1 and attachments.sweep_originals() == 0
    db.session.commit()
    assert sent.original is None and paper.original and vault.store().get(sent.display or "")
    assert attachments.original_of(sent) is None
    with pytest.raises(FileNotFoundError):
        vault.store().get(original)


def test_a_file_whose_request_broke_off_is_swept_and_a_named_one_stays(cast: Cast) -> None:
    stays, orphan = Attachment.receive(photo("blue"), owner="account:1"), vault.store().put(b"x")
    db.session.flush()
    before = now().timestamp()
    for name in (stays.display or "", orphan):
        os.utime(Path(vault.store()._root) / name, (before - 90_000, before - 90_000))
    assert attachments.sweep_unnamed() == 1
    assert vault.store().get(stays.display or "")
    with pytest.raises(FileNotFoundError):
        vault.store().get(orphan)


def test_a_removal_waits_for_the_commit_and_dies_with_a_rollback(cast: Cast) -> None:
    done: list[int] = []
    once_committed(lambda: done.append(1))
    db.session.rollback()
    db.session.commit()
    assert done == []
    once_committed(lambda: done.append(2))
    with db.session.begin_nested():
        pass
    assert done == []
    db.session.commit()
    assert done == [2]
