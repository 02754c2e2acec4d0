"""The photos of logs one by one: found by those who may, and listed for auditors with what only they may open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from models import attachments
from models.attachments import Attachment
from models.service_log.row import ServiceLog

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.permissions import Permission


def log_photo(public_id: str, actor: Actor, permission: Permission) -> tuple[ServiceLog, Attachment]:
    """Return a photo or sheet of a log within reach, with its log, or raise NotFound."""
    logs = ServiceLog.visible_to(actor, permission).with_only_columns(ServiceLog.id)
    here = select(Attachment).where(Attachment.kind == ServiceLog.__tablename__, Attachment.subject_id.in_(logs))
    photo = Attachment.find(public_id, here)
    return ServiceLog.get(photo.subject_id or 0), photo


@dataclass(frozen=True)
class Original:
    """A sealed original, as an auditor's list names it."""

    public_id: str
    sheet: bool
    covered: bool
    received_at: datetime


def originals_of(log: ServiceLog) -> list[Original]:
    """Return the originals of a log that are still kept."""
    return [
        Original(one.public_id, one.sheet, bool(one.covers), one.created_at)
        for one in attachments.of(log)
        if one.original and not one.document
    ]
