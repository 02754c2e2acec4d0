"""What people served say about having been there: their word alone, looked into by the committee, told in counts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from models import ratings, states
from models.accounts import STRANGER, Actor, actor_of
from models.attendance import Part, Presence
from models.base import Refused
from models.base import db as database
from models.events import JOB, Event, timeline
from models.ratings import PresenceWord, Rating, forget_words
from models.revisions import Revision
from models.service_log import ServiceLog, ServiceMethod
from models.service_log.flags import flags_of
from models.states import AttendanceState, PresenceWordState, RatingState
from models.tellings import Telling
from tests import serving, voices
from tests.cast import Cast

W = PresenceWordState
FOUND = "查了签到表，那一栏不是本人签的"


def said(log: ServiceLog, person: Any, there: bool = False, words: str = "那天我在医院") -> PresenceWord:
    """Return the word of somebody served, said by the link of a slip."""
    return PresenceWord.say(voices.invitation(log, person), there=there, words=words, by=STRANGER)


def of_worker(cast: Cast, *people: Any, **more: Any) -> ServiceLog:
    return serving.approved(cast, more.pop("of", None) or serving.project(cast), *people, **more)


def test_a_word_leaves_the_list_as_the_provider_reads_it_and_is_said_once(db: Any, cast: Cast) -> None:
    one, other = serving.people(cast, 2)
    log = of_worker(cast, one, other)
    words = said(log, one), said(log, other, there=True)
    assert [word.state for word in words] == [W.DISPUTED, W.CONFIRMED] and words[1].words is None
    assert {voices.seat(log, who).state for who in (one, other)} == {AttendanceState.PRESENT}
    assert flags_of([log])[log.id] == ()
    for there in (True, False):
        with pytest.raises(Refused, match="presence_said"):
            said(log, one, there)
    assert [line.verb for line in timeline(words)] == ["presence_word.dispute", "presence_word.confirm"]
    for body in database.session.scalars(select(Event.body).where(Event.verb.like("presence%"))):
        assert "attendances" not in body and "people" not in body and "service_logs" not in body


def test_a_word_may_come_before_the_rating_and_after_it(db: Any, cast: Cast) -> None:
    one, other = serving.people(cast, 2)
    log = of_worker(cast, one, other)
    rating = voices.rate(log, one, 5)
    PresenceWord.say(ratings.RatingInvitation.get(rating.invitation_id), there=True, by=STRANGER)
    said(log, other, there=True)
    assert voices.rate(log, other, 4).state == RatingState.VALID


def test_nobody_says_it_for_others_or_on_the_device_of_those_who_serve(db: Any, cast: Cast) -> None:
    log = of_worker(cast, cast.neighbor)
    invitation, seat = voices.invitation(log, cast.neighbor), voices.seat(log, cast.neighbor)
    for by in (cast.worker, cast.supervisor, cast.clerk):
        with pytest.raises(Refused, match="not_on_this_device"):
            PresenceWord.say(invitation, there=True, by=actor_of(by))
        with pytest.raises(Refused, match="not_your_attendance"):
            PresenceWord.say_own(seat, there=True, by=actor_of(by))
    PresenceWord.say_own(seat, there=False, words="我不在", by=actor_of(cast.resident))
    assert ratings.said_by(actor_of(cast.resident)) == {seat.public_id: W.DISPUTED}
    assert ratings.said_by(actor_of(cast.other_resident)) == {}


def test_what_was_voided_or_is_over_or_too_long_is_not_taken(db: Any, cast: Cast) -> None:
    one, other = serving.people(cast, 2)
    log = of_worker(cast, one, other)
    with pytest.raises(Refused, match="comment_too_long"):
        said(log, one, words="长" * 501)
    log.void("这次活动没有办，写错了日子", by=actor_of(cast.head))
    with pytest.raises(Refused, match="invitation_cancelled"):
        said(log, other)
    assert ratings.asked_of(voices.seat(log, one)) == ratings.CLOSED


def test_a_volunteer_says_so_of_their_own_line_openly(db: Any, cast: Cast) -> None:
    helped = (Presence(cast.neighbor, part=Part.VOLUNTEER),)
    log = of_worker(cast, people=helped, method=ServiceMethod.EVENT)
    seat = voices.seat(log, cast.neighbor)
    PresenceWord.say_own(seat, there=True, by=actor_of(cast.resident))
    assert seat.state == AttendanceState.CONFIRMED and not database.session.scalars(select(PresenceWord)).all()


def settled(cast: Cast, verb: str) -> tuple[ServiceLog, Any, PresenceWord, Rating]:
    """Return a service that somebody rated and disputed, and what the committee found."""
    (one,) = serving.people(cast, 1)
    log = of_worker(cast, one)
    rating = voices.rate(log, one, 1)
    word = PresenceWord.say(ratings.RatingInvitation.get(rating.invitation_id), there=False, by=STRANGER)
    getattr(word, verb)(FOUND, by=actor_of(cast.clerk))
    return log, one, word, rating


def test_an_upheld_no_takes_the_line_and_its_rating_out_and_the_person_is_told(db: Any, cast: Cast) -> None:
    log, one, word, rating = settled(cast, "uphold")
    assert (word.state, voices.seat(log, one).state) == (W.UPHELD, AttendanceState.ABSENT)
    assert Rating.settle_waiting(by=JOB) == 1 and rating.state == RatingState.INVALID
    assert database.session.scalars(select(Telling.sentence).where(Telling.person_id == one.id)).all() == [
        "presence_uphold"
    ]
    assert word in [PresenceWord.find(word.public_id)] and ratings.presence_settled(actor_of(cast.head))[0].decision


def test_a_dismissed_no_changes_nothing_in_the_list(db: Any, cast: Cast) -> None:
    log, one, word, rating = settled(cast, "dismiss")
    assert (word.state, voices.seat(log, one).state) == (W.DISMISSED, AttendanceState.PRESENT)
    assert Rating.settle_waiting(by=JOB) == 0 and rating.state == RatingState.VALID


VERBS = ("uphold", "dismiss")


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", W)
def test_words_move_only_along_the_table(db: Any, cast: Cast, state: PresenceWordState, verb: str) -> None:
    assert set(VERBS) == states.VERBS[states.Kind.PRESENCE_WORD]
    (one,) = serving.people(cast, 1)
    word = said(of_worker(cast, one), one, there=state == W.CONFIRMED)
    by = actor_of(cast.clerk)
    if state in (W.UPHELD, W.DISMISSED):
        getattr(word, "uphold" if state == W.UPHELD else "dismiss")(FOUND, by=by)
    if state == W.DISPUTED:
        getattr(word, verb)(FOUND, by=by)
    else:
        with pytest.raises(Refused, match="not_from_here"):
            getattr(word, verb)(FOUND, by=by)
        assert word.state == state


def test_the_committee_decides_with_a_reason_and_never_about_its_own_record_or_word(db: Any, cast: Cast) -> None:
    (one,) = serving.people(cast, 1)
    word = said(of_worker(cast, one), one)
    for account in (cast.worker, cast.supervisor, cast.manager, cast.other_clerk, cast.auditor):
        with pytest.raises(Refused, match="committee_decides"):
            word.uphold(FOUND, by=actor_of(account))
    with pytest.raises(Refused, match="reason_too_short"):
        word.uphold("不在", by=actor_of(cast.clerk))
    with pytest.raises(Refused, match="own_word"):
        word.dismiss(FOUND, by=actor_of(cast.clerk, person_ids=[one.id]))
    own = serving.log(serving.project(cast, organization=None), cast.clerk, one, hours_ago=9)
    own.approve(by=actor_of(cast.head))
    mine = said(own, one)
    assert [line.own for line in ratings.presence_disputes(actor_of(cast.clerk))] == [False, True]
    with pytest.raises(Refused, match="own_log"):
        mine.dismiss(FOUND, by=actor_of(cast.clerk))
    mine.dismiss(FOUND, by=actor_of(cast.head))
    assert ratings.count_presence_disputes(actor_of(cast.head)) == 1
    assert ratings.count_presence_disputes(actor_of(cast.other_head)) == 0


def counts(cast: Cast) -> list[tuple[int, int]]:
    """Return what the organization reads."""
    return [(one.confirmed, one.disputed) for one in ratings.presence_counts([cast.organization.id])]


def test_the_organization_reads_counts_on_mondays_and_by_fives_alone(db: Any, cast: Cast, clock: Any) -> None:
    monday = serving.MORNING - timedelta(days=1)
    clock.read = lambda: monday
    of = serving.project(cast)
    people = serving.people(cast, 9)
    log = of_worker(cast, *people, of=of)
    again = of_worker(cast, people[0], of=of, hours_ago=30)
    said(again, people[0], there=True)
    for number, one in enumerate(people[:4]):
        said(log, one, there=number > 0)
    for later in (0, 7):
        clock.read = lambda later=later: monday + timedelta(days=later)
        assert counts(cast) == [], "Four people are too few, whatever they said."
    fifth = said(log, people[4])
    assert counts(cast) == [], "What is said this week is told on Monday."
    clock.read = lambda: monday + timedelta(days=14)
    assert counts(cast) == [(4, 2)], "Somebody who answered twice is one person with two answers."
    for one in people[5:]:
        said(log, one)
    fifth.dismiss(FOUND, by=actor_of(cast.clerk))
    clock.read = lambda: monday + timedelta(days=21)
    assert counts(cast) == [(4, 2)], "A full pool never changes, and four more wait for a fifth."
    assert ratings.presence_counts([cast.other_organization.id]) == []


def test_the_hint_reads_words_on_mondays_and_an_upheld_no_confirms_nothing(db: Any, cast: Cast, clock: Any) -> None:
    log, _one, _word, _rating = settled(cast, "uphold")
    (other,) = serving.people(cast, 1)
    second = of_worker(cast, other)
    said(second, other, there=True)
    assert ratings.presence_on([log.id, second.id]) == {}
    then = clock.read() + timedelta(days=7)
    clock.read = lambda: then
    assert ratings.presence_on([log.id, second.id]) == {log.id: (0, 1), second.id: (1, 0)}


def test_whoever_is_erased_leaves_no_words(db: Any, cast: Cast) -> None:
    (one,) = serving.people(cast, 1)
    word = said(of_worker(cast, one), one)
    word.dismiss(FOUND, by=actor_of(cast.clerk))
    forget_words([one.id])
    db.session.flush()
    kept = db.session.scalars(select(Revision).where(Revision.kind == "presence_words")).all()
    assert word.words is None and kept and not any(revision.text for revision in kept)


def test_somebody_who_is_nobody_here_has_said_nothing(db: Any, cast: Cast) -> None:
    assert isinstance(STRANGER, Actor) and ratings.said_by(STRANGER) == {}
