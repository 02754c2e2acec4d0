"""The office's own paper: a workbook or a document with placeholders, kept once and filled for any period."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import CHAR, BigInteger, ForeignKey, Index, Integer, Select, String, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models import vault
from models.base import PublicRow, Refused, Utc, db, now
from models.events import digest, record
from models.places import Place
from models.reports import BY_KIND, HOMES, ReportKind

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.permissions import Permission

LIMIT_BYTES = 2 * 1024 * 1024
LIMIT_UNPACKED = 8 * 1024 * 1024
LIMIT_PARTS = 400
# What compresses better than this was made to burst; real sheets stay far below.
LIMIT_RATIO = 200
LONGEST_NAME = 60
MOST = 30
# Words of the report itself, beside the names of cells.
ABOUT = ("report.place", "report.period", "report.from", "report.to", "report.title", "report.printed")
STATION_ROW = ("station.number", "station.community", "station.organization")


class PaperFormat(StrEnum):
    """What a template is: a workbook or a document, both without anything that runs."""

    XLSX = "XLSX"
    DOCX = "DOCX"


_ROOTS = {PaperFormat.XLSX: "xl/", PaperFormat.DOCX: "word/"}
_RUNS = re.compile(r"vbaproject|vbadata|activex|/embeddings/|/externallinks/|/ctrlprops/|/customui|macrosheets", re.I)
_RUNS_BY_TYPE = re.compile(rb"macroEnabled|vbaProject|oleObject|activeX", re.I)
_OUTSIDE = re.compile(rb"""TargetMode\s*=\s*["']\s*External""", re.I)
_DECLARES = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.I)
# Fields of a document and formulas of a workbook that fetch something when they are opened.
_FETCHED_FIELD = re.compile(rb"\s*(INCLUDETEXT|INCLUDEPICTURE|DDEAUTO|DDE|IMPORT|LINK)\b", re.I)
_FETCHED_ATTRIBUTE = re.compile(rb"""instr\s*=\s*["']\s*(INCLUDETEXT|INCLUDEPICTURE|DDEAUTO|DDE|IMPORT|LINK)\b""", re.I)
_FETCHED_FORMULA = re.compile(rb"WEBSERVICE|FILTERXML|\|", re.I)
_MERGED = re.compile(
    rb"""<mergeCell\s[^<>]{0,200}?ref\s*=\s*["']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"""
)
MOST_MERGED = 20_000


def format_of(name: str) -> PaperFormat:
    """Return the format that a file's name claims. Errors: Refused("paper_has_macros", "paper_kind_unknown")."""
    stem, _, ending = (part.casefold().strip() for part in name.rpartition("."))
    if ending in ("docm", "dotm", "xlsm", "xltm", "xlsb", "xlam"):
        raise Refused("paper_has_macros")
    if not stem or ending not in ("xlsx", "docx"):
        raise Refused("paper_kind_unknown")
    return PaperFormat(ending.upper())


def check_safe(kind: PaperFormat, data: bytes) -> None:
    """Refuse a file that is not what it says, that would burst, that runs something or looks outside.

    Errors: Refused("paper_too_large", "paper_unreadable", "paper_has_macros", "paper_looks_outside").
    """
    if len(data) > LIMIT_BYTES:
        raise Refused("paper_too_large", most=LIMIT_BYTES // 1024 // 1024)
    if not data.startswith(b"PK\x03\x04"):
        raise Refused("paper_unreadable")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_parts(kind, archive, len(data))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, ValueError) as error:
        raise Refused("paper_unreadable") from error


def _check_parts(kind: PaperFormat, archive: zipfile.ZipFile, size: int) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > LIMIT_PARTS or unpacked > LIMIT_UNPACKED or unpacked > LIMIT_RATIO * size:
        raise Refused("paper_too_large", most=LIMIT_BYTES // 1024 // 1024)
    names = [part.filename for part in parts]
    packed = any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts)
    if packed or len(set(names)) != len(names) or not any(name.startswith(_ROOTS[kind]) for name in names):
        raise Refused("paper_unreadable")
    if any(_RUNS.search(f"/{name}") for name in names):
        raise Refused("paper_has_macros")
    for part in parts:
        if part.filename.casefold().endswith((".xml", ".rels", ".vml")):
            # A part cannot be longer than it says: the library stops at the size that was checked above.
            _check_text(archive.read(part))


