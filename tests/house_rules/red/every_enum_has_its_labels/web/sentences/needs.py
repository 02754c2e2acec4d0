"""Words."""

LABELS = {"Urgency": {"GENERAL": _l("General")}, "State": {"OPEN": _l("Open"), "SHUT": _l("Shut")}}
