"""Needs."""


@open_to(Permission.RAISE)
@blueprint.get("/needs")
def index() -> str:  # RED
    return ""


@blueprint.get("/board")
@open_to_everyone
def board() -> str:
    return ""
