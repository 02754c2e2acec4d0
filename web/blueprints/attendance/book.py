"""The book at the door for one person: every line, and a further one where a line is wrong."""

from __future__ import annotations

from typing import Any

from flask import g, url_for

from models import attendance, check_ins
from models.activities import Activity
from models.attendance import Attendance, Guardian
from models.check_ins import CheckIn
from models.permissions import Permission
from web import respond
from web.blueprints.attendance.counter import blueprint, row_of
from web.doors import open_to
from web.forms.activities import GuardianForm
from web.forms.attendance import CorrectionForm


def _shown(row: Attendance, form: CorrectionForm, wrong: str = "") -> dict[str, Any]:
    activity = Activity.get(row.activity_id or 0)
    return {"row": row.public_id, "seat": attendance.seat_of(row), "book": check_ins.book_of(row.id), "form": form,
            "wrong": wrong, "activity": activity.public_id, "guardian": GuardianForm(formdata=None),
            "agreed": attendance.agreed(activity, row.person_id),
            "wanted": bool(row.person_id and attendance.without_consent(activity, [row.person_id])),
            "missed": attendance.no_shows([row.person_id]).get(row.person_id, 0) if row.person_id else 0}  # fmt: skip


@blueprint.get("/attendances/<public_id>/check-ins")
@open_to(Permission.READ_CHECK_INS)
def book(public_id: str) -> Any:
    """Show every line of one person's coming and leaving, with what put it right."""
    row = row_of(public_id, Permission.READ_CHECK_INS)
    if not g.visitor.may(Permission.WRITE_LOG):
        respond.note_access("read.check_ins", kind="attendances", subject_id=row.id)
    return respond.page("attendance/book.html", **_shown(row, CorrectionForm()), refused=None)


@blueprint.post("/check-ins/<public_id>/correction")
@open_to(Permission.WRITE_LOG)
@respond.once
def correct(public_id: str) -> Any:
    """Put a line right by a further one; the old one stays."""
    line, form = CheckIn.find(public_id, CheckIn.visible_to(g.visitor.actor, Permission.WRITE_LOG)), CorrectionForm()
    row = Attendance.get(line.attendance_id)
    again = respond.form_page("attendance/book.html", lambda: _shown(row, form, line.public_id))
    if not form.validate_on_submit():
        return again()
    row.correct(line, form.reason.data, at=form.at.moment, by=g.visitor.actor)
    return respond.done(url_for(".book", public_id=row.public_id))


@blueprint.post("/attendances/<public_id>/guardian")
@open_to(Permission.WRITE_LOG)
@respond.once
def note_guardian(public_id: str) -> Any:
    """Note the paper on which a guardian agreed."""
    row, form = row_of(public_id, Permission.WRITE_LOG), GuardianForm()
    again = respond.form_page(
        "attendance/book.html", lambda: {**_shown(row, CorrectionForm(formdata=None)), "guardian": form}
    )
    if not form.validate_on_submit():
        return again()
    row.note_guardian(form.named or Guardian(""), by=g.visitor.actor)
    return respond.done(url_for(".book", public_id=public_id))
