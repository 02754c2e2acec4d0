"""The counter of activities: announced, signed up for, checked into, and read as a calendar that phones follow."""

from web.blueprints.activities import arriving, changing, coming, following
from web.blueprints.activities.counter import blueprint

__all__ = ["arriving", "blueprint", "changing", "coming", "following"]
