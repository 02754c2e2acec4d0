"""What hangs for years and who has read it: policies, marks of colleagues, followed boards, answers that were kept."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select

from demo.clockwork import DAYS, Year
from demo.people import actor, desk_of
from demo.words import rows
from models import notices, tellings
from models.accounts import actor_of
from models.base import db
from models.kept_answers import KeptAnswer, keepable
from models.needs import Kind, Need
from models.notices import Notice, NoticeKind, NoticeState

SALUTATION = re.compile(r"^(\w{1,3}(先生|女士|阿姨|嬢嬢|大爷|大哥|大姐|师傅|老师|爷爷|婆婆)(您好|好)?|\w{2})[，。]")
COMMUNITIES = ("jinyang", "chunxili", "liuwan")
# Of the newest notices, so many are marked; the very newest still waits for most of its readers.
MARKED, KEPT = 6, 6


def plan(year: Year) -> None:
    """Hang the policies on their days; in the last weeks colleagues read, residents follow, answers are kept."""
    for text in rows("policies"):
        year.on(text["day"], lambda text=text: _hang(year, text), 10 * 60)  # type: ignore[misc]
    for slug in COMMUNITIES:
        year.on(200, lambda slug=slug: _follow(year, slug), 20 * 60)  # type: ignore[misc]
        year.on(DAYS - 12, lambda slug=slug: _keep(year, slug), 16 * 60)  # type: ignore[misc]
        year.on(DAYS - 1, lambda slug=slug: _read(year, slug), 17 * 60)  # type: ignore[misc]


def _hang(year: Year, text: dict[str, Any]) -> None:
    by, last = actor(year, text["by"]), year.date(year.day + 365 * text["years"])
    place = year.things[text["place"]]
    one = year.try_(
        lambda: Notice.write(place, text["title"], text["body"], last, kind=NoticeKind.POLICY, by=by), text["slug"]
    )
    if one is not None:
        year.try_(lambda: one.publish(by=by), text["slug"])


def _follow(year: Year, slug: str) -> None:
    place = year.things[slug]
    for account in [one for key, one in year.things.items() if key.startswith("account:")]:
        if account.community_id == place.id and account.person_id is not None and year.chance.random() < 0.2:
            tellings.follow(place, by=actor_of(account))


def _keep(year: Year, slug: str) -> None:
    """Keep what was asked, answered and given a public title: the clerk only leaves the names out."""
    clerk, place = desk_of(year, slug)[0], year.things[slug]
    asked = Need.community_id == place.id, Need.kind == Kind.CONSULT, Need.public_title.is_not(None)
    found = [one for one in db.session.scalars(select(Need).where(*asked).order_by(Need.id)) if keepable(one)]
    for need in found[-KEPT:]:
        title, said = need.public_title or "", SALUTATION.sub("", need.answer_text or "")
        year.try_(lambda title=title, said=said, need=need: KeptAnswer.lay_down(need, title, said, by=clerk), slug)  # type: ignore[misc]


def _read(year: Year, slug: str) -> None:
    """Let the committee read what hangs: the head all of it, the clerks most, the newest not yet."""
    first, second, head = desk_of(year, slug)
    lines, _older = notices.public_notices(year.things[slug].id, limit=MARKED)
    for number, line in enumerate(lines):
        one = Notice.get(line.id)
        if line.state == NoticeState.PUBLISHED and number:
            for by in (head, first, second)[: 3 if number > 2 else 2]:
                year.try_(lambda one=one, by=by: notices.acknowledge(one, by=by), line.public_id)  # type: ignore[misc]
