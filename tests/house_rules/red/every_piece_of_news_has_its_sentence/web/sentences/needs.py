"""Words."""

NEWS: dict[str, object] = {"need_accepted": _l("Accepted.")}
