"""Words of the lists for the official volunteer system."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "no_own_layout": _l("There are no own columns to do without."),
    "seven_fields_needed": _l(
        "Name, activity, date, place, content, hours, organizer and person in charge belong in every list."
    ),
    "layout_column_twice": _l("A column stands there twice."),
    "heading_needed": _l("A column of your own needs a heading."),
    "heading_too_long": _l("Please keep to %(most)s characters."),
    "hours_report_day": _l("Please choose a day between the beginning of the period and today."),
    "nothing_to_report": _l("Nothing is to be reported here. Perhaps a colleague was faster, or no row was ticked."),
    "hour_list_moved": _l(
        "The list has changed since you opened it. Please look at it again and take it along anew before marking it."
    ),
    "hours_reported_already": _l("A colleague has just marked these rows as reported."),
    "hours_reported_since": _l("A later list was reported since. Please take that one back first."),
}

LABELS = {
    "HourColumn": {
        "NUMBER": _l("No."),
        "NAME": _l("Name"),
        "VOLUNTEER_NO": _l("Volunteer number"),
        "GENDER": _l("Gender"),
        "PHONE": _l("Phone (partly hidden)"),
        "ACTIVITY": _l("Activity name"),
        "DATE": _l("Date of service"),
        "PLACE": _l("Place of service"),
        "CONTENT": _l("Content of service"),
        "BEGAN": _l("Began"),
        "ENDED": _l("Ended"),
        "HOURS": _l("Service time (hours)"),
        "MINUTES": _l("Minutes"),
        "ORGANIZER": _l("Organizer"),
        "IN_CHARGE": _l("Person in charge"),
        "COMMUNITY": _l("Community"),
        "RULE": _l("Rule of the hours"),
        "REMARK": _l("Remark (corrections)"),
        "REPORTED_ON": _l("Reported on"),
        "OWN_1": _l("Own column 1"),
        "OWN_2": _l("Own column 2"),
        "OWN_3": _l("Own column 3"),
    },
    "Gender": {"F": _l("Female"), "M": _l("Male")},
    "Told": {"NEW": _l("New"), "CORRECTED": _l("Correction"), "TAKEN_BACK": _l("Taken back")},
    "LayoutOrigin": {
        "OWN": _l("Laid by this place itself"),
        "STREET": _l("Laid by the street"),
        "USUAL": _l("The usual columns"),
    },
}

DEEDS = {
    "hour_layout.drop": _l("Own columns of the hours list dropped"),
    "hour_layout.set": _l("Columns of the hours list laid"),
    "hour_report.mark": _l("Hours marked as reported"),
    "hour_report.undo": _l("Mark of reported hours taken back"),
}
