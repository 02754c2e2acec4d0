"""Needs."""


def accept(need: object) -> None:
    db.session.add(need)
    db.session.flush()
    db.session.commit()  # RED
