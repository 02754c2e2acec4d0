"""Needs."""


def test_accept() -> None:  # RED
    assert True


def test_needs_2() -> None:  # RED
    assert True


def test_a_clerk_accepts_a_need() -> None:
    assert True


def helper() -> None:
    assert True
