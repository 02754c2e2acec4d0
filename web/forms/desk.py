"""What the committee writes on a need: acceptance, questions, answers, dates, reasons and titles."""

from __future__ import annotations

from enum import Enum
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from models.needs import AnswerKind, Channel, Field, Kind, RejectReason, Urgency
from web import sentences
from web.forms.base import ActForm, Form, OnceForm, cleaned, options

LONGEST = 2000


def words_for(kind: type[Enum], *, empty: Any = None, only: Any = None) -> list[SelectChoice]:
    """Return the choices of an enum in the reader's words, with an empty one before them where it is named."""
    labels = sentences.LABELS.get(kind.__name__, {})
    rows = [(one.value, labels.get(one.value, one.value)) for one in (only or kind)]
    return options([("", empty), *rows] if empty is not None else rows)


def _said(label: Any, needed: Any, longest: int = LONGEST) -> TextAreaField:
    return TextAreaField(
        label,
        filters=[cleaned],
        validators=[InputRequired(needed), Length(max=longest, message=_l("This is too long."))],
    )


class AcceptanceForm(OnceForm):
    """Field, urgency and kind, filled with what the words suggest."""

    field = SelectField(_l("Field"), choices=lambda: words_for(Field))
    urgency = SelectField(_l("Urgency"), choices=lambda: words_for(Urgency))
    kind = SelectField(_l("Kind"), choices=lambda: words_for(Kind))


class AcceptancesForm(Form):
    """The needs that are accepted together."""

    need = SelectMultipleField(_l("Matters"), validate_choice=False)


class QuestionForm(OnceForm):
    """What the resident is asked."""

    text = _said(_l("What would you like to know?"), _l("Please write the question."))


class InformationForm(OnceForm):
    """What the resident said on the phone."""

    text = _said(_l("What did they say?"), _l("Please write what they said."))


class CallForm(OnceForm):
    """How a call went."""

    outcome = SelectField(
        _l("How did the call go?"), choices=options([("NO_ANSWER", _l("No answer")), ("TOLD", _l("Reached"))])
    )


class RejectionForm(OnceForm):
    """The reason of the list and a sentence."""

    code = SelectField(_l("Reason"), choices=lambda: words_for(RejectReason))
    text = _said(_l("What the resident will read"), _l("Please write the reason in a sentence."))


class RedirectionForm(OnceForm):
    """Where it belongs, and what the resident reads about it."""

    channel = SelectField(_l("Where it belongs"), choices=lambda: words_for(Channel))
    unit = SelectField(_l("Unit in charge"), validate_choice=False, validators=[Optional()])
    text = _said(_l("What the resident will read"), _l("Please write where to go, and what happens next."))
    companion = BooleanField(_l("For a petition: I offered that somebody of us goes along"))


class HandOverForm(OnceForm):
    """The number under which the petition office took it."""

    number = StringField(
        _l("Number on the hand-over receipt"),
        filters=[cleaned],
        validators=[InputRequired(_l("Please write the number.")), Length(max=60)],
    )


class AnswerForm(OnceForm):
    """Done, or why it cannot be done, with photos as evidence."""

    kind = SelectField(
        _l("What is the answer?"), choices=lambda: words_for(AnswerKind, only=(AnswerKind.DONE, AnswerKind.CANNOT))
    )
    text = _said(_l("What the resident will read"), _l("Please write the answer."))
    photos = SelectMultipleField(_l("Photos"), validate_choice=False)


class ExtensionForm(OnceForm):
    """Until when it takes, and why."""

    on = DateField(_l("Until the end of"), validators=[InputRequired(_l("Please choose a day."))])
    text = _said(_l("Why it takes longer"), _l("Please write the reason."))


class PromiseForm(OnceForm):
    """What comes next, and when."""

    on = DateField(_l("By the end of"), validators=[InputRequired(_l("Please choose a day."))])
    text = _said(_l("What will be done next?"), _l("Please write the next step."), longest=200)


class ResolutionForm(OnceForm):
    """What was done."""

    text = TextAreaField(_l("What was done"), filters=[cleaned], validators=[Length(max=LONGEST)])


class WithdrawalForm(OnceForm):
    """When and how the author asked for it."""

    text = _said(_l("When and how did they ask for it?"), _l("Please write when and how they asked."))


class MergingForm(OnceForm):
    """With which open need it is handled."""

    target = SelectField(
        _l("Handle together with"),
        validate_choice=False,
        validators=[InputRequired(_l("Please choose a matter."))],
    )


class ReopeningForm(OnceForm):
    """Why it is not settled, as told on the phone."""

    text = _said(_l("What is still not right?"), _l("Please write what they said."))


class HearingForm(OnceForm):
    """How the head decides on an objection."""

    upheld = SelectField(
        _l("Decision"),
        choices=options([("yes", _l("Take it up again")), ("no", _l("Refuse again; the street office gets a copy"))]),
    )
    text = _said(_l("What the author will read"), _l("Please write your decision in a sentence."))


class TitleForm(OnceForm):
    """The short title that everybody may read; empty takes it back."""

    title = StringField(_l("Public title"), filters=[cleaned], validators=[Length(max=60)])
    although_private = BooleanField(_l("This matter is private by default. The title tells nothing about anybody."))


class DelayForm(OnceForm):
    """Why it is late."""

    text = _said(_l("Why it is late"), _l("Please write the reason."), longest=200)


class PressForm(ActForm):
    """One button: taken out again, confirmed on the phone, the number shown."""
