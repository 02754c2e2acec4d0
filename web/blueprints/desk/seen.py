"""What is seen of a need at the desk: its sheet, its receipt on paper, and its author's number when asked for."""

from __future__ import annotations

from typing import Any

import segno
from flask import abort, g, request, url_for

from models import desk
from models.needs import Need
from models.permissions import Permission
from web import respond
from web.blueprints.desk.counter import blueprint, readable
from web.doors import open_to, wants_fragment
from web.forms.desk import AcceptanceForm, PressForm


def beside(need: Need) -> dict[str, Any]:
    """Return what the sheet of a need shows, with the form that accepts it as its words suggest."""
    sheet = desk.sheet(need, g.visitor.actor)
    line = sheet.line
    suggested = AcceptanceForm(None, field=line.field.value, urgency=line.urgency.value, kind=line.kind.value)
    back = request.headers.get("HX-Current-URL", "").partition(request.host)[2]
    return {
        "sheet": sheet,
        "accept": suggested,
        "press": PressForm(None),
        "back": back if back.startswith("/desk?") else "",
    }


@blueprint.get("/desk/needs/<public_id>/receipt")
@open_to(Permission.READ_NEEDS)
def receipt(public_id: str) -> Any:
    """Show the receipt to be printed: a whole sheet, or the narrow roll of a receipt printer."""
    need = readable(public_id)
    address = url_for("desk.show", public_id=public_id, _external=True).replace("/desk/", "/")
    code = segno.make(address, error="m").svg_data_uri(scale=3, border=1)
    return respond.page(
        "desk/receipt.html", receipt=desk.receipt(need), qr_data=code, narrow=request.args.get("paper") == "80"
    )


@blueprint.post("/needs/<public_id>/contact-reveal")
@open_to(Permission.REVEAL_CONTACT)
def reveal(public_id: str) -> Any:
    """Show the author's number once; that it was shown is logged."""
    need = Need.find(public_id, Need.visible_to(g.visitor.actor, Permission.REVEAL_CONTACT))
    if not PressForm().validate_on_submit():
        abort(400)
    contact = desk.contact_of(need)
    respond.note_access("reveal.phone", kind="needs", subject_id=need.id, community_id=need.community_id)
    template = "desk/_contact.html" if wants_fragment() else "desk/contact.html"
    return respond.page(template, contact=contact, public_id=public_id, ticket_no=need.ticket_no)
