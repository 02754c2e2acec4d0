"""The counter where an office drops its ledgers in: put in, looked at, done; and where everything leaves again."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, redirect, request, url_for

from models import ledgers, places, sheets
from models.base import Refused, now
from models.ledgers import Ledger, LedgerCard, LedgerKind
from models.permissions import Permission
from models.places import Place
from web import jobs, respond, sentences
from web.doors import open_to, wants_fragment
from web.files import XLSX, taken_along
from web.filters import day
from web.forms.base import ActForm
from web.forms.ledgers import CopyForm, LedgerForm, columns_form

blueprint = Blueprint("ledgers", __name__)


def _found(public_id: str) -> Ledger:
    return Ledger.find(public_id, Ledger.visible_to(g.visitor.actor, Permission.BRING_LEDGERS))


def _card(public_id: str) -> LedgerCard:
    return ledgers.card(_found(public_id), g.visitor.actor)


def _hall(form: Any = None) -> dict[str, Any]:
    """Return what the first page shows; a form that was refused comes back filled."""
    actor = g.visitor.actor
    communities, kinds = places.communities(actor.reach(Permission.BRING_LEDGERS)), ledgers.kinds_of(actor)
    shown: dict[str, Any] = {"form": LedgerForm(communities, kinds, formdata=None)}
    shown |= {"copy": CopyForm(communities, kinds, formdata=None), "files": ledgers.lines(actor)}
    asked = request.args.get("kind", "")
    shown["form"].kind.data = asked if asked in kinds else ""
    if form is not None:
        shown["copy" if isinstance(form, CopyForm) else "form"] = form
    return shown


def _shown(card: LedgerCard, form: Any = None) -> dict[str, Any]:
    """Return what the page of one ledger shows."""
    words = {fault.key: sentences.label(fault.key, "LedgerFault") for fault in card.faults}
    failure = sentences.refusal(Refused(card.failure, **card.told)) if card.failure else ""
    form = form or columns_form(card, formdata=None)
    heads = [(sentences.label("line", "LedgerWords"), "n")]
    heads += [(sentences.label(name, card.words), "") for name in card.sample_fields]
    return {
        "one": card,
        "heads": heads,
        "columns": form,
        "act": ActForm(formdata=None),
        "words": words,
        "failure": failure,
    }


def _file(name: str, data: bytes) -> Any:
    return taken_along(data, XLSX, f"{name}-{now():%Y%m%d-%H%M}.xlsx")


@blueprint.get("/ledgers")
@open_to(Permission.BRING_LEDGERS)
def index() -> Any:
    """Show where a ledger is dropped in, what came in, and what may be taken along."""
    return respond.page("ledgers/index.html", refused=None, **_hall())


@blueprint.post("/ledgers")
@open_to(Permission.BRING_LEDGERS)
@respond.once
def create() -> Any:
    """Receive a file; the job reads it."""
    actor = g.visitor.actor
    form = LedgerForm(places.communities(actor.reach(Permission.BRING_LEDGERS)), ledgers.kinds_of(actor))
    again = respond.form_page("ledgers/index.html", lambda: _hall(form))
    if not form.validate_on_submit():
        return again()
    community, file = Place.find(form.community.data), form.file.data
    one = Ledger.receive(community, file.filename or "", file.read(), form.chosen, by=actor)
    answer = respond.done(url_for(".show", public_id=one.public_id))
    jobs.soon("bring_ledgers_in")
    return answer


@blueprint.get("/ledgers/<public_id>")
@open_to(Permission.BRING_LEDGERS)
def show(public_id: str) -> Any:
    """Show one ledger: what would come in, how far it is, or what became of it."""
    return respond.page("ledgers/show.html", refused=None, **_shown(_card(public_id)))


@blueprint.get("/ledgers/<public_id>/progress")
@open_to(Permission.BRING_LEDGERS)
def progress(public_id: str) -> Any:
    """Show how far a ledger is; opened directly it is the page."""
    if not wants_fragment():
        return redirect(url_for(".show", public_id=public_id), 303)
    return respond.page("ledgers/_progress.html", **_shown(_card(public_id)))


@blueprint.post("/ledgers/<public_id>/columns")
@open_to(Permission.BRING_LEDGERS)
def read_by_hand(public_id: str) -> Any:
    """Say what the file is and what its columns mean; it is read again."""
    one = _found(public_id)
    card = ledgers.card(one, g.visitor.actor)
    form = columns_form(card)
    again = respond.form_page("ledgers/show.html", lambda: _shown(card, form))
    if not form.validate_on_submit():
        return again()
    one.read_by_hand(LedgerKind(form.kind.data), int(form.line.data), form.fields, by=g.visitor.actor)
    answer = respond.done(url_for(".show", public_id=public_id))
    jobs.soon("bring_ledgers_in")
    return answer


@blueprint.post("/ledgers/<public_id>/start")
@open_to(Permission.BRING_LEDGERS)
def start(public_id: str) -> Any:
    """Say that what can come in shall come in."""
    one = _found(public_id)
    ActForm().validate_on_submit()
    one.start(by=g.visitor.actor)
    answer = respond.done(url_for(".show", public_id=public_id))
    jobs.soon("bring_ledgers_in")
    return answer


@blueprint.post("/ledgers/<public_id>/discard")
@open_to(Permission.BRING_LEDGERS)
def put_away(public_id: str) -> Any:
    """Put a file away that was not brought in."""
    one = _found(public_id)
    ActForm().validate_on_submit()
    one.put_away(by=g.visitor.actor)
    return respond.done(url_for(".index"))


@blueprint.post("/ledgers/<public_id>/undo")
@open_to(Permission.BRING_LEDGERS)
def undo(public_id: str) -> Any:
    """Take a ledger back within a day, but for what somebody has touched."""
    one = _found(public_id)
    ActForm().validate_on_submit()
    one.undo(by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=public_id))


@blueprint.get("/ledgers/<public_id>/outside")
@open_to(Permission.BRING_LEDGERS)
def outside(public_id: str) -> Any:
    """Hand over the lines that stay outside, each with what is wrong, to be mended and dropped in again."""
    one = _found(public_id)
    titles, faults, lines = ledgers.outside_lines(one)
    words = ledgers.keeper_of(one.kind).words
    rows = [[_reason(faults[number], words), *cells] for number, cells in sorted(lines.items())]
    respond.note_access("export.ledger_outside", kind="ledgers", subject_id=one.id, community_id=one.community_id)
    title = sentences.label("outside", "LedgerWords")
    return _file("outside", sheets.write_xlsx(title, [sentences.label("reason", "LedgerWords"), *titles], rows))


def _reason(faults: list[tuple[str, str]], words: str) -> str:
    return " ".join(f"{sentences.label(field, words)}: {sentences.label(key, 'LedgerFault')}" for field, key in faults)


@blueprint.post("/ledgers/copies")
@open_to(Permission.BRING_LEDGERS)
def take() -> Any:
    """Hand over everything of one kind as a sheet; the diary and the access log say who took how many lines."""
    actor = g.visitor.actor
    form = CopyForm(places.communities(actor.reach(Permission.BRING_LEDGERS)), ledgers.kinds_of(actor))
    again = respond.form_page("ledgers/index.html", lambda: _hall(form))
    if not form.validate_on_submit():
        return again()
    kind = LedgerKind(form.kind.data)
    sheet = ledgers.take(Place.find(form.community.data), kind, by=actor)
    respond.note_access("export.ledger", kind=kind.value.lower(), reason=f"rows={len(sheet.rows)},masked")
    respond.commit()
    title = f"{sentences.label(kind)} {day(now())}"
    return _file(kind.value.lower(), sheets.write_xlsx(title, sheet.columns, sheet.rows))
