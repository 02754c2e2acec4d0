"""What is typed about a project: one that runs already, who gets it, its team, goals and dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Optional, Regexp, ValidationError

from models.base import SHANGHAI
from models.needs import Field
from models.organizations import OrganizationLine
from models.packages import Measure
from models.places import PlaceLine
from models.projects import Existing, TeamPart
from web.forms.base import OnceForm, cleaned, options
from web.forms.packages import PUBLIC_ID, DayField, counted, money, words, written

WHEN = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]")


class WhenField(StringField):
    """A day and a time in Shanghai, as the browser's field writes it; `.instant` is what is kept."""

    instant: Any = None

    def pre_validate(self, form: Any) -> None:
        """Read the time; anything else is an error beside the field."""
        text = (self.data or "").strip()
        try:
            self.instant = self._read(text) if WHEN.fullmatch(text) else None
        except ValueError:
            self.instant = None
        if self.instant is None:
            raise ValidationError(_l("Please choose a day and a time."))

    @staticmethod
    def _read(text: str) -> datetime:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M").replace(tzinfo=SHANGHAI).astimezone(UTC)


class InCommunityForm(OnceForm):
    """Something that happens in one of the communities in reach."""

    community = SelectField(_l("Community"))

    def __init__(self, communities: Sequence[PlaceLine], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.community.choices = options([(one.public_id, one.name) for one in communities])


class ProjectForm(InCommunityForm):
    """A project that runs already."""

    organization = SelectField(_l("Organization"))
    title = written(_l("Name of the project"), 80, _l("Please write a title."))
    contract_no = written(_l("Number of the contract"), 60, _l("Please write the number of the contract."))
    field = SelectField(_l("Field of service"), choices=lambda: words(Field))
    starts_on = DayField(_l("From"), validators=[InputRequired(_l("Please choose a day."))])
    ends_on = DayField(_l("To"), validators=[InputRequired(_l("Please choose a day."))])
    budget = money(_l("Planned budget"))
    problem = written(_l("What is the problem"), 2000, area=True)
    change = written(_l("One change that can be seen"), 400, area=True)
    how_checked = written(_l("How somebody else can check it"), 400, area=True)
    supervision_phone = written(_l("Phone for complaints about the project"), 40)

    def __init__(
        self, communities: Sequence[PlaceLine], organizations: Sequence[OrganizationLine], **kwargs: Any
    ) -> None:
        super().__init__(communities, **kwargs)
        self.organization.choices = options([(one.public_id, one.name) for one in organizations])

    def existing(self) -> Existing:
        """Return what was typed."""
        return Existing(
            title=self.title.data or "",
            contract_no=self.contract_no.data or "",
            field=Field(self.field.data),
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            budget=self.budget.fen,
            problem=self.problem.data or "",
            change=self.change.data or "",
            how_checked=self.how_checked.data or "",
            supervision_phone=self.supervision_phone.data or None,
        )


class AssignmentForm(OnceForm):
    """Which organization gets the project, and why this one."""

    organization = SelectField(_l("Organization"))
    contract_no = written(_l("Number of the contract"), 60)
    why = written(_l("Why this organization"), 500, _l("Please write why."), area=True)

    def __init__(self, organizations: Sequence[OrganizationLine], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.organization.choices = options([(one.public_id, one.name) for one in organizations])


class MemberForm(OnceForm):
    """Who joins or leaves the team, in which part."""

    account = StringField(_l("Who"), validators=[InputRequired(), Regexp(PUBLIC_ID)])
    part = SelectField(_l("As"), choices=lambda: words(TeamPart))


class GoalForm(OnceForm):
    """One goal, counted from approved logs."""

    title = written(_l("What shall be reached"), 120, _l("Please write a title."))
    measure = SelectField(_l("Counted as"), choices=lambda: words(Measure))
    unit = written(_l("Unit"), 20)
    target = counted(_l("How many"))
    scale_low = StringField(_l("Lowest score"), filters=[cleaned], validators=[Optional(), Regexp(r"^-?[0-9]{1,4}$")])
    scale_high = StringField(_l("Highest score"), filters=[cleaned], validators=[Optional(), Regexp(r"^-?[0-9]{1,4}$")])
    scale_label = written(_l("What is scored before and after"), 80)

    @property
    def scale(self) -> tuple[int, int, str] | None:
        """Return the scale where both of its ends were written."""
        if not (self.scale_low.data and self.scale_high.data):
            return None
        return int(self.scale_low.data), int(self.scale_high.data), self.scale_label.data or ""


class DateForm(OnceForm):
    """When the next visit or session is."""

    what = written(_l("What happens"), 120, _l("Please say in a few words what happens next."))
    at = WhenField(_l("When"))


class NewTimeForm(OnceForm):
    """Another day and time for a date that was told."""

    at = WhenField(_l("The new time"))


class SettledForm(OnceForm):
    """That a need which the project carries is settled, in words where no service shows it."""

    need = StringField(_l("Which need"), validators=[InputRequired(), Regexp(PUBLIC_ID)])
    text = written(_l("What was done"), 2000, area=True)
