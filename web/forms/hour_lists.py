"""The layout of a list, the day on which it was carried over, and why a mark is taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from models.base import SHANGHAI
from models.hour_lists import LONGEST, OWN, Column, Laid
from web.forms.base import EditForm, OnceForm, cleaned
from web.forms.moments import DayField, NumberField, TicksField

_SHORT = Length(max=LONGEST, message=_l("Please keep to 30 characters."))


class ReportedForm(OnceForm):
    """Which list of which month, on which day, and whether the whole of it or the ticked rows alone."""

    community = HiddenField(filters=[cleaned], validators=[Length(max=10)])
    period = HiddenField(filters=[cleaned], validators=[Length(max=7)])
    seal = HiddenField(filters=[cleaned], validators=[Length(max=16)])
    on = DayField(_l("Reported on"), validators=[InputRequired(_l("Please choose a day."))])
    rows = TicksField(_l("Rows"), validate_choice=False)
    which = StringField(filters=[cleaned], validators=[Length(max=6)])

    @property
    def day(self) -> date:
        """Return the day as the calendar here has it."""
        return self.on.when.astimezone(SHANGHAI).date()

    @property
    def only(self) -> list[str] | None:
        """Return the rows that were ticked; None where the whole list is meant."""
        return list(self.rows.data or []) if self.which.data == "ticked" else None


class UndoForm(OnceForm):
    """Why a mark is taken back."""

    reason = TextAreaField(
        _l("Why?"), filters=[cleaned], validators=[InputRequired(_l("Please say why.")), Length(max=400)]
    )


class LayoutForm(EditForm):
    """A place in the order and a heading for each column; an empty place leaves the column out."""

    def laid(self) -> list[Laid]:
        """Return the columns in the order that was typed; equal places keep the order of the page."""
        placed = [(self[f"at_{one}"].number, one) for one in Column if self[f"at_{one}"].number]
        return [
            Laid(one, self[f"heading_{one}"].data or "", (self[f"text_{one}"].data or "") if one in OWN else "")
            for _at, one in sorted(placed, key=lambda pair: pair[0])
        ]

    @classmethod
    def of(cls, columns: tuple[Laid, ...], version: int | None) -> LayoutForm:
        """Return the form filled with the layout that holds now."""
        data: dict[str, Any] = {"version": version}
        for at, one in enumerate(columns, start=1):
            data |= {f"at_{one.column}": str(at), f"heading_{one.column}": one.heading, f"text_{one.column}": one.text}
        return cls(formdata=None, data=data)


for _one in Column:
    setattr(LayoutForm, f"at_{_one}", NumberField(_l("Place in the order")))
    setattr(LayoutForm, f"heading_{_one}", StringField(_l("Heading"), filters=[cleaned], validators=[_SHORT]))
    if _one in OWN:
        setattr(LayoutForm, f"text_{_one}", StringField(_l("In every row"), filters=[cleaned], validators=[_SHORT]))
