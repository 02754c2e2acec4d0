"""The counter where services are written down, read, and approved by somebody else."""

from web.blueprints.service_log import covering, judging, planning, showing, writing
from web.blueprints.service_log.counter import blueprint

__all__ = ["blueprint", "covering", "judging", "planning", "showing", "writing"]
