"""One's own data: what is held, a copy of it, consents, who may act for whom, and the way out."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from flask import Blueprint, Response, flash, g, session, url_for
from flask_babel import gettext as _

from models import my_data, people, vault
from models.base import today
from models.permissions import Permission
from web import respond
from web.again import password_again
from web.doors import forget_reader, open_to, open_to_everyone
from web.files import taken_along
from web.forms.base import ActForm
from web.forms.my_data import EraseForm

blueprint = Blueprint("my_data", __name__)


def _context(form: EraseForm | None = None) -> dict[str, Any]:
    actor = g.visitor.actor
    return {
        "own": my_data.overview(actor), "acts_for": people.acts_for(actor), "notice": people.NOTICES[0],
        "place_notices": people.PLACE_NOTICES,
        "for_me": people.acting_for(actor.person_id) if actor.person_id else [],
        "form": form or EraseForm(formdata=None),
    }  # fmt: skip


@blueprint.get("/my-data")
@open_to(Permission.OWN)
def show() -> Any:
    """Show what is held about the reader, and what may be done about it."""
    return respond.page("my_data/show.html", refused=None, **_context())


@blueprint.post("/my-data/copy")
@open_to(Permission.OWN)
@password_again
def copy() -> Any:
    """Give a file with everything that is held; that it was fetched is noted."""
    again = respond.form_page("my_data/show.html", _context)
    if not ActForm().validate_on_submit():
        return again()
    found = my_data.copy_of(g.visitor.actor)
    respond.note_access("export.own", kind="accounts", subject_id=g.visitor.actor.account_id)
    respond.commit()
    return _zip(found)


def _zip(found: my_data.Copy) -> Response:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("data.json", json.dumps(found.document, ensure_ascii=False, indent=2, default=str))
        for name, data in found.photos:
            packed.writestr(f"photos/{name}", data, zipfile.ZIP_STORED)
    return taken_along(whole.getvalue(), "application/zip", f"linli-{today():%Y%m%d}.zip")


@blueprint.post("/my-data/consents")
@open_to(Permission.OWN)
@respond.once
def agree() -> Any:
    """Agree to the present notice."""
    again = respond.form_page("my_data/show.html", _context)
    if not ActForm().validate_on_submit():
        return again()
    people.consent(people.NOTICES[0], by=g.visitor.actor)
    return respond.done(url_for("my_data.show"))


@blueprint.post("/my-data/withdrawal")
@open_to(Permission.OWN)
@respond.once
def withdraw() -> Any:
    """Take every consent back."""
    again = respond.form_page("my_data/show.html", _context)
    if not ActForm().validate_on_submit():
        return again()
    my_data.withdraw_consents(by=g.visitor.actor)
    flash(_("Your consents are taken back. You can still use everything here."), "success")
    return respond.done(url_for("my_data.show"))


@blueprint.post("/my-data/places/withdrawal")
@open_to(Permission.OWN)
@respond.once
def withdraw_places() -> Any:
    """Take back that one's place may be noted, and erase what was noted."""
    again = respond.form_page("my_data/show.html", _context)
    if not ActForm().validate_on_submit():
        return again()
    my_data.withdraw_places(by=g.visitor.actor)
    flash(_("Where you were is deleted, and is not noted any more."), "success")
    return respond.done(url_for("my_data.show"))


@blueprint.post("/my-data/erasure")
@open_to(Permission.OWN)
@password_again
def erase() -> Any:
    """Erase the reader's data; the photos leave the vault once that is kept."""
    form = EraseForm()
    again = respond.form_page("my_data/show.html", lambda: _context(form))
    if not form.validate_on_submit():
        return again()
    files = my_data.erase_own(by=g.visitor.actor)
    answer = respond.done(url_for("my_data.erased"))
    for name in files:
        vault.store().remove(name)
    owner = g.visitor.owner
    forget_reader()
    session["erased"] = owner
    # What waits on this phone for others stays; what was the reader's own the next page removes itself.
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@blueprint.get("/my-data/erased")
@open_to_everyone
def erased() -> Any:
    """Say that it is done; what still waits on the phone under that account goes with it."""
    return respond.page("my_data/erased.html", forget=session.pop("erased", ""))


@blueprint.get("/privacy")
@open_to_everyone
def notice() -> Any:
    """Show how data is kept, in the present version."""
    return respond.page("my_data/notice.html", version=people.NOTICES[0], versions=people.NOTICES)


@blueprint.get("/privacy/<version>")
@open_to_everyone
def notice_of(version: str) -> Any:
    """Show a version of the notice."""
    known = people.known_notice(version)
    return respond.page("my_data/notice.html", version=known, versions=people.notices_like(known))
