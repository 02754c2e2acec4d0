"""The counter where presence is noted, matched, confirmed and disputed."""

from web.blueprints.attendance import book, lists, matching, own
from web.blueprints.attendance.counter import blueprint

__all__ = ["blueprint", "book", "lists", "matching", "own"]
