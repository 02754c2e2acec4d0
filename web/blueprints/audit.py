"""The auditor's counter: the diary, the access log, and the proof that nothing was altered."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, request, url_for

from models import audit, seals
from models.permissions import Permission
from web import respond, sentences
from web.doors import open_to
from web.forms.audit import FilterForm, LookForm

blueprint = Blueprint("audit", __name__)


def _older(endpoint: str, before: int | None) -> str | None:
    kept: dict[str, Any] = {name: value for name, value in request.args.items() if name != "before" and value}
    return url_for(endpoint, **kept, before=before) if before is not None else None


@blueprint.get("/audit")
@open_to(Permission.AUDIT)
def index() -> Any:
    """Show the diary within reach, and how the chain stands."""
    form = FilterForm(request.args)
    wanted = form.values()
    said = wanted.pop("verb")
    verbs = sentences.deeds_like(said) if said else None
    found, before = audit.entries(g.visitor.actor, verbs=verbs, **wanted, before=respond.number("before"))
    return respond.page(
        "audit/index.html", form=form, entries=found, head=audit.head(), older=_older("audit.index", before)
    )


@blueprint.get("/audit/access")
@open_to(Permission.AUDIT)
def access() -> Any:
    """Show who looked at what is protected."""
    form = LookForm(request.args)
    words = form.values()
    found, before = audit.looks(g.visitor.actor, what=words.pop("verb"), **words, before=respond.number("before"))
    return respond.page("audit/access.html", form=form, looks=found, older=_older("audit.access", before))


@blueprint.get("/audit/verification")
@open_to(Permission.AUDIT)
def verification() -> Any:
    """Read the whole diary and say whether it is whole, or name the first altered row."""
    return respond.page("audit/verification.html", finding=seals.verify(), head=audit.head())
