"""What the public may read: projects, services, promises, figures and money, never a person; nothing here writes."""

from models.disclosure.board import Glance, Wall, boards, glance, wall
from models.disclosure.project_page import MoneyLine, ProjectPage, public_project
from models.disclosure.projects import ProjectLine, mean_of, public_projects, releases
from models.disclosure.promises import Overdue, Promises

__all__ = [
    "Glance",
    "MoneyLine",
    "Overdue",
    "ProjectLine",
    "ProjectPage",
    "Promises",
    "Wall",
    "boards",
    "glance",
    "mean_of",
    "public_project",
    "public_projects",
    "releases",
    "wall",
]
