"""Faces and number plates in photos, covered by hand: what everybody sees is painted over, the original stays sealed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from models import revisions
from models.attachments import Attachment
from models.base import Refused
from models.events import record
from models.permissions import Permission
from models.pictures import THOUSANDTHS, Box
from models.states import ServiceLogState

if TYPE_CHECKING:
    from models.accounts import Actor

SHORTEST_REASON = 10
COLUMNS = 12
ROWS = range(6, 21)
# Until a record counts, its author mends it; later others do.
_OPEN = (
    ServiceLogState.DRAFT, ServiceLogState.SUBMITTED, ServiceLogState.RETURNED, ServiceLogState.AWAITING_COMMITTEE,
)  # fmt: skip


def rows_of(photo: Attachment) -> int:
    """Return in how many rows of about square cells a photo is laid out. Pure."""
    rows = round(COLUMNS * photo.height / max(1, photo.width))
    return min(max(rows, ROWS[0]), ROWS[-1])


def boxes_of(cells: Iterable[tuple[int, int]], rows: int) -> list[Box]:
    """Return the boxes that chosen cells (row, column) make, neighbors of a row joined. Pure."""
    boxes: list[Box] = []
    for row, column in sorted(set(cells)):
        left, right = column * THOUSANDTHS // COLUMNS, -(-(column + 1) * THOUSANDTHS // COLUMNS)
        top, bottom = row * THOUSANDTHS // rows, -(-(row + 1) * THOUSANDTHS // rows)
        if boxes and boxes[-1][1] == top and boxes[-1][2] >= left:
            left = boxes.pop()[0]
        boxes.append((left, top, right, bottom))
    return boxes


class Covering:
    """The verbs by which a photo of a log is covered, and shown again."""

    def may_cover(self, actor: Actor) -> bool:
        """Tell whether somebody may cover: the author until it counts, the organization's leads, the committee."""
        log: Any = self
        if actor.account_id == log.author_id and log.state in _OPEN:
            return True
        leads = log.organization_id in actor.reach(Permission.APPROVE_LOG).organization_ids
        return log.state != ServiceLogState.DRAFT and (leads or log.may_uncover(actor))

    def may_uncover(self, actor: Actor) -> bool:
        """Tell whether somebody may show again what was covered: the committee alone."""
        log: Any = self
        return log.community_id in actor.reach(Permission.APPROVE_LATE_LOG).community_ids

    def cover_photo(self, photo: Attachment, boxes: Iterable[Box], *, by: Actor) -> None:
        """Paint boxes over a photo in addition to what is covered already.

        Errors: Refused("not_yours_to_cover", "nothing_to_cover", "original_gone"). Source: norms.md 1.10 (PIPL 25);
        domain/abuse.md F28.
        """
        log: Any = self
        if not log.may_cover(by):
            raise Refused("not_yours_to_cover")
        fresh = list(boxes)
        if not fresh or photo.sheet:
            raise Refused("nothing_to_cover")
        before: list[Box] = [(one[0], one[1], one[2], one[3]) for one in photo.covers or []]
        photo._cover([*before, *(box for box in fresh if box not in before)])
        record("service_log.cover_photo", by=by, about=[log, photo], community_id=log.community_id,
               details={"boxes": len(fresh)})  # fmt: skip

    def uncover_photo(self, photo: Attachment, reason: str, *, by: Actor) -> None:
        """Show again all that was covered in a photo; the committee alone, with a reason.

        Errors: Refused("committee_decides", "reason_too_short", "nothing_covered", "original_gone").
        """
        log: Any = self
        if not log.may_uncover(by):
            raise Refused("committee_decides")
        if len(reason.strip()) < SHORTEST_REASON:
            raise Refused("reason_too_short", least=SHORTEST_REASON)
        if not photo.covers:
            raise Refused("nothing_covered")
        photo._cover([])
        kept = revisions.keep(photo, "uncovering", reason.strip(), by=by)
        record("service_log.uncover_photo", by=by, about=[log, photo], community_id=log.community_id,
               details={"reason": kept})  # fmt: skip
