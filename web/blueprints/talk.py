"""The counter of talk among colleagues: about a need, a record or a project, and for nobody else."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, redirect, url_for

from models import talk
from models.permissions import Permission
from models.talk import About, Comment, Subject
from models.talk.row import see
from web import respond
from web.doors import open_to, wants_fragment
from web.forms.base import ActForm
from web.forms.talk import CommentForm

blueprint = Blueprint("talk", __name__)
ABOUT = '<any(needs, "service-logs", projects):kind>/<public_id>'


def subject_of(kind: str, public_id: str) -> Subject:
    """Return what is talked about within reach, or answer 404."""
    return talk.find(About(kind), public_id, g.visitor.actor)


def shown(subject: Subject, form: CommentForm | None = None) -> dict[str, Any]:
    """Return what the page and the part in other pages show."""
    said = talk.talk_about(subject, g.visitor.actor)
    return {"talk": said, "form": (form or CommentForm(formdata=None)).offering(said), "act": ActForm(formdata=None)}


@blueprint.get(f"/talk/{ABOUT}")
@open_to(Permission.TALK)
def show(kind: str, public_id: str) -> Any:
    """Show what colleagues said about something."""
    return respond.page("talk/show.html", refused=None, **shown(subject_of(kind, public_id)))


@blueprint.get(f"/talk/{ABOUT}/comments")
@open_to(Permission.TALK)
def part(kind: str, public_id: str) -> Any:
    """Show the talk inside the page of the thing; opened directly it is the page of the talk."""
    if not wants_fragment():
        return redirect(url_for("talk.show", kind=kind, public_id=public_id), 303)
    return respond.page("talk/_comments.html", **shown(subject_of(kind, public_id)))


@blueprint.post(f"/talk/{ABOUT}/comments")
@open_to(Permission.TALK)
@respond.once
def say(kind: str, public_id: str) -> Any:
    """Say something to one's colleagues."""
    subject, form = subject_of(kind, public_id), CommentForm()
    again = respond.form_page("talk/show.html", lambda: shown(subject, form))
    if not form.validate_on_submit():
        return again()
    Comment.say(subject, form.text.data or "", to=form.to.data or (), by=g.visitor.actor)
    return respond.done(url_for("talk.show", kind=kind, public_id=public_id))


@blueprint.post(f"/talk/{ABOUT}/reading")
@open_to(Permission.TALK)
@respond.once
def read(kind: str, public_id: str) -> Any:
    """Note that one has read what calls one here."""
    subject = subject_of(kind, public_id)
    ActForm().validate_on_submit()
    see(subject, by=g.visitor.actor)
    return respond.done(url_for("talk.show", kind=kind, public_id=public_id))


@blueprint.post(f"/talk/{ABOUT}/comments/<comment_id>/removal")
@open_to(Permission.TALK)
@respond.once
def take_back(kind: str, public_id: str, comment_id: str) -> Any:
    """Take one's own words back."""
    comment = talk.comment_on(subject_of(kind, public_id), comment_id)
    ActForm().validate_on_submit()
    comment.take_back(by=g.visitor.actor)
    return respond.done(url_for("talk.show", kind=kind, public_id=public_id))
