"""The list of a day: ticked, pasted or uploaded, and who came, left or stayed away."""

from __future__ import annotations

from typing import Any

from flask import flash, g, url_for
from flask_babel import gettext as _
from flask_babel import ngettext as _n

from models import attendance, service_log
from models.activities import Activity
from models.attendance import Part, matching
from models.permissions import Permission
from models.service_log import ServiceLog
from web import outbox, respond
from web.blueprints.attendance.counter import blueprint, row_of
from web.doors import open_to
from web.forms.attendance import ListForm, TickForm
from web.forms.base import ActForm, options

# What is of a moment: a phone without a network noted when.
TIMED = ("check_in", "check_out", "come_after_all")
LONGEST_PHOTO = 12 * 1024 * 1024


def _log(public_id: str) -> ServiceLog:
    return ServiceLog.find(public_id, ServiceLog.visible_to(g.visitor.actor, Permission.WRITE_LOG))


def _activity(public_id: str, permission: Permission = Permission.WRITE_LOG) -> Activity:
    return Activity.find(public_id, Activity.visible_to(g.visitor.actor, permission))


def _shown(host: Any, form: ListForm) -> dict[str, Any]:
    """Return what the page of a list shows: who is on it, and who may be ticked."""
    is_log = isinstance(host, ServiceLog)
    seats = attendance.seats_of_logs([host.id]) if is_log else attendance.seats_of_activities([host.id])
    there = seats.get(host.id, [])
    regulars = service_log.regulars(host.project_id, host.community_id)
    waiting = [
        (seat.person_public_id, f"{seat.name} {seat.home}")
        for seat in there
        if seat.state in ("EXPECTED", "WAITLISTED")
    ]
    named = {seat.person_public_id for seat in there}
    numbers = [] if is_log else [seat.person_id for seat in there if seat.person_id is not None]
    form.people.choices = options(waiting + [choice for choice in regulars if choice[0] not in named])
    return {"host": host.public_id, "title": host.title, "is_log": is_log, "seats": there, "form": form,
            "to_agree": attendance.without_consent(host, numbers) if numbers else set(),
            "missed": attendance.no_shows(numbers) if numbers else {}, "draft": is_log and host.state in ("DRAFT", "RETURNED"), "act": ActForm(),
            "here_count": sum(seat.there for seat in there),
            "to_match": sum(seat.state == "TO_MATCH" for seat in there)}  # fmt: skip


def _page(host: Any) -> Any:
    return respond.page("attendance/list.html", **_shown(host, ListForm()), refused=None)


def _take(host: Any, here: str) -> Any:
    """Take the list in whatever way it came."""
    form = ListForm()
    shown = _shown(host, form)
    again = respond.form_page("attendance/list.html", shown)
    if not form.validate_on_submit():
        return again()
    lines = matching.read_names(form.names.data) if form.names.data else []
    if form.file.data:
        lines += matching.read_sheet(form.file.data.filename or "", form.file.data.read())
    sheet = form.sheet.data.read(LONGEST_PHOTO + 1) if form.sheet.data else None
    taken = attendance.take_list(
        host, people=service_log.find_people(host.community_id, form.people.data or []), lines=lines,
        part=Part(form.part.data), sheet=sheet, owner=g.visitor.author, by=g.visitor.actor,
    )  # fmt: skip
    flash(_("%(noted)s noted, %(already)s were there already, %(open)s to be matched.", noted=taken.noted,
            already=taken.already, open=taken.to_match), "success")  # fmt: skip
    if taken.to_agree:
        flash(
            _n(
                "%(num)s is under 18 and waits for a guardian's word.",
                "%(num)s are under 18 and wait for a guardian's word.",
                taken.to_agree,
            ),
            "warning",
        )
    return respond.done(here)


@blueprint.get("/logs/<public_id>/attendance")
@open_to(Permission.WRITE_LOG)
def of_log(public_id: str) -> Any:
    """Show the list of a log."""
    return _page(_log(public_id))


@blueprint.post("/logs/<public_id>/attendance")
@open_to(Permission.WRITE_LOG)
@respond.once
def take_log(public_id: str) -> Any:
    """Add to the list of a log: ticked, pasted, uploaded, with the photo of the sheet."""
    return _take(_log(public_id), url_for(".of_log", public_id=public_id))


@blueprint.get("/activities/<public_id>/attendance")
@open_to(Permission.READ_CHECK_INS)
def of_activity(public_id: str) -> Any:
    """Show the list of an activity."""
    return _page(_activity(public_id, Permission.READ_CHECK_INS))


@blueprint.post("/activities/<public_id>/attendance")
@open_to(Permission.WRITE_LOG)
@respond.once
def take_activity(public_id: str) -> Any:
    """Add to the list of an activity."""
    return _take(_activity(public_id), url_for(".of_activity", public_id=public_id))


def _ticked(public_id: str, verb: str) -> Any:
    """Note on the list of an activity who came, left or stayed away."""
    row = row_of(public_id, Permission.WRITE_LOG)
    activity, form = row.activity_public_id(), TickForm()
    at = outbox.done_at(form.done_at.moment) if form.validate_on_submit() else None
    if not form.errors:
        timed = {"at": at, "clock_off": outbox.clock_is_off()} if verb in TIMED else {}
        getattr(row, verb)(by=g.visitor.actor, **timed)
    return respond.done(url_for(".of_activity", public_id=activity))


@blueprint.post("/attendances/<public_id>/presence")
@open_to(Permission.WRITE_LOG)
@respond.once
def check_in(public_id: str) -> Any:
    """Check somebody in who was expected."""
    return _ticked(public_id, "check_in")


@blueprint.post("/attendances/<public_id>/leaving")
@open_to(Permission.WRITE_LOG)
@respond.once
def check_out(public_id: str) -> Any:
    """Check somebody out."""
    return _ticked(public_id, "check_out")


@blueprint.post("/attendances/<public_id>/absence")
@open_to(Permission.WRITE_LOG)
@respond.once
def mark_absent(public_id: str) -> Any:
    """Note that somebody did not come."""
    return _ticked(public_id, "mark_absent")


@blueprint.post("/attendances/<public_id>/coming-after-all")
@open_to(Permission.WRITE_LOG)
@respond.once
def come_after_all(public_id: str) -> Any:
    """Note that somebody came who was said to have stayed away."""
    return _ticked(public_id, "come_after_all")


@blueprint.post("/attendances/<public_id>/admission")
@open_to(Permission.WRITE_LOG)
@respond.once
def admit(public_id: str) -> Any:
    """Move somebody up from the waiting list."""
    return _ticked(public_id, "admit")
