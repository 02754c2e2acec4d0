"""Where people live and who answers there: district, street, community, grid and courtyard."""

from models.places.bringing import IMPORT_COLUMNS, LONGEST_NAME, Brought, bring_all
from models.places.laying_out import LaidOut, YardLine, lay_out, read_layout
from models.places.lists import Branch, PlaceLine, above, by_code, communities, lines, tree
from models.places.reach import Reach
from models.places.row import CODE, LEVELS, UNNAMED, USUAL_HOURS, CourtyardType, Place, PlaceKind

__all__ = [
    "CODE",
    "IMPORT_COLUMNS",
    "LEVELS",
    "LONGEST_NAME",
    "UNNAMED",
    "USUAL_HOURS",
    "Branch",
    "Brought",
    "CourtyardType",
    "LaidOut",
    "Place",
    "PlaceKind",
    "PlaceLine",
    "Reach",
    "YardLine",
    "above",
    "bring_all",
    "by_code",
    "communities",
    "lay_out",
    "lines",
    "read_layout",
    "tree",
]
