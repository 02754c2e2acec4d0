"""The day itself: the code that turns on the screen of whoever is in charge, and coming and leaving with one tap."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, request, url_for

from models import activities, attendance, check_ins
from models.activities import Activity
from models.attendance import Attendance
from models.base import now
from models.permissions import Permission
from web import outbox, respond, sentences, throttle
from web.blueprints.activities.coming import shown, somebody
from web.blueprints.activities.counter import blueprint
from web.doors import open_to, wants_fragment
from web.forms.activities import CodeForm, LeaveForm, LeavingTimeForm
from web.links import drawn, drawn_large
from web.visitor import anonymous_id

# A hall of forty people types within a few minutes; the address may be that of one router.
DOOR, WRONG = "check-in", "code_wrong"


def _worked(public_id: str) -> Activity:
    return Activity.find(public_id, Activity.visible_to(g.visitor.actor, Permission.WRITE_LOG))


def _turning(one: Activity) -> dict[str, Any]:
    """Return what the screen shows in this half minute, and how long it is still good."""
    step = check_ins.step_at(now())
    address = url_for(".check_in_page", public_id=one.public_id, seen=check_ins.token(one, step), _external=True)
    left = check_ins.begins(step + 1) - now()
    return {"qr_data": drawn_large(address), "digits": check_ins.digits(one, step), "host": one.public_id,
            "left": max(1, round(left.total_seconds())), "open": check_ins.is_open(one, now())}  # fmt: skip


@blueprint.get("/activities/<public_id>/turning-code")
@open_to(Permission.WRITE_LOG)
def turning_code(public_id: str) -> Any:
    """Show the code that turns, over the whole screen, for those who come to scan it."""
    one = _worked(public_id)
    return respond.page("activities/turning_code.html", notice=activities.notice(one), insured=one.insured,
                        ahead=check_ins.ahead(one),
                        **_turning(one))  # fmt: skip


@blueprint.get("/activities/<public_id>/turning-code/now")
@open_to(Permission.WRITE_LOG)
def turning(public_id: str) -> Any:
    """Answer with the square and the digits of this half minute."""
    if not wants_fragment():
        return redirect(url_for(".turning_code", public_id=public_id), 303)
    return respond.page("activities/_turning.html", **_turning(_worked(public_id)))


def _scanned(one: Activity) -> dict[str, Any]:
    """Return what the address brought along that a phone has scanned: a pass to press with, or why it is good no more."""
    held, why = check_ins.held(one, request.args.get("seen", "")[:80], g.visitor.actor.account_id, anonymous_id())
    return {"held": held, "turned": sentences.refusal(why) if why else None}


def _arrival(public_id: str, form: CodeForm, **scanned: Any) -> dict[str, Any]:
    """Return what the page of coming and leaving shows: who is here already, and who may still come."""
    page = shown(public_id, code=form)
    mine = page["mine"]
    one, actor = Activity.find(public_id), g.visitor.actor
    came, known = sum(one.came_at is not None for one in mine), form.person.choices
    return {**page, "to_come": came < len(known), "signed_up": len(known) == 1 and len(mine) == 1,
            "places": check_ins.own_places(one.id, actor.person_id), "may_say_place": attendance.may_say_own_place(one, by=actor),
            "held": "", "turned": None, **scanned}  # fmt: skip


@blueprint.get("/activities/<public_id>/check-in")
@open_to(Permission.OWN)
def check_in_page(public_id: str) -> Any:
    """Check in with one tap after scanning; else scan here, or type the six digits."""
    page = _arrival(public_id, CodeForm(), **_scanned(Activity.find(public_id)))
    return respond.page("activities/check_in.html", **page, refused=None)


@blueprint.post("/activities/<public_id>/check-in")
@open_to(Permission.OWN)
@throttle.wrong_counts(DOOR, WRONG)
@respond.once
def check_in(public_id: str) -> Any:
    """Check in with a code of the day, now or from a phone that was without a network."""
    form = CodeForm()
    again = respond.form_page("activities/check_in.html", _arrival(public_id, form))
    if not form.validate_on_submit():
        return again()
    Attendance.check_in_by_code(
        Activity.find(public_id), form.code.data, somebody(form.person.data), part=form.part.data,
        at=outbox.done_at(form.done_at.moment), clock_off=outbox.clock_is_off(), near=form.place,
        notice=form.near_notice.data or "", by=g.visitor.actor,
    )  # fmt: skip
    return respond.done(url_for(".check_in_page", public_id=public_id))


@blueprint.post("/attendances/<public_id>/check-out")
@open_to(Permission.OWN)
@throttle.wrong_counts(DOOR, WRONG)
@respond.once
def check_out(public_id: str) -> Any:
    """Check out by oneself: with a code of the day, or with a tap alone, which proves less."""
    row, form = Attendance.find(public_id, Attendance.visible_to(g.visitor.actor, Permission.OWN)), LeaveForm()
    here = row.activity_public_id()
    if form.validate_on_submit():
        row.check_out(activity=Activity.find(here), code=form.code.data, at=outbox.done_at(form.done_at.moment),
                      clock_off=outbox.clock_is_off(), by=g.visitor.actor)  # fmt: skip
    return respond.done(url_for(".check_in_page", public_id=here))


@blueprint.post("/attendances/<public_id>/leaving-time")
@open_to(Permission.OWN)
@respond.once
def tell_when_left(public_id: str) -> Any:
    """Tell afterward when one left, where one did not check out."""
    row = Attendance.find(public_id, Attendance.visible_to(g.visitor.actor, Permission.OWN))
    form, here = LeavingTimeForm(), row.activity_public_id()
    page = lambda: {**_arrival(here, CodeForm(formdata=None)), "leaving": form}  # noqa: E731
    again = respond.form_page("activities/check_in.html", page)
    if not form.validate_on_submit():
        return again()
    row.tell_when_left(form.left.when, by=g.visitor.actor)
    return respond.done(url_for(".check_in_page", public_id=here))


@blueprint.get("/activities/<public_id>/poster")
@open_to(Permission.WRITE_LOG)
def poster(public_id: str) -> Any:
    """Show the sheet for the entrance: a square that never turns, and the fixed digits; both prove less."""
    one = _worked(public_id)
    address = url_for(".check_in_page", public_id=public_id, seen=check_ins.door_token(one), _external=True)
    return respond.page("activities/poster.html", notice=activities.notice(one), code=one.code, qr_data=drawn(address))
