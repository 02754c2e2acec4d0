"""An activity after it was announced: changed, insured, and the rest of a series called off."""

from __future__ import annotations

from typing import Any

from flask import flash, g, url_for
from flask_babel import ngettext as _n

from models.activities import Activity, ActivitySeries
from models.attendance import Attendance
from models.permissions import Permission
from models.service_log import ServiceLog
from models.working_time import local_day
from web import respond
from web.blueprints.activities.coming import shown
from web.blueprints.activities.counter import blueprint
from web.doors import open_to
from web.forms.activities import CallOffForm, ChangeForm, InsuranceForm
from web.forms.base import ActForm
from web.forms.moments import local


def _worked(public_id: str) -> Activity:
    return Activity.find(public_id, Activity.visible_to(g.visitor.actor, Permission.WRITE_LOG))


@blueprint.get("/activities/<public_id>/edit")
@open_to(Permission.WRITE_LOG)
def edit(public_id: str) -> Any:
    """Show the form of one activity, filled in."""
    one = _worked(public_id)
    one.check_open()
    form = ChangeForm(
        title=one.title, content=one.content, place=one.place, starts=local(one.starts_at), ends=local(one.ends_at),
        in_charge=one.in_charge, capacity=one.capacity, skill=one.skill or "", risk=one.risk, version=one.version,
    )  # fmt: skip
    return respond.page("activities/edit.html", form=form, host=public_id, series=one.series_id, refused=None)


@blueprint.post("/activities/<public_id>")
@open_to(Permission.WRITE_LOG)
@respond.once
def change(public_id: str) -> Any:
    """Change one activity; those who signed up are told where time or place change."""
    one, form = _worked(public_id), ChangeForm()
    again = respond.form_page("activities/edit.html", {"form": form, "host": public_id, "series": one.series_id})
    if not form.validate_on_submit():
        return again()
    Attendance.change_activity(
        one, title=form.title.data, content=form.content.data, place=form.place.data, starts_at=form.starts.when,
        ends_at=form.ends.when, in_charge=form.in_charge.data, capacity=form.capacity.number or None, wants=form.wants,
        seen=form.version.data, by=g.visitor.actor,
    )  # fmt: skip
    return respond.done(url_for(".show", public_id=public_id))


@blueprint.post("/activities/<public_id>/insurance")
@open_to(Permission.WRITE_LOG)
@respond.once
def insure(public_id: str) -> Any:
    """Enter the insurance of a risky activity."""
    one, form = _worked(public_id), InsuranceForm()
    again = respond.form_page("activities/show.html", lambda: shown(public_id, insurance=form))
    if not form.validate_on_submit():
        return again()
    one.insure(form.number.data, local_day(form.first.when), local_day(form.last.when), by=g.visitor.actor)
    return respond.done(url_for(".show", public_id=public_id))


@blueprint.post("/activities/<public_id>/record")
@open_to(Permission.WRITE_LOG)
@respond.once
def prepare(public_id: str) -> Any:
    """Open the record beforehand, so that its strips and its poster can be printed."""
    one = _worked(public_id)
    again = respond.form_page("activities/show.html", lambda: shown(public_id))
    if not ActForm().validate_on_submit():
        return again()
    log = ServiceLog.prepare(one, by=g.visitor.actor)
    return respond.done(url_for("service_log.show", public_id=log.public_id))


@blueprint.post("/activities/<public_id>/series/calling-off")
@open_to(Permission.WRITE_LOG)
@respond.once
def call_off_rest(public_id: str) -> Any:
    """Call off all coming times of the series to which an activity belongs."""
    one, form = _worked(public_id), CallOffForm()
    again = respond.form_page("activities/show.html", lambda: shown(public_id, call_off=form))
    if not form.validate_on_submit():
        return again()
    count = ActivitySeries.of(one).cancel_rest(form.reason.data, by=g.visitor.actor)
    flash(
        _n(
            "%(num)s time was called off; those who signed up are told.",
            "%(num)s times were called off; those who signed up are told.",
            count,
        ),
        "success",
    )
    return respond.done(url_for(".show", public_id=public_id))
