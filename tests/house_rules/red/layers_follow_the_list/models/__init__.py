"""The order."""

AREAS = ("base", "needs", "ratings")
