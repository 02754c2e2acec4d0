"""Signs of life: whether the process runs, and whether it can serve."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from models import doorkeeping
from web.doors import open_to_everyone

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@open_to_everyone
def alive() -> Response:
    """Say that the process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@open_to_everyone
def ready() -> tuple[Response, int]:
    """Say whether the database answers; 503 while it does not."""
    ready = doorkeeping.database_answers()
    return jsonify(status="ok" if ready else "database"), 200 if ready else 503
