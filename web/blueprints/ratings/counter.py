"""The one counter of ratings; its views stand in the files beside it."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("ratings", __name__)
