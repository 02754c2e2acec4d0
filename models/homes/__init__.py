"""Each role's first page: what waits for this person today, oldest and most urgent first, and below it the figures."""

from models.homes.kinds import Figure, FigureKind, Home, Share, Task, Waiting
from models.homes.reading import MOST, home_of, waiting_for

__all__ = ["MOST", "Figure", "FigureKind", "Home", "Share", "Task", "Waiting", "home_of", "waiting_for"]
