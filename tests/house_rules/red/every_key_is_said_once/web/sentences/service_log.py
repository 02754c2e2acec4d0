"""Words of services."""

REFUSALS = {
    "summary_needed": _l("Please write what was done."),
    "reason_needed": _l("Please say why."),  # RED
}
