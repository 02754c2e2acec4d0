"""What is typed into a package: the problem, one thing to count, one change to see, and what it costs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import (
    DateField,
    FieldList,
    FormField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, Length, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from models.needs import Field
from models.packages import BudgetCategory, Line, Measure, Paper, Proposal, Track
from models.packages.carried import NeedLine
from models.packages.reading import PackageCard
from models.working_time import start_of
from web import sentences
from web.forms.base import EditForm, OnceForm, cleaned, options

DAY = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")
YUAN = r"^[0-9]{1,9}(\.[0-9]{1,2})?$"
COUNT = r"^[0-9]{1,7}$"
PUBLIC_ID = r"^[0-9A-HJKMNP-TV-Z]{10}$"
LINES = 8


def words(kind: type[StrEnum], *, empty: Any = None) -> list[Any]:
    """Return the choices of an enum in the reader's words, with an empty one first where it is named."""
    pairs = [(one.value, sentences.label(one)) for one in kind]
    return options([*([("", empty)] if empty is not None else []), *pairs])


class DayField(DateField):
    """A day between 2000 and 2099, as the browser's field writes it."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day; anything else is an error beside the field."""
        if valuelist and valuelist[0].strip() and not DAY.fullmatch(valuelist[0].strip()):
            self.data = None
            raise ValueError(str(_l("Please choose a day.")))
        super().process_formdata([one.strip() for one in valuelist])


class YuanField(StringField):
    """An amount in yuan with at most two decimals; `.fen` is what is kept (decision 3)."""

    @property
    def fen(self) -> int:
        """Return the amount in fen; nothing typed is nothing."""
        yuan, _, parts = (self.data or "0").partition(".")
        return int(yuan) * 100 + int(parts.ljust(2, "0") or 0)


def yuan_of(fen: int) -> str:
    """Return fen as the field shows them."""
    return f"{fen // 100}.{fen % 100:02d}"


def money(label: Any) -> YuanField:
    """Return a field for an amount."""
    wrong = _l("Please write an amount like 1200 or 1200.50.")
    return YuanField(label, filters=[cleaned], validators=[Optional(), Regexp(YUAN, message=wrong)])


def counted(label: Any) -> StringField:
    """Return a field for a whole number."""
    wrong = _l("Please write a whole number, at most 7 digits.")
    return StringField(label, filters=[cleaned], validators=[Optional(), Regexp(COUNT, message=wrong)])


def written(label: Any, longest: int, missing: Any = None, *, area: bool = False) -> StringField:
    """Return a field for a text, with its length, and the sentence for an empty one where it must be written."""
    first = InputRequired(missing) if missing is not None else Optional()
    kind = TextAreaField if area else StringField
    too_long = _l("This is too long; please keep to %(max)d characters.")
    return kind(label, filters=[cleaned], validators=[first, Length(max=longest, message=too_long)])


class BudgetLineForm(PlainForm):
    """One line of the budget."""

    category = SelectField(_l("For what"), choices=lambda: words(BudgetCategory), default=BudgetCategory.STAFF.value)
    label = written(_l("What exactly"), 120)
    amount = money(_l("Amount"))


class NextStepForm(OnceForm):
    """What residents are told: what happens next, and by which day."""

    next_step = written(_l("What happens next"), 200, _l("Please say in a few words what happens next."))
    next_on = DayField(_l("By when"), validators=[InputRequired(_l("Please choose a day."))])

    @property
    def next_step_at(self) -> datetime:
        """Return the instant at which the day begins; the promise holds until its end."""
        return start_of(self.next_on.data)


