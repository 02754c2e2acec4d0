"""The committee's desk: heaps beside the matter that is open, the sheet of each need, and what is done there."""

from web.blueprints.desk import acts, lists, seen
from web.blueprints.desk.counter import blueprint

__all__ = ["acts", "blueprint", "lists", "seen"]
