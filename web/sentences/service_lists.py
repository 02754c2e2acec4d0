"""Words of service by list."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "goods_needed": _l("Please write what is handed over or done."),
    "nobody_chosen": _l("Nobody is on the list. Please tick at least one person."),
    "list_too_long": _l("At most %(most)s people on one list, please."),
    "source_incomplete": _l("A task that was handed down names the department and the ground."),
    "list_is_recorded": _l("This list is recorded already; it counts once."),
    "list_was_dropped": _l("This list was thrown away."),
    "list_of_another_project": _l("This list belongs to another project."),
    "nobody_ticked": _l("Nobody was ticked yet."),
    "outcome_not_for_doors": _l("Please choose one of the three."),
}

DEEDS = {
    "service_list.draw_up": _l("List drawn up"),
    "service_list.tick": _l("Door of a list ticked"),
    "service_list.drop": _l("List thrown away"),
}
