"""The book at the door: codes that turn, lines that are only added, and the stay that they tell."""

from models.check_ins.nearby import CheckInPlace, Near, forget_places, own_places, places_of_lines, sweep_places
from models.check_ins.reading import BookLine, book_of
from models.check_ins.row import CheckIn, Deed, lines_of
from models.check_ins.spell import Stay, standing, stay
from models.check_ins.turning import (
    STEP,
    WEAKER,
    Proof,
    Way,
    ahead,
    begins,
    digits,
    door_token,
    held,
    is_open,
    judged,
    pass_for,
    step_at,
    token,
)

__all__ = [
    "STEP",
    "WEAKER",
    "BookLine",
    "CheckIn",
    "CheckInPlace",
    "Deed",
    "Near",
    "Proof",
    "Stay",
    "Way",
    "ahead",
    "begins",
    "book_of",
    "digits",
    "door_token",
    "forget_places",
    "held",
    "is_open",
    "judged",
    "lines_of",
    "own_places",
    "pass_for",
    "places_of_lines",
    "standing",
    "stay",
    "step_at",
    "sweep_places",
    "token",
]
