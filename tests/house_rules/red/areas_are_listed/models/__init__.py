"""The order.  RED: packages has no file."""

AREAS: tuple[str, ...] = ("base", "needs", "packages")
