"""Who looks at hints: supervisors comment, the committee confirms or dismisses with a reason, never about its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, ForeignKey, Index, Select, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from models import ratings, revisions
from models.accounts import Account
from models.attendance import Attendance, Part
from models.base import NotFound, PublicRow, Refused, db, now
from models.events import record
from models.hints.finding import LOOKED_BACK, Hint, HintKind, Seen, found
from models.permissions import Permission
from models.projects import Project
from models.service_log import ServiceLog
from models.service_log.photos import alike
from models.states import ServiceLogState

if TYPE_CHECKING:
    from models.accounts import Actor

SHORTEST_REASON = 10
MOST = 3_000


class HintVerdict(StrEnum):
    """What the committee says of a hint; only a confirmed one goes further."""

    CONFIRMED = "CONFIRMED"
    DISMISSED = "DISMISSED"


class HintDecision(PublicRow):
    """One hint that was decided; the mark says which, so that it is decided once."""

    __tablename__ = "hint_decisions"
    __table_args__ = (Index("ix_hint_decisions_community_id", "community_id"),)
    mark: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[HintKind] = mapped_column(String(16))
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    organization_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("organizations.id"))
    verdict: Mapped[HintVerdict] = mapped_column(String(9))
    reason: Mapped[str] = mapped_column(Text)
    decided_by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))

    @classmethod
    def decide(cls, hint: Hint, verdict: HintVerdict, reason: str, *, by: Actor) -> HintDecision:
        """Confirm or dismiss a hint; a confirmed one stands in the diary, where an integrity case may begin.

        Errors: Refused("hint_reason_needed", "own_log", "not_yours_to_judge", "hint_decided").
        """
        if len(reason.strip()) < SHORTEST_REASON:
            raise Refused("hint_reason_needed", least=SHORTEST_REASON)
        if hint.community_id not in by.reach(Permission.JUDGE_HINTS).community_ids:
            raise Refused("not_yours_to_judge")
        if by.account_id in hint.authors:
            raise Refused("own_log")
        if db.session.scalar(select(cls.id).where(cls.mark == hint.mark)) is not None:
            raise Refused("hint_decided")
        one = cls(
            mark=hint.mark, kind=hint.kind, community_id=hint.community_id, organization_id=hint.organization_id,
            verdict=verdict, reason=reason.strip(), decided_by_id=by.account_id,
        ).save()  # fmt: skip
        kept = revisions.keep(one, "reason", one.reason, by=by)
        about = [one, *(("service_logs", seen.id) for seen in hint.records)]
        verb = "hint.confirm" if verdict == HintVerdict.CONFIRMED else "hint.dismiss"
        details = {"kind": hint.kind, "records": len(hint.records), "numbers": hint.numbers, "reason": kept}
        record(verb, by=by, about=about, community_id=hint.community_id, details=details)
        return one


class HintComment(PublicRow):
    """What a supervisor or the committee adds to a hint."""

    __tablename__ = "hint_comments"
    __table_args__ = (Index("ix_hint_comments_mark", "mark"),)
    mark: Mapped[str] = mapped_column(String(80))
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    author_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    text: Mapped[str] = mapped_column(Text)

    @classmethod
    def add(cls, hint: Hint, text: str, *, by: Actor) -> HintComment:
        """Say what explains it. Errors: Refused("text_needed", "not_yours_to_judge")."""
        if len(text.strip()) < 2:
            raise Refused("text_needed")
        reach = by.reach(Permission.COMMENT_HINTS)
        if hint.community_id not in reach.community_ids and hint.organization_id not in reach.organization_ids:
            raise Refused("not_yours_to_judge")
        one = cls(mark=hint.mark, community_id=hint.community_id, author_id=by.account_id, text=text.strip()).save()
        kept = revisions.keep(one, "text", one.text, by=by)
        record("hint.comment", by=by, about=[one], community_id=hint.community_id, details={"text": kept})
        return one


@dataclass(frozen=True)
class HintLine:
    """A hint as the page shows it, with the project's name, what was said, and what was decided."""

    hint: Hint
    project: str
    author: str
    comments: tuple[tuple[str, datetime, str], ...]
    verdict: HintVerdict | None = None
    reason: str = ""
    decided_by: str = ""