class ProposalForm(EditForm):
    """Everything written down in a package beside its needs."""

    title = written(_l("Title"), 80, _l("Please write a title."))
    track = RadioField(_l("How it is done"), choices=lambda: words(Track), default=Track.SELF_RUN.value)
    field = SelectField(_l("Field of service"), choices=lambda: words(Field))
    problem = written(_l("What is the problem"), 2000, _l("Please describe the problem."), area=True)
    persons = counted(_l("People concerned"))
    households = counted(_l("Households concerned"))
    output = written(_l("One thing that can be counted"), 200)
    output_target = counted(_l("How many"))
    output_unit = written(_l("Unit"), 20)
    output_measure = SelectField(
        _l("Counted as"), validators=[Optional()], choices=lambda: words(Measure, empty=_l("Please choose"))
    )
    change = written(_l("One change that can be seen"), 400, area=True)
    how_checked = written(_l("How somebody else can check it"), 400, area=True)
    activities = written(_l("What will be done, one line each"), 2000, area=True)
    starts_on = DayField(_l("From"), validators=[Optional()])
    ends_on = DayField(_l("To"), validators=[Optional()])
    lines = FieldList(FormField(BudgetLineForm), min_entries=LINES, max_entries=LINES)

    def proposal(self) -> Proposal:
        """Return what was typed."""
        return Proposal(
            title=self.title.data,
            track=Track(self.track.data),
            field=Field(self.field.data),
            problem=self.problem.data,
            output=self.output.data or "",
            change=self.change.data or "",
            how_checked=self.how_checked.data or "",
            output_target=int(self.output_target.data or 0) or None,
            output_measure=Measure(self.output_measure.data) if self.output_measure.data else None,
            output_unit=self.output_unit.data or None,
            persons=int(self.persons.data) if self.persons.data else None,
            households=int(self.households.data) if self.households.data else None,
            activities=(self.activities.data or "").split("\n"),
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            lines=[
                Line(BudgetCategory(one.category.data), one.label.data or "", one.amount.fen)
                for one in (entry.form for entry in self.lines)
                if one.label.data or one.amount.data
            ],
        )


class PackageForm(ProposalForm, NextStepForm):
    """A new package: the proposal, its needs, and what their authors are told."""

    needs = SelectMultipleField(
        _l("Needs"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[InputRequired(_l("Please choose at least one need."))],
    )

    def __init__(self, candidates: Sequence[NeedLine], also: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # A need that a colleague took a moment ago is no wrong choice: the rule says who has it.
        taken = [(public_id, public_id) for public_id in also]
        self.needs.choices = options([*((need.public_id, need.title) for need in candidates), *taken])


class NeedForm(NextStepForm):
    """One more need for a package or a project."""

    need = StringField(validators=[InputRequired(), Regexp(PUBLIC_ID)])


class ReasonForm(OnceForm):
    """Words that people will read: why something is returned, refused, given up, or rests."""

    why = written(_l("Why, in words that people can read"), 500, _l("Please write why."), area=True)


class DecisionForm(OnceForm):
    """A decision, with a remark where one is needed."""

    why = written(_l("A remark"), 500, area=True)


class PaperForm(OnceForm):
    """A paper that belongs to the package: photos of it, or a PDF."""

    paper = SelectField(_l("Which paper"), choices=lambda: words(Paper))
    photos_files = MultipleFileField(_l("Photos or PDF"))


def filled(card: PackageCard) -> dict[str, Any]:
    """Return what a form for rewriting begins with."""
    plain = ("title", "problem", "output", "change", "how_checked", "starts_on", "ends_on", "version")
    texts = {"persons": card.persons, "households": card.households, "output_target": card.output_target}
    lines = [{"category": one.category.value, "label": one.label, "amount": yuan_of(one.fen)} for one in card.budget]
    blank = {"category": BudgetCategory.STAFF.value, "label": "", "amount": ""}
    return {
        **{name: getattr(card, name) for name in plain},
        **{name: "" if value is None else str(value) for name, value in texts.items()},
        "track": card.track.value,
        "field": card.field.value,
        "output_unit": card.output_unit or "",
        "output_measure": card.output_measure.value if card.output_measure else "",
        "activities": "\n".join(card.activities),
        "lines": (lines + [blank] * LINES)[:LINES],
    }
