"""A round of visits planned beforehand: the committee prints a slip for each of its doors, the worker hands them over."""

from __future__ import annotations

from typing import Any

from flask import g, url_for

from models import service_log
from models.permissions import Permission
from models.projects import Project
from models.service_log import ServiceLog, ServiceMethod
from web import respond
from web.blueprints.service_log.counter import blueprint
from web.doors import open_to
from web.forms.service_log import RoundForm
from web.sentences import label


def _opened(public_id: str) -> tuple[Project, RoundForm]:
    project = Project.find(public_id, Project.visible_to(g.visitor.actor, Permission.WRITE_LOG))
    return project, RoundForm.of(service_log.own_people(project, g.visitor.actor.account_id))


@blueprint.get("/projects/<public_id>/rounds/new")
@open_to(Permission.WRITE_LOG)
def new_round(public_id: str) -> Any:
    """Ask when the round is, and at which doors."""
    project, form = _opened(public_id)
    return respond.page("service_log/round.html", project=project.title, project_id=public_id, form=form, refused=None)


@blueprint.post("/projects/<public_id>/rounds/new")
@open_to(Permission.WRITE_LOG)
@respond.once
def create_round(public_id: str) -> Any:
    """Open the record of the round, with its doors."""
    project, form = _opened(public_id)
    again = respond.form_page(
        "service_log/round.html", {"project": project.title, "project_id": public_id, "form": form}
    )
    if not form.validate_on_submit():
        return again()
    doors = service_log.find_people(project.community_id, form.people.data or [])
    title = str(label(ServiceMethod.VISIT))
    log = ServiceLog.prepare_round(
        project, doors, form.began.when, form.minutes.number or 0, title=title, by=g.visitor.actor
    )
    return respond.done(url_for(".show", public_id=log.public_id))
