"""Words of reports: what each figure is called and means, what is refused, what the timeline says."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from models.reports import CELLS, Cell
from web.sentences import words

REFUSALS = {
    "report_of_a_community": _l("A community writes its report; streets and districts read the figures."),
    "report_there": _l("The report of this period was begun already. It stands in the list."),
    "period_not_begun": _l("This period has not begun yet."),
    "period_not_over": _l("The period is not over yet. Please hand the report in after its last day."),
    "note_too_long": _l("Please keep the note under %(most)s characters."),
    "report_needs_another": _l("Whoever handed the report in does not sign it. Please let somebody else sign."),
}

LABELS = {
    "ReportKind": {"MONTHLY": _l("Report"), "STATION": _l("Statistics of social work stations")},
    "Lasting": {"CONTINUING": _l("continuing service"), "ONE_OFF": _l("one-off service")},
    "Book": {
        "NEEDS": _l("Needs"),
        "LOGS": _l("Service records"),
        "CASES": _l("Cases"),
        "SERVED": _l("Persons served"),
        "HOURS": _l("Volunteer hours"),
        "HELPERS": _l("Volunteers"),
        "PROJECTS": _l("Projects"),
        "WORKERS": _l("Social workers"),
        "CALLBACKS": _l("Calls back"),
        "VOICES": _l("What those served say"),
        "HANDED_DOWN": _l("Tasks handed down"),
    },
    "Amount": {
        "ONE": _l("number"),
        "MINUTES": _l("hours"),
        "TURNS": _l("turns"),
        "FEN": _l("yuan"),
        "RATE": _l("per cent"),
        "MEAN": _l("points"),
    },
    "Change": {
        "MEASURED": _l("Measured before and after"),
        "RISEN": _l("of them higher afterwards"),
        "FALLEN": _l("of them lower afterwards"),
    },
    "ReportWhat": {
        "received": _l("received"),
        "accepted": _l("accepted"),
        "answered": _l("answered in writing"),
        "done": _l("done"),
        "overdue": _l("overdue"),
    },
    "ReportEnd": {"": _l("all"), "_continuing": _l("continuing"), "_one_off": _l("one-off")},
    # What each row is called on the page; its columns say which part.
    "ReportCell": {
        "need.received": _l("Needs received"),
        "need.accepted": _l("Needs accepted"),
        "need.answered": _l("Needs answered in writing"),
        "need.done": _l("Needs done"),
        "need.overdue": _l("Needs overdue"),
        "rates.response": _l("Contacted"),
        "rates.resolution": _l("Solved"),
        "rates.satisfaction": _l("Content residents"),
        "service.sessions": _l("Services"),
        "service.hours": _l("Hours of service"),
        "service.persons": _l("Persons served"),
        "service.turns": _l("Turns of service"),
        "service.visits": _l("Rounds of visits"),
        "service.visited": _l("Doors visited"),
        "service.cases": _l("Cases"),
        "service.case_sessions": _l("Meetings in cases"),
        "service.groups": _l("Group sessions"),
        "service.events": _l("Community activities"),
        "service.no_grid": _l("Services of no known grid"),
        "service.lists": _l("Lists carried round"),
        "handed.lists": _l("Tasks handed down"),
        "handed.turns": _l("Turns of tasks handed down"),
        "handed.money": _l("Money that came with them, yuan"),
        "outcome.measured": _l("Measured before and after"),
        "outcome.risen": _l("of them higher afterwards"),
        "outcome.fallen": _l("of them lower afterwards"),
        "volunteer.persons": _l("Volunteers"),
        "volunteer.turns": _l("Turns of volunteers"),
        "volunteer.hours": _l("Volunteer hours"),
        "satisfaction.n": _l("Persons who rated"),
        "satisfaction.served": _l("Persons who could rate"),
        "satisfaction.counted": _l("Voices in the mean"),
        "satisfaction.mean": _l("Satisfaction, of 100"),
        "money.projects": _l("Projects running"),
        "money.running": _l("Their budgets, yuan"),
        "money.begun": _l("Budgets of those that began, yuan"),
        "station.workers": _l("Social workers"),
    },
}

CALLED = LABELS["ReportCell"]
# What stands behind a figure, for whoever writes a template.
MEANINGS = {
    "need.received": _l("Needs raised in the period."),
    "need.accepted": _l("Needs accepted in the period."),
    "need.answered": _l("Needs that got their written answer in the period."),
    "need.done": _l("Needs settled in the period."),
    "need.overdue": _l("Needs that missed acceptance, answer or promised date; they count where they were due."),
    "rates.response": _l("Share of valid callbacks that were contacted; a dash while nobody was called back."),
    "rates.resolution": _l("Share of valid callbacks that were solved; a dash while nobody was called back."),
    "rates.satisfaction": _l("Share of valid callbacks that were content; a dash while nobody was called back."),
    "service.sessions": _l("Approved service records that began in the period."),
    "service.hours": _l("Their time in hours, rounded down."),
    "service.persons": _l("Different persons who were there. Who had both kinds of service counts once in all."),
    "service.turns": _l("Each person each time, and those who came without a name."),
    "service.visits": _l("Records of visits."),
    "service.visited": _l("Persons seen on visits, each time."),
    "service.cases": _l("Different cases by their number."),
    "service.case_sessions": _l("Records of case work."),
    "service.groups": _l("Records of group work."),
    "service.events": _l("Records of community activities."),
    "service.no_grid": _l("Services of whose people no home is known; they are in no grid's figures."),
    "service.lists": _l("Records of service by list."),
    "handed.lists": _l(
        "Of them those whose list names the department that handed it down; they are part of all service."
    ),
    "handed.turns": _l("Each person met on such lists, each time."),
    "handed.money": _l("The money that the lists say came with the task."),
    "outcome.measured": _l("Services whose goal has a scale that was read before and after."),
    "outcome.risen": _l("Services after which the scale stood higher."),
    "outcome.fallen": _l("Services after which the scale stood lower."),
    "volunteer.persons": _l("Different persons with approved volunteer time."),
    "volunteer.turns": _l("Approved records of volunteer time."),
    "volunteer.hours": _l("Their time in hours, rounded down."),
    "satisfaction.n": _l("Different persons with a rating that counts."),
    "satisfaction.served": _l("Different persons who were served and can be asked."),
    "satisfaction.counted": _l("Ratings count by fives, so that nobody can work out what single people said."),
    "satisfaction.mean": _l("The mean of those fives; a dash while fewer than five have rated."),
    "money.projects": _l("Projects that ran during the period."),
    "money.running": _l("Their budgets in all."),
    "money.begun": _l("Budgets of the projects that began in the period."),
    "station.workers": _l("Different social workers in the teams of the projects."),
}

DEEDS = {
    "report.draft": _l("A report was begun"),
    "report.submit": _l("A report was handed in"),
    "report.sign": _l("A report was signed"),
    "report.receive": _l("The street received a report"),
    "report.return": _l("A report was sent back"),
}


def _stem(name: str) -> tuple[str, str]:
    for end in ("_continuing", "_one_off"):
        if name.endswith(end):
            return name.removesuffix(end), end
    return name, ""


def named(cell: Cell | str) -> str:
    """Return what a cell is called, in full: with its tile or field, and with its part of service."""
    one = CELLS[cell] if isinstance(cell, str) else cell
    if one.tile or one.field:
        sort = words.LABELS["Tile"][one.tile] if one.tile else words.LABELS["Field"][str(one.field)]
        return _("%(what)s: %(sort)s", what=CALLED[f"need.{one.name.rpartition('.')[2]}"], sort=sort)
    stem, end = _stem(one.name)
    called = str(CALLED[stem])
    return called if not end else _("%(what)s, %(part)s", what=called, part=LABELS["ReportEnd"][end])


def meaning(cell: Cell) -> Any:
    """Return what stands behind a cell, in a sentence."""
    if cell.tile or cell.field:
        return MEANINGS[f"need.{cell.name.rpartition('.')[2]}"]
    return MEANINGS[_stem(cell.name)[0]]


MONTHS = (
    _l("January"), _l("February"), _l("March"), _l("April"), _l("May"), _l("June"), _l("July"), _l("August"),
    _l("September"), _l("October"), _l("November"), _l("December"),
)  # fmt: skip


def period_words(code: str) -> str:
    """Return a period as people say it: October 2026, 2026年10月, 2026年第4季度, 2026年."""
    year, _dash, rest = code.partition("-")
    if not rest:
        return _("Year %(year)s", year=year)
    if rest.startswith("Q"):
        return _("Quarter %(quarter)s of %(year)s", quarter=rest[1:], year=year)
    return _("%(month)s %(year)s", month=MONTHS[int(rest) - 1], year=year)
