"""Where an auditor reads single ratings without names, and where a head doubts one before a second person."""

from __future__ import annotations

from typing import Any

from flask import g, url_for

from models.base import Refused
from models.evaluation import single_ratings
from models.permissions import Permission
from models.projects import Project
from models.ratings import Rating, Unfit
from web import respond
from web.blueprints.ratings.counter import blueprint
from web.doors import open_to
from web.forms.ratings import DecisionForm, DoubtForm

PAGE = 50


def _page(project: Project) -> dict[str, Any]:
    found = single_ratings(project, g.visitor.actor, before=respond.number("before"), limit=PAGE)
    more = None
    if len(found) == PAGE:
        more = url_for("ratings.singles_index", public_id=project.public_id, before=found[-1].id)
    return {"title": project.title, "public_id": project.public_id, "singles": found, "more": more}


@blueprint.get("/projects/<public_id>/ratings")
@open_to(Permission.READ_EVALUATION)
def singles_index(public_id: str) -> Any:
    """List single ratings by week: for the auditor always, for the head from five raters on."""
    project = Project.find(public_id, Project.visible_to(g.visitor.actor, Permission.READ_EVALUATION))
    respond.note_access("read.single_ratings", kind="projects", subject_id=project.id)
    return respond.page(
        "ratings/singles.html", **_page(project), form=DoubtForm(), decision=DecisionForm(), refused=None
    )


def _again(rating: Rating, form: DoubtForm) -> Any:
    project = Project.get(rating.project_id)
    return respond.form_page(
        "ratings/singles.html", lambda: {**_page(project), "form": form, "decision": DecisionForm()}
    )


@blueprint.post("/ratings/records/<public_id>/doubt")
@open_to(Permission.VOID_RATING)
@respond.once
def create_doubt(public_id: str) -> Any:
    """Ask that a rating be left out, with the reason of the rules."""
    rating = Rating.find(public_id, Rating.visible_to(g.visitor.actor, Permission.VOID_RATING))
    form = DoubtForm()
    again = _again(rating, form)
    if not form.validate_on_submit():
        return again()
    rating.doubt_it(Unfit(form.reason.data), form.why.data, by=g.visitor.actor)
    return respond.done(url_for(".singles_index", public_id=Project.get(rating.project_id).public_id))


@blueprint.post("/ratings/records/<public_id>/decision")
@open_to(Permission.WITNESS_RATINGS)
@respond.once
def create_decision(public_id: str) -> Any:
    """Confirm or dismiss a doubt, as the second person."""
    rating = Rating.find(public_id, Rating.visible_to(g.visitor.actor, Permission.WITNESS_RATINGS))
    form = DecisionForm()
    if not form.validate_on_submit() or form.upheld.data not in ("yes", "no"):
        raise Refused("doubt_undecided")
    rating.decide_doubt(upheld=form.upheld.data == "yes", by=g.visitor.actor)
    return respond.done(url_for(".sheets"))
