"""Setting a community up: what its first days need, read from records alone, and what its head puts aside."""

from models.set_up.aside import SetAside
from models.set_up.kinds import Check, Checklist, Missing, SetUpStep
from models.set_up.posters import PosterSheet, posters_of, print_posters
from models.set_up.reading import checklist, find, first_days, progress

__all__ = [
    "Check",
    "Checklist",
    "Missing",
    "PosterSheet",
    "SetAside",
    "SetUpStep",
    "checklist",
    "find",
    "first_days",
    "posters_of",
    "print_posters",
    "progress",
]
