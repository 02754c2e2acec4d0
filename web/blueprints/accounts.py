"""Those who work here, and those who ask to come in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, g, request, url_for

from models import accounts
from models.accounts import Account, Grant, Role
from models.accounts.lists import grants_within
from models.base import NotFound
from models.invitations import Invitation
from models.people import Person
from models.permissions import Permission
from web import respond
from web.again import password_again
from web.doors import open_to
from web.forms.accounts import ConfirmForm, SearchForm, SeatForm, TransferForm
from web.forms.base import OPEN_TOO_LONG, ActForm

blueprint = Blueprint("accounts", __name__)


def _find(public_id: str, permission: Permission) -> Account:
    return Account.find(public_id, Account.visible_to(g.visitor.actor, permission))


def _acts(form: Callable[[], Any], permission: Permission) -> Callable[[respond.Verb], Callable[..., Any]]:
    """Return the shape of an act on the page of an account, which comes again when a rule says no."""

    def opened(public_id: str, **_: str) -> tuple[Account, Any, Callable[..., Any]]:
        account, typed = _find(public_id, permission), form()
        return account, typed, respond.form_page("accounts/show.html", lambda: _context(account, typed))

    return respond.one_verb(opened, lambda _: url_for("accounts.index"))


def _answers(form: Callable[[], Any]) -> Callable[[respond.Verb], Callable[..., Any]]:
    """Return the shape of an answer to one of the requests that wait; those that still do are shown."""

    def opened(public_id: str) -> tuple[Account, Any, Callable[..., Any]]:
        account, shown = _find(public_id, Permission.CONFIRM_PEOPLE), "accounts/requests.html"
        return account, form(), respond.form_page(shown, lambda: {"requests": accounts.requests(g.visitor.actor)})

    return respond.one_verb(opened, lambda _: url_for("accounts.requests"))


def _seat(form: Any) -> dict[str, Any]:
    return accounts.seat(g.visitor.actor, form.seat.data)


def _context(account: Account, form: Any = None) -> dict[str, Any]:
    may = g.visitor.may(Permission.INVITE_STAFF)
    return {
        "account": accounts.facts(account, g.visitor.actor), "act": ActForm(formdata=None),
        "seat_form": form if isinstance(form, SeatForm) else SeatForm(formdata=None) if may else None,
        "transfer_form": form if isinstance(form, TransferForm) else TransferForm(formdata=None) if may else None,
    }  # fmt: skip


def _grant(account: Account) -> Grant:
    """Return the role of the account that the address names, within the reader's reach, or raise NotFound."""
    public_id = (request.view_args or {})["grant_id"]
    near = {one.public_id: one for one in grants_within(account, g.visitor.actor, Permission.END_GRANTS)}
    if public_id not in near:
        raise NotFound("grant")
    return near[public_id]


@blueprint.get("/accounts")
@open_to(Permission.READ_ACCOUNTS)
def index() -> Any:
    """Show who works here."""
    form = SearchForm(request.args, meta={"csrf": False})
    words = (form.q.data or "")[:60]
    found, before = accounts.for_the_desk(g.visitor.actor, words=words, before=respond.number("before"))
    older = url_for("accounts.index", q=words or None, before=before) if before else None
    return respond.page("accounts/index.html", accounts=found, older=older, form=form)


@blueprint.get("/accounts/<public_id>")
@open_to(Permission.READ_ACCOUNTS)
def show(public_id: str) -> Any:
    """Show an account, its roles now and before."""
    account = _find(public_id, Permission.READ_ACCOUNTS)
    return respond.page("accounts/show.html", refused=None, **_context(account))


@blueprint.post("/accounts/<public_id>/grants")
@open_to(Permission.INVITE_STAFF)
@password_again
@respond.once
@_acts(SeatForm, Permission.INVITE_STAFF)
def grant(account: Account, form: SeatForm) -> str:
    """Give a role."""
    account.grant(Role(form.role.data), by=g.visitor.actor, **_seat(form))
    return url_for("accounts.show", public_id=account.public_id)


@blueprint.post("/accounts/<public_id>/grants/<grant_id>/end")
@open_to(Permission.END_GRANTS)
@respond.once
@_acts(ActForm, Permission.END_GRANTS)
def end(account: Account, form: ActForm) -> None:
    """Take a role back."""
    account.end_grant(_grant(account), by=g.visitor.actor)


@blueprint.post("/accounts/<public_id>/grants/<grant_id>/transfer")
@open_to(Permission.INVITE_STAFF)
@password_again
@respond.once
@_acts(TransferForm, Permission.END_GRANTS)
def transfer(account: Account, form: TransferForm) -> None:
    """Move a role elsewhere; the old side ends at once."""
    account.transfer(_grant(account), by=g.visitor.actor, **_seat(form))


@blueprint.post("/accounts/<public_id>/departure")
@open_to(Permission.END_GRANTS)
@respond.once
@_acts(ActForm, Permission.END_GRANTS)
def leave(account: Account, form: ActForm) -> None:
    """Let somebody go: all roles within reach end at once."""
    account.leave(by=g.visitor.actor, grants=grants_within(account, g.visitor.actor, Permission.END_GRANTS))


@blueprint.post("/accounts/<public_id>/slip")
@open_to(Permission.RESET_PASSWORD)
@password_again
def slip(public_id: str) -> Any:
    """Write a slip for a new password; its code is shown on this answer only."""
    account, form = _find(public_id, Permission.RESET_PASSWORD), ActForm()
    if not form.validate_on_submit():
        return respond.page(
            "errors/refused.html", 422, sentence=OPEN_TOO_LONG, back=url_for(".show", public_id=public_id)
        )
    paper, code = Invitation.for_new_password(account, by=g.visitor.actor)
    respond.commit()
    return respond.page("invitations/slip.html", slip=paper, code=code)


@blueprint.get("/accounts/requests")
@open_to(Permission.CONFIRM_PEOPLE)
def requests() -> Any:
    """Show who waits to be confirmed on sight."""
    return respond.page("accounts/requests.html", requests=accounts.requests(g.visitor.actor), refused=None)


@blueprint.post("/accounts/<public_id>/confirmation")
@open_to(Permission.CONFIRM_PEOPLE)
@respond.once
@_answers(ConfirmForm)
def confirm(account: Account, form: ConfirmForm) -> None:
    """Confirm a request: somebody of the register, or a new entry."""
    reach = Person.visible_to(g.visitor.actor, Permission.CONFIRM_PEOPLE)
    account.confirm(Person.find(form.person.data, reach) if form.person.data else None, by=g.visitor.actor)


@blueprint.post("/accounts/<public_id>/refusal")
@open_to(Permission.CONFIRM_PEOPLE)
@respond.once
@_answers(ActForm)
def decline(account: Account, form: ActForm) -> None:
    """Turn a request away."""
    account.decline(by=g.visitor.actor)
