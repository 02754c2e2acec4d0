"""Needs."""


def raise_need(title, place: int) -> None:  # RED
    """Raise."""


def count(place: int):  # RED
    """Count."""


class Need:
    def __init__(self, title: str):
        self.title = title

    @classmethod
    def find(cls, number: int, *rest, by: str) -> None:  # RED
        """Find."""

    def whole(self, number: int, *rest: int, **more: int) -> int:
        return number
