"""Who came in."""


def own_transaction() -> None:
    """Write apart from the request."""
    db.session.commit()


def enter() -> None:
    own_transaction()
    db.session().commit()  # RED
