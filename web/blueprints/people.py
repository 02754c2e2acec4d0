"""The register of people: found, kept true, confirmed on sight; what is protected is shown on request and noted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, g, request, url_for

from models import accounts, people
from models.people import Mandate, MandateKind, MandateWay, Person, PersonState, Tag
from models.permissions import Permission
from models.places import Place
from web import respond
from web.doors import open_to
from web.forms.base import ActForm
from web.forms.people import (
    EndTagForm,
    MandateForm,
    MergeForm,
    OtherForm,
    PersonForm,
    RevealForm,
    SearchForm,
    StateForm,
    TagForm,
)

blueprint = Blueprint("people", __name__)


def _find(public_id: str, permission: Permission) -> Person:
    return Person.find(public_id, Person.visible_to(g.visitor.actor, permission))


def _context(person: Person, form: Any = None) -> dict[str, Any]:
    """Return what the page of a person needs; a form that was refused comes back filled."""
    near, same = people.near(person), people.like(person)
    made: dict[str, Any] = {
        "state_form": StateForm(formdata=None), "tag_form": TagForm(formdata=None),
        "reveal_form": RevealForm(formdata=None),
        "other_form": OtherForm(near=near, formdata=None), "merge_form": MergeForm(near=same, formdata=None),
        "mandate_form": MandateForm(formdata=None), "act": ActForm(formdata=None),
    }  # fmt: skip
    for name, fresh in made.items():
        if form is not None and type(form) is type(fresh):
            made[name] = form
    return {"person": people.facts(person), "same": same, "near": near, "shown": None, **made}


def _again(person: Person, form: Any) -> Any:
    return respond.form_page("people/show.html", lambda: _context(person, form))


def _other(form: Any) -> Person:
    return _find(form.other.data, Permission.EDIT_PEOPLE)


def _page_of(person: Person) -> str:
    return url_for("people.show", public_id=person.public_id)


def _acts(
    form_of: Callable[[Person], Any], permission: Permission = Permission.EDIT_PEOPLE
) -> Callable[[respond.Verb], Callable[..., Any]]:
    """Return the shape of an act on a person's page; the page comes again, before and after."""

    def opened(public_id: str) -> tuple[Person, Any, Callable[..., Any]]:
        person = _find(public_id, permission)
        form = form_of(person)
        return person, form, _again(person, form)

    return respond.one_verb(opened, _page_of)


def _plain(form: Callable[[], Any]) -> Callable[[Person], Any]:
    return lambda _: form()


@blueprint.get("/people")
@open_to(Permission.READ_PEOPLE)
def index() -> Any:
    """Show the people within reach that the words find."""
    form = SearchForm(request.args, meta={"csrf": False})
    words, state, tag = (form.q.data or "")[:60], form.state.data or "", form.tag.data or ""
    found, before = people.register(
        g.visitor.actor, Permission.READ_PEOPLE, words=words, before=respond.number("before"),
        state=PersonState(state) if state in list(PersonState) else None, tag=Tag(tag) if tag in list(Tag) else None,
        unconfirmed="unconfirmed" in request.args,
    )  # fmt: skip
    kept: dict[str, Any] = request.args.to_dict()
    older = url_for("people.index", **(kept | {"before": before})) if before else None
    return respond.page("people/index.html", people=found, older=older, form=form)


@blueprint.get("/people/new")
@open_to(Permission.EDIT_PEOPLE)
def new() -> Any:
    """Show what is asked of a new entry."""
    community = accounts.home(g.visitor.actor, Permission.EDIT_PEOPLE)
    form = PersonForm(community_id=community.id)
    return respond.page("people/edit.html", form=form, person=None, refused=None)


@blueprint.post("/people")
@open_to(Permission.EDIT_PEOPLE)
@respond.once
def create() -> Any:
    """Enter a person of one's community, seen on the spot."""
    community = accounts.home(g.visitor.actor, Permission.EDIT_PEOPLE)
    form = PersonForm(community_id=community.id)
    again = respond.form_page("people/edit.html", lambda: {"form": form, "person": None})
    if not form.validate_on_submit():
        return again()
    person = Person.register(community, form.name.data, by=g.visitor.actor, confirmed=True, **form.values())
    return respond.done(_page_of(person))


@blueprint.get("/people/<public_id>")
@open_to(Permission.READ_PEOPLE)
def show(public_id: str) -> Any:
    """Show a person; number, door and year stay masked."""
    person = _find(public_id, Permission.READ_PEOPLE)
    return respond.page("people/show.html", refused=None, **_context(person))


@blueprint.post("/people/<public_id>/reveal")
@open_to(Permission.REVEAL_CONTACT)
def reveal(public_id: str) -> Any:
    """Show number, door and year of birth on this answer only; the log keeps who looked and why."""
    person, form = _find(public_id, Permission.REVEAL_CONTACT), RevealForm()
    if not form.validate_on_submit():
        return _again(person, form)()
    respond.note_access("reveal.contact", kind="people", subject_id=person.id, reason=form.reason.data,
                        community_id=person.community_id)  # fmt: skip
    shown = {"phone": person.phone, "door": person.door, "born": person.birth_year}
    return respond.page("people/show.html", refused=None, **{**_context(person), "shown": shown})


