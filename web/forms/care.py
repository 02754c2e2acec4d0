"""What was found on a visit, and after how many days somebody is looked in on again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from models.contact_terms import LONGEST, USUAL
from models.people import Tag
from web.forms.base import OnceForm, cleaned, options


class FindingForm(OnceForm):
    """At whose door, what, and whether their name may stand under it."""

    log = HiddenField(filters=[cleaned], validators=[Length(max=10)])
    person = SelectField(_l("At whose door"), validate_choice=False)
    text = TextAreaField(
        _l("What did you find?"),
        filters=[cleaned],
        validators=[
            InputRequired(_l("Please write what you found.")),
            Length(max=5000, message=_l("This is too long.")),
        ],
    )
    agreed = BooleanField(_l("They agreed that it bears their name"))


def finding_of(people: list[tuple[str, str]], *, log: str = "", text: str = "") -> FindingForm:
    """Return the form for those at whose door somebody was; a visit's own words are a beginning."""
    form = FindingForm(formdata=None, data={"log": log, "text": text, "person": people[0][0] if people else ""})
    form.person.choices = options(people)
    return form


def _days(label: Any) -> IntegerField:
    range_ = NumberRange(0, LONGEST, message=_l("Please write a number of days from 0 to 365."))
    return IntegerField(label, validators=[InputRequired(_l("Please write a number of days from 0 to 365.")), range_])


class TermsForm(OnceForm):
    """After how many days without contact somebody stands on the list, by mark."""

    LONELY_ELDER = _days(_l("Elder living alone"))
    DISABLED = _days(_l("Disabled"))
    HARDSHIP = _days(_l("In hardship"))
    ELDER = _days(_l("Elder"))
    CHILD = _days(_l("Child"))
    MIGRANT = _days(_l("Newcomer"))
    NONE = _days(_l("Everybody else a worker looks after"))

    def days(self) -> dict[Tag | None, int]:
        """Return the days by mark as they were typed."""
        return {tag: self[tag.value if tag else "NONE"].data for tag in USUAL}

    @classmethod
    def of(cls, terms: Mapping[Tag | None, int]) -> TermsForm:
        """Return the form filled with what holds now."""
        return cls(formdata=None, data={tag.value if tag else "NONE": days for tag, days in terms.items()})
