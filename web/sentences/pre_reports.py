"""Words of activities that are reported beforehand."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "safety_needed": _l("Please say how it is kept safe and orderly."),
    "own_activities_need_no_report": _l("The committee's own activities need no report."),
}

LABELS = {
    "PreReportState": {
        "REPORTED": _l("Waits for the committee"),
        "ASKED": _l("The committee asks"),
        "NOTED": _l("Noted"),
        "REFUSED": _l("Refused by the committee"),
        "WITHDRAWN": _l("Taken back by the organization"),
        "ANNOUNCED": _l("Noted and announced"),
    },
    "Verdict": {"NOTE": _l("Noted"), "ASK": _l("Ask something"), "REFUSE": _l("Refuse it")},
}

NEWS = {
    "pre_report_noted": _l("The committee took note of your activity: %(what)s. You may announce it now."),
    "pre_report_asked": _l("The committee asks about your activity: %(what)s."),
    "pre_report_refused": _l("The committee refused your activity: %(what)s. The reason stands there."),
}

DEEDS = {
    "pre_report.report": _l("Activity reported beforehand"),
    "pre_report.decide": _l("Committee answered the report of an activity"),
    "pre_report.answer": _l("Question about an activity answered"),
    "pre_report.withdraw": _l("Report of an activity taken back"),
    "pre_report.announce": _l("Noted activity announced"),
}
