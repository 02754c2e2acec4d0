"""Words of suggestions that some matters say the same thing."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "group_is_decided": _l("Somebody has already decided about this suggestion."),
    "group_other_community": _l("This matter belongs to another community."),
    "group_need_is_closed": _l("This matter has come to rest and joins nothing any more."),
    "group_choose_more": _l("Please tick at least %(fewest)s matters."),
    "group_not_a_member": _l("One of the ticked matters is no longer in this group. Please look again."),
}

DEEDS = {
    "need_group.move_in": _l("Put among alike matters"),
    "need_group.move_out": _l("Taken out of alike matters"),
    "need_group.dismiss": _l("Said not to belong together"),
    "need_group.take": _l("Taken on together"),
    "need_group.merge": _l("Handled as one"),
    "need_group.suggest": _l("Alike matters suggested"),
}
