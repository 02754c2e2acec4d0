"""The one counter of presence; its views stand in the files beside it."""

from __future__ import annotations

from flask import Blueprint, g

from models.attendance import Attendance
from models.permissions import Permission

blueprint = Blueprint("attendance", __name__)


def row_of(public_id: str, permission: Permission) -> Attendance:
    """Return a line within reach, or raise NotFound."""
    return Attendance.find(public_id, Attendance.visible_to(g.visitor.actor, permission))
