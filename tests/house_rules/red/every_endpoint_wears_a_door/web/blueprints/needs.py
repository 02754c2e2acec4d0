"""Needs."""


@blueprint.get("/needs")
def index() -> str:  # RED
    return ""


@blueprint.post("/needs")
@open_to(Permission.RAISE)
def create() -> str:
    return ""


@blueprint.get("/board")
@open_to_everyone
def board() -> str:
    return ""


def titles() -> list[str]:
    return []
