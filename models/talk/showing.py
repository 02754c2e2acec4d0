"""The talk as pages show it, and what calls somebody on the first page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from models.accounts import Account
from models.base import db
from models.permissions import Permission, Role
from models.talk.row import Comment, Mention
from models.talk.subjects import KINDS, About, Subject, colleagues, subject_of

if TYPE_CHECKING:
    from models.accounts import Actor

SHOWN = 60


@dataclass(frozen=True)
class Said:
    """One thing said; no text means that it was taken back."""

    public_id: str
    at: datetime
    author: str
    own: bool
    text: str | None


@dataclass(frozen=True)
class Colleague:
    """Somebody who takes part and can be called."""

    public_id: str
    name: str
    role: Role


@dataclass(frozen=True)
class Talk:
    """What was said about something, oldest first, who takes part, and whether it calls the reader."""

    kind: About
    public_id: str
    title: str
    url: str | None
    said: tuple[Said, ...]
    more: int
    others: tuple[Colleague, ...]
    calls_me: bool


@dataclass(frozen=True)
class Open:
    """A thing where words call somebody who has not seen them: the latest of them."""

    kind: About
    public_id: str
    title: str
    author: str
    text: str
    at: datetime


PAGES = {About.NEED: "/desk/needs/{}", About.LOG: "/logs/{}", About.PROJECT: "/projects/{}"}


def talk_about(subject: Subject, actor: Actor) -> Talk:
    """Return the talk about something as this reader sees it."""
    kind, number = subject.row
    here = Comment.kind == kind, Comment.subject_id == number
    query = (
        select(Comment, Account.name)
        .join(Account, Account.id == Comment.author_id)
        .where(*here)
        .order_by(Comment.id.desc())
        .limit(SHOWN)
    )
    said = [
        Said(c.public_id, c.created_at, name, c.author_id == actor.account_id, c.text)
        for c, name in db.session.execute(query)
    ]
    called = (
        select(func.count())
        .select_from(Mention)
        .join(Comment, Comment.id == Mention.comment_id)
        .where(*here, Mention.account_id == actor.account_id, Mention.seen_at.is_(None))
    )
    opens = subject.kind != About.NEED or actor.may(Permission.READ_NEEDS)
    return Talk(
        subject.kind, subject.public_id, subject.title, PAGES[subject.kind].format(subject.public_id) if opens else None,
        tuple(reversed(said)), max(0, count_on(subject) - len(said)),
        tuple(Colleague(i, name, role) for n, i, name, role in colleagues(subject) if n != actor.account_id),
        bool(db.session.scalar(called)),
    )  # fmt: skip


def count_on(subject: Subject) -> int:
    """Return how much was said about something."""
    kind, number = subject.row
    query = select(func.count()).select_from(Comment).where(Comment.kind == kind, Comment.subject_id == number)
    return db.session.scalar(query) or 0


def mentions_of(actor: Actor, limit: int = 6) -> list[Open]:
    """Return where somebody is called and has not looked yet, one line a thing, the oldest call first."""
    query = (
        select(Comment, Account.name)
        .join(Mention, Mention.comment_id == Comment.id)
        .join(Account, Account.id == Comment.author_id)
        .where(Mention.account_id == actor.account_id, Mention.seen_at.is_(None), Comment.text.is_not(None))
        .order_by(Comment.id)
        .limit(limit * 3)
    )
    found: dict[tuple[str, int], Open] = {}
    for comment, name in db.session.execute(query):
        key = (comment.kind, comment.subject_id)
        if key not in found and len(found) >= limit:
            continue
        subject = subject_of(*key, actor)
        if subject is not None:
            found[key] = Open(KINDS[comment.kind], subject.public_id, subject.title, name, comment.text or "",
                              comment.created_at)  # fmt: skip
    return list(found.values())
