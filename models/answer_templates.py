"""Sentences that a community writes again and again, kept by field and step, to be inserted and then made personal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, ForeignKey, Index, Select, String, Text, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models import revisions
from models.base import PublicRow, Refused, Utc, db, now
from models.events import record
from models.needs.kinds import Field
from models.permissions import Permission
from models.places import Place

if TYPE_CHECKING:
    from models.accounts import Actor


class TemplateStep(StrEnum):
    """At which step a template is offered."""

    ASK_INFO = "ASK_INFO"
    ANSWER_DONE = "ANSWER_DONE"
    ANSWER_CANNOT = "ANSWER_CANNOT"
    REJECT = "REJECT"
    REDIRECT = "REDIRECT"
    EXTEND = "EXTEND"


class AnswerTemplate(PublicRow):
    """A sentence to begin with; no field means that it fits any."""

    __tablename__ = "answer_templates"
    __table_args__ = (Index("ix_answer_templates_community_id_step", "community_id", "step"),)
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    step: Mapped[TemplateStep] = mapped_column(String(16))
    field: Mapped[Field | None] = mapped_column(String(24))
    title: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    ended_at: Mapped[Utc | None]

    @classmethod
    def write(
        cls, community: Place, step: TemplateStep, title: str, text: str, *, by: Actor, field: Field | None = None
    ) -> AnswerTemplate:
        """Keep a sentence for a community. Errors: Refused("name_needed", "text_needed") (R107)."""
        template = cls(community_id=community.id)
        template._fill(step, title, text, field)
        template.save()
        text_digest = revisions.keep(template, "text", template.text, by=by)
        record("template.write", by=by, about=[template], community_id=community.id,
               details={"step": step, "field": field, "text": text_digest})  # fmt: skip
        return template

    def _fill(self, step: TemplateStep, title: str, text: str, field: Field | None) -> None:
        if not title.strip():
            raise Refused("name_needed")
        if not text.strip():
            raise Refused("text_needed")
        self.step, self.title, self.text, self.field = step, title.strip()[:40], text.strip(), field

    def edit(
        self, step: TemplateStep, title: str, text: str, *, by: Actor, field: Field | None = None,
        seen_version: int | None = None,
    ) -> None:  # fmt: skip
        """Rewrite a sentence. Errors: Stale("stale_edit"), Refused("name_needed", "text_needed")."""
        self.check_version(seen_version, typed=text, stands=self.text)
        self._fill(step, title, text, field)
        text_digest = revisions.keep(self, "text", self.text, by=by)
        record("template.edit", by=by, about=[self], community_id=self.community_id,
               details={"step": step, "field": field, "text": text_digest})  # fmt: skip

    def retire(self, *, by: Actor) -> None:
        """Offer a sentence no more. Errors: Refused("template_is_gone")."""
        if self.ended_at is not None:
            raise Refused("template_is_gone")
        self.ended_at = now()
        record("template.retire", by=by, about=[self], community_id=self.community_id)

    @classmethod
    def visible_to(cls, actor: Actor, permission: Permission) -> Select[Any]:
        """Return the sentences of the communities within reach."""
        return select(cls).where(actor.reach(permission).communities(cls.community_id), cls.ended_at.is_(None))


@dataclass(frozen=True)
class TemplateLine:
    """A sentence as it is offered."""

    public_id: str
    community: str
    step: TemplateStep
    field: Field | None
    title: str
    text: str


def _lines(query: Any) -> list[TemplateLine]:
    return [
        TemplateLine(t.public_id, place, TemplateStep(t.step), Field(t.field) if t.field else None, t.title, t.text)
        for t, place in db.session.execute(query)
    ]


def offered(community_id: int, step: TemplateStep, field: Field | None) -> list[TemplateLine]:
    """Return the sentences that fit a step and a field; those of the very field first."""
    template = AnswerTemplate
    query = (
        select(template, Place.name)
        .join(Place, Place.id == template.community_id)
        .where(template.community_id == community_id, template.step == step, template.ended_at.is_(None))
        .where(or_(template.field.is_(None), template.field == field))
        .order_by(template.field.is_(None), template.id)
    )
    return _lines(query)


def all_of(actor: Actor) -> list[TemplateLine]:
    """Return the sentences of the communities within reach of whoever triages."""
    template = AnswerTemplate
    query = (
        select(template, Place.name)
        .join(Place, Place.id == template.community_id)
        .where(actor.reach(Permission.TRIAGE).communities(template.community_id), template.ended_at.is_(None))
        .order_by(Place.code, template.step, template.field, template.id)
    )
    return _lines(query)


def text_of(public_id: str, actor: Actor) -> str:
    """Return the words of a sentence within reach of whoever triages, or raise NotFound."""
    template: AnswerTemplate = AnswerTemplate.find(public_id, AnswerTemplate.visible_to(actor, Permission.TRIAGE))
    return template.text
