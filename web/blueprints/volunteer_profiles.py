"""The counter of volunteers: what I offer with my activities, and who can help when."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, request, url_for
from flask_babel import gettext as _

from models import attendance, volunteer_profiles, volunteering
from models.base import NotFound
from models.people import Person
from models.permissions import Permission
from models.volunteer_profiles import TIMES, Skill, VolunteerProfile
from web import respond
from web.doors import open_to
from web.forms.base import ActForm
from web.forms.people import RevealForm
from web.forms.volunteer_profiles import EntryForm, OfferForm
from web.sentences.volunteer_profiles import free_times, time_words

blueprint = Blueprint("volunteer_profiles", __name__)
READ = Permission.READ_VOLUNTEERS


def _ticked(one: VolunteerProfile | None) -> dict[str, Any]:
    """Return an offer as a form shows it."""
    if one is None:
        return {}
    return {"skills": volunteer_profiles.parts(one.skills), "times": volunteer_profiles.parts(one.times),
            "for_organizations": one.for_organizations}  # fmt: skip


def _mine(form: OfferForm | None = None) -> dict[str, Any]:
    actor = g.visitor.actor
    one = volunteer_profiles.own(actor.person_id)
    stands = one is not None and one.withdrawn_at is None
    return {"form": form or OfferForm(formdata=None, data=_ticked(one)), "stands": stands, "act": ActForm(formdata=None),
            "person": actor.person_id is not None, "minutes": volunteering.my_minutes(actor.person_id),
            "activities": attendance.my_activities(actor.person_ids),
            "missed": sum(attendance.no_shows(actor.person_ids).values())}  # fmt: skip


@blueprint.get("/me/volunteering")
@open_to(Permission.OWN)
def mine() -> Any:
    """Show what I offer, my activities and my hours."""
    return respond.page("volunteer_profiles/mine.html", **_mine(), refused=None)


@blueprint.post("/me/volunteering")
@open_to(Permission.OWN)
@respond.once
def offer() -> Any:
    """Say what I can do and when."""
    form, actor = OfferForm(), g.visitor.actor
    again = respond.form_page("volunteer_profiles/mine.html", lambda: _mine(form))
    if not form.validate_on_submit() or actor.person_id is None:
        return again()
    volunteer_profiles.offer(Person.get(actor.person_id), form.skills.data or [], form.times.data or [], by=actor,
                             for_organizations=form.for_organizations.data)  # fmt: skip
    flash(_("Kept. Thank you! You can take it back at any time."), "success")
    return respond.done(url_for(".mine"))


@blueprint.post("/me/volunteering/withdrawal")
@open_to(Permission.OWN)
@respond.once
def withdraw() -> Any:
    """Take my offer back."""
    one = volunteer_profiles.own(g.visitor.actor.person_id)
    if one is None:
        raise NotFound("volunteer_profiles")
    if ActForm().validate_on_submit():
        one.withdraw(by=g.visitor.actor)
    return respond.done(url_for(".mine"))


def _found(**more: Any) -> dict[str, Any]:
    skill, time = request.args.get("skill", "")[:10], request.args.get("time", "")[:2]
    found = volunteer_profiles.find(g.visitor.actor, skill, time)
    return {"found": found, "skill": skill, "time": time, "skills": list(Skill), "times": TIMES,
            "time_words": time_words, "free_times": free_times, "form": RevealForm(formdata=None), "shown": None, **more}  # fmt: skip


@blueprint.get("/volunteers")
@open_to(READ)
def index() -> Any:
    """Show who can help with what and when; numbers stay masked."""
    return respond.page("volunteer_profiles/index.html", **_found(), refused=None)


@blueprint.post("/volunteers/<public_id>/reveal")
@open_to(READ)
def reveal(public_id: str) -> Any:
    """Show a volunteer's number on this answer only; the log keeps who looked and why."""
    one, form = VolunteerProfile.find(public_id, VolunteerProfile.visible_to(g.visitor.actor, READ)), RevealForm()
    if not form.validate_on_submit():
        return respond.page("volunteer_profiles/index.html", 422, **_found(form=form), refused=None)
    respond.note_access("reveal.contact", kind="people", subject_id=one.person_id, reason=form.reason.data,
                        community_id=one.community_id)  # fmt: skip
    shown = {"public_id": public_id, "phone": Person.get(one.person_id).phone}
    return respond.page("volunteer_profiles/index.html", **_found(shown=shown), refused=None)


def _person(public_id: str) -> Person:
    return Person.find(public_id, Person.visible_to(g.visitor.actor, Permission.EDIT_PEOPLE))


def _entry(person: Person, form: EntryForm | None = None) -> dict[str, Any]:
    one = volunteer_profiles.own(person.id)
    return {"form": form or EntryForm(formdata=None, data=_ticked(one)), "act": ActForm(formdata=None),
            "stands": one is not None and one.withdrawn_at is None, "name": person.name,
            "person": person.public_id}  # fmt: skip


@blueprint.get("/people/<public_id>/volunteering")
@open_to(Permission.EDIT_PEOPLE)
def of_person(public_id: str) -> Any:
    """Show what somebody of the register offers, to be written down at the counter."""
    return respond.page("volunteer_profiles/entry.html", **_entry(_person(public_id)), refused=None)


@blueprint.post("/people/<public_id>/volunteering")
@open_to(Permission.EDIT_PEOPLE)
@respond.once
def enter(public_id: str) -> Any:
    """Write down what somebody without an account offers."""
    person, form = _person(public_id), EntryForm()
    again = respond.form_page("volunteer_profiles/entry.html", lambda: _entry(_person(public_id), form))
    if not form.validate_on_submit():
        return again()
    volunteer_profiles.enter_for(person, form.skills.data or [], form.times.data or [], by=g.visitor.actor,
                                 agreed=form.agreed.data, for_organizations=form.for_organizations.data)  # fmt: skip
    return respond.done(url_for("people.show", public_id=public_id))


@blueprint.post("/people/<public_id>/volunteering/withdrawal")
@open_to(Permission.EDIT_PEOPLE)
@respond.once
def withdraw_for(public_id: str) -> Any:
    """Take somebody's offer back, because they asked for it."""
    one = volunteer_profiles.own(_person(public_id).id)
    if one is None:
        raise NotFound("volunteer_profiles")
    if ActForm().validate_on_submit():
        one.withdraw(by=g.visitor.actor)
    return respond.done(url_for("people.show", public_id=public_id))
