"""Volunteers' hours: one's own, those to propose, those to approve, and the list that leaves the house."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, g, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext as _n

from models import hour_lists, hours, sheets, stars, volunteering
from models.attendance import Attendance
from models.base import Refused, now
from models.people import Person
from models.permissions import Permission
from models.volunteering import HourCorrection, HourRecord
from web import respond
from web.doors import open_to
from web.files import XLSX, taken_along
from web.forms.volunteering import (
    AnswerForm,
    ApproveAllForm,
    ApproveForm,
    CorrectionForm,
    ProposalForm,
    ProposeAllForm,
    TurnDownForm,
)
from web.sentences import label, refusal

blueprint = Blueprint("volunteering", __name__)
# So many stand on the page to be done with one press.
TOGETHER = 20


@blueprint.get("/me/hours")
@open_to(Permission.OWN)
def mine() -> Any:
    """Show one's own hours, and how each was computed."""
    return respond.page("volunteering/mine.html", **_mine(CorrectionForm()), refused=None)


def _mine(form: CorrectionForm) -> dict[str, Any]:
    number = g.visitor.actor.person_id
    found = volunteering.my_hours(number, before=respond.number("before"), limit=31)
    reported = hour_lists.reported_days(one.id for one in found.records)
    return {"mine": found, "records": found.records[:30], "reported": reported, "more": len(found.records) > 30, "form": form,
            "shown": hours.hours_shown(found.minutes), "person": number is not None,
            "own": stars.mine(Person.get(number) if number is not None else None)}  # fmt: skip


@blueprint.post("/hours/<public_id>/corrections")
@open_to(Permission.OWN)
@respond.once
def ask(public_id: str) -> Any:
    """Ask for a correction of one's own record."""
    one, form = HourRecord.find(public_id, HourRecord.visible_to(g.visitor.actor, Permission.OWN)), CorrectionForm()
    again = respond.form_page("volunteering/mine.html", lambda: _mine(form))
    if not form.validate_on_submit():
        return again()
    HourCorrection.ask(one, form.text.data, by=g.visitor.actor, wanted_end=form.ended.moment)
    return respond.done(url_for(".mine"))


def _desk(**forms: Any) -> dict[str, Any]:
    actor, approve = g.visitor.actor, Permission.APPROVE_HOURS
    waiting = volunteering.waiting_for(actor) if actor.may(approve) else []
    clean = [line for line in waiting if not line.late and not line.needs_review and line.log_counts]
    to_record = volunteering.proposable(actor) if actor.may(Permission.WRITE_LOG) else []
    together = [one for one in to_record if one.end_known and one.public_id != request.args.get("apart")]
    return {
        "together": together[:TOGETHER], "more": max(0, len(together) - TOGETHER),
        "apart": [one for one in to_record if one not in together],
        "clean": clean[:TOGETHER], "more_clean": max(0, len(clean) - TOGETHER),
        "flagged": [line for line in waiting if line not in clean],
        "corrections": volunteering.corrections_for(actor, approve) if actor.may(approve) else [],
        "approves": actor.may(approve),
        "forms": {"propose": ProposalForm(), "together": ProposeAllForm(), "all": ApproveAllForm(), "one": ApproveForm(), "down": TurnDownForm(),
                  "answer": AnswerForm(), **forms},
    }  # fmt: skip


@blueprint.get("/hours")
@open_to(Permission.WRITE_LOG)
def index() -> Any:
    """Show what of volunteers' time waits for this reader."""
    return respond.page("volunteering/index.html", **_desk(), refused=None)


@blueprint.post("/attendances/<public_id>/hours")
@open_to(Permission.WRITE_LOG)
@respond.once
def propose(public_id: str) -> Any:
    """Propose the time of a volunteer who was there; a missing check-out is confirmed by this."""
    row = Attendance.find(public_id, Attendance.visible_to(g.visitor.actor, Permission.WRITE_LOG))
    form = ProposalForm()
    again = respond.form_page("volunteering/index.html", lambda: _desk(propose=form))
    if not form.validate_on_submit():
        return again()
    HourRecord.propose(row, ended_at=form.ended.moment, break_minutes=form.break_minutes.number or 0,
                       late_reason=form.late_reason.data or "", by=g.visitor.actor)  # fmt: skip
    return respond.done(url_for(".index"))


@blueprint.post("/hour-proposals")
@open_to(Permission.WRITE_LOG)
@respond.once
def propose_all() -> Any:
    """Propose the times of those who were ticked, in one act; say of whom a rule keeps out why."""
    form = ProposeAllForm()
    again = respond.form_page("volunteering/index.html", lambda: _desk(together=form))
    if not form.validate_on_submit():
        return again()
    found = volunteering.find_presences(g.visitor.actor, form.there.data or [])
    kept_out = HourRecord.propose_all(found, by=g.visitor.actor, late_reason=form.late_reason.data or "")
    _tell_recorded(len(found) - len(kept_out), kept_out)
    return respond.done(url_for(".index"))


