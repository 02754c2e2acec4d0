"""Words of the house itself: doors, forms, people and places."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "stale_edit": _l("Somebody else changed this while you were writing. Both texts are shown; please decide."),
    "key_used_for_another_form": _l("This form was already sent with other words. Please open it again."),
    "not_from_here": _l("This step is not possible in the state “%(state)s”."),
    "too_many_tries": _l("Too many tries. Please wait %(minutes)s minutes and try again."),
    "storage_full": _l(
        "This cannot be kept just now: the computer of the community has no room left. "
        "What you wrote is still here; please try again later or call the community."
    ),
    "name_needed": _l("Please write a name."),
    "phone_taken": _l("This phone number already belongs to another account."),
    "code_taken": _l("This code already belongs to another place."),
    "name_taken": _l("This name is already taken."),
    "grant_needs_a_reach": _l("A role needs a place or an organization."),
    "call_more_often": _l(
        "Please call %(times)s times first, or note that the number is wrong; then go by before you give up."
    ),
    "already_told": _l("This person has already been told."),
    "sign_in_to_follow": _l("Please sign in to follow this matter."),
}

LABELS = {
    "Role": {
        "RESIDENT": _l("Resident"),
        "VOLUNTEER": _l("Volunteer"),
        "CLERK": _l("Community clerk"),
        "HEAD": _l("Community head"),
        "GRID_WORKER": _l("Grid worker"),
        "STREET_OFFICE": _l("Street office"),
        "FINANCE": _l("Street finance"),
        "DISTRICT": _l("District office"),
        "ORG_MANAGER": _l("Organization manager"),
        "SOCIAL_WORKER": _l("Social worker"),
        "SUPERVISOR": _l("Supervisor"),
        "SUPPORT_ORG": _l("Support organization"),
        "EVALUATOR": _l("Third-party evaluator"),
        "EXPERT": _l("Expert"),
        "AUDITOR": _l("Auditor"),
        "SYSADMIN": _l("Administrator"),
    },
    "Look": {
        "refused": _l("Turned away at a door"),
        "reveal.phone": _l("Looked at a phone number"),
        "reveal.contact": _l("Looked at phone and door"),
        "reveal.edit": _l("Opened an entry of the register"),
        "reveal.rater": _l("Looked at who was not content"),
        "reveal.presence": _l("Looked at who disputes a service"),
        "read.original": _l("Opened the original of a photo"),
        "read.internal": _l("Read an internal record"),
        "read.check_ins": _l("Read when somebody came and left"),
        "read.single_ratings": _l("Read single ratings"),
        "read.paper_ratings": _l("Read ratings on paper"),
        "print.slips": _l("Printed slips"),
        "export.needs": _l("Took a list of needs along"),
        "export.hour_list": _l("Took a list for the official system along"),
        "export.certificate": _l("Took a certificate along"),
        "export.hours": _l("Took a list of hours along"),
        "print.people": _l("Printed the people a project serves"),
        "print.list": _l("Printed a list to sign"),
        "reveal.callee": _l("Looked at whom to call"),
        "export.own": _l("Took the own data along"),
        "export.unmasked": _l("Took an unmasked file along"),
        "export.report": _l("Took a report along"),
        "export.ledger": _l("Took a ledger along"),
        "export.dossier": _l("Took a dossier along"),
        "export.ledger_outside": _l("Took the rows of a ledger that were left outside"),
    },
    "LookedAt": {
        "door": _l("a door"),
        "needs": _l("need"),
        "people": _l("person"),
        "projects": _l("project"),
        "service_logs": _l("record"),
        "attendances": _l("presence"),
        "hour_records": _l("hours"),
        "certificates": _l("certificate"),
        "rating_contacts": _l("rating"),
        "rating_sheets": _l("sheet of ratings"),
        "accounts": _l("account"),
        "reports": _l("report"),
        "report_templates": _l("own template"),
        "ledgers": _l("ledger"),
        "residents": _l("Residents"),
        "served": _l("People served"),
        "volunteers": _l("Volunteers"),
        "volunteering": _l("Volunteer activities of the past"),
        "work_orders": _l("Work orders (12345)"),
    },
    "CourtyardType": {
        "SELF_GOVERNED": _l("Self-governed courtyard"),
        "WORK_UNIT": _l("Work-unit courtyard"),
        "PROPERTY_MANAGED": _l("Property-managed courtyard"),
        "RURAL_SCATTERED": _l("Scattered rural courtyard"),
    },
}

DEEDS = {
    "place.found": _l("Place entered"),
    "organization.enter": _l("Organization entered"),
    "person.register": _l("Person entered in the register"),
    "account.open": _l("Account opened"),
    "account.grant": _l("Role given"),
    "account.choose": _l("Settings changed"),
}
