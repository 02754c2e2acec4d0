"""The order."""

AREAS = ("base", "needs")
