"""Times and numbers as phones type them: their shape is checked before they are converted."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectMultipleField, StringField, ValidationError
from wtforms.widgets import CheckboxInput, DateInput, DateTimeLocalInput, ListWidget, NumberInput

from models.base import SHANGHAI
from web.forms.base import cleaned

MOMENT = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d(:\d\d)?", re.ASCII)
# As a browser's toISOString() writes it.
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z", re.ASCII)
DAY = re.compile(r"20\d\d-\d\d-\d\d", re.ASCII)
NUMBER = re.compile(r"\d{1,6}", re.ASCII)


def _blank(field: Any) -> bool:
    """Tell whether only spaces, or signs that nobody can type, stand in a field: it is filled in and says nothing."""
    return not field.data and bool(field.raw_data and field.raw_data[0])


class MomentField(StringField):
    """A local time of this community; `moment` is the same as an aware instant."""

    widget = DateTimeLocalInput()
    moment: datetime | None = None

    @property
    def when(self) -> datetime:
        """Return the instant of a field that was validated. Errors: ValueError where nothing was typed."""
        if self.moment is None:
            raise ValueError("no time was typed")
        return self.moment

    def __init__(self, label: Any = None, **more: Any) -> None:
        super().__init__(label, filters=[cleaned], **more)

    def pre_validate(self, form: Any) -> None:
        """Read the time by its shape, or say how it is written."""
        self.moment = None
        if not self.data and not _blank(self):
            return
        try:
            naive = datetime.fromisoformat(self.data) if MOMENT.fullmatch(self.data) else None
        except ValueError:
            naive = None
        if naive is None:
            raise ValidationError(_l("Please choose a day and a time."))
        self.moment = naive.replace(tzinfo=SHANGHAI).astimezone(UTC)


def local(moment: datetime) -> str:
    """Return an instant as the field shows it."""
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%dT%H:%M}"


class PhoneTimeField(HiddenField):
    """When the phone says that something was done, by its own clock; `moment` is None where it says nothing readable.

    It is kept as a claim and refuses nothing: a phone whose clock stands in 1970 still has something to tell.
    """

    moment: datetime | None = None

    def pre_validate(self, form: Any) -> None:
        """Read the instant by its shape, or leave it."""
        self.moment = None
        if INSTANT.fullmatch(self.data or ""):
            try:
                self.moment = datetime.fromisoformat(self.data)
            except ValueError:
                return


class DayField(StringField):
    """A day; `moment` is nine in the morning of it, when a promised visit is expected at the earliest."""

    widget = DateInput()
    moment: datetime | None = None

    @property
    def when(self) -> datetime:
        """Return the instant of a field that was validated. Errors: ValueError where nothing was typed."""
        if self.moment is None:
            raise ValueError("no time was typed")
        return self.moment

    def __init__(self, label: Any = None, **more: Any) -> None:
        super().__init__(label, filters=[cleaned], **more)

    def pre_validate(self, form: Any) -> None:
        """Read the day by its shape, or say that it is none."""
        self.moment = None
        if not self.data and not _blank(self):
            return
        try:
            day = date.fromisoformat(self.data) if DAY.fullmatch(self.data) else None
        except ValueError:
            day = None
        if day is None:
            raise ValidationError(_l("Please choose a day."))
        self.moment = datetime.combine(day, time(9), SHANGHAI).astimezone(UTC)


class NumberField(StringField):
    """A whole number that is not negative; `number` is its value, None where nothing was typed."""

    widget = NumberInput(min=0)
    number: int | None = None

    def __init__(self, label: Any = None, **more: Any) -> None:
        super().__init__(label, filters=[cleaned], **more)

    def pre_validate(self, form: Any) -> None:
        """Read the number by its shape, or say that it is none."""
        self.number = None
        if self.data in (None, "") and not _blank(self):
            return
        text = str(self.data)
        if not NUMBER.fullmatch(text):
            raise ValidationError(_l("Please write a whole number."))
        self.number = int(text)


class TicksField(SelectMultipleField):
    """Several boxes to tick."""

    option_widget = CheckboxInput()
    widget = ListWidget(prefix_label=False)
