"""Photos and papers that come with a matter: examined, kept in the vault, and claimed by the form that needs them."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    CHAR,
    JSON,
    BigInteger,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    false,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import Mapped, mapped_column

from models import documents, pictures, vault
from models.base import PublicRow, Refused, Utc, db, now, once_committed
from models.events import subject_of
from models.permissions import Permission
from models.places import Reach

if TYPE_CHECKING:
    from models.accounts import Actor

DAILY_BYTES = 120 * 1024 * 1024
LONGEST = 12 * 1024 * 1024
UNCLAIMED_FOR = timedelta(hours=24)
# Three years, one of which may have a day more.
ORIGINALS_FOR = timedelta(days=3 * 365 + 1)
MOST_PER_MATTER = 6


class Attachment(PublicRow):
    """One photo, or one paper as a PDF, which is kept sealed and handed out as a file, never shown.

    A sheet with names or ratings is kept as a sealed original for auditors only (decision 25).
    """

    __tablename__ = "attachments"
    __table_args__ = (
        Index("ix_attachments_kind_subject_id", "kind", "subject_id"),
        Index("ix_attachments_owner_created_at", "owner", "created_at"),
    )
    owner: Mapped[str] = mapped_column(String(60))
    sheet: Mapped[bool] = mapped_column(default=False)
    document: Mapped[bool] = mapped_column(default=False, server_default=false())
    kind: Mapped[str | None] = mapped_column(String(40))
    subject_id: Mapped[int | None] = mapped_column(BigInteger)
    community_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("places.id"))
    sha256: Mapped[str] = mapped_column(CHAR(64), index=True)
    dhash: Mapped[str] = mapped_column(CHAR(16))
    # Fingerprints of the picture in a mirror and with an edge cut away, one after the other.
    views: Mapped[str | None] = mapped_column(String(400))
    shot_at: Mapped[Utc | None]
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    received_bytes: Mapped[int] = mapped_column(Integer)
    display: Mapped[str | None] = mapped_column(String(80))
    thumbnail: Mapped[str | None] = mapped_column(String(80))
    original: Mapped[str | None] = mapped_column(String(80))
    # What was painted over in both shown sizes, in thousandths of width and height; the original stays as it came.
    covers: Mapped[list[list[int]] | None] = mapped_column(JSON)

    @classmethod
    def receive(
        cls, data: bytes, *, owner: str, sheet: bool = False, longest: int = LONGEST, said_at: datetime | None = None
    ) -> Attachment:
        """Examine a photo and put it in the vault before its row is written.

        `said_at` is when the phone says the file was made; it stands in where making it smaller took the camera's own
        note away. Errors: Refused("picture_…") of pictures.examine, Refused("picture_too_large", "photos_quota").
        Source: decisions.md 12, 25.
        """
        if len(data) > longest:
            raise Refused("picture_too_large")
        _check_quota(owner, len(data))
        picture = pictures.examine(data)
        store = vault.store()
        return cls(
            owner=owner,
            sheet=sheet,
            sha256=picture.sha256,
            dhash=f"{picture.dhash:016x}",
            views="".join(f"{one:016x}" for one in picture.views),
            shot_at=picture.shot_at or (said_at if said_at and said_at <= now() else None),
            width=picture.width,
            height=picture.height,
            received_bytes=len(data),
            display=None if sheet else store.put(picture.display),
            thumbnail=None if sheet else store.put(picture.thumbnail),
            original=store.put(picture.original, sealed=True),
        ).save()

    @classmethod
    def receive_paper(cls, data: bytes, *, owner: str, longest: int = LONGEST) -> Attachment:
        """Examine a paper, a photo of it or a PDF, and put it in the vault before its row is written.

        Errors: those of receive, Refused("document_unreadable", "document_active"). Source: decisions.md 12.
        """
        if not documents.is_pdf(data):
            return cls.receive(data, owner=owner, longest=longest)
        if len(data) > longest:
            raise Refused("picture_too_large")
        _check_quota(owner, len(data))
        documents.examine(data)
        # A paper has no picture: no sides and nothing that another photo could look like.
        return cls(
            owner=owner,
            document=True,
            sha256=hashlib.sha256(data).hexdigest(),
            dhash="",
            width=0,
            height=0,
            received_bytes=len(data),
            original=vault.store().put(data, sealed=True),
        ).save()

    def _cover(self, boxes: Sequence[pictures.Box]) -> None:
        """Make both shown sizes anew from the sealed original, painted over; a part of the verb of whose photo it is.

        Errors: Refused("original_gone") where it was removed after its years, and those of pictures.covered.
        """
        if self.original is None:
            raise Refused("original_gone")
        store = vault.store()
        made = pictures.covered(store.get(self.original, sealed=True), boxes)
        before = [name for name in (self.display, self.thumbnail) if name]
        self.display, self.thumbnail = store.put(made.display), store.put(made.thumbnail)
        self.covers = [list(box) for box in boxes] or None
        once_committed(lambda: store.remove(*before))


def original_of(photo: Attachment) -> bytes | None:
    """Return the sealed original as it is kept; whoever shows it notes who looks and why (decision 12)."""
    return vault.store().get(photo.original, sealed=True) if photo.original else None


def _check_quota(owner: str, size: int) -> None:
    since = now() - timedelta(days=1)
    used = db.session.scalar(
        select(func.coalesce(func.sum(Attachment.received_bytes), 0)).where(
            Attachment.owner == owner, Attachment.created_at > since
        )
    )
    if (used or 0) + size > DAILY_BYTES:
        raise Refused("photos_quota")


def claim(row: Any, public_ids: Sequence[str], *, owner: str, most: int = MOST_PER_MATTER) -> list[Attachment]:
    """Tie uploaded photos to the thing that a form made; a part of that thing's verb.

    Errors: Refused("photo_not_yours") for a photo of somebody else or one that is already used,
    Refused("too_many_photos").
    """
    wanted = [one for one in dict.fromkeys(public_ids) if one]
    if len(wanted) > most:
        raise Refused("too_many_photos", most=most)
    if not wanted:
        return []
    found = list(
        db.session.scalars(select(Attachment).where(Attachment.public_id.in_(wanted), Attachment.owner == owner))
    )
    if len(found) != len(wanted) or any(one.subject_id is not None for one in found):
        raise Refused("photo_not_yours")
    kind, subject_id = subject_of(row)
    for one in found:
        one.kind, one.subject_id, one.community_id = kind, subject_id, getattr(row, "community_id", None)
    return found


def keep_only(row: Any, public_ids: Sequence[str], *, owner: str, most: int = MOST_PER_MATTER) -> None:
    """Let a thing have these photos and papers and no others; a part of that thing's verb.

    What is let go is swept away with all that nobody claimed. Errors: those of claim.
    """
    wanted, had = [one for one in dict.fromkeys(public_ids) if one], of(row)
    if len(wanted) > most:
        raise Refused("too_many_photos", most=most)
    for one in had:
        if one.public_id not in wanted:
            one.kind = one.subject_id = one.community_id = None
    claim(row, [one for one in wanted if one not in {kept.public_id for kept in had}], owner=owner)


def of(row: Any) -> list[Attachment]:
    """Return the photos of a thing, in the order in which they came."""
    kind, subject_id = subject_of(row)
    query = select(Attachment).where(Attachment.kind == kind, Attachment.subject_id == subject_id)
    return list(db.session.scalars(query.order_by(Attachment.id)))


def of_each(rows: Sequence[Any]) -> list[list[Attachment]]:
    """Return the photos of each of several things, read with one query."""
    subjects = [subject_of(row) for row in rows]
    found: dict[tuple[str | None, int | None], list[Attachment]] = {}
    for one in db.session.scalars(_of_each(), {"subjects": subjects}):
        found.setdefault((one.kind, one.subject_id), []).append(one)
    return [found.get(subject, []) for subject in subjects]


@functools.cache
def _of_each() -> Select[Any]:
    wanted = tuple_(Attachment.kind, Attachment.subject_id).in_(bindparam("subjects", expanding=True))
    return select(Attachment).where(wanted).order_by(Attachment.id)


def sent_by(owner: str) -> Select[Any]:
    """Return the pictures of one sender."""
    return select(Attachment).where(Attachment.owner == owner)


def readable(actor: Actor, owner: str, of_needs: Sequence[ColumnElement[bool]] = ()) -> Select[Any]:
    """Return the pictures that a reader may see: one's own that belong to nothing yet, and those of matters within reach.

    A service's pictures follow Permission.READ_LOGS, a package's papers Permission.READ_PACKAGES; both lie in a
    community. `of_needs` is what the area of needs says of its own: who asked, and who may read them.
    """
    logs, packages = actor.reach(Permission.READ_LOGS), actor.reach(Permission.READ_PACKAGES)
    within = or_(
        *of_needs,
        and_(Attachment.kind == "packages", packages.communities(Attachment.community_id)),
        and_(Attachment.kind == "service_logs", logs.communities(Attachment.community_id)),
        and_(Attachment.kind == "service_logs", _of_organization(logs)),
    )
    # Once it belongs to a matter, its sender sees it as long as the matter: whoever moved on has left both.
    loose = and_(Attachment.owner == owner, Attachment.subject_id.is_(None))
    return select(Attachment).where(or_(loose, and_(within, Attachment.sheet.is_(False))))


def _of_organization(reach: Reach) -> ColumnElement[bool]:
    logs = db.metadata.tables["service_logs"]
    return Attachment.subject_id.in_(select(logs.c.id).where(reach.organizations(logs.c.organization_id)))


def bytes_of(photo: Attachment, size: str) -> bytes | None:
    """Return a picture as it is shown, `display` or `thumbnail`; none for a sheet or any other size."""
    name = {"display": photo.display, "thumbnail": photo.thumbnail}.get(size)
    return vault.store().get(name) if name else None


def paper_of(paper: Attachment) -> bytes | None:
    """Return the PDF that was received; none for a photo, whose original is for auditors alone."""
    return vault.store().get(paper.original, sealed=True) if paper.document and paper.original else None


def sweep() -> int:
    """Remove photos that no form claimed within a day; the files go after the rows. Returns how many."""
    old = list(
        db.session.scalars(
            select(Attachment).where(Attachment.subject_id.is_(None), Attachment.created_at < now() - UNCLAIMED_FOR)
        )
    )
    for one in old:
        db.session.delete(one)
    names = [name for one in old for name in (one.display, one.thumbnail, one.original) if name]
    once_committed(lambda: vault.store().remove(*names))
    return len(old)


def sweep_originals() -> int:
    """Remove the originals of photos after three years; what is shown of them stays, and so do papers. Returns how many.

    Source: decisions.md 12.
    """
    before = now() - ORIGINALS_FOR
    query = select(Attachment).where(
        Attachment.original.is_not(None), Attachment.document.is_(False), Attachment.created_at < before
    )
    old = list(db.session.scalars(query))
    names = [one.original for one in old if one.original]
    for one in old:
        one.original = None
    once_committed(lambda: vault.store().remove(*names))
    return len(old)


def sweep_unnamed() -> int:
    """Remove files that no row names: their request broke off between file and row. Returns how many.

    A day of rest first, so that nothing is taken from under a request that still runs. Every short column of every
    table is asked, so that an area of tomorrow need not be listed here. Source: reliability.md 45.
    """
    resting = list(vault.store().resting(now() - UNCLAIMED_FOR))
    named = (
        {name for column in _short_columns() for name in db.session.scalars(_like_a_file(column))} if resting else ()
    )
    unnamed = [name for name in resting if name not in named]
    vault.store().remove(*unnamed)
    return len(unnamed)


def _short_columns() -> list[Column[Any]]:
    columns = [column for table in db.metadata.sorted_tables for column in table.columns]
    return [one for one in columns if isinstance(one.type, String) and 40 <= (one.type.length or 0) <= 200]


def _like_a_file(column: Column[Any]) -> Select[Any]:
    return select(column).where(column.like("__/__/%"))
