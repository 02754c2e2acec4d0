"""Where the committee calls those who were not content, and the organization reads themes without names."""

from __future__ import annotations

from typing import Any

from flask import abort, g, url_for

from models.evaluation import PRIVATE_BELOW
from models.permissions import Permission
from models.ratings import (
    DeclaredRelative,
    RatingContact,
    contact_lines,
    presence_counts,
    relatives_of,
    themes_of,
)
from web import respond
from web.blueprints.ratings.counter import blueprint
from web.doors import open_to
from web.forms.base import ActForm
from web.forms.ratings import NoteForm, RelativeForm

P = Permission.CONTACT_RATERS
PAGE = 30


def _find(public_id: str) -> RatingContact:
    return RatingContact.find(public_id, RatingContact.open_to(g.visitor.actor, P))


@blueprint.get("/ratings/contacts")
@open_to(P)
def contacts() -> Any:
    """List whom the committee still has to call, oldest first."""
    here = RatingContact.within(g.visitor.actor, P)
    found = contact_lines(here, after=respond.number("after"), limit=PAGE)
    more = url_for(".contacts", after=found[-1].id) if len(found) == PAGE else None
    return respond.page("ratings/contacts.html", contacts=found, more=more)


@blueprint.get("/ratings/contacts/<public_id>")
@open_to(P)
def contact(public_id: str) -> Any:
    """Show one task: service, theme and month; the person only when asked for."""
    line = contact_lines(RatingContact.id == _find(public_id).id)
    return respond.page("ratings/contact.html", line=line[0] if line else None, public_id=public_id, whom=None,
                        form=NoteForm(), act=ActForm(), refused=None)  # fmt: skip


@blueprint.post("/ratings/contacts/<public_id>/person")
@open_to(P)
def reveal(public_id: str) -> Any:
    """Show whom to call, and note that it was shown."""
    one = _find(public_id)
    if not ActForm().validate_on_submit():
        abort(400)
    respond.note_access("reveal.rater", kind="rating_contacts", subject_id=one.id, community_id=one.community_id)
    return respond.page("ratings/contact.html", line=contact_lines(RatingContact.id == one.id)[0],
                        public_id=public_id, whom=one.whom(), form=NoteForm(), act=ActForm(), refused=None)  # fmt: skip


def _again(one: RatingContact, form: NoteForm) -> Any:
    return respond.form_page("ratings/contact.html", lambda: {
        "line": contact_lines(RatingContact.id == one.id)[0], "public_id": one.public_id, "whom": None, "form": form,
        "act": ActForm(),
    })  # fmt: skip


@blueprint.post("/ratings/contacts/<public_id>/calls")
@open_to(P)
@respond.once
def create_call(public_id: str) -> Any:
    """Note a call or a visit."""
    one, form = _find(public_id), NoteForm()
    again = _again(one, form)
    if not form.validate_on_submit():
        return again()
    one.talk(form.note.data, reached=form.reached.data, by=g.visitor.actor)
    return respond.done(url_for(".contact", public_id=public_id))


@blueprint.post("/ratings/contacts/<public_id>/settlement")
@open_to(P)
@respond.once
def create_settlement(public_id: str) -> Any:
    """Say what was put right; the person may rate once more."""
    one, form = _find(public_id), NoteForm()
    again = _again(one, form)
    if not form.validate_on_submit():
        return again()
    one.settle(form.note.data, by=g.visitor.actor)
    return respond.done(url_for(".contacts"))


@blueprint.get("/ratings/themes")
@open_to(Permission.WRITE_LOG)
def themes() -> Any:
    """Show an organization what people were not content with, theme and month, and whether they say they were there."""
    ids = g.visitor.actor.reach(Permission.WRITE_LOG).organization_ids
    found = themes_of(ids, least=PRIVATE_BELOW)
    return respond.page("ratings/themes.html", themes=found, counts=presence_counts(ids))


@blueprint.get("/ratings/relatives")
@open_to(Permission.WRITE_LOG)
def relatives() -> Any:
    """Show whom the reader declared, and the form."""
    return respond.page(
        "ratings/relatives.html", names=relatives_of(g.visitor.actor), form=RelativeForm(), refused=None
    )


@blueprint.post("/ratings/relatives")
@open_to(Permission.WRITE_LOG)
@respond.once
def create_relative() -> Any:
    """Declare a relative whom one's organization serves."""
    form = RelativeForm()
    again = respond.form_page("ratings/relatives.html", lambda: {"names": relatives_of(g.visitor.actor), "form": form})
    if not form.validate_on_submit():
        return again()
    DeclaredRelative.declare(form.name.data, form.phone.data, by=g.visitor.actor)
    return respond.done(url_for(".relatives"))
