"""Needs."""


def test_a_clerk_accepts_a_need() -> None:  # RED
    need.accept()


def test_a_stranger_is_refused() -> None:
    with pytest.raises(Refused):
        need.accept()


def test_a_need_is_open() -> None:
    assert need.open
