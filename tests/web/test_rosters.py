"""Lists of people served and of volunteers are read by the committee of the community alone."""

from __future__ import annotations

from typing import Any

from models.rosters import Roster, RosterEntry
from tests.cast import Cast


def test_a_list_shows_its_lines_and_leads_to_the_person(client_for: Any, cast: Cast, db: Any) -> None:
    for roster in Roster:
        RosterEntry(community_id=cast.community.id, roster=roster, person_id=cast.neighbor.id, skills="理发").save()
    clerk = client_for(cast.clerk)
    assert "王桂兰" in clerk.get("/rosters").text and "理发" in clerk.get("/rosters?list=VOLUNTEERS").text
    assert f"/people/{cast.neighbor.public_id}" in clerk.get("/rosters?list=SERVED").text
    other = client_for(cast.other_clerk).get("/rosters").text
    assert "王桂兰" not in other and "还没有人" in other
    assert client_for(cast.worker).get("/rosters").status_code == 403


def test_the_queries_of_a_list_do_not_grow_with_it(client_for: Any, cast: Cast, db: Any, count_queries: Any) -> None:
    clerk = client_for(cast.clerk)
    clerk.get("/rosters")
    with count_queries() as empty:
        clerk.get("/rosters")
    RosterEntry(community_id=cast.community.id, roster=Roster.SERVED, person_id=cast.neighbor.id).save()
    with count_queries() as queries:
        clerk.get("/rosters")
    assert len(queries) == len(empty)
