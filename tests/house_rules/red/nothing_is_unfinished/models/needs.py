"""Needs."""


def close() -> None:
    # TO§DO close it  RED
    raise NotImplemented§Error  # RED
