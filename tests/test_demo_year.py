"""The demo year: the same for the same seed and date, whole, and a story that a street office believes."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import LargeBinary, func, select

from demo import year
from models import need_counts, progress, seals, set_up, tellings
from models.accounts import AccountState
from models.attachments import Attachment
from models.base import SHANGHAI, now, travel
from models.base import db as database
from models.evaluation.kinds import SchemeState
from models.need_groups import NeedGroup
from models.needs import Need, overdue
from models.needs.published import published_needs
from models.notices import NoticeState
from models.places import Place, PlaceKind
from models.projects import Project
from models.ratings.kinds import ContactState
from models.states import STATES, Kind, NeedGroupState, NeedState, ProjectState, ReportState
from models.tellings import Telling
from models.volunteering import CorrectionState
from tests.conftest import close

TODAY = date(2026, 11, 28)
TABLES = {
    Kind.NEED: "needs", Kind.NEED_GROUP: "need_groups", Kind.PACKAGE: "packages", Kind.PROJECT: "projects",
    Kind.SERVICE_LOG: "service_logs", Kind.ATTENDANCE: "attendances", Kind.HOUR_RECORD: "hour_records",
    Kind.RATING: "ratings", Kind.PRESENCE_WORD: "presence_words",
}  # fmt: skip
# No ledger of projects was let in during the year, so that none was taken back.
NOT_LIVED = {ProjectState.TAKEN_BACK}
# What else has states of its own; a page or a tab that a visitor opens shows each of them.
MORE_STATES = {
    "notices": NoticeState, "reports": ReportState, "rating_contacts": ContactState, "accounts": AccountState,
    "hour_corrections": CorrectionState, "evaluation_schemes": SchemeState,
}  # fmt: skip
# How much there is at least: what a visitor of the demo is told, and what its pages are judged by.
SIZES = {
    "needs": 400, "packages": 25, "projects": 16, "service_logs": 900, "ratings": 1450, "people": 250, "places": 30,
    "organizations": 4, "notices": 30, "activities": 40, "rating_releases": 150,
    "roster_entries": 20, "ledgers": 3,
}  # fmt: skip
HOURS = 4900
# Files bear names that nobody can guess, and a seal the time of its making: these differ, and nobody reads them.
OWN = {
    "attachments": {"display", "thumbnail", "original"}, "seals": {"at", "hash"}, "ledgers": {"file", "look"},
}  # fmt: skip


@pytest.fixture
def lived(databases: Any, build_app: Callable[[str], Flask]) -> Any:
    """Return how a year is lived in a database of its own, and read there."""

    def live(read: Callable[[year.Year], Any], **more: Any) -> Any:
        url = databases.clone()
        app = build_app(url)
        try:
            with app.app_context():
                return read(year.fill("one hash for all", today=TODAY, **more))
        finally:
            close(app)
            databases.drop(url)

    return live


def digest(_year: year.Year) -> str:
    """Return the digest of every row of every table, ciphers and names of files left out."""
    whole = hashlib.sha256()
    for name, table in sorted(database.metadata.tables.items()):
        shown = [c for c in table.c if not isinstance(c.type, LargeBinary) and c.name not in OWN.get(name, ())]
        for row in database.session.execute(select(*shown).order_by(*table.primary_key)):
            whole.update(repr((name, *row)).encode())
    return whole.hexdigest()


def test_the_same_seed_and_date_give_the_same_year_to_the_last_row(lived: Any) -> None:
    assert lived(digest, days=10) == lived(digest, days=10)


@pytest.mark.skipif("LINLI_LONG" not in os.environ, reason="LINLI_LONG=1 lives the whole year, over a minute")
def test_the_whole_year_shows_every_state_tells_its_story_and_its_diary_holds(lived: Any) -> None:
    diary = lived(_check)
    assert diary.broken is None and diary.unsealed == 0 and diary.events > 8000


def _check(_year: year.Year) -> seals.Finding:
    with travel(datetime(2026, 11, 28, 9, tzinfo=SHANGHAI)):
        _check_what_there_is()
        _check_the_story()
    # What was counted in passing is what a count from the start finds.
    assert need_counts.kept() == need_counts.counted()
    return seals.verify()


def _count(table: str, *where: Any) -> int:
    return database.session.scalar(select(func.count()).select_from(database.metadata.tables[table]).where(*where)) or 0


def _check_what_there_is() -> None:
    tables = database.metadata.tables
    for kind, name in TABLES.items():
        there = set(database.session.scalars(select(tables[name].c.state).distinct()))
        assert set(STATES[kind]) - NOT_LIVED <= there, name
    for name, kinds in MORE_STATES.items():
        assert set(database.session.scalars(select(tables[name].c.state).distinct())) == set(kinds), name
    assert _count("needs", Need.state == NeedState.REDIRECTED, Need.channel == "PETITION", Need.handover_no.is_(None))
    assert _count("needs", Need.objected_at.is_not(None), Need.heard_at.is_(None)) >= 2
    assert _count("needs", Need.for_person_id.is_not(None)) >= 10 and _count("needs", Need.source == "IMPORT") >= 4
    assert _count("attachments", Attachment.covers.is_not(None)) and _count("check_in_places")
    for name, least in SIZES.items():
        assert _count(name) >= least, name
    hours = tables["hour_records"]
    counted = select(func.sum(hours.c.minutes)).where(hours.c.state == "COUNTED")
    assert database.session.scalar(counted) >= HOURS * 60
    suggested = NeedGroup.__table__.c.state == NeedGroupState.SUGGESTED
    assert _count("need_groups", suggested) >= 2
    older = [one for one in database.session.scalars(select(Project)) if one.package_id is None]
    assert len(older) == 4
    for project in database.session.scalars(select(Project).where(Project.state == ProjectState.RUNNING)):
        assert all(one.percent >= 20 for one in progress.progress(project)), project.title


def _check_the_story() -> None:
    """Look at each community as its clerks do on the first morning: work, but none that is older than some weeks."""
    tried, first = Place.trial_until < now(), Place.trial_until > now()
    places = database.session.scalars(select(Place).where(Place.kind == PlaceKind.COMMUNITY, tried)).all()
    assert len(places) == 3
    kept = missed = 0
    for place in places:
        late = overdue.board([place.id])
        assert sum(one.count for one in late) <= 8
        assert all(line.days <= 21 for one in late for line in one.lines)
        here = Need.community_id == place.id
        assert 5 <= _count("needs", here, Need.state == NeedState.SUBMITTED) <= 14
        assert _count("needs", here, Need.escalated.is_not(None)) <= 20
        assert 5 <= tellings.count_to_phone(Telling.community_id == place.id) <= 30, place.name
        promised = published_needs(community_id=place.id)
        kept, missed = kept + promised.kept, missed + promised.missed
    assert kept >= 6 * missed
    beginner = database.session.scalars(select(Place).where(Place.kind == PlaceKind.COMMUNITY, first)).one()
    card = set_up.checklist(beginner)
    assert card.on_trial and 0 < card.done < len(card.checks) and _count("needs", Need.community_id == beginner.id) == 3
    titles = list(database.session.scalars(select(Need.public_title).where(Need.public_title.is_not(None))))
    assert max(Counter(titles).values()) <= 2
