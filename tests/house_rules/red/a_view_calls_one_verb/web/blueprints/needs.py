"""Needs."""


@blueprint.post("/needs/<public_id>/acceptance")
def accept(public_id: str) -> object:  # RED
    need.accept(by=g.visitor.actor)
    need.answer(by=g.visitor.actor)
    db.session.commit()


@blueprint.post("/needs/<public_id>/answer")
def answer(public_id: str) -> object:  # RED
    need.answer(by=g.visitor.actor)
    db.session.commit()
    db.session.commit()


@blueprint.post("/needs")
def create() -> object:
    Need.raise_need(by=g.visitor.actor)
    db.session.commit()
