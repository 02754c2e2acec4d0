"""Who stands in the hall: read once a request, frozen, and the only thing that templates know about the reader."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, g, request, session

from models import doorkeeping
from models.accounts import STRANGER, Actor
from models.base import db, now, writing
from models.events import ANONYMOUS, Doer
from models.permissions import STAFF, Permission, Role
from web import doors, navigation, respond

SAFE = ("GET", "HEAD", "OPTIONS")
CONFIRMED_FOR = timedelta(minutes=10)
THEMES = ("auto", "light", "dark")
QUIET = ("static", "assets.", "health.")


@dataclass(frozen=True)
class Visitor:
    """The reader as pages see it."""

    actor: Actor
    locale: str = "zh_Hans"
    theme: str = "auto"
    elder: bool = False
    text_step: int = 1
    session_id: int | None = None
    seen_is_old: bool = False
    unread: int = 0
    place_name: str = ""
    place_phone: str = ""
    trial_until: datetime | None = None
    community_id: int | None = None
    account_public_id: str = ""
    confirmed_at: datetime | None = None
    # Where the database did not answer nobody was looked up; the phone must not take that for a sign-out.
    looked_up: bool = True

    @property
    def confirmed_lately(self) -> bool:
        """Tell whether the password was typed within the last ten minutes."""
        return self.confirmed_at is not None and now() - self.confirmed_at <= CONFIRMED_FOR

    @property
    def trial_day(self) -> datetime | None:
        """Return an instant of the last day of the trial run of the reader's community, while it lasts."""
        running = self.trial_until is not None and self.trial_until > now()
        return self.trial_until - timedelta(seconds=1) if running and self.trial_until else None

    @property
    def signed_in(self) -> bool:
        """Tell whether there is an account."""
        return self.actor.account_id is not None

    @property
    def other_language(self) -> tuple[str, str]:
        """Return the language that is not shown now, with its own name for itself."""
        return ("zh_Hans", "中文") if self.locale == "en" else ("en", "English")

    @property
    def name(self) -> str:
        """Return the account's name."""
        return self.actor.name

    @property
    def role(self) -> Role:
        """Return the first role held, which decides the home page."""
        return self.actor.held[0].role if self.actor.held else Role.RESIDENT

    @property
    def staff(self) -> bool:
        """Tell whether the reader works here: staff get the desk with its side bar."""
        return any(held.role in STAFF for held in self.actor.held)

    @property
    def nav(self) -> navigation.Nav:
        """Return the side bar of this reader on this page."""
        return navigation.nav(self.actor, request.path)

    @property
    def doer(self) -> Doer:
        """Return who acts, for the diary: the account, or somebody without one."""
        return self.actor if self.signed_in else ANONYMOUS

    @property
    def author(self) -> str:
        """Return whom a form's key belongs to: the account, else the random id of the cookie (decision 14)."""
        return f"account:{self.actor.account_id}" if self.signed_in else f"cookie:{anonymous_id()}"

    @property
    def owner(self) -> str:
        """Return whose entries a phone keeps: the account's random id, else the random id of the cookie."""
        return self.account_public_id or f"cookie-{anonymous_id()}"

    def may(self, permission: Permission | str) -> bool:
        """Tell whether the reader may do this somewhere; templates ask before they show a button."""
        return self.actor.may(Permission(permission))


def anonymous_id() -> str:
    """Return the random id of this browser, made at need."""
    if "aid" not in session:
        session["aid"] = secrets.token_hex(12)
        session.permanent = True
    return str(session["aid"])


def _stranger() -> Visitor:
    chosen = session.get("locale")
    return Visitor(
        actor=STRANGER,
        # Never guessed from the browser: many phones of neighbors came with English set.
        locale=chosen if chosen in ("zh_Hans", "en") else "zh_Hans",
        theme=next((one for one in THEMES if one == session.get("theme")), "auto"),
        elder=bool(session.get("elder")),
        text_step=int(session.get("text_step") or 1),
        place_name=session.get("place_name") or "",
        place_phone=session.get("place_phone") or "",
        community_id=session.get("community_id"),
    )


def _insider(inside: doorkeeping.Inside) -> Visitor:
    account = inside.account
    first = next((h.place_name or h.organization_name for h in inside.actor.held), None)
    return Visitor(
        actor=inside.actor,
        locale=account.locale,
        theme=account.theme,
        elder=account.elder,
        text_step=account.text_step,
        session_id=inside.session_id,
        seen_is_old=inside.seen_is_old,
        unread=inside.unread,
        place_name=first or inside.place_name or "",
        place_phone=inside.place_phone or "",
        trial_until=inside.trial_until,
        community_id=account.community_id,
        account_public_id=account.public_id,
        confirmed_at=inside.confirmed_at,
    )


def chosen(visitor: Visitor) -> dict[str, Any]:
    """Return what the reader chose for their own eyes, as the form of the settings has it."""
    return {
        "locale": visitor.locale, "theme": visitor.theme, "elder": visitor.elder, "text_step": str(visitor.text_step),
    }  # fmt: skip


def remember(**settings: Any) -> None:
    """Keep what the reader chose: in the account, or for the unknown in the signed cookie of this browser."""
    if g.visitor.signed_in:
        g.account.choose(by=g.visitor.actor, **settings)
        return
    session.update(settings)
    session.permanent = True


def load() -> None:
    """Read session, account, grants and settings in two queries; a writing request takes its lock first."""
    g.writing_token = writing.set(request.method not in SAFE)
    inside = doorkeeping.enter(session["sid"]) if session.get("sid") and not _quiet() else None
    g.visitor = _insider(inside) if inside else _stranger()
    if inside:
        g.account = inside.account


def _quiet() -> bool:
    return (request.endpoint or "").startswith(QUIET)


def note_seen(error: BaseException | None = None) -> None:
    """Note after the request, in a transaction of its own, that the session is alive; and give the lock word back."""
    visitor: Visitor | None = g.pop("visitor", None)
    if visitor is not None and visitor.session_id is not None and visitor.seen_is_old:
        db.session.rollback()
        with doorkeeping.own_transaction():
            doorkeeping.seen(visitor.session_id)
    if "writing_token" in g:
        writing.reset(g.pop("writing_token"))


def init_app(app: Flask) -> None:
    """Load the visitor before every request."""
    app.before_request(load)
    app.before_request(doors.check_token)
    app.after_request(respond.write_access_notes)
    app.teardown_request(note_seen)
    app.context_processor(lambda: {"visitor": g.get("visitor") or Visitor(STRANGER, looked_up=False)})
