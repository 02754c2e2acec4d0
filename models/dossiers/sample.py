"""The records that an evaluator draws to be looked at: by a method that is published, so that anybody can draw again.

Each record of the frame gets a lot, the SHA-256 of `seed|record`; the lowest lots are drawn. The seed names the
project, the year, the number of the draw and its day, and a secret that nobody knew before: it comes into being with
the draw and is printed with it. Source: domain/abuse.md F14 (no redraw without reason); checklist.md 148.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Integer,
    Select,
    String,
    Text,
    UniqueConstraint,
    func,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from models import revisions
from models.accounts import Account
from models.base import PublicRow, Refused, db, today
from models.dossiers.evidence import frame_of
from models.dossiers.kinds import Dossier, DossierPart, Proof
from models.evaluation import check_independent
from models.events import record
from models.projects import Project
from models.ratings import contract_year

if TYPE_CHECKING:
    from models.accounts import Actor
    from models.permissions import Permission

LEAST, MOST, ONE_IN = 5, 60, 10
SHORTEST_REASON = 10


def lot_of(seed: str, public_id: str) -> str:
    """Return the lot of a record: `printf '%s' 'seed|record' | sha256sum` says the same. Pure."""
    return hashlib.sha256(f"{seed}|{public_id}".encode()).hexdigest()


def drawn_from(seed: str, frame: Sequence[str], size: int) -> list[str]:
    """Return the records with the lowest lots, in the order of the frame. Pure."""
    lowest = set(sorted(frame, key=lambda one: lot_of(seed, one))[:size])
    return [one for one in frame if one in lowest]


def usual_size(frame: int) -> int:
    """Return how many are drawn usually: a tenth, five at least, never more than there are or a day can bear. Pure."""
    return min(max(LEAST, -(-frame // ONE_IN)), MOST, frame)


class DossierSample(PublicRow):
    """One draw from the approved records of a contract year; what was drawn from is kept with it."""

    __tablename__ = "dossier_samples"
    __table_args__ = (
        UniqueConstraint("project_id", "year_from", "number"),
        CheckConstraint("size BETWEEN 1 AND 60", name="a_day_bears_it"),
        CheckConstraint("(number = 1) = (reason IS NULL)", name="a_redraw_has_its_reason"),
    )
    project_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("projects.id"))
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"), index=True)
    year_from: Mapped[date] = mapped_column(Date)
    number: Mapped[int] = mapped_column(Integer)
    drawn_on: Mapped[date] = mapped_column(Date)
    secret: Mapped[str] = mapped_column(String(32))
    size: Mapped[int] = mapped_column(Integer)
    frame: Mapped[list[str]] = mapped_column(JSON)
    reason: Mapped[str | None] = mapped_column(Text)
    drawn_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the draws of the places in reach; the provider reads what was drawn when the evaluator comes."""
        return select(cls).where(actor.reach(permission).communities(cls.community_id))

    @classmethod
    def draw(cls, project: Project, on: date | None, size: int | None, *, by: Actor, reason: str = "") -> DossierSample:
        """Draw records of the contract year that a day lies in; without a size, the usual tenth.

        Errors: those of check_independent; Refused("nothing_to_draw", "sample_size", most=…); from the second draw on
        Refused("redraw_needs_reason", least=…).
        """
        check_independent(project, by)
        year = contract_year(project, on)
        frame = frame_of(project, year)
        if not frame:
            raise Refused("nothing_to_draw")
        wanted = usual_size(len(frame)) if size is None else size
        if not 1 <= wanted <= min(MOST, len(frame)):
            raise Refused("sample_size", most=min(MOST, len(frame)))
        # Two who draw at once are numbered one after the other.
        db.session.execute(select(Project.id).where(Project.id == project.id).with_for_update())
        mine = (cls.project_id == project.id, cls.year_from == year[0])
        number = (db.session.scalar(select(func.max(cls.number)).where(*mine)) or 0) + 1
        if number > 1 and len(reason.strip()) < SHORTEST_REASON:
            raise Refused("redraw_needs_reason", least=SHORTEST_REASON)
        one = cls(
            project_id=project.id, community_id=project.community_id, year_from=year[0], number=number,
            drawn_on=today(), secret=secrets.token_hex(16), size=wanted, frame=frame,
            reason=reason.strip() if number > 1 else None, drawn_by_id=by.account_id,
        ).save()  # fmt: skip
        kept = revisions.keep(one, "reason", one.reason, by=by) if one.reason else ""
        record("dossier_sample.draw", by=by, about=[one, project], community_id=project.community_id,
               details={"number": number, "size": wanted, "of": len(frame), "seed": one.seed(project.project_no),
                        "reason": kept})  # fmt: skip
        return one

    def seed(self, project_no: str) -> str:
        """Return the seed of this draw as it is printed."""
        return f"{project_no}|{self.year_from.isoformat()}|{self.number}|{self.drawn_on.isoformat()}|{self.secret}"


@dataclass(frozen=True)
class SampleLine:
    """One record of the frame with its lot; `proof` is its line in the dossier, None where it counts no more."""

    at: int
    public_id: str
    lot: str
    drawn: bool
    proof: Proof | None
    photos: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class SampleSheet:
    """One draw as a list shows it, and as it is printed."""

    public_id: str
    number: int
    drawn_on: date
    year_from: date
    by: str
    size: int
    of: int
    reason: str
    seed: str = ""
    lines: tuple[SampleLine, ...] = ()

    @property
    def drawn(self) -> tuple[SampleLine, ...]:
        """Return the records that were drawn."""
        return tuple(line for line in self.lines if line.drawn)


def samples_of(project: Project, year_from: date) -> list[SampleSheet]:
    """Return the draws of a contract year, each openly with its reason, the latest first."""
    query = (
        select(DossierSample, Account.name)
        .outerjoin(Account, Account.id == DossierSample.drawn_by_id)
        .where(DossierSample.project_id == project.id, DossierSample.year_from == year_from)
        .order_by(DossierSample.number.desc())
    )
    return [_sheet(one, name or "") for one, name in db.session.execute(query)]


def _sheet(one: DossierSample, by: str, seed: str = "", lines: tuple[SampleLine, ...] = ()) -> SampleSheet:
    return SampleSheet(
        one.public_id, one.number, one.drawn_on, one.year_from, by, one.size, len(one.frame), one.reason or "", seed,
        lines,
    )  # fmt: skip


def sheet_of(one: DossierSample, dossier: Dossier) -> SampleSheet:
    """Return a draw with its whole frame, each record by its number in the dossier of the same year."""
    seed = one.seed(dossier.project_no)
    chosen = set(drawn_from(seed, one.frame, one.size))
    records = {proof.public_id: proof for proof in dossier.part(DossierPart.RECORDS).proofs}
    names = {proof.of: proof.names for proof in dossier.part(DossierPart.SIGN_IN).proofs}
    photos = [proof.of for proof in dossier.part(DossierPart.PHOTOS).proofs]
    lines = []
    for at, public_id in enumerate(one.frame, start=1):
        proof = records.get(public_id)
        number = proof.number if proof else ""
        lines.append(SampleLine(at, public_id, lot_of(seed, public_id), public_id in chosen, proof,
                                photos.count(number), names.get(number, ())))  # fmt: skip
    by = db.session.scalar(select(Account.name).where(Account.id == one.drawn_by_id)) or ""
    return _sheet(one, by, seed, tuple(lines))
