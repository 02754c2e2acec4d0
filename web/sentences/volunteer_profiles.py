"""Words of what volunteers offer."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask_babel import lazy_gettext as _l

LABELS = {
    "Skill": {
        "VISITS": _l("Visit and chat"),
        "MEALS": _l("Bring meals"),
        "ERRANDS": _l("Errands and going along to the doctor"),
        "REPAIRS": _l("Small repairs, water and power"),
        "HAIR": _l("Cutting hair, sewing"),
        "HEALTH": _l("Nursing, measuring blood pressure"),
        "CHILDREN": _l("Looking after children, homework"),
        "PHONES": _l("Teaching how to use a phone"),
        "ARTS": _l("Music, dance, calligraphy, sport"),
        "PATROL": _l("Patrol, keeping order"),
        "DESK": _l("Signing people in, phoning, writing"),
        "LAW": _l("Law and mediation"),
    },
}
SKILLS = LABELS["Skill"]
_TIMES = {
    "1A": _l("Monday morning"),
    "2A": _l("Tuesday morning"),
    "3A": _l("Wednesday morning"),
    "4A": _l("Thursday morning"),
    "5A": _l("Friday morning"),
    "6A": _l("Saturday morning"),
    "7A": _l("Sunday morning"),
    "1P": _l("Monday afternoon"),
    "2P": _l("Tuesday afternoon"),
    "3P": _l("Wednesday afternoon"),
    "4P": _l("Thursday afternoon"),
    "5P": _l("Friday afternoon"),
    "6P": _l("Saturday afternoon"),
    "7P": _l("Sunday afternoon"),
    "1E": _l("Monday evening"),
    "2E": _l("Tuesday evening"),
    "3E": _l("Wednesday evening"),
    "4E": _l("Thursday evening"),
    "5E": _l("Friday evening"),
    "6E": _l("Saturday evening"),
    "7E": _l("Sunday evening"),
}
# What is said in one word where somebody is free on all days of a kind: by days and part of the day.
_REGULAR = (
    ("1234567", {"A": _l("every morning"), "P": _l("every afternoon"), "E": _l("every evening")}),
    ("12345", {"A": _l("on weekday mornings"), "P": _l("on weekday afternoons"), "E": _l("on weekday evenings")}),
    ("67", {"A": _l("on weekend mornings"), "P": _l("on weekend afternoons"), "E": _l("on weekend evenings")}),
)
ALWAYS = _l("at any time")
REFUSALS = {
    "not_your_offer": _l("Everybody says for themselves what they offer."),
    "agreement_needed": _l("Please tick that they agreed to be found by this."),
    "skill_needed": _l("Please tick at least one thing that you can do."),
}
DEEDS = {
    "volunteer_profile.offer": _l("Offered to help"),
    "volunteer_profile.enter": _l("Wrote an offer to help down at the counter"),
    "volunteer_profile.withdraw": _l("Took the offer to help back"),
}


def time_words(code: str) -> Any:
    """Return a weekday and part of the day in words."""
    return _TIMES[code]


def free_times(codes: Collection[str]) -> list[Any]:
    """Return when somebody is free in as few words as it takes: every morning, on weekend afternoons, Tuesday evening."""
    if set(codes) >= set(_TIMES):
        return [ALWAYS]
    said, left = [], [one for one in _TIMES if one in set(codes)]
    for part in "APE":
        for days, words in _REGULAR:
            whole = {day + part for day in days}
            if whole <= set(left):
                said.append(words[part])
                left = [one for one in left if one not in whole]
    return said + [_TIMES[one] for one in left]
