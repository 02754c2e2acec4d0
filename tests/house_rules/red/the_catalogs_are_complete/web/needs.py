"""Needs."""

fine = _("A need")
missing = _("Nobody translated this")  # RED
empty = _l("No Chinese yet")  # RED
fuzzy = _("Guessed by a machine")  # RED
other = _("%(count)s needs of %(name)s", count=1, name="x")  # RED
many = ngettext("%(num)s need", "%(num)s needs", 2)
no_plural = ngettext("%(num)s rating", "%(num)s ratings", 2)  # RED