@blueprint.get("/people/<public_id>/edit")
@open_to(Permission.EDIT_PEOPLE)
def edit(public_id: str) -> Any:
    """Show what may be rewritten; the number is not shown, an empty field leaves it as it is."""
    person = _find(public_id, Permission.EDIT_PEOPLE)
    courtyard = Place.get(person.courtyard_id).public_id if person.courtyard_id else ""
    names = ("name", "gender", "birth_year", "building", "unit", "room", "version")
    values = {name: getattr(person, name) for name in names}
    form = PersonForm(data={**values, "courtyard": courtyard}, community_id=person.community_id)
    respond.note_access("reveal.edit", kind="people", subject_id=person.id, community_id=person.community_id)
    return respond.page("people/edit.html", form=form, person=person.public_id, refused=None)


@blueprint.post("/people/<public_id>")
@open_to(Permission.EDIT_PEOPLE)
@respond.once
def change(public_id: str) -> Any:
    """Rewrite an entry."""
    person = _find(public_id, Permission.EDIT_PEOPLE)
    form = PersonForm(community_id=person.community_id)
    again = respond.form_page("people/edit.html", lambda: {"form": form, "person": public_id})
    if not form.validate_on_submit():
        return again()
    person.edit(form.name.data, by=g.visitor.actor, seen_version=form.version.data, **form.values())
    return respond.done(_page_of(person))


@blueprint.post("/people/<public_id>/confirmation")
@open_to(Permission.CONFIRM_PEOPLE)
@respond.once
@_acts(_plain(ActForm), Permission.CONFIRM_PEOPLE)
def confirm(person: Person, form: ActForm) -> None:
    """Confirm on sight."""
    person.confirm(by=g.visitor.actor)


@blueprint.post("/people/<public_id>/state")
@open_to(Permission.EDIT_PEOPLE)
@respond.once
@_acts(_plain(StateForm))
def move(person: Person, form: StateForm) -> None:
    """Note that somebody moved, died, wants no contact, or is back."""
    person.move_to(PersonState(form.state.data), by=g.visitor.actor)


@blueprint.post("/people/<public_id>/tags")
@open_to(Permission.EDIT_PEOPLE)
@respond.once
@_acts(_plain(TagForm))
def tag(person: Person, form: TagForm) -> None:
    """Put a mark on a person, with its basis."""
    person.set_tag(Tag(form.tag.data), by=g.visitor.actor, **form.values())


@blueprint.post("/people/<public_id>/tags/end")
@open_to(Permission.EDIT_PEOPLE)
@respond.once
@_acts(_plain(EndTagForm))
def end_tag(person: Person, form: EndTagForm) -> None:
    """Take a mark away."""
    person.end_tag(Tag(form.tag.data), by=g.visitor.actor)


@blueprint.post("/people/<public_id>/household")
@open_to(Permission.EDIT_PEOPLE)
@respond.once
@_acts(lambda person: OtherForm(near=people.near(person)))
def live_with(person: Person, form: OtherForm) -> None:
    """Put a person into the household of a neighbor."""
    person.live_with(_other(form), by=g.visitor.actor)


@blueprint.post("/people/<public_id>/household/end")
@open_to(Permission.EDIT_PEOPLE)
@respond.once
@_acts(_plain(ActForm))
def live_alone(person: Person, form: ActForm) -> None:
    """Take a person out of the household."""
    person.live_alone(by=g.visitor.actor)


@blueprint.post("/people/<public_id>/contact-person")
@open_to(Permission.EDIT_PEOPLE)
@respond.once
@_acts(lambda person: OtherForm(near=people.near(person)))
def contact(person: Person, form: OtherForm) -> None:
    """Name who is called when this person cannot be reached."""
    person.set_contact(_other(form), by=g.visitor.actor)


@blueprint.post("/people/<public_id>/merger")
@open_to(Permission.EDIT_PEOPLE)
@respond.once
@_acts(lambda person: MergeForm(near=people.like(person)))
def merge(person: Person, form: MergeForm) -> str:
    """Merge this entry into another one, with a reason."""
    stays = _other(form)
    person.merge_into(stays, form.why.data or "", by=g.visitor.actor)
    return _page_of(stays)


@blueprint.post("/people/<public_id>/mandates")
@open_to(Permission.EDIT_PEOPLE)
@respond.once
@_acts(_plain(MandateForm))
def give_mandate(person: Person, form: MandateForm) -> None:
    """Record that an account may act for a person."""
    account = accounts.by_phone(form.phone.data, person.community_id)
    kind, way = MandateKind(form.kind.data), MandateWay(form.way.data)
    person.give_mandate(account, kind, way, by=g.visitor.actor, last_day=form.on)


@blueprint.post("/mandates/<public_id>/revocation")
@open_to(Permission.OWN)
@respond.once
def revoke(public_id: str) -> Any:
    """Take a mandate back: the person, the one who acts, or the committee."""
    mandate = Mandate.find(public_id, Mandate.visible_to(g.visitor.actor, Permission.EDIT_PEOPLE))
    mandate.revoke(by=g.visitor.actor)
    return respond.done(respond.own_site(request.form.get("next"), url_for("my_data.show")))
