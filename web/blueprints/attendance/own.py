"""What people say themselves about where they were noted as present."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for

from models import attendance, ratings
from models.permissions import Permission
from models.ratings import PresenceWord
from web import respond
from web.blueprints.attendance.counter import blueprint, row_of
from web.doors import open_to
from web.forms.attendance import DisputeForm
from web.forms.base import ActForm

PAGE = 10


@blueprint.get("/me/services")
@open_to(Permission.OWN)
def mine() -> Any:
    """Show where one's household was noted as present."""
    return respond.page("attendance/mine.html", **_shown(DisputeForm(formdata=None)), refused=None)


def _shown(form: DisputeForm) -> dict[str, Any]:
    actor, before = g.visitor.actor, request.args.get("before", "")[:20]
    rows = attendance.mine(actor.person_ids, PAGE + 1, before or None)
    older = rows[PAGE - 1].public_id if len(rows) > PAGE else None
    return {"rows": rows[:PAGE], "older": older, "before": before, "said": ratings.said_by(actor), "form": form,
            "not_met": ratings.said_not_met(actor)}  # fmt: skip


@blueprint.post("/attendances/<public_id>/confirmation")
@open_to(Permission.OWN)
@respond.once
def confirm(public_id: str) -> Any:
    """Say: yes, I was there."""
    row = row_of(public_id, Permission.OWN)
    if ActForm().validate_on_submit():
        PresenceWord.say_own(row, there=True, by=g.visitor.actor)
    return respond.done(url_for(".mine"))


@blueprint.post("/attendances/<public_id>/dispute")
@open_to(Permission.OWN)
@respond.once
def dispute(public_id: str) -> Any:
    """Say: I was not there."""
    form = DisputeForm()
    again = respond.form_page("attendance/mine.html", lambda: _shown(form))
    row = row_of(public_id, Permission.OWN)
    if not form.validate_on_submit():
        return again()
    PresenceWord.say_own(row, there=False, words=form.reason.data, by=g.visitor.actor)
    return respond.done(url_for(".mine"))
