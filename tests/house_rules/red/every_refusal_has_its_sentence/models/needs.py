"""Needs."""


def accept(key: str) -> None:
    raise Refused("not_from_here", state="X")


def reject() -> None:
    raise base.Refused("no_reason_given")  # RED


def edit() -> None:
    raise Stale("somebody_was_faster")  # RED


class NoRoom(Refused):
    """A No of its own kind."""


def keep() -> None:
    raise NoRoom("house_is_full")  # RED
