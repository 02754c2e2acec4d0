"""The counter of stars: one's own, the desk that approves, and the public notice."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, request, url_for

from models import accounts, stars
from models.people import Person
from models.permissions import Permission
from models.places import Place
from models.stars import Star
from web import respond
from web.doors import open_to, open_to_everyone
from web.forms.base import ActForm, new_key
from web.forms.stars import ApplyForm, DeclineForm

blueprint = Blueprint("stars", __name__)
APPROVE, OWN = Permission.APPROVE_STARS, Permission.OWN


def _mine(form: ApplyForm) -> dict[str, Any]:
    number = g.visitor.actor.person_id
    return {"mine": stars.mine(Person.get(number) if number is not None else None), "form": form}


@blueprint.get("/me/stars")
@open_to(OWN)
def mine() -> Any:
    """Show one's own stars and what the next one lacks."""
    return respond.page("stars/mine.html", **_mine(ApplyForm(formdata=None)), refused=None)


@blueprint.post("/me/stars")
@open_to(OWN)
@respond.once
def apply() -> Any:
    """Apply for the next star."""
    form, number = ApplyForm(), g.visitor.actor.person_id
    context = _mine(form)
    again = respond.form_page("stars/mine.html", lambda: context)
    if not form.validate_on_submit() or number is None:
        return again()
    person = Person.get(number)
    Star.apply(person, Place.get(person.community_id), by=g.visitor.actor, full_name=form.full_name.data)
    return respond.done(url_for(".mine"))


def _desk(community: Place, form: DeclineForm) -> dict[str, Any]:
    return {"waiting": stars.desk(community), "form": form, "new_key": new_key, "community": community.name,
            "public": community.public_id}  # fmt: skip


@blueprint.get("/star-desk")
@open_to(APPROVE)
def index() -> Any:
    """Show who applied, and whose notice stands."""
    community = accounts.home(g.visitor.actor, APPROVE)
    return respond.page("stars/index.html", **_desk(community, DeclineForm(formdata=None)), refused=None)


def _opened(public_id: str, form: Any) -> tuple[Star, Any, Any]:
    one = Star.find(public_id, Star.visible_to(g.visitor.actor, APPROVE))
    down = form if isinstance(form, DeclineForm) else DeclineForm(formdata=None)
    context = _desk(Place.get(one.community_id), down)
    return one, form, respond.form_page("stars/index.html", lambda: context)


def _back(one: Star) -> str:
    return url_for(".index")


@blueprint.post("/stars/<public_id>/approval")
@open_to(APPROVE)
@respond.once
@respond.one_verb(lambda public_id: _opened(public_id, ActForm()), _back)
def approve(one: Star, form: ActForm) -> None:
    """Agree; the public notice begins."""
    one.approve(by=g.visitor.actor)


@blueprint.post("/stars/<public_id>/refusal")
@open_to(APPROVE)
@respond.once
@respond.one_verb(lambda public_id: _opened(public_id, DeclineForm()), _back)
def decline(one: Star, form: DeclineForm) -> None:
    """Turn an application down, or take a notice back."""
    one.decline(form.reason.data, by=g.visitor.actor)


@blueprint.get("/board/stars")
@open_to_everyone
def notice() -> Any:
    """Show the public notice of a community."""
    shown = stars.notice_of(request.args.get("community", "")[:10] or None, g.visitor.community_id)
    return respond.page("stars/notice.html", shown=shown, others=[] if shown else stars.noticing())
