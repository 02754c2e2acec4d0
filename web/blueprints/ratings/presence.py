"""The committee's desk for those who say that they were not there: looked into, decided with a reason."""

from __future__ import annotations

from typing import Any

from flask import abort, g, url_for

from models.permissions import Permission
from models.ratings import PresenceWord, presence_disputes, presence_settled
from web import respond
from web.blueprints.ratings.counter import blueprint
from web.doors import open_to
from web.forms.base import ActForm
from web.forms.ratings import FindingForm

P = Permission.APPROVE_LATE_LOG
PAGE = 30


def _find(public_id: str) -> PresenceWord:
    return PresenceWord.find(public_id, PresenceWord.visible_to(g.visitor.actor, P))


def _shown(form: FindingForm, about: str = "", **more: Any) -> dict[str, Any]:
    actor = g.visitor.actor
    found = presence_disputes(actor, after=respond.number("after"), limit=PAGE)
    on = url_for(".presence", after=found[-1].id) if len(found) == PAGE else None
    return {"disputes": found, "more": on, "settled": presence_settled(actor), "form": form, "about": about,
            "whom": None, **more}  # fmt: skip


@blueprint.get("/ratings/presence")
@open_to(P)
def presence() -> Any:
    """List what the committee has to look into, and what it found of late."""
    return respond.page("ratings/presence.html", **_shown(FindingForm(formdata=None)), refused=None)


@blueprint.post("/ratings/presence/<public_id>/person")
@open_to(P)
def reveal_presence(public_id: str) -> Any:
    """Show whose word it is, and note that it was shown."""
    one = _find(public_id)
    if not ActForm().validate_on_submit():
        abort(400)
    respond.note_access("reveal.presence", kind="presence_words", subject_id=one.id, community_id=one.community_id)
    form = FindingForm(formdata=None)
    return respond.page("ratings/presence.html", **_shown(form, public_id, whom=one.whom()), refused=None)


def _decide(public_id: str, verb: str) -> Any:
    one, form = _find(public_id), FindingForm()
    again = respond.form_page("ratings/presence.html", lambda: _shown(form, public_id))
    if not form.validate_on_submit():
        return again()
    getattr(one, verb)(form.reason.data, by=g.visitor.actor)
    return respond.done(url_for(".presence"))


@blueprint.post("/ratings/presence/<public_id>/upholding")
@open_to(P)
@respond.once
def uphold_presence(public_id: str) -> Any:
    """Find that it was as the person says."""
    return _decide(public_id, "uphold")


@blueprint.post("/ratings/presence/<public_id>/dismissal")
@open_to(P)
@respond.once
def dismiss_presence(public_id: str) -> Any:
    """Find that the service took place."""
    return _decide(public_id, "dismiss")
