"""Needs."""

import sqlalchemy as sa


def index() -> object:
    found = db.session.scalars(select(Need))  # RED
    more = db.session.query(Need)  # RED
    count = sa.func.count()
    raw = sa.text("SELECT 1")  # RED
    first = db.session.get(Need, 1)
    db.session.commit()
    return session.get("sid"), request.args.get("text")
