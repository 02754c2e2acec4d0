"""Needs."""

from datetime import datetime, UTC

seen = datetime.now(UTC)  # RED
