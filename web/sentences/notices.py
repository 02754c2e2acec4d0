"""Words of notices: what is refused, how their states are called, what the timeline says."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "notice_place": _l("Notices hang in a community, a street or a district."),
    "notice_too_long": _l("Please keep a notice under %(most)s characters."),
    "notice_day_past": _l("The last day has passed. Please choose a later one."),
    "notice_too_far": _l("A notice hangs for %(most)s days at most."),
    "notice_over": _l("This notice was taken down. Please write a new one."),
    "notice_for_the_head": _l("What hangs on the board is changed by those who publish."),
    "notice_not_for_you": _l("This notice does not hang where you work."),
    "notice_hangs": _l("This notice hangs already."),
}

LABELS = {
    "NoticeKind": {"NOTICE": _l("Notice"), "POLICY": _l("Policy")},
    "NoticeState": {
        "DRAFT": _l("Being written"),
        "PUBLISHED": _l("On the board"),
        "ENDED": _l("Taken down"),
    },
}

NEWS = {
    "notice_published": _l("New on the board: %(title)s"),
}

DEEDS = {
    "notice.acknowledge": _l("A notice was noted as read"),
    "notice.write": _l("A notice was written"),
    "notice.rewrite": _l("A notice was reworded"),
    "notice.publish": _l("A notice was pinned on the board"),
    "notice.end": _l("A notice was taken down"),
}
