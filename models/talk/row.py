"""A comment and whom it calls: internal, on no public page, in no export; its words can be erased."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models import revisions
from models.base import PublicRow, Refused, Row, Utc, db, now
from models.events import record
from models.talk.subjects import Subject, colleagues

if TYPE_CHECKING:
    from models.accounts import Actor

LONGEST = 2000


class Comment(PublicRow):
    """One thing said. Without a text it was taken back, or those it spoke of were erased."""

    __tablename__ = "comments"
    __table_args__ = (Index("ix_comments_kind_subject_id", "kind", "subject_id", "id"),)
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("places.id"))
    kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(BigInteger)
    author_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("accounts.id"), index=True)
    text: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def say(cls, subject: Subject, text: str, *, by: Actor, to: Collection[str] = ()) -> Comment:
        """Say something to one's colleagues; whoever is called by @name or chosen by id finds it on the first page.

        Who answers has read what called them here. Errors: Refused("text_needed", "text_too_long").
        Source: decisions.md 7.
        """
        text = text.strip()
        if not text:
            raise Refused("text_needed")
        if len(text) > LONGEST:
            raise Refused("text_too_long", longest=LONGEST)
        kind, number = subject.row
        comment = cls(
            community_id=subject.community_id, kind=kind, subject_id=number, author_id=by.account_id, text=text
        ).save()
        called = called_by(subject, text, to) - {by.account_id}
        db.session.add_all(Mention(comment_id=comment.id, account_id=one) for one in sorted(called))
        _see(subject, by)
        # The thing itself does not change by being talked about, so its timeline does not tell of it.
        record(
            "comment.say", by=by, about=[comment, *(("accounts", one) for one in called)],
            community_id=subject.community_id,
            details={"kind": kind, "text": revisions.keep(comment, "text", text, by=by), "called": len(called)},
        )  # fmt: skip
        return comment

    def take_back(self, *, by: Actor) -> None:
        """Take one's own words back; that something was said stays. Errors: Refused("not_your_words", "taken_back")."""
        if self.author_id != by.account_id:
            raise Refused("not_your_words")
        if self.text is None:
            raise Refused("taken_back")
        self._forget()
        record("comment.take_back", by=by, about=[self], community_id=self.community_id)

    def _forget(self) -> None:
        self.text = None
        revisions.erase(self)
        unseen = Mention.comment_id == self.id, Mention.seen_at.is_(None)
        db.session.execute(update(Mention).where(*unseen).values(seen_at=now()))


class Mention(Row):
    """That a comment calls somebody, until they have seen it."""

    __tablename__ = "mentions"
    __table_args__ = (
        UniqueConstraint("comment_id", "account_id"),
        Index("ix_mentions_account_id_seen_at", "account_id", "seen_at"),
    )
    comment_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("comments.id"))
    account_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    seen_at: Mapped[Utc | None]


def called_by(subject: Subject, text: str, to: Collection[str]) -> set[int]:
    """Return the colleagues whom a text calls by @name, the longest names first, and those chosen by id."""
    found = set()
    for number, public_id, name, _role in sorted(colleagues(subject), key=lambda one: -len(one[2])):
        if public_id in to:
            found.add(number)
        if f"@{name}" in text:
            found.add(number)
    return found


def _see(subject: Subject, by: Actor) -> int:
    here = select(Comment.id).where(Comment.kind == subject.row[0], Comment.subject_id == subject.id)
    mine = Mention.account_id == by.account_id, Mention.seen_at.is_(None), Mention.comment_id.in_(here)
    open_ = list(db.session.scalars(select(Mention).where(*mine)))
    for one in open_:
        one.seen_at = now()
    return len(open_)


def see(subject: Subject, *, by: Actor) -> None:
    """Note that one has read what calls one here. Errors: Refused("nothing_calls_you")."""
    if not (n := _see(subject, by)):
        raise Refused("nothing_calls_you")
    details = {"kind": subject.row[0], "seen": n}
    record("comment.see", by=by, about=[("accounts", by.account_id or 0)], community_id=subject.community_id,
           details=details)  # fmt: skip


def forget_about(kind: str, numbers: Collection[int]) -> None:
    """Erase what was said about things of somebody who is erased; a part of the verb that erases them."""
    query = select(Comment).where(
        Comment.kind == kind, Comment.subject_id.in_(list(numbers)), Comment.text.is_not(None)
    )
    for one in db.session.scalars(query):
        one._forget()


def forget_named(name: str, community_id: int) -> None:
    """Erase what was said in a community of somebody by name; a part of the verb that erases them."""
    said = Comment.text.contains(name, autoescape=True), Comment.community_id == community_id
    for one in db.session.scalars(select(Comment).where(*said)) if len(name) > 1 else ():
        one._forget()


def comment_on(subject: Subject, public_id: str) -> Comment:
    """Return one thing that was said about something, or raise NotFound."""
    here = select(Comment).where(Comment.kind == subject.row[0], Comment.subject_id == subject.id)
    return Comment.find(public_id, here)
