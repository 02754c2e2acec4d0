"""The counter where presence is noted, matched, confirmed and disputed."""

from web.blueprints.attendance import lists, matching, own
from web.blueprints.attendance.counter import blueprint

__all__ = ["blueprint", "lists", "matching", "own"]
