"""Words of files that come in: what is wrong with a line, where a file stands, and what the diary calls it."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "file_empty": _l("The file is empty."),
    "file_too_large": _l("The file is too large: at most 64 MB and 50,000 lines."),
    "file_kind_unknown": _l("Please give a file that ends in .xlsx, .csv or .jsonl."),
    "file_unreadable": _l("This file cannot be read. Please save it again, or as .csv."),
    "no_lines": _l("The file names its columns, but no line stands below them."),
    "columns_missing": _l("The sheet has no column for: %(names)s."),
    "import_not_now": _l("This cannot be done with a file that is “%(state)s”."),
    "import_file_gone": _l("The file was removed a day after its import. Please give it again."),
    "import_running": _l("Another file of this community is just coming in. Please wait until it is done."),
    "import_broke_off": _l("The import broke off. Nothing of it was kept; please try again."),
    "undo_too_late": _l("An import can be taken back within 24 hours only."),
    "only_the_importer_undoes": _l("Only who brought the file in can take it back."),
    "id_too_long": _l("The number is longer than 80 characters."),
    "id_repeated": _l("This number stands in the file before; the first line counts."),
    "words_too_long": _l("The text is longer than 5,000 characters."),
    "time_unreadable": _l("This is no time, for example 2026-03-01 14:30."),
    "time_in_future": _l("This time has not come yet."),
    "kind_not_known": _l("This kind is not known here and was left open."),
    "field_not_known": _l("This field is not known here and was left open."),
    "phone_unreadable": _l("This is no phone number and was left out."),
    "due_unreadable": _l("This due time is no time and was left out."),
    "title_cut": _l("The title was cut after 200 characters."),
    "row_was_touched": _l("Somebody already works on this need, so it was left as it is."),
    "line_broken": _l("This line cannot be read."),
    "cell_is_empty": _l("This cell is empty."),
    "cell_is_error": _l("This cell holds a failed formula and was left out."),
    "text_damaged": _l("Some characters of this cell are damaged."),
    "more_cells_than_columns": _l("This line has more cells than the sheet has columns."),
}

LABELS = {
    "ImportState": {
        "RECEIVED": _l("Being checked"),
        "CHECKED": _l("Checked, waits for your yes"),
        "WAITING": _l("About to come in"),
        "RUNNING": _l("Coming in"),
        "DONE": _l("Came in"),
        "FAILED": _l("Did not come in"),
        "UNDONE": _l("Taken back"),
    },
    "ImportColumn": {
        "id": _l("Number"),
        "user": _l("Who said it"),
        "title": _l("Heading"),
        "text": _l("Words"),
        "created_at": _l("When it was said"),
        "kind": _l("Kind"),
        "field": _l("Field"),
        "place": _l("Place"),
        "phone": _l("Phone"),
        "address": _l("Address"),
        "due": _l("Due at the sender"),
        "": _l("Line"),
    },
}

DEEDS = {
    "need_import.receive": _l("File of needs received"),
    "need_import.start": _l("File of needs approved to come in"),
    "need_import.discard": _l("File of needs put away"),
    "need_import.bring_in": _l("Came in with a file"),
    "need_import.give_up": _l("Import broke off"),
    "need_import.undo": _l("Import taken back"),
}
