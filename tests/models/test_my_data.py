"""One's own data: a copy of one's own and nobody else's, and an erasure after which nothing is left to find."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

from models import my_data, seals
from models.accounts import actor_of
from models.attendance import Part, Presence
from models.base import Refused
from models.base import db as database
from models.people import PersonState
from models.ratings import RatingContact, Unfit
from models.service_log import ServiceMethod
from models.volunteering import HourCorrection, HourRecord
from tests import builders, serving, voices
from tests.cast import Cast


def canaries_in(words: list[str]) -> list[str]:
    """Return every table and column in which one of the words stands."""
    found = []
    for table in database.metadata.sorted_tables:
        for row in database.session.execute(select(table)).mappings():
            found += [f"{table.name}.{name}" for name, value in row.items() if any(w in str(value) for w in words)]
    return sorted(set(found))


def test_a_copy_holds_ones_own_and_nothing_of_the_neighbors(db: Any, cast: Cast) -> None:
    builders.need(cast.community, "楼道灯坏了，我家门口", author=cast.neighbor)
    builders.need(cast.other_community, "别人家的事")
    whole = json.dumps(my_data.copy_of(actor_of(cast.resident)).document, ensure_ascii=False, default=str)
    assert "楼道灯坏了" in whole
    assert cast.resident.phone in whole
    assert "别人家的事" not in whole
    assert "password_hash" not in whole


def test_an_erased_person_is_found_nowhere_and_the_diary_still_verifies(db: Any, cast: Cast) -> None:
    canary = builders.person(cast.community, "欧阳金丝雀", building="金丝雀楼", room="9901")
    account = builders.account("欧阳金丝雀", person=canary)
    need = builders.need(cast.community, "金丝雀说的话", author=canary, place_detail="金丝雀门口", title="金丝雀")
    canary.edit("欧阳金丝雀甲", by=actor_of(cast.clerk))
    my_data.erase_own(by=actor_of(account))
    database.session.flush()
    database.session.expire_all()
    assert canaries_in(["金丝雀"]) == []
    assert canary.state == PersonState.ERASED and canary.phone_lookup is None
    assert need.author_person_id == canary.id
    with pytest.raises(Refused, match="erased_before"):
        my_data.erase(canary, by=actor_of(cast.clerk))
    assert seals.verify().whole


def test_an_erased_person_takes_the_words_of_ratings_and_hours_along_and_leaves_the_sums(db: Any, cast: Cast) -> None:
    project, clerk = serving.project(cast), actor_of(cast.clerk)
    log = serving.approved(
        cast, project, people=(Presence(cast.neighbor), Presence(serving.people(cast, 1)[0], part=Part.VOLUNTEER))
    )
    rating = voices.rate(log, cast.neighbor, 2, comment="金丝雀的评语")
    contact = database.session.scalars(select(RatingContact)).one()
    contact.talk("金丝雀说来得太晚", reached=True, by=clerk)
    rating.doubt_it(Unfit.NOT_THERE, "金丝雀那天住院，没有来", by=actor_of(cast.head))
    own = serving.approved(
        cast, project, people=(Presence(cast.neighbor, part=Part.VOLUNTEER),), hours_ago=30, method=ServiceMethod.EVENT
    )
    hour = HourRecord.propose(voices.seat(own, cast.neighbor), by=actor_of(cast.worker))
    hour.approve(by=actor_of(cast.supervisor))
    HourCorrection.ask(hour, "金丝雀待到了五点", by=actor_of(cast.resident))
    assert canaries_in(["金丝雀"]) == ["hour_corrections.text", "ratings.comment", "revisions.text"]
    my_data.erase_own(by=actor_of(cast.resident))
    database.session.flush()
    database.session.expire_all()
    assert canaries_in(["金丝雀"]) == []
    assert (rating.level, hour.minutes) == (2, 60)
    assert seals.verify().whole


def test_whoever_works_here_hands_the_roles_back_first(db: Any, cast: Cast) -> None:
    with pytest.raises(Refused, match="work_here_first"):
        my_data.erase_own(by=actor_of(cast.clerk))


def test_what_was_told_for_somebody_else_stays_theirs_when_the_teller_is_erased(db: Any, cast: Cast) -> None:
    mother = builders.person(cast.community, "吴桂芳")
    teller = actor_of(cast.resident, person_ids=[mother.id])
    need = builders.need(cast.community, author=mother, by=teller, author_account_id=cast.resident.id)
    my_data.erase_own(by=teller)
    assert need.for_person_id == mother.id and need.text != my_data.ERASED_NAME
