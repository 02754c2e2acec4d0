"""What is typed about ratings: five faces and three short questions, a grid of paper slips, a note of a call."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, Optional, Regexp

from models.ratings import STATED, Answer, AtPoster, Contact, Mattered, PaperRow, PaperSeat, plain_code
from web.forms.base import Form, OnceForm, cleaned
from web.sentences import label

LEVELS = ("5", "4", "3", "2", "1")


def _words(members: Any) -> list[tuple[str, str]]:
    return [(one.value, label(one)) for one in members]


class RatingForm(OnceForm):
    """Five faces, none chosen beforehand, and what may be left out."""

    level = RadioField(
        _l("How was this service?"), validators=[InputRequired(_l("Please choose one of the five faces."))]
    )
    solved = RadioField(_l("Is the matter settled?"), choices=[], validators=[Optional()])
    mattered = RadioField(_l("What matters most to you?"), validators=[Optional()])
    comment = TextAreaField(_l("A few words"), filters=[cleaned], validators=[Length(max=500)])
    contact = RadioField(_l("If you are not content, who may get in touch?"), default=Contact.COMMUNITY.value)

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.level.choices = [(one, label(one, "Level")) for one in LEVELS]
        self.solved.choices = [("yes", _l("Yes, it is")), ("no", _l("Not yet"))]
        self.mattered.choices = _words(Mattered)
        self.contact.choices = _words(Contact)

    def answer(self) -> Answer:
        """Return what the rater said."""
        return Answer(
            level=int(self.level.data),
            solved={"yes": True, "no": False}.get(self.solved.data or ""),
            mattered=Mattered(self.mattered.data) if self.mattered.data else None,
            comment=self.comment.data or "",
            contact=Contact(self.contact.data or Contact.COMMUNITY),
        )


class PresenceForm(OnceForm):
    """Whether one was there; a no may be told in a few words."""

    word = StringField(
        filters=[cleaned], validators=[AnyOf(["yes", "no"], message=_l("Please choose one of the two answers."))]
    )
    words = TextAreaField(_l("What was it like?"), filters=[cleaned], validators=[Length(max=500)])

    @property
    def there(self) -> bool:
        """Tell whether the person says to have been there."""
        return bool(self.word.data == "yes")


class FindingForm(OnceForm):
    """What the committee found of a no."""

    reason = TextAreaField(
        _l("What did you find out? (at least ten characters)"),
        filters=[cleaned],
        validators=[InputRequired(_l("Please write what you found out.")), Length(max=1000)],
    )


class PosterForm(RatingForm):
    """A rating at a poster: the code of one's strip, else name and the last four digits of the phone."""

    code = StringField(
        _l("Code on your strip"),
        filters=[cleaned, lambda typed: plain_code(typed) if typed else typed],
        validators=[Optional(), Regexp(r"^[0-9A-Za-z]{8}$", message=_l("The code has eight letters and figures."))],
    )
    name = StringField(_l("Your name"), filters=[cleaned], validators=[Length(max=60)])
    last_four = StringField(
        _l("Last four digits of your phone"),
        filters=[cleaned],
        validators=[Optional(), Regexp(r"^[0-9]{4}$", message=_l("Four digits, please."))],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the code, or for name and digits."""
        good = super().validate(extra_validators)
        if not self.code.data and not (self.name.data and self.last_four.data):
            self.code.errors = [*self.code.errors, _l("Please write the code, or your name and four digits.")]
            return False
        return good

    def who(self) -> AtPoster:
        """Return how the rater says who it is."""
        return AtPoster(self.code.data or "", self.name.data or "", self.last_four.data or "")


class StripsForm(OnceForm):
    """How many strips a sign-in sheet needs."""

    number = StringField(
        _l("Lines on the sheet"),
        default="20",
        filters=[cleaned],
        validators=[Regexp(r"^[0-9]{1,3}$", message=_l("A whole number, please."))],
    )


class TieForm(OnceForm):
    """The code of each line's strip."""

    def codes(self, seats: list[PaperSeat]) -> dict[str, str]:
        """Return the codes that were typed, by line."""
        return {seat.seat: request.form.get(f"code-{seat.seat}", "")[:12] for seat in seats}


class PaperForm(OnceForm):
    """The grid of paper slips: for each line a figure from 5 to 1, and two choices that may be left out."""

    photos_files = MultipleFileField()

    def __init__(self, seats: list[PaperSeat], **more: Any) -> None:
        super().__init__(**more)
        self.seats = seats
        self.faults: dict[str, str] = {}

    @property
    def photos(self) -> list[str]:
        """Return the photos that were already received."""
        return [one for one in request.form.getlist("photos") if len(one) == 10][:6]

    def typed(self, name: str, seat: str) -> str:
        """Return what stands in a field of a line."""
        return request.form.get(f"{name}-{seat}", "").strip()

    def validate(self, extra_validators: Any = None) -> bool:
        """Name each line whose figure is none of the five."""
        good = super().validate(extra_validators)
        for seat in self.seats:
            typed = self.typed("level", seat.seat)
            if typed and typed not in LEVELS:
                self.faults[seat.seat] = str(_l("A figure from 5 to 1, please."))
        return good and not self.faults

    def rows(self) -> list[PaperRow]:
        """Return the lines that were filled in."""
        return [PaperRow(seat.seat, self._answer(seat.seat)) for seat in self.seats if self.typed("level", seat.seat)]

    def _answer(self, seat: str) -> Answer:
        mattered = self.typed("mattered", seat)
        return Answer(
            level=int(self.typed("level", seat)),
            solved={"yes": True, "no": False}.get(self.typed("solved", seat)),
            mattered=Mattered(mattered) if mattered in Mattered.__members__ else None,
        )


class HeardForm(OnceForm):
    """What the person said when asked."""

    confirmed = HiddenField()


class NoteForm(OnceForm):
    """What was said on the phone, and whether the person was reached."""

    note = TextAreaField(
        _l("What was said or done"),
        filters=[cleaned],
        validators=[InputRequired(_l("Please write a sentence.")), Length(max=1000)],
    )
    reached = BooleanField(_l("I reached the person"))


class DoubtForm(OnceForm):
    """Why a rating should not count."""

    reason = SelectField(_l("Reason of the rules"))
    why = TextAreaField(
        _l("How you know"),
        filters=[cleaned],
        validators=[InputRequired(_l("Please write a sentence.")), Length(max=1000)],
    )

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.reason.choices = _words(STATED)


class DecisionForm(OnceForm):
    """What the second person says of a doubt."""

    upheld = HiddenField()


class RelativeForm(OnceForm):
    """A relative whom one's own organization serves."""

    name = StringField(
        _l("Name of your relative"),
        filters=[cleaned],
        validators=[InputRequired(_l("Please write the name.")), Length(max=60)],
    )
    phone = StringField(
        _l("Phone of your relative"),
        filters=[cleaned],
        validators=[InputRequired(_l("Please write the phone number.")), Length(max=40)],
    )


class SeatForm(Form):
    """Which service is to be rated."""

    seat = HiddenField(validators=[InputRequired()])
