"""The ground."""

from datetime import UTC, datetime

now = lambda: datetime.now(UTC)
