"""What a worker types about a service: on the phone, standing in a stairwell, in a minute."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import Form, MultipleFileField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, StopValidation

from models import service_log
from models.activities import Activity
from models.attendance import Outcome, Presence, read_names
from models.base import now
from models.people import Person
from models.projects import Project
from models.service_log import CallOutcome, CaseStage, Choices, Entry, LastLog, LogCard, MyPerson, ServiceMethod
from web import outbox
from web.forms.base import EditForm, OnceForm, cleaned, options
from web.forms.moments import DayField, MomentField, NumberField, PhoneTimeField, TicksField, local
from web.sentences import label

LINE = re.compile(r"(?:seen|next)_([0-9A-Z]{10})")
MOST_LINES = 60
USUAL_MINUTES = 30
USUAL_ROUND = 120


class LogForm(EditForm):
    """The fields of all methods; each page shows its own."""

    title = StringField(_l("What was it?"), filters=[cleaned], validators=[Length(max=80)])
    place = StringField(_l("Where?"), filters=[cleaned], validators=[Length(max=120)])
    began = MomentField(_l("Began"), validators=[InputRequired(_l("Please choose a day and a time."))])
    minutes = NumberField(_l("Minutes"), validators=[InputRequired(_l("Please write a whole number."))])
    summary = TextAreaField(
        _l("What was done (everybody may read this)"), filters=[cleaned], validators=[Length(max=2000)]
    )
    internal = TextAreaField(
        _l("For colleagues only: health, family, what was agreed"), filters=[cleaned], validators=[Length(max=4000)]
    )
    names = TextAreaField(
        _l("More people, one a line: name and building"), filters=[cleaned], validators=[Length(max=20000)]
    )
    helpers = TextAreaField(_l("Volunteers who helped, one a line"), filters=[cleaned], validators=[Length(max=4000)])
    walk_ins = NumberField(_l("People whose name is not known"))
    goal = SelectField(_l("Which goal does it serve?"), validators=[Optional()], choices=[])
    scale_before = NumberField(_l("Before"))
    scale_after = NumberField(_l("Now"))
    needs = TicksField(_l("Which needs does it answer?"), choices=[])
    activity = SelectField(_l("Which activity was it?"), validators=[Optional()], choices=[])
    case_no = StringField(_l("Number of the case"), filters=[cleaned], validators=[Length(max=40)])
    case_stage = SelectField(_l("Stage"), validators=[Optional()], choices=[])
    late_reason = StringField(_l("Why is it recorded only now?"), filters=[cleaned], validators=[Length(max=400)])
    done_at = PhoneTimeField()
    photos_coming = NumberField()
    photos_files = MultipleFileField()
    act = StringField()

    @property
    def photos(self) -> list[str]:
        """Return the photos that were already received."""
        return [one for one in request.form.getlist("photos") if len(one) == 10][:12]

    @property
    def submits(self) -> bool:
        """Tell whether the log is to be handed in at once."""
        return self.act.data != "draft"


class RoundForm(OnceForm):
    """When a round of visits is, and at whose doors."""

    began = MomentField(_l("When?"), validators=[InputRequired(_l("Please choose a day and a time."))])
    minutes = NumberField(_l("Minutes"), validators=[InputRequired(_l("Please write a whole number."))])
    people = TicksField(_l("At which doors?"), choices=[])

    @classmethod
    def of(cls, people: Iterable[MyPerson]) -> RoundForm:
        """Return the form with those whom the worker looks after, those unseen for longest first."""
        form = cls(began=local(now() + timedelta(hours=1)), minutes=str(USUAL_ROUND))
        form.people.choices = options((one.public_id, f"{one.name} {one.home}".strip()) for one in people)
        return form


_CELL = re.compile(r"([0-9]{1,2})-([0-9]{1,2})")


# Whoever was there stands in a list of its own; the form leaves it as it is.
LISTED = (ServiceMethod.EVENT, ServiceMethod.LIST)
OUTCOMES = (Outcome.SEEN, Outcome.NOT_IN, Outcome.REFUSED)


@dataclass(frozen=True)
class Line:
    """One person of a form, as the page shows it."""

    person: Person
    public_id: str
    name: str
    door: str


def _how_it_went(form: Any, field: Any) -> None:
    """Leave a door out that nothing was said of; one with a next visit says how it went.

    Errors: StopValidation.
    """
    if field.data:
        return
    field.errors = []
    if form[field.name.replace("seen_", "next_", 1)].data:
        raise StopValidation(_l("Please say how it went: seen, not in, or refused."))
    raise StopValidation


def _with_lines(people: Iterable[Person]) -> type[LogForm]:
    """Return a form with a line for each person: seen, not in or refused, and when next."""
    lines = tuple(Line(one, one.public_id, one.name, one.door) for one in people)
    fields: dict[str, Any] = {"lines": lines}
    for person in lines:
        fields[f"seen_{person.public_id}"] = RadioField(
            person.name, choices=options((one.value, label(one)) for one in OUTCOMES), validators=[_how_it_went]
        )
        fields[f"next_{person.public_id}"] = DayField(_l("Next visit"))
    return type("LogForm", (LogForm,), fields)


def form_for(project: Project, choices: Choices, people: Iterable[str], **filled: Any) -> LogForm:
    """Return the form of a project's log, with a line for each person who is shown or was posted."""
    posted = [match[1] for key in request.form if (match := LINE.fullmatch(key))]
    wanted = list(dict.fromkeys([*people, *posted]))[:MOST_LINES]
    found = {person.public_id: person for person in service_log.find_people(project.community_id, wanted)}
    form = _with_lines([found[one] for one in wanted if one in found])(**filled)
    nothing = [("", _l("None of these"))]
    form.goal.choices = options(nothing + list(choices.goals))
    form.needs.choices = options(choices.needs)
    form.activity.choices = options(nothing + list(choices.activities))
    form.case_stage.choices = options([("", _l("Please choose")), *((one.value, label(one)) for one in CaseStage)])
    return form


