"""The calendar of a community: a week or a month day by day, and the feed that the calendar of a phone follows."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response, g, request, url_for
from flask_babel import gettext as _

from models import activities
from models.activities import CalendarSheet, Notice
from models.base import today
from models.places import Place
from web import feeds, respond
from web.blueprints.activities.counter import blueprint
from web.doors import open_to_everyone


def _day() -> date:
    """Return the day that was asked for; today where none was, or one that no calendar has."""
    try:
        day = date.fromisoformat(request.args.get("on", "")[:10])
    except ValueError:
        return today()  # type: ignore[no-any-return]
    return day if 2000 < day.year < 2100 else today()


def _here() -> Place | None:
    """Return the community that was chosen, else the reader's own; None for all of them."""
    chosen = request.args.get("community", "")
    if chosen and chosen != "all":
        return activities.community_of(chosen[:12])
    return Place.get(g.visitor.community_id) if g.visitor.community_id and not chosen else None


@blueprint.get("/activities/calendar")
@open_to_everyone
def calendar() -> Any:
    """Show a month or a week of activities, day by day."""
    here, weekly = _here(), request.args.get("show") == "week"
    sheet: CalendarSheet = (activities.week_sheet if weekly else activities.month_sheet)(_day(), here and here.id)
    feed = url_for(".feed", public_id=here.public_id, _external=True) if here else None
    return respond.page(
        "activities/calendar.html", sheet=sheet, weekly=weekly, on=_day(), today=today(), feed=feed,
        community=here.public_id if here else "all", name=here.name if here else None,
        communities=activities.communities(),
    )  # fmt: skip


@blueprint.get("/activities/calendar/<public_id>/feed.ics")
@open_to_everyone
def feed(public_id: str) -> Response:
    """Return the calendar of a community for the calendar of a phone."""
    place = activities.community_of(public_id)
    name = _("%(place)s: activities", place=place.name)
    sent = feeds.written(name, [_entry(one) for one in activities.feed_of(place)])
    return Response(sent, content_type="text/calendar; charset=utf-8", headers={
        "Cache-Control": "public, max-age=900", "Vary": "Accept-Language, Cookie",
        "Content-Disposition": f"inline; filename=linli-{public_id}.ics",
    })  # fmt: skip


def _entry(one: Notice) -> feeds.Entry:
    called_off = [_("Called off")] if one.cancelled else []
    beside = [one.organization, _("Person in charge") + ": " + one.in_charge, one.phone]
    text = "\n".join([*called_off, one.content, *(said for said in beside if said)])
    # The number of an activity is drawn once and is the same wherever this house stands.
    return feeds.Entry(
        f"{one.public_id}@activities.linli", one.version - 1, one.title, text, f"{one.place}, {one.community}",
        url_for(".show", public_id=one.public_id, _external=True), one.starts_at, one.ends_at, one.changed_at,
        one.cancelled,
    )  # fmt: skip
