"""What the photos of a log tell before it is approved: seen in another record already, or taken at another time."""

from __future__ import annotations

import contextlib
import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, or_, select

from models import attachments
from models.attachments import Attachment
from models.base import Refused, db
from models.pictures import difference, views_of
from models.states import ServiceLogState

# Two fingerprints of 64 bits that differ in no more show the same scene (domain/abuse.md F2).
SAME_SCENE = 6
# An even wall or a black picture has hardly a bit; such fingerprints say nothing.
TELLING_BITS = range(8, 57)
# Cameras that are not set right are off by hours; who photographs the day before did not photograph the service.
CLOCKS_DIFFER = timedelta(hours=12)
# Fingerprints that differ in at most 6 bits agree in at least one of 7 bands.
_BANDS = tuple((64 * n // 7, 64 * (n + 1) // 7) for n in range(7))


def used_twice(logs: Sequence[Any]) -> set[int]:
    """Return which logs carry a photo that another record of the same provider carries too, or one of the same scene.

    Source: domain/checklist.md 48; domain/abuse.md F1, F2. Two queries, one where no log has a photo.
    """
    return {one.log_id for one in alike(logs)}


@dataclass(frozen=True)
class Alike:
    """A photo of a log, and one of another record that shows the same: the very file, or the same scene."""

    log_id: int
    photo: str
    other_log_id: int
    other_photo: str
    exact: bool
    bits: int


def alike(logs: Sequence[Any]) -> list[Alike]:
    """Return each photo of these logs with one of another record of the provider that looks the same.

    A copy that was saved again, made brighter, mirrored or cut at its edges by a twentieth is found; the fingerprint of
    either is compared with those of the other in a mirror and with an edge cut away. bench/photos.py
    tells how often that is right.
    """
    mine = list(_prints(Attachment.subject_id.in_([log.id for log in logs])))
    if not mine:
        return []
    same: dict[str, list[Any]] = defaultdict(list)
    whole: dict[Any, list[Any]] = defaultdict(list)
    altered: dict[Any, list[Any]] = defaultdict(list)
    for one in mine:
        same[one.sha256].append(one)
        for table, prints in ((whole, _whole(one)), (altered, _altered(one))):
            for bits in prints:
                for band in _bands(bits):
                    table[band].append((one, bits))
    found: dict[tuple[str, int], Alike] = {}
    for other in _of_providers(logs):
        for one, exact, bits in _near(other, same, whole, altered):
            key = (one.public_id, other.subject_id)
            if one.subject_id != other.subject_id and (key not in found or bits < found[key].bits):
                found[key] = Alike(one.subject_id, one.public_id, other.subject_id, other.public_id, exact, bits)
    return list(found.values())


def _near(other: Any, same: Any, whole: Any, altered: Any) -> Iterator[tuple[Any, bool, int]]:
    """Yield which of ours a photo of another record looks like, and in how many bits it differs."""
    for one in same.get(other.sha256, ()):
        yield one, True, 0
    # Whole against whole and against ours as people alter it; theirs as people alter it against whole.
    pairs = ((_whole(other), whole), (_whole(other), altered), (_altered(other), whole))
    for prints, table in pairs:
        for bits in prints:
            for band in _bands(bits):
                for one, seen in table.get(band, ()):
                    if (apart := difference(bits, seen)) <= SAME_SCENE:
                        yield one, False, apart


def taken_elsewhen(logs: Sequence[Any]) -> set[int]:
    """Return which logs carry a photo whose own time lies far from the service. Source: domain/checklist.md 49."""
    spans = {log.id: (log.started_at - CLOCKS_DIFFER, log.ended_at + CLOCKS_DIFFER) for log in logs}
    photos = _prints(Attachment.subject_id.in_(spans), Attachment.shot_at.is_not(None), Attachment.sheet.is_(False))
    return {one.subject_id for one in photos if not spans[one.subject_id][0] <= one.shot_at <= spans[one.subject_id][1]}


class PhotoTime(StrEnum):
    """What the time of a shot tells beside its service; a mark, never a blame, and no hint by itself."""

    FITS = "FITS"
    NONE = "NONE"
    ELSEWHEN = "ELSEWHEN"


def time_of(log: Any, shot_at: datetime | None) -> PhotoTime:
    """Return whether a photo's own time fits its service, is missing, or lies far away. Pure.

    Many ways of passing a picture on take its time away. Source: domain/abuse.md F1; domain/checklist.md 49.
    """
    if shot_at is None:
        return PhotoTime.NONE
    near = log.started_at - CLOCKS_DIFFER <= shot_at <= log.ended_at + CLOCKS_DIFFER
    return PhotoTime.FITS if near else PhotoTime.ELSEWHEN


def look_again(limit: int = 100) -> int:
    """Fill in the fingerprints of altered copies, which photos of earlier days lack; return of how many.

    A photo that is gone or damaged gets none and is not asked for again. The job that calls it writes no event.
    """
    query = select(Attachment).where(
        Attachment.kind == "service_logs", Attachment.views.is_(None), Attachment.document.is_(False)
    )
    older = list(db.session.scalars(query.order_by(Attachment.id).limit(limit)))
    for one in older:
        one.views = ""
        with contextlib.suppress(Refused, OSError, ValueError):
            # What was covered in the shown size would make another picture of it.
            data = attachments.original_of(one) if one.covers else attachments.bytes_of(one, "display")
            one.views = "".join(f"{bits:016x}" for bits in views_of(data)) if data else ""
    return len(older)


def _prints(*conditions: Any) -> Iterable[Any]:
    query = select(
        Attachment.subject_id,
        Attachment.public_id,
        Attachment.sha256,
        Attachment.dhash,
        Attachment.views,
        Attachment.sheet,
        Attachment.shot_at,
    ).where(Attachment.kind == "service_logs", *conditions)
    return db.session.execute(query).all()


def _of_providers(logs: Sequence[Any]) -> Iterable[Any]:
    """Return the fingerprints of all records that stand of the providers of these logs."""
    model = type(logs[0])
    organizations = {log.organization_id for log in logs if log.organization_id is not None}
    communities = {log.community_id for log in logs if log.organization_id is None}
    theirs = select(model.id).where(
        model.state != ServiceLogState.VOIDED,
        or_(
            model.organization_id.in_(organizations),
            and_(model.organization_id.is_(None), model.community_id.in_(communities)),
        ),
    )
    return _prints(Attachment.subject_id.in_(theirs))


def _whole(one: Any) -> tuple[int, ...]:
    """Return the fingerprint of a photo; sheets all look alike, so that only the very same file tells there."""
    return () if one.sheet else _telling(one.dhash)


def _altered(one: Any) -> tuple[int, ...]:
    return () if one.sheet or not one.views else _telling(one.views)


@functools.lru_cache(maxsize=20_000)
def _telling(prints: str) -> tuple[int, ...]:
    """Return the fingerprints that tell something: not those of an even wall."""
    found = {int(prints[at : at + 16], 16) for at in range(0, len(prints), 16)}
    return tuple(bits for bits in sorted(found) if bits.bit_count() in TELLING_BITS)


@functools.lru_cache(maxsize=100_000)
def _bands(bits: int) -> tuple[tuple[int, int], ...]:
    return tuple((number, bits >> low & ((1 << high - low) - 1)) for number, (low, high) in enumerate(_BANDS))
