"""Words."""

DEEDS = {"need.accept": _l("Accepted")}
