"""What discretion looks like in the demo year: children's faces covered in a photo, and roughly where somebody checked in."""

from __future__ import annotations

from datetime import timedelta

from demo.clockwork import DAYS, Year
from demo.drawings import children
from demo.mornings import of_today
from demo.people import actor
from demo.words import rows
from models import check_ins
from models.attachments import Attachment
from models.attendance import Attendance, Presence
from models.base import now
from models.check_ins import Near
from models.service_log import ServiceLog, boxes_of, rows_of
from models.service_log.kinds import Entry, ServiceMethod

SLUG, COMMUNITY = "after-school", "jinyang"
# The cells of the grid over the picture in which the three faces are, by row and column.
FACES = [(row, column) for row in (3, 4) for column in (2, 3, 5, 6, 8, 9)]
# About where the courtyard lies.
YARD = Near(3066, 10407)


def plan(year: Year) -> None:
    """Put both into the last days."""
    year.on(year.working(DAYS - 4), lambda: _cover(year), 18 * 60 + 20)
    year.on(DAYS - 1, lambda: _say_where(year), 9 * 60 + 25)


def _cover(year: Year) -> None:
    """Let the worker write an afternoon with the children down and cover their faces; the supervisor has it on the desk."""
    project, circle = year.things.get(f"project:{SLUG}"), year.things.get(f"circle:{SLUG}", [])
    text = next(one for one in rows("projects") if one["slug"] == SLUG)
    if project is None or len(circle) < 5:
        return
    by, begins = actor(year, text["workers"][0]), now() - timedelta(minutes=170)
    owner = f"account:{by.account_id}"
    shot = begins + timedelta(minutes=40)
    photo = Attachment.receive(children(year.chance), owner=owner, said_at=shot)
    entry = Entry(
        ServiceMethod.GROUP, "剪纸贴窗花", "春熙里二期架空层", begins, begins + timedelta(minutes=100),
        public_summary="每人剪一朵，贴在架空层的玻璃上。照片里孩子的脸已遮住。",
        people=tuple(Presence(one) for one in circle[:5]), photos=(photo.public_id,), photo_owner=owner,
    )  # fmt: skip
    log = year.try_(lambda: ServiceLog.write(project, entry, by=by, submit=True), "children's afternoon")
    if log is not None:
        year.try_(lambda: log.cover_photo(photo, boxes_of(FACES, rows_of(photo)), by=by), "cover faces")


def _say_where(year: Year) -> None:
    """Let a neighbor check in by the turning square and agree to have it noted roughly where that was."""
    day = of_today(year)
    someone = next(
        (one for one in year.things["people"][COMMUNITY]
         if f"account:{one.name}" in year.things and one.birth_year and one.birth_year < now().year - 60), None,
    )  # fmt: skip
    if day is None or someone is None:
        return
    code, by = check_ins.token(day, check_ins.step_at(now())), actor(year, someone.name)
    year.try_(lambda: Attendance.check_in_by_code(day, code, someone, by=by, near=YARD), "roughly where")
