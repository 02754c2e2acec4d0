"""The committee's desk: what waits to be looked at, how soon each matter is due, and all about the one that is open."""

from models.desk.contact import Contact, contact_of
from models.desk.lists import Counts, Filters, Line, Page, Tab, chosen, counts, first, page, selected
from models.desk.priorities import Weighed, weigh
from models.desk.receipt import Receipt, receipt
from models.desk.sheet import Sheet, mergeable, sheet

__all__ = [
    "Contact",
    "Counts",
    "Filters",
    "Line",
    "Page",
    "Receipt",
    "Sheet",
    "Tab",
    "Weighed",
    "chosen",
    "contact_of",
    "counts",
    "first",
    "mergeable",
    "page",
    "receipt",
    "selected",
    "sheet",
    "weigh",
]
