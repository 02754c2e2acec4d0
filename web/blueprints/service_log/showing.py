"""Where logs are read: one log, a project's logs, and the internal record by an auditor who says why."""

from __future__ import annotations

from typing import Any

from flask import g

from models import service_log
from models.permissions import Permission
from models.projects import Project
from web import respond
from web.blueprints.service_log.counter import blueprint, readable, shown
from web.doors import open_to
from web.forms.service_log import ReasonForm


@blueprint.get("/logs/<public_id>")
@open_to(Permission.READ_LOGS)
def show(public_id: str) -> Any:
    """Show one log: the internal record only to those it is open to, names within one's own service."""
    return respond.page("service_log/show.html", **shown(readable(public_id)), refused=None)


@blueprint.post("/logs/<public_id>/internal-reading")
@open_to(Permission.AUDIT)
def read_internal(public_id: str) -> Any:
    """Open the internal record to an auditor who says why; the reading is logged."""
    log = readable(public_id, Permission.AUDIT)
    form = ReasonForm()
    if not form.validate_on_submit() or not g.get("csrf_valid", False):
        return respond.page("service_log/show.html", 422, **{**shown(log), "reason": form}, refused=None)
    respond.note_access("read.internal", kind="service_logs", subject_id=log.id, reason=form.reason.data[:60])
    return respond.page("service_log/show.html", **shown(log, internal=True), refused=None)


@blueprint.get("/projects/<public_id>/logs")
@open_to(Permission.READ_LOGS)
def of_project(public_id: str) -> Any:
    """Show the logs of a project to those who may read logs."""
    project = Project.find(public_id, Project.visible_to(g.visitor.actor, Permission.READ_LOGS))
    lines = service_log.lines_of_project(project, before=respond.number("before"), limit=21)
    counts, writes = service_log.counts(project), g.visitor.may(Permission.WRITE_LOG)
    return respond.page("service_log/of_project.html", lines=lines[:20], more=len(lines) > 20, counts=counts,
                        project=project.title, project_id=project.public_id, writes=writes)  # fmt: skip