def filled_from(last: LastLog | None, *, again: bool) -> dict[str, Any]:
    """Return how a new form begins: now, as long as last time, and with 照上次 everything that usually stays."""
    minutes = last.minutes if last else USUAL_MINUTES
    filled: dict[str, Any] = {"began": local(now() - timedelta(minutes=minutes)), "minutes": str(minutes)}
    if last is not None:
        filled |= {"title": last.title, "place": last.place, "case_no": last.case_no, "goal": last.goal_public_id}
    if last is not None and again:
        filled |= {"summary": last.public_summary, "needs": list(last.need_public_ids), "case_stage": last.case_stage}
        filled |= {f"seen_{seat.person_public_id}": seat.absence or Outcome.SEEN for seat in last.people}
    return filled


def filled_from_card(card: LogCard) -> dict[str, Any]:
    """Return how the form of a written log begins."""
    filled = {
        "version": card.version, "title": card.title, "place": card.place, "began": local(card.started_at),
        "minutes": str(card.minutes), "summary": card.public_summary, "internal": card.internal or "",
        "walk_ins": str(card.walk_ins or ""), "case_no": card.case_no, "case_stage": card.case_stage,
        "late_reason": card.late_reason or "", "needs": [need.public_id for need in card.needs],
        "scale_before": _shown(card.scale_before), "scale_after": _shown(card.scale_after),
        "goal": card.goal_public_id, "activity": card.activity_public_id,
    }  # fmt: skip
    for seat in card.served:
        filled[f"seen_{seat.person_public_id}"] = seat.absence or (Outcome.SEEN if seat.there else None)
        filled[f"next_{seat.person_public_id}"] = seat.next_at and f"{local(seat.next_at)[:10]}"
    return filled


def _shown(number: int | None) -> str:
    return "" if number is None else str(number)


def entry_of(form: LogForm, method: ServiceMethod, project: Project, photos: list[str], owner: str) -> Entry:
    """Return what was typed as the rules read it, with the photos that were received before it."""
    began = form.began.moment or now()
    return Entry(
        method=method,
        title=form.title.data or str(label(method)),
        place=form.place.data or "",
        started_at=began,
        ended_at=began + timedelta(minutes=form.minutes.number or 0),
        public_summary=form.summary.data or "",
        internal=form.internal.data or "",
        needs=service_log.find_needs(project, form.needs.data or []),
        goal=service_log.find_goal(project, form.goal.data),
        scale_before=form.scale_before.number,
        scale_after=form.scale_after.number,
        case_no=form.case_no.data or "",
        case_stage=CaseStage(form.case_stage.data) if form.case_stage.data else None,
        activity=_activity(form.activity.data),
        people=_lines(form) if form.lines or method not in LISTED else None,  # type: ignore[attr-defined]
        names=tuple(read_names(form.names.data)) if form.names.data else (),
        helpers=tuple(read_names(form.helpers.data)) if form.helpers.data else (),
        walk_ins=form.walk_ins.number or 0,
        late_reason=form.late_reason.data or "",
        photos=tuple(photos),
        photo_owner=owner,
        done_at=form.done_at.moment,
        clock_off=outbox.clock_is_off(),
        key=form.key.data or "",
        photos_coming=form.photos_coming.number or 0,
    )


def _lines(form: Any) -> tuple[Presence, ...]:
    """Return the lines of those at whose door somebody stood."""
    found = []
    for line in form.lines:
        said = form[f"seen_{line.public_id}"].data
        if said:
            found.append(Presence(line.person, Outcome(said), next_at=form[f"next_{line.public_id}"].moment))
    return tuple(found)


def _activity(public_id: str | None) -> Activity | None:
    return Activity.find(public_id) if public_id else None


class PeopleForm(Form):
    """Whom to look for among the people one looks after."""

    q = StringField(_l("Name or building"), filters=[cleaned], validators=[Length(max=40)])


class ReasonForm(OnceForm):
    """A reason in words."""

    reason = TextAreaField(
        _l("Reason"), filters=[cleaned], validators=[InputRequired(_l("Please say why.")), Length(max=1000)]
    )


class CoverForm(OnceForm):
    """Which cells of the grid over a photo are to be covered."""

    def cells(self, columns: int, rows: int) -> list[tuple[int, int]]:
        """Return the chosen cells that lie in the grid, each by row and column."""
        said = [_CELL.fullmatch(one) for one in request.form.getlist("cells")]
        found = [(int(one[1]), int(one[2])) for one in said if one]
        return [(row, column) for row, column in found if row < rows and column < columns]


class HandInForm(OnceForm):
    """Handing a log in; a late one says why."""

    late_reason = StringField(_l("Why is it recorded only now?"), filters=[cleaned], validators=[Length(max=400)])


class ApprovalForm(OnceForm):
    """The clean logs that were ticked."""

    logs = SelectMultipleField(_l("Records"), validate_choice=False)


class CallForm(OnceForm):
    """What a call about a drawn record brought."""

    outcome = RadioField(
        _l("What did they say?"),
        choices=options((one.value, label(one)) for one in CallOutcome),
        validators=[InputRequired(_l("Please choose what they said."))],
    )


class WalkInForm(OnceForm):
    """Somebody who came without a name and was found: as the register has it."""

    name = StringField(
        _l("Name and building"),
        filters=[cleaned],
        validators=[InputRequired(_l("Please write a name.")), Length(max=80)],
    )
