"""A whole file of needs at once: checked line by line, put in by short transactions, visible when it is complete."""

from models.need_imports.reading import COLUMNS, NOTES, Draft, Known, read_drafts
from models.need_imports.row import ImportState, NeedImport
from models.need_imports.showing import FileCard, FileLine, card, communities, community, lines

__all__ = [
    "COLUMNS",
    "NOTES",
    "Draft",
    "FileCard",
    "FileLine",
    "ImportState",
    "Known",
    "NeedImport",
    "card",
    "communities",
    "community",
    "lines",
    "read_drafts",
]