def _check_text(text: bytes) -> None:
    # Another alphabet would hide from the looks below what the office's program still reads.
    if b"\x00" in text or _DECLARES.search(text):
        raise Refused("paper_unreadable")
    if _RUNS_BY_TYPE.search(text):
        raise Refused("paper_has_macros")
    if sum(_area(*found) for found in _MERGED.findall(text)) > MOST_MERGED:
        raise Refused("paper_too_large", most=LIMIT_BYTES // 1024 // 1024)
    if _OUTSIDE.search(text) or _FETCHED_ATTRIBUTE.search(text) or any(_fetches(part) for part in text.split(b"<")):
        raise Refused("paper_looks_outside")


def _fetches(part: bytes) -> bool:
    """Tell whether a tag and the words after it fetch something; each part of a text is looked at once."""
    tag, _, words = part.partition(b">")
    if not words:
        return False
    field = b"instrtext" in tag.lower() and _FETCHED_FIELD.match(words)
    return bool(field or (tag[:1] in (b"f", b"F") and _FETCHED_FORMULA.search(words)))


def _area(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    """Return how many cells a merged range holds: the reader makes each of them."""
    first, last = (sum((one - 64) * 26**at for at, one in enumerate(reversed(name))) for name in (left, right))
    return (abs(last - first) + 1) * (abs(int(bottom) - int(top)) + 1)


def placeholders(kind: ReportKind) -> tuple[str, ...]:
    """Return all names that a template of this kind may use outside the row of a station."""
    return (*ABOUT, *(one.name for one in BY_KIND[kind]))


def check_names(kind: ReportKind, used: Iterable[str]) -> None:
    """Refuse a template that asks for what nobody counts. Errors: Refused("placeholder_unknown", "no_placeholder")."""
    found = list(dict.fromkeys(used))
    if not found:
        raise Refused("no_placeholder")
    rows = (
        {f"station.{name}" for name in placeholders(kind)} | set(STATION_ROW) if kind == ReportKind.STATION else set()
    )
    unknown = [name for name in found if name not in placeholders(kind) and name not in rows]
    if unknown:
        raise Refused("placeholder_unknown", names=", ".join(unknown[:5])[:120])


class ReportTemplate(PublicRow):
    """A template of a community, a street or a district; it is used everywhere below."""

    __tablename__ = "report_templates"
    __table_args__ = (Index("ix_report_templates_place_id_removed_at", "place_id", "removed_at"),)
    place_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    kind: Mapped[ReportKind] = mapped_column(String(8))
    format: Mapped[PaperFormat] = mapped_column(String(4))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    file: Mapped[str] = mapped_column(String(80))
    sha256: Mapped[str] = mapped_column(CHAR(64))
    size: Mapped[int] = mapped_column(Integer)
    kept_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    removed_at: Mapped[Utc | None]

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the templates of the places in reach that were not taken away."""
        ours = select(Place.id).where(actor.reach(permission).places())
        return select(cls).where(cls.place_id.in_(ours), cls.removed_at.is_(None))

    @classmethod
    def usable_by(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the templates that may be filled: one's own, and those of the street and district above."""
        ours = select(Place).where(actor.reach(permission).places(), Place.kind.not_in(HOMES)).subquery()
        above = [select(ours.c[name]) for name in ("id", "street_id", "district_id")]
        return select(cls).where(cls.removed_at.is_(None), or_(*(cls.place_id.in_(one) for one in above)))

    @classmethod
    def bring(
        cls, place: Place, kind: ReportKind, name: str, file_name: str, data: bytes, *, used: Iterable[str], by: Actor
    ) -> ReportTemplate:
        """Keep a file whose placeholders were read; the file rests in the vault before its row names it.

        Errors: those of format_of, check_safe and check_names; Refused("name_needed", "too_many_templates").
        """
        paper = format_of(file_name)
        check_safe(paper, data)
        check_names(kind, used)
        if not name.strip():
            raise Refused("name_needed")
        here = select(cls.id).where(cls.place_id == place.id, cls.removed_at.is_(None)).limit(MOST)
        if len(db.session.scalars(here).all()) >= MOST:
            raise Refused("too_many_templates", most=MOST)
        one = cls(
            place_id=place.id, kind=kind, format=paper, name=name.strip()[:LONGEST_NAME], size=len(data),
            file=vault.store().put(data), sha256=digest(data.hex()), kept_by_id=by.account_id,
        ).save()  # fmt: skip
        record("report_template.bring", by=by, about=[one], community_id=place.community_id,
               details={"kind": kind, "format": paper, "sha256": one.sha256})  # fmt: skip
        return one

    def remove(self, *, by: Actor) -> None:
        """Take the template away; what was filled with it stays as it is."""
        self.removed_at = now()
        record("report_template.remove", by=by, about=[self], details={"kind": self.kind})

    def read(self) -> bytes:
        """Return the file."""
        return vault.store().get(self.file)


@dataclass(frozen=True)
class TemplateLine:
    """A template in a list; `own` may be taken away by the reader."""

    public_id: str
    name: str
    kind: ReportKind
    format: PaperFormat
    place: str
    kept_at: datetime
    own: bool


def lines_for(actor: Actor, read: Permission, keep: Permission, kind: ReportKind | None = None) -> list[TemplateLine]:
    """Return the templates that somebody may fill, the latest first."""
    query = ReportTemplate.usable_by(actor, read).add_columns(Place).join(Place, Place.id == ReportTemplate.place_id)
    if kind is not None:
        query = query.where(ReportTemplate.kind == kind)
    reach = actor.reach(keep)
    rows = db.session.execute(query.order_by(ReportTemplate.id.desc()).limit(100))
    return [
        TemplateLine(one.public_id, one.name, ReportKind(one.kind), PaperFormat(one.format), place.name,
                     one.created_at, place.id in reach.community_ids | reach.street_ids | reach.district_ids)
        for one, place in rows
    ]  # fmt: skip
