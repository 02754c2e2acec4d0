"""Words of handing work over."""

from flask_babel import lazy_gettext as _l

from web.wording import counted as _n

REFUSALS = {
    "hand_over_reason_needed": _l("Please say why in at least %(least)s characters."),
    "hand_over_to_oneself": _l("Please choose somebody else."),
    "not_your_colleague": _l(
        "Work can be handed over only inside one committee or one organization, by oneself or by whoever leads it."
    ),
    "nothing_to_hand_over": _l("Nothing is open that could be handed over."),
}

NEWS = {
    "handed_over": _n(
        "%(giver)s’s open work, %(n)s thing, was handed over to %(taker)s.",
        "%(giver)s’s open work, %(n)s things, was handed over to %(taker)s.",
    ),
}

DEEDS = {
    "hand_over.carry_out": _l("Open work handed over to a colleague"),
}
