"""The thread in the reader's words: each step of a need becomes a knot that the page can draw."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from models.needs.own import NeedLine, Step
from web.filters import day, moment


@dataclass(frozen=True)
class Knot:
    """One knot as macros/thread.html draws it."""

    title: str
    state: str
    detail: str = ""
    when: str = ""
    url: str | None = None


def _words(step: Step) -> tuple[str, str]:
    """Return a step's title and what is said below it while it is still to come."""
    words = {
        "SUBMITTED": (_("Told to the community"), ""),
        "ACCEPTED": (_("Accepted by the community"), _("The community looks at it.")),
        "ANSWERED": (_("Answered"), _("A clear answer: done, will be done, or why not.")),
        "PLANNED": (_("Planned, with a date"), _("Together with the neighbors who need the same.")),
        "IN_SERVICE": (_("Being served"), _("Social workers and volunteers come.")),
        "CONFIRMED": (_("You say whether it is settled"), _("Good or not: your word counts.")),
        "REJECTED": (_("Not accepted, with the reason"), ""),
        "REDIRECTED": (_("Passed to the office in charge"), ""),
        "WITHDRAWN": (_("Taken back by you"), ""),
        "MERGED": (_("Dealt with together with a neighbor's matter"), ""),
    }
    return words[step.key]


def need_knots(line: NeedLine) -> list[Knot]:
    """Return the knots of a need's thread."""
    knots = []
    for step in line.steps:
        title, ahead = _words(step)
        detail = ahead if step.state == "next" else ""
        if step.state == "now" and line.next_step:
            detail = f"{line.next_step} · {day(line.next_step_at)}" if line.next_step_at else line.next_step
        knots.append(Knot(title, step.state, detail, moment(step.at) if step.at else ""))
    return knots
