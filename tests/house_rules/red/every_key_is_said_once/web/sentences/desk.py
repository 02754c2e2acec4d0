"""Words of the desk."""

REFUSALS = {"reason_needed": _l("Please write the reason.")}
