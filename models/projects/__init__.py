"""Projects: a package that was approved, or a project that ran before, until it is closed."""

from models.projects.kinds import Existing, Method, Part, TeamPart
from models.projects.row import Goal, NextDate, Project, ProjectCounter, TeamMember

__all__ = [
    "Existing",
    "Goal",
    "Method",
    "NextDate",
    "Part",
    "Project",
    "ProjectCounter",
    "TeamMember",
    "TeamPart",
]
