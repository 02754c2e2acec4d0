"""Words of lists of running projects: their columns, and what may be wrong with a line."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "too_many_lines": _l("A list may have at most %(most)s lines."),
}

LABELS = {
    "Column": {
        "title": _l("Name of the project"),
        "contract_no": _l("Number of the contract"),
        "organization": _l("Organization"),
        "field": _l("Field of service"),
        "starts_on": _l("From"),
        "ends_on": _l("To"),
        "budget": _l("Planned budget"),
        "problem": _l("What is the problem"),
        "change": _l("One change that can be seen"),
        "how_checked": _l("How somebody else can check it"),
        "supervision_phone": _l("Phone for complaints about the project"),
    },
    "RowFault": {
        "cell_empty": _l("This cell is empty."),
        "organization_unknown": _l("No organization of this name is entered."),
        "field_unknown": _l("This is none of the ten fields of service."),
        "day_unreadable": _l("This is no date, for example 2026-03-01."),
        "sum_unreadable": _l("This is no amount, for example 12000.00."),
        "period_backwards": _l("The end must be after the beginning."),
    },
}

DEEDS = {
    "project_import.receive": _l("List of projects read"),
    "project_import.enter_all": _l("List of projects entered"),
}
