"""What the approved records of a contract year prove: read once, in four questions, for all indicators."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import defer

from models.attachments import Attachment
from models.attendance import THERE, Attendance, Part
from models.base import SHANGHAI, db
from models.ciphers import mask_name
from models.dossiers.kinds import DossierGap, DossierPart, Gap, Node, Proof
from models.people import Person
from models.projects import Project
from models.ratings import start_of
from models.service_log import CallOutcome, ServiceLog, ServiceMethod, to_call
from models.service_log.flags import too_many_walk_ins
from models.states import AttendanceState, ServiceLogState

# Cases are told by number and stage alone: no list, no photo, no word of theirs is asked for or shown (decision 25).
WITHOUT_PAPERS = ServiceMethod.CASE
AT_WORK = (ServiceLogState.SUBMITTED, ServiceLogState.RETURNED, ServiceLogState.AWAITING_COMMITTEE)


@dataclass
class Record:
    """One approved record and what came with it."""

    log: ServiceLog
    number: str = ""
    served: list[str] = field(default_factory=list)
    helpers: list[str] = field(default_factory=list)
    waiting: int = 0
    photos: list[Any] = field(default_factory=list)
    sheets: int = 0

    @property
    def day(self) -> date:
        """Return the day of the service, in Shanghai."""
        return self.log.started_at.astimezone(SHANGHAI).date()

    @property
    def case(self) -> bool:
        """Tell whether this is casework."""
        return self.log.method == WITHOUT_PAPERS

    @property
    def people(self) -> int:
        """Return the turns: those on the list and those without a name."""
        return len(self.served) + self.log.walk_ins


def of_year(project: Project, year: tuple[date, date]) -> list[ColumnElement[bool]]:
    """Return the conditions of the records of a contract year."""
    return [
        ServiceLog.project_id == project.id,
        ServiceLog.started_at >= start_of(year[0]),
        ServiceLog.started_at < start_of(year[1]),
    ]


def frame_of(project: Project, year: tuple[date, date]) -> list[str]:
    """Return the public ids of the approved records of a contract year, in the order of the services."""
    approved = (*of_year(project, year), ServiceLog.state == ServiceLogState.APPROVED)
    return list(
        db.session.scalars(select(ServiceLog.public_id).where(*approved).order_by(ServiceLog.started_at, ServiceLog.id))
    )


def records_of(project: Project, year: tuple[date, date]) -> list[Record]:
    """Return the approved records in the order of the services, with lists and photos; three questions in all.

    The internal record is not even read.
    """
    approved = (*of_year(project, year), ServiceLog.state == ServiceLogState.APPROVED)
    query = (
        select(ServiceLog)
        .options(defer(ServiceLog.internal, raiseload=True))
        .where(*approved)
        .order_by(ServiceLog.started_at, ServiceLog.id)
    )
    found = {log.id: Record(log) for log in db.session.scalars(query)}
    ids = select(ServiceLog.id).where(*approved)
    seats = (
        select(Attendance.log_id, Attendance.part, Attendance.state, Person.name)
        .outerjoin(Person, Person.id == Attendance.person_id)
        .where(Attendance.log_id.in_(ids), Attendance.state.in_([*THERE, AttendanceState.TO_MATCH]))
        .order_by(Attendance.id)
    )
    for log_id, part, state, name in db.session.execute(seats):
        _sit(found.get(log_id or 0), part, state, name)
    photos = (
        select(Attachment.subject_id, Attachment.public_id, Attachment.sheet, Attachment.shot_at, Attachment.display)
        .where(Attachment.kind == ServiceLog.__tablename__, Attachment.subject_id.in_(ids))
        .order_by(Attachment.id)
    )
    for photo in db.session.execute(photos):
        _pin(found.get(photo.subject_id or 0), photo)
    return list(found.values())


def _sit(record: Record | None, part: str, state: str, name: str | None) -> None:
    if record is None:
        return
    if state == AttendanceState.TO_MATCH:
        record.waiting += 1
    elif part == Part.SERVED:
        record.served.append(mask_name(name))
    else:
        record.helpers.append(mask_name(name))


def _pin(record: Record | None, photo: Any) -> None:
    if record is None or record.case:
        return
    if photo.sheet:
        record.sheets += 1
    elif photo.display:
        record.photos.append(photo)


def operation(project: Project, year: tuple[date, date], records: list[Record]) -> list[Node]:
    """Return what proves 运行质量: the records, who signed in, and the photos."""
    return [_records(project, year, records), _sign_in(records), _photos(records)]


def _records(project: Project, year: tuple[date, date], records: list[Record]) -> Node:
    waiting = db.session.scalar(
        select(func.count()).select_from(ServiceLog).where(*of_year(project, year), ServiceLog.state.in_(AT_WORK))
    )
    gaps = [] if records else [Gap(DossierGap.NO_RECORDS)]
    if waiting:
        gaps.append(Gap(DossierGap.NOT_APPROVED, waiting))
    proofs = tuple(
        Proof(
            day=one.day, code=ServiceMethod(one.log.method), words=one.log.public_summary, public_id=one.log.public_id,
            served=one.people, minutes=one.log.minutes,
        )
        for one in records
    )  # fmt: skip
    return Node("", DossierPart.RECORDS, proofs=proofs, gaps=tuple(gaps))


def _sign_in(records: list[Record]) -> Node:
    asked = [one for one in records if not one.case]
    listed = [one for one in asked if one.served or one.helpers or one.waiting or one.sheets]
    unnamed, named = sum(one.log.walk_ins for one in asked), sum(len(one.served) for one in asked)
    gaps = []
    if len(listed) < len(asked):
        gaps.append(Gap(DossierGap.NO_SIGN_IN, len(asked) - len(listed)))
    if waiting := sum(one.waiting for one in asked):
        gaps.append(Gap(DossierGap.NAMES_WAIT, waiting))
    if too_many_walk_ins(unnamed, named):
        gaps.append(Gap(DossierGap.WALK_INS, unnamed))
    proofs = tuple(
        Proof(
            day=one.day, of=one.number, public_id=one.log.public_id, served=one.people, names=tuple(one.served),
            helpers=tuple(one.helpers), sheets=one.sheets,
        )
        for one in listed
    )  # fmt: skip
    return Node("", DossierPart.SIGN_IN, reached=len(listed), target=len(asked), proofs=proofs, gaps=tuple(gaps))


def _photos(records: list[Record]) -> Node:
    asked = [one for one in records if not one.case]
    shown = [one for one in asked if one.photos]
    proofs = tuple(
        Proof(
            day=photo.shot_at.astimezone(SHANGHAI).date() if photo.shot_at else one.day, of=one.number,
            public_id=photo.public_id,
        )
        for one in shown
        for photo in one.photos
    )  # fmt: skip
    gaps = [Gap(DossierGap.NO_PHOTO, len(asked) - len(shown))] if len(shown) < len(asked) else []
    return Node("", DossierPart.PHOTOS, reached=len(shown), target=len(asked), proofs=proofs, gaps=tuple(gaps))


def calls(records: list[Record]) -> Node:
    """Return the calls about the tenth that was drawn: made, left out, and what people denied (abuse.md F3)."""
    drawn = [one for one in records if one.log.drawn]
    left = to_call([one.log for one in drawn]) if drawn else set()
    told = [one for one in drawn if one.log.call_outcome is not None]
    denied = sum(one.log.call_outcome == CallOutcome.DENIED for one in told)
    gaps = [Gap(DossierGap.NOT_CALLED, len(left))] if left else []
    if denied:
        gaps.append(Gap(DossierGap.DENIED, denied))
    proofs = tuple(
        Proof(
            day=one.log.called_at.astimezone(SHANGHAI).date() if one.log.called_at else None, of=one.number,
            code=CallOutcome(one.log.call_outcome), public_id=one.log.public_id,
        )
        for one in told
        if one.log.call_outcome
    )  # fmt: skip
    return Node("", DossierPart.CALLS, reached=len(told), target=len(told) + len(left), proofs=proofs, gaps=tuple(gaps))