def _logs(actor: Actor) -> Select[Any]:
    return ServiceLog.visible_to(actor, Permission.READ_HINTS).where(
        ServiceLog.state.in_([ServiceLogState.SUBMITTED, ServiceLogState.AWAITING_COMMITTEE, ServiceLogState.APPROVED]),
        ServiceLog.started_at > now() - LOOKED_BACK,
    )


def _seen(logs: Sequence[ServiceLog]) -> list[Seen]:
    query = select(Attendance.log_id, Attendance.person_id).where(
        Attendance.log_id.in_([one.id for one in logs]), Attendance.part == Part.SERVED,
        Attendance.person_id.is_not(None),
    )  # fmt: skip
    people: dict[int, set[int]] = {}
    row: Any
    for row in db.session.execute(query):
        log_id, person_id = row
        people.setdefault(log_id, set()).add(person_id)
    said = ratings.presence_on([one.id for one in logs])
    return [
        Seen(one.id, one.public_id, one.project_id, one.community_id, one.organization_id, one.author_id, one.title,
             one.started_at, one.ended_at, one.created_at, frozenset(people.get(one.id, ())), *said.get(one.id, (0, 0)))
        for one in logs
    ]  # fmt: skip


def _photos(logs: Sequence[ServiceLog], seen: dict[int, Seen]) -> list[Hint]:
    hints = {}
    for pair in alike(logs):
        if pair.log_id in seen and pair.other_log_id in seen:
            low, high = sorted((pair.log_id, pair.other_log_id))
            one = seen[low]
            numbers = {"exact": pair.exact, "bits": pair.bits}
            mark = f"{HintKind.PHOTO}:{low}:{high}"
            hints[mark] = Hint(HintKind.PHOTO, mark, one.community_id, one.organization_id, numbers,
                               (one, seen[high]))  # fmt: skip
    return list(hints.values())


def _all(actor: Actor) -> list[Hint]:
    logs = list(db.session.scalars(_logs(actor).order_by(ServiceLog.id.desc()).limit(MOST)))
    seen = _seen(logs)
    projects = select(Project.id, Project.starts_on, Project.ends_on).where(
        Project.id.in_({one.project_id for one in seen})
    )
    terms = {number: (first, last) for number, first, last in db.session.execute(projects) if first and last}
    return [*_photos(logs, {one.id: one for one in seen}), *found(seen, terms)]


def find(actor: Actor, mark: str) -> Hint:
    """Return the hint of that mark within reach, or raise NotFound."""
    for one in _all(actor):
        if one.mark == mark:
            return one
    raise NotFound("hint")


def lines(actor: Actor) -> list[HintLine]:
    """Return every hint within reach, those that wait first."""
    hints = _all(actor)
    marks = [one.mark for one in hints]
    decided = {
        one.mark: (one, name)
        for one, name in db.session.execute(
            select(HintDecision, Account.name)
            .outerjoin(Account, Account.id == HintDecision.decided_by_id)
            .where(HintDecision.mark.in_(marks))
        )
    }
    said: dict[str, list[tuple[str, datetime, str]]] = {}
    comments = select(HintComment, Account.name).outerjoin(Account, Account.id == HintComment.author_id)
    for comment, name in db.session.execute(comments.where(HintComment.mark.in_(marks)).order_by(HintComment.id)):
        said.setdefault(comment.mark, []).append((name or "", comment.created_at, comment.text))
    titles = _names(Project.id, Project.title, {one.records[0].project_id for one in hints})
    names = _names(Account.id, Account.name, {one.records[0].author_id for one in hints})
    shown = [
        HintLine(one, titles.get(one.records[0].project_id, ""), names.get(one.records[0].author_id, ""),
                 tuple(said.get(one.mark, ())), *_told(decided.get(one.mark)))
        for one in hints
    ]  # fmt: skip
    return sorted(shown, key=lambda line: (line.verdict is not None, list(HintKind).index(line.hint.kind)))


def _told(row: tuple[HintDecision, str | None] | None) -> tuple[HintVerdict | None, str, str]:
    return (None, "", "") if row is None else (HintVerdict(row[0].verdict), row[0].reason, row[1] or "")


def _names(number: Any, name: Any, ids: set[int]) -> dict[int, str]:
    return dict(db.session.execute(select(number, name).where(number.in_(ids))).all())
