"""The one counter of activities; its views stand in the files beside it."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("activities", __name__)
