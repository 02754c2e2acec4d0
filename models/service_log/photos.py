"""What the photos of a log tell before it is approved: seen in another record already, or taken at another time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, or_, select

from models.attachments import Attachment
from models.base import db
from models.pictures import difference
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
    mine = list(_prints(Attachment.subject_id.in_([log.id for log in logs])))
    if not mine:
        return set()
    known, bands = defaultdict(list), defaultdict(list)
    for one in mine:
        known[one.sha256].append(one)
        for band in _bands(one):
            bands[band].append(one)
    found = set()
    for other in _of_providers(logs):
        alike = known[other.sha256] + [
            one for band in _bands(other) for one in bands.get(band, ())
            if difference(int(one.dhash, 16), int(other.dhash, 16)) <= SAME_SCENE
        ]  # fmt: skip
        found |= {one.subject_id for one in alike if one.subject_id != other.subject_id}
    return found


def taken_elsewhen(logs: Sequence[Any]) -> set[int]:
    """Return which logs carry a photo whose own time lies far from the service. Source: domain/checklist.md 49."""
    spans = {log.id: (log.started_at - CLOCKS_DIFFER, log.ended_at + CLOCKS_DIFFER) for log in logs}
    photos = _prints(Attachment.subject_id.in_(spans), Attachment.shot_at.is_not(None), Attachment.sheet.is_(False))
    return {one.subject_id for one in photos if not spans[one.subject_id][0] <= one.shot_at <= spans[one.subject_id][1]}


def _prints(*conditions: Any) -> Iterable[Any]:
    query = select(
        Attachment.subject_id, Attachment.sha256, Attachment.dhash, Attachment.sheet, Attachment.shot_at
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


def _bands(one: Any) -> Iterator[tuple[int, int]]:
    """Yield the bands of a fingerprint; sheets all look alike, so that only the very same file tells there."""
    bits = int(one.dhash, 16)
    if one.sheet or bits.bit_count() not in TELLING_BITS:
        return
    for number, (low, high) in enumerate(_BANDS):
        yield number, bits >> low & ((1 << high - low) - 1)
