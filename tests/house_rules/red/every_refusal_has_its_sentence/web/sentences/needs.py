"""Words."""

REFUSALS = {"not_from_here": _l("Not possible.")}
