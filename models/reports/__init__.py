"""Reports: any month, quarter or year of any place, counted from records alone, on its way from clerk to street."""

from models.reports.books import HOMES, Scope, Station, scope
from models.reports.cells import (
    BY_KIND,
    CELLS,
    SORTED,
    Amount,
    Book,
    Cell,
    Change,
    ReportKind,
    cell,
)
from models.reports.counting import Figures, monthly, stations
from models.reports.freezing import Correction, Sheet, StationRow, count
from models.reports.periods import Period, choices, last_month
from models.reports.reading import (
    PlaceChoice,
    ReportCard,
    ReportLine,
    Unwritten,
    card_of,
    find_place,
    find_station,
    lines_for,
    own_of_period,
    places_below,
    places_of,
    unwritten,
)
from models.reports.records import Page, Record, figure, page
from models.reports.row import LONGEST_NOTE, Report
from models.reports.voices import ProjectVoice, Said, projects_of, said, unfolded

__all__ = [
    "BY_KIND",
    "CELLS",
    "HOMES",
    "LONGEST_NOTE",
    "SORTED",
    "Amount",
    "Book",
    "Cell",
    "Change",
    "Correction",
    "Figures",
    "Page",
    "Period",
    "PlaceChoice",
    "ProjectVoice",
    "Record",
    "Report",
    "ReportCard",
    "ReportKind",
    "ReportLine",
    "Said",
    "Scope",
    "Sheet",
    "Station",
    "StationRow",
    "Unwritten",
    "card_of",
    "cell",
    "choices",
    "count",
    "figure",
    "find_place",
    "find_station",
    "last_month",
    "lines_for",
    "monthly",
    "own_of_period",
    "page",
    "places_below",
    "places_of",
    "projects_of",
    "said",
    "scope",
    "stations",
    "unfolded",
    "unwritten",
]
