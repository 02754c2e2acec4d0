"""Words of a community's first days and of its trial run."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "trial_was_begun": _l("The trial run was begun before; there is only one."),
    "trial_not_begun": _l("The trial run was not begun yet."),
    "trial_is_over": _l("The trial run is over."),
    "trial_was_extended": _l("It was extended once already."),
    "step_not_aside": _l("This step is not put aside."),
    "no_courtyards": _l("There is no courtyard yet. Please enter the list of courtyards first."),
}

LABELS = {
    "SetUpStep": {
        "HOURS": _l("Name, opening hours and phones"),
        "PLACES": _l("Grids and courtyards"),
        "STAFF": _l("Colleagues"),
        "POSTERS": _l("Posters for the courtyards"),
        "LEDGER": _l("First ledger"),
        "TRIAL": _l("Trial run"),
    },
    "SetUpWhy": {
        "HOURS": _l("Every deadline counts in your hours, and residents call these numbers."),
        "PLACES": _l("So that a matter finds its gate and its grid worker."),
        "STAFF": _l("A clerk who accepts, and somebody for each grid: each gets a slip with a code."),
        "POSTERS": _l("One at each gate: scan, say it, done. All are printed in one go."),
        "LEDGER": _l("The list that you keep already, dropped in as it is."),
        "TRIAL": _l("For sixty days what is late is public as a count only. The street hears of it all the same."),
    },
    "Missing": {
        "NAME": _l("It has no name yet."),
        "HOURS": _l("The opening hours are not written down."),
        "PHONE": _l("The phone number is missing."),
        "DUTY_PHONE": _l("The number that is answered day and night is missing."),
        "GRIDS": _l("There is no grid and no courtyard yet."),
        "EMPTY_GRIDS": _l("Grids without a courtyard: %(n)s."),
        "HOUSEHOLDS": _l("Courtyards without a number of households: %(n)s."),
        "KINDS": _l("Courtyards without a kind: %(n)s."),
        "CLERK": _l("There is no clerk, and no slip for one."),
        "GRID_WORKERS": _l("Grids with nobody and no slip for somebody: %(n)s."),
        "POSTERS": _l("Courtyards whose poster is not printed: %(n)s."),
        "LEDGER": _l("No list has come in."),
        "TRIAL": _l("It is not begun."),
    },
    "LayoutFault": {
        "grid_missing": _l("no grid is named in this line or above it"),
        "courtyard_missing": _l("the name of the courtyard is missing"),
        "name_too_long": _l("a name is longer than 60 characters"),
        "households_unreadable": _l("the households are no whole number"),
        "kind_unknown": _l("the kind is not one of the four"),
        "list_empty": _l("nothing is written here"),
        "list_too_long": _l("more than 300 lines at once"),
    },
}

DEEDS = {
    "place.open_hours": _l("Opening hours and phones written down"),
    "place.lay_out": _l("List of grids and courtyards entered"),
    "set_up.print_posters": _l("Posters for the courtyards printed"),
    "set_up.put_aside": _l("Step of the first days put aside"),
    "set_up.take_up": _l("Step of the first days taken up again"),
    "trial.begin": _l("Trial run begun"),
    "trial.extend": _l("Trial run extended"),
    "trial.end": _l("Trial run ended early"),
}
