"""Needs."""

record("need.accept", by=by, about=[])
record("need.forget", by=by, about=[])  # RED
