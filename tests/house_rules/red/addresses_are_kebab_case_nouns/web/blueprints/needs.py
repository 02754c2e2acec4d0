"""Needs."""


@blueprint.get("/")
@blueprint.get("/needs")
@blueprint.get("/needs/<public_id>/own-words.csv")
@blueprint.get("/static/built/<path:name>")
def fine() -> str:
    return ""


@blueprint.get("/needs/<public_id>/acceptAll")  # RED
@blueprint.get("/need_groups")  # RED
def wrong() -> str:
    return ""
