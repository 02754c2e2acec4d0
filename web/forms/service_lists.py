"""What is typed about a list: whom to choose, what is handed out, who handed the task down, and when it was done."""

from __future__ import annotations

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from models.people import Tag
from models.service_lists import DOOR_OUTCOMES, Source, Wanted
from web.forms.base import Form, OnceForm, cleaned, options
from web.forms.moments import DayField, MomentField, NumberField
from web.forms.packages import money
from web.sentences import label


class ChoiceForm(Form):
    """By what people are chosen; it is asked, nothing is changed by it."""

    class Meta:
        """A question needs no token."""

        csrf = False

    project = SelectField(_l("For which project?"), choices=[])
    tag = SelectField(_l("Mark"), validators=[Optional()], choices=[])
    age = NumberField(_l("At least so many years old"))
    building = StringField(_l("Building"), filters=[cleaned], validators=[Length(max=20)])

    @property
    def wanted(self) -> Wanted:
        """Return what was asked for; what cannot be read is not asked for."""
        tag = Tag(self.tag.data) if self.tag.data in set(Tag) else None
        return Wanted(tag, self.age.number, self.building.data or "")


def choice(projects: list[tuple[str, str]]) -> ChoiceForm:
    """Return the question as it was asked in the address."""
    form = ChoiceForm(request.args)
    form.project.choices = options(projects)
    form.tag.choices = options([("", _l("Everybody")), *((one, label(one)) for one in Tag)])
    form.validate()
    if not request.args.get("project"):
        form.project.errors = ()
    return form


class ListForm(OnceForm):
    """A list that is drawn up from the people who were ticked."""

    project = StringField(validators=[InputRequired(), Length(max=10)])
    title = StringField(
        _l("What is it?"), filters=[cleaned],
        validators=[InputRequired(_l("Please write a short title.")), Length(max=80)],
    )  # fmt: skip
    goods = StringField(
        _l("What is handed over or done"), filters=[cleaned],
        validators=[InputRequired(_l("Please write a few words.")), Length(max=120)],
    )  # fmt: skip
    day = DayField(_l("On which day"), validators=[InputRequired(_l("Please choose a day."))])
    department = StringField(_l("Which department handed it down"), filters=[cleaned], validators=[Length(max=80)])
    basis = StringField(_l("On what ground (document, list)"), filters=[cleaned], validators=[Length(max=200)])
    money = money(_l("Money that came with it"))

    @property
    def people(self) -> list[str]:
        """Return the people who were ticked."""
        return [one for one in request.form.getlist("people") if len(one) == 10][:600]

    @property
    def source(self) -> Source | None:
        """Return who handed the task down; nobody where nothing of it was written."""
        written = self.department.data or self.basis.data or self.money.fen
        return Source(self.department.data or "", self.basis.data or "", self.money.fen) if written else None


class TickForm(OnceForm):
    """How it went at one door."""

    outcome = RadioField(choices=options((one, one) for one in DOOR_OUTCOMES), validators=[InputRequired()])


class RecordForm(OnceForm):
    """The one record of a list: when it was carried round, for how long, and what everybody may read of it."""

    began = MomentField(_l("Began"), validators=[InputRequired(_l("Please choose a day and a time."))])
    minutes = NumberField(_l("Minutes"), validators=[InputRequired(_l("Please write a whole number."))])
    summary = TextAreaField(
        _l("What was done (everybody may read this)"), filters=[cleaned],
        validators=[InputRequired(_l("Please write a few words.")), Length(max=2000)],
    )  # fmt: skip
    late_reason = StringField(_l("Why is it recorded only now?"), filters=[cleaned], validators=[Length(max=400)])
