"""Suggestions that some open needs say the same thing: made by a job, taken or dismissed by a clerk."""

from models.need_groups.gathering import gathered, refresh_all
from models.need_groups.reading import Candidate, GroupLine, GroupPage, lines, page
from models.need_groups.row import NeedGroup, NeedGroupMember

__all__ = [
    "Candidate",
    "GroupLine",
    "GroupPage",
    "NeedGroup",
    "NeedGroupMember",
    "gathered",
    "lines",
    "page",
    "refresh_all",
]
