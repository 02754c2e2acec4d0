"""问过的: what residents asked about who is in charge, answered and kept in the directory for everybody (R73)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, ForeignKey, Index, Select, String, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import SHANGHAI, PublicRow, Refused, Utc, db, now
from models.directory import ResponsibleUnit
from models.events import record
from models.needs import Kind, Need
from models.permissions import Permission
from models.places import Place

if TYPE_CHECKING:
    from models.accounts import Actor

LONGEST_QUESTION, LONGEST_ANSWER = 120, 1000
SHOWN = 100
OWN_SHOWN = 5


class KeptAnswer(PublicRow):
    """A question and its answer in words that name nobody; the need it came from stays with its author."""

    __tablename__ = "kept_answers"
    __table_args__ = (Index("ix_kept_answers_community_id_id", "community_id", "id"),)
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    unit_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("responsible_units.id"))
    need_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("needs.id"), unique=True)
    question: Mapped[str] = mapped_column(String(LONGEST_QUESTION))
    answer: Mapped[str] = mapped_column(String(LONGEST_ANSWER))
    ended_at: Mapped[Utc | None]

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the answers of the communities within reach."""
        return select(cls).where(actor.reach(permission).communities(cls.community_id), cls.ended_at.is_(None))

    @classmethod
    def lay_down(
        cls, need: Need, question: str, answer: str, *, by: Actor, unit: ResponsibleUnit | None = None
    ) -> KeptAnswer:
        """Keep an answered question in the directory, reworded so that it names nobody.

        Errors: Refused("not_a_question", "kept_question_needed", "kept_answer_needed", "answer_kept", "unit_elsewhere").
        Source: domain/checklist.md R73.
        """
        if not keepable(need):
            raise Refused("not_a_question")
        if not question.strip():
            raise Refused("kept_question_needed")
        if not answer.strip():
            raise Refused("kept_answer_needed")
        if unit is not None and unit.community_id != need.community_id:
            raise Refused("unit_elsewhere")
        if db.session.scalar(select(cls.id).where(cls.need_id == need.id)) is not None:
            raise Refused("answer_kept")
        one = cls(
            community_id=need.community_id, unit_id=unit.id if unit else None, need_id=need.id,
            question=question.strip()[:LONGEST_QUESTION], answer=answer.strip()[:LONGEST_ANSWER],
        ).save()  # fmt: skip
        record("kept_answer.lay_down", by=by, about=[one, need], community_id=need.community_id)
        return one

    def retire(self, *, by: Actor) -> None:
        """Take an answer from the directory: it is true no longer. Errors: Refused("answer_is_gone")."""
        if self.ended_at is not None:
            raise Refused("answer_is_gone")
        self.ended_at = now()
        record("kept_answer.retire", by=by, about=[self], community_id=self.community_id)


def keepable(need: Need) -> bool:
    """Tell whether a need is a question that was answered in writing."""
    return need.kind == Kind.CONSULT and need.answer_text is not None


@dataclass(frozen=True)
class OwnQuestion:
    """A question of one's own, with its answer as soon as there is one."""

    public_id: str
    text: str
    answer: str | None
    at: datetime


def questions_of(actor: Actor) -> list[OwnQuestion]:
    """Return the last questions that somebody asked about who is in charge, newest first."""
    if actor.account_id is None:
        return []
    query = Need.visible_to(actor, Permission.OWN).where(Need.kind == Kind.CONSULT).order_by(Need.id.desc())
    return [
        OwnQuestion(one.public_id, one.text, one.answer_text, one.raised_at)
        for one in db.session.scalars(query.limit(OWN_SHOWN))
    ]


@dataclass(frozen=True)
class AnswerLine:
    """A kept answer as the directory shows it."""

    public_id: str
    community_id: int
    community: str
    unit: str | None
    question: str
    answer: str
    day: date


def answers(community_id: int | None = None, words: str = "", unit_id: int | None = None) -> list[AnswerLine]:
    """Return the kept answers of a community, of a unit, or of all, newest first.

    `words` stand in question, answer or unit.
    """
    one, unit = KeptAnswer, ResponsibleUnit
    query = (
        select(one, Place.name, unit.name)
        .join(Place, Place.id == one.community_id)
        .outerjoin(unit, unit.id == one.unit_id)
        .where(one.ended_at.is_(None))
        .order_by(one.id.desc())
        .limit(SHOWN)
    )
    if community_id is not None:
        query = query.where(one.community_id == community_id)
    if unit_id is not None:
        query = query.where(one.unit_id == unit_id)
    if words:
        query = query.where(
            or_(*(column.contains(words, autoescape=True) for column in (one.question, one.answer, unit.name)))
        )
    return [
        AnswerLine(a.public_id, a.community_id, place, name, a.question, a.answer,
                   a.created_at.astimezone(SHANGHAI).date())
        for a, place, name in db.session.execute(query)
    ]  # fmt: skip
