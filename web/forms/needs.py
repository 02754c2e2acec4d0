"""What a resident types: what it is, what happened, where, and who."""

from __future__ import annotations

from typing import Any

from flask import g, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from models import directory, kept_answers
from models.directory import UnitLine
from models.needs.intake import Offer
from models.needs.kinds import Kind, Source, Tile
from models.needs.raising import LONGEST
from models.people import Person, acts_for
from web import sentences
from web.forms.base import EditForm, OnceForm, cleaned
from web.forms.moments import NumberField

ANSWERED = 5
PUBLIC_ID = r"^[0-9A-HJKMNP-TV-Z]{10}$"


class NeedForm(OnceForm):
    """The intake: three steps on a phone, one long page without script."""

    community = HiddenField(validators=[Optional(), Regexp(PUBLIC_ID)])
    about = HiddenField(validators=[Optional(), Regexp(PUBLIC_ID)])
    tile = RadioField(_l("Which matter is it about?"), validators=[Optional()])
    text = TextAreaField(
        _l("What happened"),
        filters=[cleaned],
        validators=[
            InputRequired(_l("Please tell us what it is about.")),
            Length(max=LONGEST, message=_l("This is too long; please keep to %(max)d characters.")),
        ],
    )
    courtyard = SelectField(_l("Which courtyard"), validators=[Optional()], validate_choice=True)
    place_detail = StringField(_l("Where exactly"), filters=[cleaned], validators=[Length(max=200)])
    name = StringField(_l("How shall we call you"), filters=[cleaned], validators=[Length(max=60)])
    phone = StringField(_l("Phone number"), filters=[cleaned], validators=[Length(max=40)])
    acted_for = SelectField(_l("Whose matter is it"), validators=[Optional()], validate_choice=True)
    for_whom = StringField(_l("For whom is it"), filters=[cleaned], validators=[Length(max=60)])
    hide_name = BooleanField(_l("Do not show my name to neighbors"))
    photos_files = MultipleFileField()
    photos_coming = NumberField()
    similar_seen = HiddenField()

    def __init__(self, offer: Offer, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.offer = offer
        self.tile.choices = [(tile.value, sentences.label(tile)) for tile in offer.tiles]
        self.courtyard.choices = [("", "—"), *((one.public_id, one.name) for one in offer.courtyards)]
        self.acts_for = acts_for(g.visitor.actor) if g.visitor.signed_in and g.visitor.actor.person_ids else []
        self.acted_for.choices = [("", _("My own")), *((one.public_id, one.name) for one in self.acts_for)]
        if offer.place is not None:
            self.community.data = offer.place.public_id
        self.unit = self._asked_about()
        # Whoever asks a unit reads first what others were told.
        self.answered = kept_answers.answers(unit_id=self.unit.id)[:ANSWERED] if self.unit else []

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for name and phone only where there is no account to answer to."""
        if not g.visitor.signed_in:
            for field, words in (
                (self.name, _l("Please write your name, so that we know whom to ask for.")),
                (self.phone, _l("Please write a phone number, so that we can answer.")),
            ):
                field.validators = [InputRequired(words), *field.validators]
        return bool(super().validate(extra_validators))

    def _asked_about(self) -> UnitLine | None:
        """Return the unit of the directory about which somebody asks, None where it is not of this community."""
        if not self.about.data or self.offer.place is None:
            return None
        units = directory.units(community_id=self.offer.place.id)
        return next((one for one in units if one.public_id == self.about.data), None)

    @property
    def tile_chosen(self) -> Tile | None:
        """Return the chosen tile, none where it was skipped."""
        return Tile(self.tile.data) if self.tile.data else None

    @property
    def stranger(self) -> tuple[str, str] | None:
        """Return name and phone of somebody without an account."""
        return None if g.visitor.signed_in else (self.name.data or "", self.phone.data or "")

    @property
    def author(self) -> Person | None:
        """Return whose matter it is: one's own, or that of somebody whom one acts for."""
        for one in self.acts_for:
            if one.public_id == self.acted_for.data:
                return Person.get(one.person_id)
        own = g.visitor.actor.person_id
        return Person.get(own) if own else None

    @property
    def photos(self) -> list[str]:
        """Return the photos that were already received."""
        return [one for one in request.form.getlist("photos") if len(one) == 10][:12]

    def said(self, visitor: Any, photos: list[str]) -> dict[str, Any]:
        """Return what the verb needs to know beside the community and the text."""
        actor, unit = visitor.actor, self.unit
        asked = {"kind": Kind.CONSULT, "title": _("About %(unit)s", unit=unit.name)} if unit else {}
        return {
            **asked,
            "by": visitor.doer,
            "author": self.author,
            "source": Source.PROXY if self.acted_for.data else Source.SELF,
            "stranger": self.stranger,
            "author_account_id": actor.account_id,
            "tile": self.tile_chosen,
            "courtyard": self.offer.courtyard(self.courtyard.data),
            "place_detail": self.place_detail.data or None,
            "for_whom": self.for_whom.data or None,
            "hide_name": self.hide_name.data,
            "photos": photos,
            "photo_owner": visitor.author,
            "entry_key": self.key.data or "",
            "photos_coming": self.photos_coming.number or 0,
        }


class NeedEditForm(EditForm):
    """One's own words, rewritten before the need is accepted."""

    text = TextAreaField(
        _l("What happened"),
        filters=[cleaned],
        validators=[InputRequired(_l("Please tell us what it is about.")), Length(max=LONGEST)],
    )


class WordsForm(OnceForm):
    """A few words that go with a step: an answer, a reason, an objection."""

    words = TextAreaField(
        _l("In your words"),
        filters=[cleaned],
        validators=[InputRequired(_l("Please write a few words.")), Length(max=2000)],
    )


class ReceiptForm(OnceForm):
    """The number on the receipt and the last four digits of the phone open a need again."""

    ticket_no = StringField(
        _l("Receipt number"),
        filters=[cleaned],
        validators=[InputRequired(_l("Please write the number.")), Length(max=40)],
    )
    last_four = StringField(
        _l("Last four digits of your phone"),
        filters=[cleaned],
        validators=[
            InputRequired(_l("Please write the four digits.")),
            Regexp(r"^[0-9]{4}$", message=_l("Four digits, please.")),
        ],
    )
