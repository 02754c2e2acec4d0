"""Words of ledgers: which kinds there are, where one stands, what is wrong with a line, what the diary calls it."""

from flask_babel import lazy_gettext as _l

from web.sentences import need_imports, past_volunteering, people, project_imports

REFUSALS = {
    "ledger_not_yours": _l("You may not bring in or take along this kind of ledger there."),
    "ledger_not_now": _l("This cannot be done with a ledger that is “%(state)s”."),
    "ledger_file_gone": _l("The file was shredded. Please drop it in again."),
    "ledger_too_long": _l("The ledger has too many lines; no more than %(most)s of this kind at once."),
    "ledger_running": _l("Another ledger of this community is just coming in. Please wait until it is done."),
    "ledger_columns_lack": _l("Please say first what the columns mean: without them nothing can come in."),
    "ledger_brings_nothing": _l("There is nothing new in this ledger."),
    "ledger_broke_off": _l("It broke off. Nothing of it was kept; please try again."),
    "column_twice": _l("Two columns cannot mean the same. Please pass one of them over."),
}

LABELS = {
    "LedgerKind": {
        "RESIDENTS": _l("Residents"),
        "SERVED": _l("People served"),
        "VOLUNTEERS": _l("Volunteers"),
        "PROJECTS": _l("Running projects"),
        "WORK_ORDERS": _l("Work orders (12345)"),
        "VOLUNTEERING": _l("Volunteer activities of the past"),
    },
    "LedgerState": {
        "RECEIVED": _l("Being read"),
        "CHECKED": _l("Read, waits for your yes"),
        "WAITING": _l("About to come in"),
        "RUNNING": _l("Coming in"),
        "DONE": _l("Came in"),
        "FAILED": _l("Did not come in"),
        "PUT_AWAY": _l("Put away"),
        "UNDONE": _l("Taken back"),
    },
    "LedgerWords": {"outside": _l("To mend"), "reason": _l("What is wrong"), "line": _l("Line")},
    "LedgerFault": {
        **need_imports.REFUSALS,
        **people.LABELS["CellFault"],
        **project_imports.LABELS["RowFault"],
        **past_volunteering.LABELS["VolunteeringFault"],
        "cell_empty": _l("This cell is empty."),
        "cell_too_long": _l("This is too long."),
        "cell_unknown": _l("This is not understood."),
        "cell_is_error": _l("This cell holds a failed formula and was left out."),
        "text_damaged": _l("Some characters of this cell are damaged."),
        "phone_invalid": _l("This is no phone number."),
        "day_invalid": _l("This is no day, or it lies in the future."),
        "courtyard_unknown": _l("There is no courtyard of this name in the community; enter it under places first."),
        "name_is_number": _l("This is a number, not a name; perhaps the columns are shifted."),
        "name_is_masked": _l(
            "The name is masked; such a sheet cannot come in again. Take the unmasked one, or fill the name in."
        ),
        "project_unknown": _l("There is no project of this name or contract here; the person comes in without it."),
        "register_differs": _l(
            "The register says otherwise and keeps it. If the sheet is right, change it there by hand."
        ),
        "fits_two_entries": _l(
            "This line fits two entries of the register; nothing is filled. Merge them there if they are one person."
        ),
        "name_in_register": _l(
            "Somebody of this name stands in the register, with another door or number. If it is the same person, merge the two there."
        ),
        "person_repeated": _l("The same person stands in an earlier line of this sheet; the first one counts."),
    },
}

DEEDS = {
    "ledger.receive": _l("Ledger dropped in"),
    "ledger.read_by_hand": _l("Columns of a ledger said by hand"),
    "ledger.start": _l("Ledger approved to come in"),
    "ledger.put_away": _l("Ledger put away"),
    "ledger.bring_in": _l("Came in with a ledger"),
    "ledger.give_up": _l("Ledger broke off"),
    "ledger.undo": _l("Ledger taken back"),
    "ledger.take": _l("Ledger taken along"),
}
