"""Needs."""


def accept() -> object:
    try:
        need.accept()
    except Refused:  # RED
        pass
    try:
        need.accept()
    except (ValueError, base.NotFound):  # RED
        pass
    try:
        need.accept()
    except:  # RED
        pass
    try:
        int("x")
    except ValueError:
        pass
