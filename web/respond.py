"""How a counter answers: a page, a fragment, the form again, or the way onward after a commit."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any

from flask import Response, abort, current_app, g, make_response, redirect, render_template, request, url_for
from jinja2 import Environment
from markupsafe import Markup, escape
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as WsgiResponse

from models import doorkeeping, receipts
from models.base import db, today
from web import outbox
from web.doors import wants_fragment
from web.forms.base import OPEN_TOO_LONG

Verb = Callable[[Any, Any], str | None]
Context = Mapping[str, Any] | Callable[[], Mapping[str, Any]]


def page(template: str, status: int = 200, **context: Any) -> Response:
    """Answer with a page or, where the template's name begins with _, with a fragment.

    A form that came without our own token is shown again as 400; htmx puts only a 422 in a form's place.
    """
    if status == 422 and not g.get("csrf_valid", True) and not wants_fragment():
        status = 400
    answer = make_response(render_template(template, **context), status)
    answer.headers["Vary"] = "HX-Request, Cookie"
    return answer


# Stands in a drawn piece where what the reader typed is put in afterward.
TYPED = "\ue000"


def kept(template: str, choices: Callable[[], Any] | None = None, *, typed: str = "", **values: Hashable) -> Markup:
    """Return a piece of a page that speaks of nobody: drawn once a process for each language and all that it shows.

    It is given its values and nothing of the reader; `choices` adds words that the language alone decides. What
    somebody typed is not kept: the piece has its place, `typed`, and it is put in each time.
    """
    where = (getattr(g.get("visitor"), "locale", ""), request.script_root)
    drawn = _drawn(current_app.jinja_env, template, choices, where, tuple(values.items()))
    return drawn.replace(TYPED, typed, 1)  # type: ignore[arg-type]  # The markup escapes what is put into it.


@functools.lru_cache(maxsize=500)
def _drawn(
    pages: Environment, template: str, choices: Callable[[], Any] | None, where: Any, values: tuple[Any, ...]
) -> Markup:
    words = {"choices": choices()} if choices else {}
    # A drawn template says itself that it is escaped.
    return escape(pages.get_template(template).make_module({**dict(values), **words, "typed": TYPED}))


def rows(template: str, shown: Iterable[Any]) -> list[Markup]:
    """Return the lines of a list, each a named tuple of all that it shows: drawn anew only where it reads otherwise.

    How a time is told depends on the day, so each is kept for its day at most.
    """
    where = (getattr(g.get("visitor"), "locale", ""), request.script_root, today())
    pages = current_app.jinja_env
    return [_drawn_row(pages, template, where, row) for row in shown]


@functools.lru_cache(maxsize=4000)
def _drawn_row(pages: Environment, template: str, where: Any, row: Any) -> Markup:
    return escape(pages.get_template(template).make_module(row._asdict()))


def form_page(template: str, context: Context) -> Callable[..., Response]:
    """Remember how the form is shown again, with everything typed; a refusal of the rules shows it with its sentence.

    Where somebody else was faster, `stale` holds what stands there now and its version, so that the next press decides.

    Returns the function that answers with the page at 422.
    """

    def again(status: int = 422, refused: str | None = None) -> Response:
        values = context() if callable(context) else context
        if outbox.replayed():
            return outbox.kept_there(status, refused or outbox.faults_of(values))
        expired = not g.get("csrf_valid", True)
        notes = {"refused": refused, "expired": expired, "stale": g.get("stale")}
        answer = page(template, status, **{**values, **notes})
        if not expired or str(OPEN_TOO_LONG) in answer.get_data(as_text=True):
            return answer
        # A page of many small forms has no place of its own for it: it stands where a rule's No would.
        values = context() if callable(context) else context
        return page(template, status, **{**values, **notes, "refused": str(OPEN_TOO_LONG)})

    g.again = again
    return again


def question(template: str, **context: Any) -> Response:
    """Answer a form with a question on a page of its own; the phone is told to send the form as browsers do."""
    return outbox.kept_there(422, "", ask=True) if outbox.replayed() else page(template, **context)


def commit() -> None:
    """Commit what the verb did. Nothing of a request without a valid form token is ever kept."""
    if not g.get("csrf_valid", False):
        db.session.rollback()
        abort(400)
    db.session.commit()


def done(location: str, *, fragment: Callable[[], Response] | None = None) -> WsgiResponse:
    """Commit, write the receipt of a keyed form, and send the reader on (303), or answer htmx with a fragment."""
    key: dict[str, str] | None = g.pop("receipt", None)
    if key is not None:
        try:
            receipts.keep(**key, answer=location)
        except IntegrityError:
            db.session.rollback()
            return onward(receipts.first_answer(**key) or location)
    commit()
    if fragment is not None and request.headers.get("HX-Request") == "true":
        return fragment()
    return onward(location)


def own_site(target: str | None, otherwise: str | None = None) -> str:
    """Return a path of this site that can be opened, whatever was asked for; else the first page or the one named."""
    elsewhere = otherwise or url_for("home.show")
    if not target or not target.startswith("/") or target.startswith("//") or "\\" in target:
        return elsewhere
    if not target.isprintable() or " " in target or _opens(target) is None:
        return elsewhere
    return target


def _opens(path: str) -> Mapping[str, Any] | None:
    """Return what an address that opens a page names, nothing where it opens none."""
    try:
        return current_app.url_map.bind("").match(path.partition("?")[0], method="GET")[1]
    except HTTPException:
        return None


def page_above(path: str) -> str:
    """Return the nearest page to an address that only takes forms: its empty form, or what it is a part of."""
    steps = path.rstrip("/").split("/")
    blank = "/".join([*steps, "new"])
    if (named := _opens(blank)) is not None and "new" not in named.values():
        return blank
    above = ("/".join(steps[:end]) for end in range(len(steps) - 1, 1, -1))
    return next((near for near in above if own_site(near) == near), own_site(None))


def onward(location: str) -> WsgiResponse:
    """Send the reader to a page after a post; the outbox gets a receipt in our own format."""
    if outbox.replayed():
        return outbox.receipt(g.get("once_key"), location)
    if wants_fragment():
        answer = make_response("", 204)
        answer.headers["HX-Redirect"] = location
        return answer
    return redirect(location, 303)


def _digest_of_body() -> str:
    parts: list[str] = []
    for name in sorted(request.form):
        if name not in ("csrf_token", "password_again"):
            parts += [f"{name}={value}" for value in request.form.getlist(name)]
    files: Iterable[tuple[str, FileStorage]] = request.files.items(multi=True)
    for name, file in files:
        # A file field that was left empty is the same as none: the outbox does not send it.
        if not file.filename:
            continue
        parts.append(f"{name}@{hashlib.sha256(file.read()).hexdigest()}")
        file.seek(0)
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def once(view: Callable[..., Any]) -> Callable[..., Any]:
    """Make a form post act once: the same key by the same author gets the first answer (decision 14)."""

    @functools.wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        key = request.form.get("key", "")
        if receipts.KEY.fullmatch(key):
            g.once_key = key
            author = g.get("author") or g.visitor.author
            g.receipt = {"author": author, "route": str(request.endpoint), "key": key, "body_digest": _digest_of_body()}
            first = receipts.first_answer(**g.receipt)
            if first is not None:
                g.pop("receipt")
                return onward(first)
        return view(*args, **kwargs)

    return wrapped


def one_verb(
    opened: Callable[..., tuple[Any, Any, Callable[..., Response]]], leads_to: Callable[[Any], str]
) -> Callable[[Verb], Callable[..., Any]]:
    """Make a counter of one verb out of the verb alone: it is given what was found and the form as it was typed.

    `opened` finds the thing by the ids of the address, reads the form and remembers the page that shows it again;
    the answer leads to where `leads_to` says, unless the verb names another page.
    """

    def hang(verb: Verb) -> Callable[..., Any]:
        @functools.wraps(verb)
        def acted(**ids: str) -> Any:
            thing, form, again = opened(**ids)
            if not form.validate_on_submit():
                return again()
            return done(verb(thing, form) or leads_to(thing))

        return acted

    return hang


def note_access(what: str, **about: Any) -> None:
    """Log after the answer, in a transaction of its own, that something protected was shown or refused."""
    g.setdefault("access_notes", []).append((what, about))


def write_access_notes(response: Response) -> Response:
    """Write what was noted; called after every request."""
    notes = g.pop("access_notes", [])
    if notes:
        db.session.rollback()
        with doorkeeping.own_transaction():
            for what, about in notes:
                doorkeeping.note(what, by=g.visitor.actor, **about)
    return response


def one_of(kind: Any, name: str) -> Any:
    """Return a member of an enum named in the query, or None for anything else."""
    value = request.args.get(name, "")
    return kind(value) if value in {one.value for one in kind} else None


def number(name: str, default: int | None = None) -> int | None:
    """Return a whole number from the query, or the default where it is not one."""
    value = request.args.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 18 else default
