"""The counter of activities: announced, signed up for, checked into, and read as a calendar that phones follow."""

from web.blueprints.activities import coming, following
from web.blueprints.activities.counter import blueprint

__all__ = ["blueprint", "coming", "following"]
