"""Words of hints: each explains itself with its numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "hint_reason_needed": _l("Please say in at least %(least)s characters why you decide so."),
    "not_yours_to_judge": _l("This hint belongs to others."),
    "hint_decided": _l("A colleague has decided about this hint already."),
}

LABELS = {
    "HintKind": {
        "BACKFILL": _l("Written down at the very end"),
        "BACKFILL_MONTH": _l("A month written down afterward"),
        "ROUND_HOURS": _l("Times that are too even"),
        "TRAVEL": _l("Too far for the time between"),
        "SAME_GROUP": _l("Always the same people"),
        "UNCONFIRMED": _l("Nobody confirmed to have been there"),
        "LONG_DAY": _l("More than 12 hours in one day"),
        "PHOTO": _l("The same photo in two records"),
    },
    "HintVerdict": {"CONFIRMED": _l("Found to be so"), "DISMISSED": _l("Nothing wrong")},
}

SENTENCES = {
    "BACKFILL": _l(
        "%(late)s of %(all)s records (%(percent)s %%) were written down in the last tenth of the project's term."
    ),
    "BACKFILL_MONTH": _l(
        "%(late)s of %(all)s records of %(month)s (%(percent)s %%) tell of earlier days but were written down in the last tenth of the month or later."
    ),
    "ROUND_HOURS": _l("%(late)s of %(all)s records (%(percent)s %%) of %(author)s last exactly whole hours."),
    "TRAVEL": _l("%(author)s ended a service in one community and began one in another %(minutes)s minutes later."),
    "AT_TWO_PLACES": _l(
        "%(author)s began a service in one community %(minutes)s minutes before one in another had ended."
    ),
    "SAME_GROUP": _l(
        "In %(late)s of %(all)s services with several people, under different titles, exactly the same %(people)s came."
    ),
    "UNCONFIRMED": _l(
        "In %(all)s records nobody who was served has confirmed to have been there. A record in which the committee found that somebody was not there counts as not confirmed."
    ),
    "REFUTED": _l(
        "In %(refuted)s of %(all)s records the committee found that somebody on the list was not there. That is more than a tenth."
    ),
    "LONG_DAY": _l("%(author)s wrote down %(minutes)s minutes of service on %(day)s."),
    "PHOTO": _l(
        "A photo of one record is found in another one as well; %(bits)s of 64 marks of their fingerprints differ."
    ),
}

DEEDS = {
    "hint.confirm": _l("Hint confirmed"),
    "hint.dismiss": _l("Hint dismissed"),
    "hint.comment": _l("Hint commented on"),
}


def told(line: Any, month: Callable[[str], str]) -> str:
    """Return what a hint says, with its numbers; `month` says a month in the reader's language."""
    sentence, numbers = str(line.hint.kind), {"author": line.author, **line.hint.numbers}
    if line.hint.mark.endswith(":refuted"):
        sentence = "REFUTED"
    if line.hint.kind == "TRAVEL" and numbers["minutes"] < 0:
        sentence, numbers["minutes"] = "AT_TWO_PLACES", -numbers["minutes"]
    if "month" in numbers:
        numbers["month"] = month(numbers["month"])
    return str(SENTENCES[sentence]) % numbers