def _tell_recorded(number: int, kept_out: list[tuple[Attendance, Refused]]) -> None:
    if number:
        flash(_n("%(num)d person's time recorded.", "The times of %(num)d people recorded.", number), "success")
    for row, error in kept_out:
        flash(f"{Person.get(row.person_id or 0).name} · {refusal(error)}", "warning")


def _record(public_id: str) -> HourRecord:
    return HourRecord.find(public_id, HourRecord.visible_to(g.visitor.actor, Permission.APPROVE_HOURS))


@blueprint.post("/hour-approvals")
@open_to(Permission.APPROVE_HOURS)
@respond.once
def approve_all() -> Any:
    """Approve the records that were ticked, in one act."""
    form = ApproveAllForm()
    again = respond.form_page("volunteering/index.html", lambda: _desk(all=form))
    if not form.validate_on_submit():
        return again()
    found = volunteering.find_records(g.visitor.actor, form.records.data or [])
    HourRecord.approve_all(found, by=g.visitor.actor)
    return respond.done(url_for(".index"))


@blueprint.post("/hours/<public_id>/approval")
@open_to(Permission.APPROVE_HOURS)
@respond.once
def approve(public_id: str) -> Any:
    """Approve one record, with a reason where the day was long."""
    one, form = _record(public_id), ApproveForm()
    again = respond.form_page("volunteering/index.html", lambda: _desk(one=form))
    if not form.validate_on_submit():
        return again()
    one.approve(reason=form.reason.data or "", by=g.visitor.actor)
    return respond.done(url_for(".index"))


def _turn_down(public_id: str, verb: str) -> Any:
    one, form = _record(public_id), TurnDownForm()
    again = respond.form_page("volunteering/index.html", lambda: _desk(down=form))
    if not form.validate_on_submit():
        return again()
    getattr(one, verb)(form.reason.data, by=g.visitor.actor)
    return respond.done(url_for(".index"))


@blueprint.post("/hours/<public_id>/rejection")
@open_to(Permission.APPROVE_HOURS)
@respond.once
def reject(public_id: str) -> Any:
    """Turn a proposal down."""
    return _turn_down(public_id, "reject")


@blueprint.post("/hours/<public_id>/voiding")
@open_to(Permission.APPROVE_HOURS)
@respond.once
def void(public_id: str) -> Any:
    """Take counted time back."""
    return _turn_down(public_id, "void")


def _correction(public_id: str) -> HourCorrection:
    return HourCorrection.find(public_id, HourCorrection.visible_to(g.visitor.actor, Permission.APPROVE_HOURS))


@blueprint.post("/hour-corrections/<public_id>/granting")
@open_to(Permission.APPROVE_HOURS)
@respond.once
def grant(public_id: str) -> Any:
    """Correct a record as its volunteer asked."""
    asked, form = _correction(public_id), AnswerForm()
    again = respond.form_page("volunteering/index.html", lambda: _desk(answer=form))
    if not form.validate_on_submit():
        return again()
    asked.grant(form.text.data, ended_at=form.ended.moment, by=g.visitor.actor)
    return respond.done(url_for(".index"))


@blueprint.post("/hour-corrections/<public_id>/refusal")
@open_to(Permission.APPROVE_HOURS)
@respond.once
def refuse(public_id: str) -> Any:
    """Leave a record as it is, and say why."""
    asked, form = _correction(public_id), AnswerForm()
    again = respond.form_page("volunteering/index.html", lambda: _desk(answer=form))
    if not form.validate_on_submit():
        return again()
    asked.refuse(form.text.data, by=g.visitor.actor)
    return respond.done(url_for(".index"))


@blueprint.get("/hours/all")
@open_to(Permission.WRITE_LOG)
def all_records() -> Any:
    """Show the list of hours within reach, with the seven fields of the order."""
    lines = volunteering.lines_for(g.visitor.actor, _reading(), before=respond.number("before"), limit=31)
    return respond.page("volunteering/all.html", lines=lines[:30], more=len(lines) > 30, form=TurnDownForm(),
                        approves=g.visitor.may(Permission.APPROVE_HOURS))  # fmt: skip


def _reading() -> Permission:
    """Return the permission that decides which records this reader sees."""
    may = next((p for p in (Permission.APPROVE_HOURS, Permission.WRITE_LOG) if g.visitor.may(p)), None)
    return may or abort(403)


@blueprint.get("/hours/export.xlsx")
@open_to(Permission.APPROVE_HOURS)
def export() -> Response:
    """Hand out the list of hours as a workbook; that it was taken is logged."""
    columns = [_("Volunteer"), _("Activity"), _("Began"), _("Ended"), _("Place"), _("Content"), _("Minutes"),
               _("Hours"), _("Organizer"), _("Person in charge"), _("Rule of the hours"), _("State"), _("Proposed by"),
               _("Approved by")]  # fmt: skip
    rows = [[label(cell) if isinstance(cell, str) else cell for cell in row]
            for row in volunteering.export_rows(g.visitor.actor, Permission.APPROVE_HOURS)]  # fmt: skip
    respond.note_access("export.hours", kind="hour_records", reason=f"rows={len(rows)}")
    return taken_along(sheets.write_xlsx(_("Volunteer hours"), columns, rows), XLSX, f"hours-{now():%Y%m%d}.xlsx")
