"""The thread: from a need to what became of it, knot by knot, the same for those who asked, serve, decide and read."""

from models.thread.kinds import Knot, KnotState, Step
from models.thread.need import thread_of_need
from models.thread.project import thread_of_project

__all__ = ["Knot", "KnotState", "Step", "thread_of_need", "thread_of_project"]
