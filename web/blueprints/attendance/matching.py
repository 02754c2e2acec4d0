"""The committee's desk of presence: names that wait to be matched, and what people dispute."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for

from models import attendance, service_log
from models.base import Refused
from models.permissions import Permission
from web import respond
from web.blueprints.attendance.counter import blueprint, row_of
from web.doors import open_to
from web.forms.attendance import DisputeForm, MatchForm
from web.forms.base import ActForm


@blueprint.get("/to-match")
@open_to(Permission.MATCH_ATTENDANCE)
def to_match() -> Any:
    """Show the names that wait, each with who may be meant, and what people dispute."""
    actor, match = g.visitor.actor, Permission.MATCH_ATTENDANCE
    rows = attendance.to_match(actor, match, after=respond.number("after", 0) or 0, limit=31)
    return respond.page(
        "attendance/to_match.html", rows=rows[:30], more=len(rows) > 30, count=attendance.count_to_match(actor, match),
        disputes=attendance.disputes(actor), form=ActForm(), reason=DisputeForm(),
    )  # fmt: skip


@blueprint.get("/attendances/<public_id>/match")
@open_to(Permission.MATCH_ATTENDANCE)
def find(public_id: str) -> Any:
    """Search the register for whom a name means."""
    return respond.page("attendance/find.html", **_found(public_id), refused=None)


def _found(public_id: str) -> dict[str, Any]:
    row = row_of(public_id, Permission.MATCH_ATTENDANCE)
    query = request.args.get("q", row.written_name or "")[:40]
    found = attendance.search_people(row.community_id, query)
    return {"row": row.public_id, "name": row.written_name, "building": row.written_building, "q": query,
            "found": found, "form": MatchForm()}  # fmt: skip


@blueprint.post("/attendances/<public_id>/match")
@open_to(Permission.MATCH_ATTENDANCE)
@respond.once
def match(public_id: str) -> Any:
    """Tie a name to a person."""
    form = MatchForm()
    again = respond.form_page("attendance/find.html", lambda: {**_found(public_id), "form": form})
    if not form.validate_on_submit():
        return again()
    row = row_of(public_id, Permission.MATCH_ATTENDANCE)
    person = service_log.find_people(row.community_id, [form.person.data])
    if not person:
        return again()
    row.match(person[0], by=g.visitor.actor)
    return respond.done(url_for(".to_match"))


def _decide(public_id: str, verb: str) -> Any:
    row, form = row_of(public_id, Permission.APPROVE_LATE_LOG), DisputeForm()
    if not form.validate_on_submit():
        raise Refused("reason_needed")
    getattr(row, verb)(form.reason.data, by=g.visitor.actor)
    return respond.done(url_for(".to_match"))


@blueprint.post("/attendances/<public_id>/upholding")
@open_to(Permission.APPROVE_LATE_LOG)
@respond.once
def uphold(public_id: str) -> Any:
    """Find that somebody was not there."""
    return _decide(public_id, "uphold")


@blueprint.post("/attendances/<public_id>/dismissal")
@open_to(Permission.APPROVE_LATE_LOG)
@respond.once
def dismiss(public_id: str) -> Any:
    """Find that somebody was there after all."""
    return _decide(public_id, "dismiss")
