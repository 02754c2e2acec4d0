"""Who was served rates once, by whatever way suits; it counts when the service is approved, and nobody learns who."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from models import states
from models.accounts import STRANGER, Account, Grant, actor_of
from models.attendance import Attendance, Outcome, Part, Presence
from models.base import NotFound, Refused, now, travel
from models.base import db as database
from models.events import JOB, Event
from models.people import PersonState
from models.permissions import Permission, Role
from models.projects import Project
from models.ratings import (
    Answer,
    AtPoster,
    Channel,
    Contact,
    ContactState,
    DeclaredRelative,
    Mattered,
    PaperRow,
    Rating,
    RatingContact,
    RatingInvitation,
    RatingRelease,
    RatingSheet,
    Unfit,
    contact_lines,
    contract_year,
    count_second_eyes,
    doubted,
    live,
    paper_seats,
    release_of,
    services,
    services_on_paper,
    sheet_rows,
    sheets_waiting,
    singles,
    slips,
    strips,
    themes_of,
    to_be_asked_by,
    to_hear,
    to_rate,
)
from models.service_log import ServiceLog, ServiceMethod
from models.states import RatingState
from models.tellings import Telling
from tests import builders, serving, voices
from tests.cast import Cast

S = RatingState
WHY = "评价的人是机构员工的妹妹"


def in_state(cast: Cast, state: RatingState) -> Rating:
    """Return a rating that came to a state by the verbs alone."""
    of = serving.project(cast)
    log = serving.log(of, cast.worker, cast.neighbor)
    rating = voices.rate(log, cast.neighbor, 2)
    if state in (S.VALID, S.SUPERSEDED):
        log.approve(by=actor_of(cast.supervisor))
        Rating.settle_waiting(by=JOB)
    if state == S.SUPERSEDED:
        once_more(cast, rating)
    if state == S.INVALID:
        rating.doubt_it(Unfit.NOT_THERE, WHY, by=actor_of(cast.head))
        rating.decide_doubt(upheld=True, by=actor_of(cast.clerk))
    assert rating.state == state
    return rating


def contact_of(rating: Rating) -> RatingContact:
    """Return the committee's task about a rating."""
    return RatingContact.find(next(iter(contact_lines(RatingContact.rating_id == rating.id))).public_id)


def once_more(cast: Cast, rating: Rating, level: int = 5) -> Rating:
    """Let the committee put it right, and the person rate again."""
    contact = contact_of(rating)
    contact.talk("上门听了意见", reached=True, by=actor_of(cast.clerk))
    contact.settle("换了送餐时间", by=actor_of(cast.clerk))
    return Rating.give(RatingInvitation.get(contact.again_id or 0), Answer(level), by=STRANGER)


VERBS: dict[str, Callable[[Rating], None]] = {
    "validate": lambda rating: rating._step("validate"),
    "invalidate": lambda rating: rating._step("invalidate"),
    "supersede": lambda rating: rating._step("supersede"),
}
ALLOWED = {
    (S.WAITING, "validate"): S.VALID,
    (S.WAITING, "invalidate"): S.INVALID,
    (S.VALID, "invalidate"): S.INVALID,
    (S.VALID, "supersede"): S.SUPERSEDED,
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", S)
def test_a_rating_moves_only_along_the_table(db: Any, cast: Cast, state: RatingState, verb: str) -> None:
    rating = in_state(cast, state)
    if (state, verb) in ALLOWED:
        VERBS[verb](rating)
        assert rating.state == ALLOWED[state, verb]
        return
    with pytest.raises(Refused):
        VERBS[verb](rating)
    assert rating.state == state
    assert {str(one) for one in states.BORN_AS[states.Kind.RATING]} == {"VALID", "WAITING"}


def test_a_rating_counts_at_once_after_approval_and_waits_before(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    early = serving.log(of, cast.worker, cast.neighbor)
    waiting = voices.rate(early, cast.neighbor)
    assert waiting.state == S.WAITING
    assert Rating.settle_waiting(by=JOB) == 0
    early.approve(by=actor_of(cast.supervisor))
    assert Rating.settle_waiting(by=JOB) == 1 and waiting.state == S.VALID
    other = serving.people(cast, 1)[0]
    assert voices.rate(serving.approved(cast, of, other), other).state == S.VALID


def test_an_invitation_is_good_once(db: Any, cast: Cast) -> None:
    log = serving.approved(cast, serving.project(cast), cast.neighbor)
    one = voices.invitation(log, cast.neighbor)
    Rating.give(one, Answer(4), by=STRANGER)
    with pytest.raises(Refused, match="already_rated"):
        Rating.give(one, Answer(1), by=STRANGER)


@pytest.mark.parametrize(
    ("spoil", "key"),
    [
        (lambda one, log, cast: setattr(one, "expires_at", now() - timedelta(minutes=1)), "invitation_over"),
        (lambda one, log, cast: setattr(one, "cancelled_at", now()), "invitation_cancelled"),
        (lambda one, log, cast: log.void(serving.REASON, by=actor_of(cast.head)), "invitation_cancelled"),
    ],
)
def test_an_invitation_that_is_over_opens_nothing(db: Any, cast: Cast, spoil: Any, key: str) -> None:
    log = serving.approved(cast, serving.project(cast), cast.neighbor)
    one = voices.invitation(log, cast.neighbor)
    spoil(one, log, cast)
    with pytest.raises(Refused, match=key):
        Rating.give(one, Answer(5), by=STRANGER)


@pytest.mark.parametrize("level", [0, 6, -1, True])
def test_a_level_is_one_of_five_faces(db: Any, cast: Cast, level: int) -> None:
    log = serving.approved(cast, serving.project(cast), cast.neighbor)
    with pytest.raises(Refused, match="level_needed"):
        voices.rate(log, cast.neighbor, level)


def test_whoever_works_here_rates_on_their_own_device_for_themselves_only(db: Any, cast: Cast) -> None:
    log = serving.approved(cast, serving.project(cast), cast.neighbor)
    one = voices.invitation(log, cast.neighbor)
    for staff in (cast.worker, cast.supervisor, cast.clerk):
        with pytest.raises(Refused, match="not_on_this_device"):
            Rating.give(one, Answer(5), by=actor_of(staff))
    assert Rating.give(one, Answer(5), by=actor_of(cast.resident)).channel == Channel.LINK


def test_family_that_rates_for_somebody_is_a_channel_of_its_own(db: Any, cast: Cast) -> None:
    mother = serving.people(cast, 1)[0]
    log = serving.approved(cast, serving.project(cast), mother)
    family = actor_of(cast.resident, person_ids=[mother.id])
    assert Rating.give(voices.invitation(log, mother), Answer(5), by=family).channel == Channel.HOUSEHOLD


def test_staff_of_the_provider_declared_family_and_a_second_rating_do_not_count(db: Any, cast: Cast) -> None:
    staff, sister, twice = serving.people(cast, 3)
    builders.account("员工", role=Role.SOCIAL_WORKER, organization=cast.organization, person=staff)
    DeclaredRelative.declare(sister.name, sister.phone or "", by=actor_of(cast.worker))
    log = serving.approved(cast, serving.project(cast), staff, sister, twice)
    first = voices.rate(log, twice)
    found = [voices.rate(log, one) for one in (staff, sister, twice)]
    assert [one.invalid_reason for one in found] == [Unfit.PROVIDER_STAFF, Unfit.DECLARED_FAMILY, Unfit.DUPLICATE]
    assert {one.state for one in found} == {S.INVALID} and first.state == S.VALID


def test_whoever_volunteered_for_the_provider_on_another_day_does_not_count(db: Any, cast: Cast) -> None:
    of, elsewhere = serving.project(cast), serving.project(cast, organization=cast.other_organization)
    helper, long_ago, in_draft, of_others, shares_a_phone = serving.people(cast, 5)
    serving.helper(cast, serving.log(of, cast.worker, cast.neighbor, hours_ago=72), helper)
    serving.helper(cast, serving.log(of, cast.worker, cast.neighbor, hours_ago=50, submit=False), in_draft)
    for help_given, days in ((serving.log(of, cast.worker, cast.neighbor, hours_ago=52), 400),):
        serving.helper(cast, help_given, long_ago)
        help_given.started_at -= timedelta(days=days)
    serving.helper(cast, serving.log(elsewhere, builders.account(
        "别家社工", role=Role.SOCIAL_WORKER, organization=cast.other_organization), hours_ago=20,
        method=ServiceMethod.EVENT), of_others)  # fmt: skip
    shares_a_phone.phone_lookup = cast.worker.phone_lookup
    log = serving.approved(cast, of, helper, long_ago, in_draft, of_others, shares_a_phone)
    found = [voices.rate(log, one) for one in (helper, long_ago, in_draft, of_others, shares_a_phone)]
    assert [one.invalid_reason for one in found] == [Unfit.PROVIDER_HELPER, None, None, None, None]
    assert voices.seat(log, helper).state == "PRESENT"  # They were served all the same, and stay in N.


def test_where_the_committee_serves_its_own_people_do_not_rate_it(db: Any, cast: Cast) -> None:
    clerk, helper, neighbor = serving.people(cast, 3)
    builders.account(clerk.name, role=Role.CLERK, place=cast.community, person=clerk)
    of = serving.project(cast, organization=None)
    serving.helper(cast, serving.log(of, cast.clerk, cast.neighbor, hours_ago=99), helper)
    log = serving.log(of, cast.clerk, clerk, helper, neighbor)
    log.approve(by=actor_of(cast.head))
    found = [voices.rate(log, one).invalid_reason for one in (clerk, helper, neighbor)]
    assert found == [Unfit.PROVIDER_STAFF, Unfit.PROVIDER_HELPER, None]


def test_neighbors_at_one_address_all_count(db: Any, cast: Cast) -> None:
    people = serving.people(cast, 8)
    log = serving.approved(cast, serving.project(cast), *people)
    given = [Rating.give(voices.invitation(log, one), Answer(5), by=STRANGER, origin="a" * 16) for one in people]
    assert {one.state for one in given} == {S.VALID}
    found = singles(serving.Project.get(log.project_id), actor_of(cast.auditor))
    assert {one.burst for one in found} == {8}


def test_who_turned_out_not_to_be_there_is_left_out_when_the_service_is_approved(db: Any, cast: Cast) -> None:
    log = serving.log(serving.project(cast), cast.worker, cast.neighbor)
    rating = voices.rate(log, cast.neighbor)
    seat = voices.seat(log, cast.neighbor)
    seat._step("dispute")
    seat._step("uphold")
    log.approve(by=actor_of(cast.supervisor))
    Rating.settle_waiting(by=JOB)
    assert (rating.state, rating.invalid_reason) == (S.INVALID, Unfit.NOT_THERE)


def test_voiding_the_service_takes_its_ratings_with_it_and_tells_the_raters(db: Any, cast: Cast) -> None:
    log = serving.approved(cast, serving.project(cast), cast.neighbor)
    rating = voices.rate(log, cast.neighbor)
    with pytest.raises(Refused, match="committee_undoes"):
        log.void(serving.REASON, by=actor_of(cast.supervisor))
    log.void(serving.REASON, by=actor_of(cast.head))
    assert Rating.settle_waiting(by=JOB) == 1
    assert (rating.state, rating.invalid_reason) == (S.INVALID, Unfit.LOG_VOIDED)
    told = db.session.scalars(select(Telling).where(Telling.sentence == "rating_left_out")).one()
    assert told.kind == "projects" and set(told.values) == {"title"}


def test_after_it_was_put_right_a_person_rates_once_more_and_only_that_counts(db: Any, cast: Cast) -> None:
    first = in_state(cast, S.VALID)
    contact = contact_of(first)
    with pytest.raises(Refused, match="talk_first"):
        contact.settle("换了送餐时间", by=actor_of(cast.clerk))
    second = once_more(cast, first)
    assert second.supersedes_id == first.id
    assert (first.state, second.state) == (S.SUPERSEDED, S.VALID)
    assert contact.state == ContactState.SETTLED
    with pytest.raises(Refused, match="contact_over"):
        contact.settle("再来一次", by=actor_of(cast.clerk))
    year = contract_year(serving.Project.get(first.project_id))
    assert live(serving.Project.get(first.project_id), year).levels == {5: 1, 4: 0, 3: 0, 2: 0, 1: 0}


@pytest.mark.parametrize(("level", "wish", "tasks"), [
    (2, Contact.COMMUNITY, 1), (1, Contact.ORGANIZATION_TOO, 1), (1, Contact.NOBODY, 0), (3, Contact.COMMUNITY, 0),
])  # fmt: skip
def test_a_bad_rating_asks_for_a_call_unless_the_rater_wants_none(
    db: Any, cast: Cast, level: int, wish: Contact, tasks: int
) -> None:
    log = serving.approved(cast, serving.project(cast), cast.neighbor)
    voices.rate(log, cast.neighbor, level, contact=wish)
    found = contact_lines(actor_of(cast.clerk).reach(Permission.CONTACT_RATERS).communities(RatingContact.community_id))
    assert len(found) == tasks
    assert (
        contact_lines(
            actor_of(cast.other_clerk).reach(Permission.CONTACT_RATERS).communities(RatingContact.community_id)
        )
        == []
    )


def test_the_organization_learns_theme_and_month_with_a_release_of_five_raters_or_more(db: Any, cast: Cast) -> None:
    def seen() -> list[Any]:
        return [(one.theme, one.times) for one in themes_of([cast.organization.id], least=5)]

    of = voices.rated(cast, [1, 5, 5, 5], mattered=Mattered.TIMELY)
    assert RatingRelease.release_all(by=JOB) == 1 and seen() == []
    with travel(timedelta(days=7)):
        waits, *people = serving.people(cast, 4)
        voices.rate(serving.log(of, cast.worker, waits), waits, 1, mattered=Mattered.SKILL)
        log = serving.approved(cast, of, *people)
        for person in people:
            voices.rate(log, person)
        assert RatingRelease.release_all(by=JOB) == 1 and seen() == [(Mattered.TIMELY, 1)]
    with travel(timedelta(days=8)):
        voices.rated(cast, [1], of=of, mattered=Mattered.EFFECT)
    with travel(timedelta(days=14)):
        assert RatingRelease.release_all(by=JOB) == 0 and seen() == [(Mattered.TIMELY, 1)]


def test_slips_are_one_a_person_project_and_month(db: Any, cast: Cast) -> None:
    of, people = serving.project(cast), serving.people(cast, 3)
    first = serving.approved(cast, of, *people)
    second = serving.approved(cast, of, *people, hours_ago=8)
    clerk = actor_of(cast.clerk)
    assert RatingInvitation.print_slips(first, by=clerk) == 3
    assert RatingInvitation.print_slips(first, by=clerk) == 0
    assert RatingInvitation.print_slips(second, by=clerk) == 0
    assert len(slips(first)) == 3 and all(one.person.endswith("**") for one in slips(first))


def test_a_community_may_ask_the_same_person_once_a_quarter_only(db: Any, cast: Cast, clock: Any) -> None:
    of, clerk, (person,) = serving.project(cast), actor_of(cast.clerk), serving.people(cast, 1)
    cast.community.asking_months = 3
    asked = []
    for moment in (datetime(2026, 10, 20, 2, tzinfo=UTC), datetime(2026, 12, 20, 2, tzinfo=UTC),
                   datetime(2027, 1, 4, 2, tzinfo=UTC)):  # fmt: skip
        clock.read = lambda at=moment: at
        asked.append(RatingInvitation.print_slips(serving.log(of, cast.worker, person), by=clerk))
    assert asked == [1, 0, 1]


def test_only_people_with_a_way_in_are_invited_in_the_app_and_once_a_month(db: Any, cast: Cast) -> None:
    cast.resident.password_hash = "x"
    log = serving.approved(cast, serving.project(cast), cast.neighbor, *serving.people(cast, 2))
    assert RatingInvitation.invite_all(by=JOB) == 1
    assert RatingInvitation.invite_all(by=JOB) == 0
    told = db.session.scalars(select(Telling).where(Telling.sentence == "rating_invited")).one()
    assert told.account_id == cast.resident.id
    waits = to_rate(actor_of(cast.resident))
    assert [one.service for one in waits] == [log.title]


def test_a_new_month_alone_asks_nobody_again_about_the_same_service(db: Any, cast: Cast, clock: Any) -> None:
    cast.resident.password_hash = "x"
    clock.read = lambda: datetime(2026, 11, 22, 2, tzinfo=UTC)
    of, (person,) = serving.project(cast), serving.people(cast, 1)
    log = serving.approved(cast, of, cast.neighbor, person)
    assert RatingInvitation.invite_all(by=JOB) == 1
    assert RatingInvitation.print_slips(log, by=actor_of(cast.clerk)) == 1
    clock.read = lambda: datetime(2026, 12, 1, 2, tzinfo=UTC)
    assert RatingInvitation.invite_all(by=JOB) == 0
    assert RatingInvitation.print_slips(log, by=actor_of(cast.clerk)) == 0
    serving.approved(cast, of, cast.neighbor)
    assert RatingInvitation.invite_all(by=JOB) == 1


def test_whoever_rated_without_being_asked_is_not_asked_about_it_afterwards(db: Any, cast: Cast) -> None:
    cast.resident.password_hash = "x"
    log = serving.approved(cast, serving.project(cast), cast.neighbor)
    one = RatingInvitation.ask(voices.seat(log, cast.neighbor).public_id, by=actor_of(cast.resident))
    Rating.give(one, Answer(5), by=actor_of(cast.resident))
    assert RatingInvitation.invite_all(by=JOB) == 0


def test_whoever_was_served_may_ask_to_rate_and_nobody_else_for_them(db: Any, cast: Cast) -> None:
    log = serving.approved(cast, serving.project(cast), cast.neighbor)
    seat = voices.seat(log, cast.neighbor)
    one = RatingInvitation.ask(seat.public_id, by=actor_of(cast.resident))
    assert RatingInvitation.ask(seat.public_id, by=actor_of(cast.resident)) is one
    with pytest.raises(NotFound):
        RatingInvitation.ask(seat.public_id, by=actor_of(cast.other_resident))
    Rating.give(one, Answer(5), by=actor_of(cast.resident))
    with pytest.raises(Refused, match="already_rated"):
        RatingInvitation.ask(seat.public_id, by=actor_of(cast.resident))
    assert to_rate(actor_of(cast.resident)) == []


def test_a_strip_waits_until_the_sheet_is_entered(db: Any, cast: Cast) -> None:
    log = serving.approved(cast, serving.project(cast), cast.neighbor)
    clerk = actor_of(cast.clerk)
    RatingInvitation.print_strips(log, 3, by=clerk)
    code = strips(log)[0]
    one = RatingInvitation.by_code(log, code.lower())
    assert one is not None
    rating = Rating.give(one, Answer(5), by=STRANGER)
    assert rating.state == S.WAITING
    with pytest.raises(Refused, match="code_unknown"):
        RatingInvitation.tie(log, {voices.seat(log, cast.neighbor).public_id: "NOTACODE"}, by=clerk)
    RatingInvitation.tie(log, {voices.seat(log, cast.neighbor).public_id: code}, by=clerk)
    Rating.settle_waiting(by=JOB)
    assert rating.state == S.VALID


def test_people_rate_at_the_door_before_the_record_of_the_event_is_written(db: Any, cast: Cast) -> None:
    of, (came, shy) = serving.project(cast), serving.people(cast, 2)
    day, worker = serving.activity(cast, of), actor_of(cast.worker)
    for person in (came, shy):
        Attendance.sign_up(day, person, by=actor_of(cast.resident))
    log = ServiceLog.prepare(day, by=worker)
    RatingInvitation.print_strips(log, 2, by=actor_of(cast.clerk))
    [code, _spare] = strips(log)
    with travel(timedelta(hours=2)):
        Rating.give_at_poster(log, AtPoster(code=code), Answer(5), by=STRANGER)
        Rating.give_at_poster(log, AtPoster(name=shy.name, last_four=(shy.phone or "")[-4:]), Answer(4), by=STRANGER)
        first, second = db.session.scalars(select(Rating).order_by(Rating.id)).all()
        for person in (came, shy):
            Attendance.of_person(day, person.id).check_in(by=worker)  # type: ignore[union-attr]
    with travel(timedelta(hours=4)):
        event = {"method": ServiceMethod.EVENT, "activity": day, "people": None, "hours_ago": 3}
        log.rewrite(serving.entry(**event), by=worker, submit=True)
        log.approve(by=actor_of(cast.supervisor))
        Rating.settle_waiting(by=JOB)
        assert first.state == second.state == S.WAITING
        seat = Attendance.of_person(day, came.id)
        RatingInvitation.tie(log, {seat.public_id: code}, by=actor_of(cast.clerk))  # type: ignore[union-attr]
        second.hear(confirmed=True, by=actor_of(cast.clerk))
        Rating.settle_waiting(by=JOB)
        assert first.state == second.state == S.VALID


def test_a_strip_that_nobody_ties_is_left_out_in_the_end(db: Any, cast: Cast) -> None:
    log = serving.approved(cast, serving.project(cast), cast.neighbor)
    RatingInvitation.print_strips(log, 1, by=actor_of(cast.clerk))
    one = RatingInvitation.by_code(log, strips(log)[0])
    assert one is not None
    rating = Rating.give(one, Answer(5), by=STRANGER)
    with travel(timedelta(days=50)):
        Rating.settle_waiting(by=JOB)
    assert rating.invalid_reason == Unfit.NOT_THERE


def test_a_name_at_a_poster_counts_after_the_person_was_asked(db: Any, cast: Cast) -> None:
    log = serving.approved(cast, serving.project(cast), cast.neighbor)
    four = (cast.neighbor.phone or "")[-4:]
    reached = Rating.community_id == cast.community.id
    for name, digits in [("王桂兰", "0000"), ("李桂兰", four)]:
        Rating.give_at_poster(log, AtPoster(name=name, last_four=digits), Answer(1), by=STRANGER)
        assert to_hear(reached) == []
    Rating.give_at_poster(log, AtPoster(name=" 王桂兰 ", last_four=four), Answer(1), by=STRANGER)
    Rating.give_at_poster(log, AtPoster(name="王桂兰", last_four=four), Answer(5), by=STRANGER)
    waiting = to_hear(reached)
    assert [one.name for one in waiting] == ["王桂兰"] * 2, "whoever typed it first may have been somebody else"
    assert [count_second_eyes(actor_of(one)) for one in (cast.clerk, cast.head, cast.other_clerk)] == [2, 2, 0]
    for _ in range(3):
        Rating.give_at_poster(log, AtPoster(name="王桂兰", last_four=four), Answer(5), by=STRANGER)
    assert len(to_hear(reached)) == 3
    borrowed, rating = (Rating.find(one.public_id) for one in waiting)
    Rating.settle_waiting(by=JOB)
    assert rating.state == S.WAITING
    rating.hear(confirmed=True, by=actor_of(cast.clerk))
    assert rating.state == S.VALID and to_hear(reached) == []
    assert (borrowed.state, borrowed.invalid_reason) == (S.INVALID, Unfit.DUPLICATE)
    Rating.give_at_poster(log, AtPoster(name="王桂兰", last_four=four), Answer(1), by=STRANGER)
    assert to_hear(reached) == []
    with pytest.raises(Refused, match="no_witness_needed"):
        rating.hear(confirmed=False, by=actor_of(cast.clerk))


def test_whoever_says_it_was_not_them_takes_it_out(db: Any, cast: Cast) -> None:
    log = serving.approved(cast, serving.project(cast), cast.neighbor)
    Rating.give_at_poster(
        log, AtPoster(name="王桂兰", last_four=(cast.neighbor.phone or "")[-4:]), Answer(1), by=STRANGER
    )
    rating = Rating.find(to_hear(Rating.community_id == cast.community.id)[0].public_id)
    rating.hear(confirmed=False, by=actor_of(cast.clerk))
    assert rating.invalid_reason == Unfit.NOT_THE_PERSON


def test_a_name_that_somebody_else_gave_takes_nobodys_say(db: Any, cast: Cast) -> None:
    other = builders.person(cast.community, "周桂兰", phone="13900001234")
    log = serving.approved(cast, serving.project(cast), cast.neighbor, other)
    by, reached = actor_of(cast.resident), Rating.community_id == cast.community.id
    for person in (cast.neighbor, other):
        name = AtPoster(name=person.name, last_four=(person.phone or "")[-4:])
        Rating.give_at_poster(log, name, Answer(5), by=STRANGER)
    false_one, refuted = (Rating.find(one.public_id) for one in to_hear(reached))
    refuted.hear(confirmed=False, by=actor_of(cast.clerk))
    assert [one.name for one in paper_seats(log)] == [cast.neighbor.name, other.name]
    assert paper_seats(log)[0].home == f"{cast.courtyard.name} {cast.neighbor.door}"
    seat = voices.seat(log, cast.neighbor).public_id
    assert [one.seat for one in to_rate(by)] == [seat]
    own = Rating.give(RatingInvitation.ask(seat, by=by), Answer(1), by=by)
    assert own.state == S.VALID and to_rate(by) == [] and to_hear(reached) == []
    assert (false_one.state, false_one.invalid_reason) == (S.INVALID, Unfit.DUPLICATE)
    rows = [PaperRow(voices.seat(log, other).public_id, Answer(4))]
    clerk = actor_of(cast.clerk)
    sheet = RatingSheet.enter(log, rows, by=clerk, photos=[voices.sheet_photo(cast.clerk).public_id],
                              photo_owner=f"account:{cast.clerk.id}")  # fmt: skip
    sheet.witness(by=voices.second_clerk(cast))
    assert [one.state for one in sheet.ratings()] == [S.VALID] and paper_seats(log) == []


def test_sixty_paper_ratings_are_entered_in_one_go_and_count_after_a_second_clerk(
    db: Any, cast: Cast, count_queries: Any
) -> None:
    people = serving.people(cast, 60)
    log = serving.approved(cast, serving.project(cast), *people)
    clerk, photo = actor_of(cast.clerk), voices.sheet_photo(cast.clerk)
    with count_queries() as asked:
        seats = paper_seats(log)
    assert len(seats) == 60 and len(asked) <= 2
    rows = [PaperRow(seat.seat, Answer(5 - n % 5, mattered=Mattered.EFFECT)) for n, seat in enumerate(seats)]
    more = {"photos": [photo.public_id], "photo_owner": f"account:{cast.clerk.id}"}
    sheet = RatingSheet.enter(log, rows, by=clerk, **more)
    assert {one.state for one in sheet.ratings()} == {S.WAITING} and paper_seats(log) == []
    assert (count_second_eyes(clerk), count_second_eyes(actor_of(cast.head))) == (0, 1)
    assert [one.rows for one in sheets_waiting(clerk)] == [60]
    with pytest.raises(Refused, match="second_person_needed"):
        sheet.witness(by=clerk)
    sheet.witness(by=voices.second_clerk(cast))
    assert {one.state for one in sheet.ratings()} == {S.VALID}
    assert {one.channel for one in sheet.ratings()} == {Channel.PAPER}
    assert len(contact_lines(RatingContact.community_id == cast.community.id, limit=99)) == 24


def paper(cast: Cast, log: ServiceLog, levels: dict[Any, int], by: Any = None) -> RatingSheet:
    """Enter slips of paper of these people, by the clerk unless somebody else is named."""
    account = by or cast.clerk
    rows = [PaperRow(voices.seat(log, person).public_id, Answer(level)) for person, level in levels.items()]
    return RatingSheet.enter(log, rows, by=actor_of(account), photos=[voices.sheet_photo(account).public_id],
                             photo_owner=f"account:{account.id}")  # fmt: skip


def test_a_slip_of_paper_from_a_door_marked_not_in_counts_after_the_person_was_asked(db: Any, cast: Cast) -> None:
    met, away, unwilling = serving.people(cast, 3)
    lines = (Presence(met), Presence(away, Outcome.NOT_IN), Presence(unwilling, Outcome.REFUSED))
    log = serving.log(serving.project(cast), cast.worker, people=lines)
    log.approve(by=actor_of(cast.supervisor))
    reached, head = Rating.community_id == cast.community.id, actor_of(cast.head)
    assert [(one.name, one.missed) for one in paper_seats(log)] == [
        (met.name, False), (away.name, True), (unwilling.name, True)
    ]  # fmt: skip
    sheet = paper(cast, log, {met: 5, away: 1, unwilling: 4})
    assert [row.missed for row in sheet_rows(sheet)] == [False, True, True]
    first, bad, wrong = sheet.ratings()
    assert to_hear(reached) == [], "the paper is compared first"
    with pytest.raises(Refused, match="no_witness_needed"):
        bad.hear(confirmed=True, by=head)
    sheet.witness(by=head)
    Rating.settle_waiting(by=JOB)
    assert [one.state for one in (first, bad, wrong)] == [S.VALID, S.WAITING, S.WAITING]
    assert [(one.name, one.missed) for one in to_hear(reached)] == [(away.name, True), (unwilling.name, True)]
    assert count_second_eyes(head) == 2 and paper_seats(log) == []
    bad.hear(confirmed=True, by=head)
    wrong.hear(confirmed=False, by=actor_of(cast.clerk))
    assert (bad.state, wrong.invalid_reason) == (S.VALID, Unfit.NOT_THE_PERSON)
    assert len(contact_lines(RatingContact.rating_id == bad.id)) == 1
    assert to_hear(reached) == [] and count_second_eyes(head) == 0


def test_a_door_marked_not_in_after_its_paper_was_compared_is_asked_about_all_the_same(db: Any, cast: Cast) -> None:
    away = serving.people(cast, 1)[0]
    log = serving.log(serving.project(cast), cast.worker, away, cast.neighbor)
    sheet = paper(cast, log, {away: 1})
    sheet.witness(by=actor_of(cast.head))
    log.return_("请再看一遍名单", by=actor_of(cast.supervisor))
    log.rewrite(serving.entry(cast.neighbor), by=actor_of(cast.worker), submit=True)
    log.approve(by=actor_of(cast.supervisor))
    Rating.settle_waiting(by=JOB)
    (rating,) = sheet.ratings()
    assert rating.state == S.WAITING
    assert [one.name for one in to_hear(Rating.community_id == cast.community.id)] == [away.name]
    rating.hear(confirmed=True, by=actor_of(cast.head))
    assert rating.state == S.VALID


def test_no_way_of_speaking_is_closed_to_whoever_is_said_not_to_have_been_met(db: Any, cast: Cast) -> None:
    away, struck = cast.neighbor, serving.people(cast, 1)[0]
    lines = (Presence(away, Outcome.NOT_IN), Presence(struck, Outcome.NOT_IN))
    log = serving.log(serving.project(cast), cast.worker, people=lines)
    log.approve(by=actor_of(cast.supervisor))
    reached, clerk = Rating.community_id == cast.community.id, actor_of(cast.clerk)
    who = AtPoster(name=struck.name, last_four=(struck.phone or "")[-4:])
    Rating.give_at_poster(log, who, Answer(1), by=STRANGER)
    RatingInvitation.print_strips(log, 1, by=clerk)
    code = strips(log)[0]
    by = actor_of(cast.resident)
    own = Rating.give(RatingInvitation.ask(voices.seat(log, away).public_id, by=by), Answer(2), by=by)
    assert [one.name for one in to_hear(reached)] == [struck.name, away.name]
    assert RatingInvitation.tie(log, {voices.seat(log, struck).public_id: code}, by=clerk) == 1
    Rating.settle_waiting(by=JOB)
    assert own.state == S.WAITING and to_rate(by) == []
    own.hear(confirmed=True, by=actor_of(cast.head))
    assert own.state == S.VALID
    voices.seat(log, struck).absence = None  # As where the committee found that it was not so.
    db.session.flush()
    assert [one.name for one in paper_seats(log)] == []


def own_service(cast: Cast, author: Account, *more: Presence, of: Any = None) -> tuple[ServiceLog, Any]:
    """Return a service that the committee gave itself, recorded by somebody of it, and one person served."""
    one = serving.people(cast, 1)[0]
    log = serving.log(of or serving.project(cast, organization=None), author, people=(Presence(one), *more),
                      method=ServiceMethod.EVENT)  # fmt: skip
    log.approve(by=actor_of(cast.head if author is not cast.head else cast.clerk))
    return log, one


def one_clerk(cast: Cast) -> None:
    """Leave the community one clerk beside its head."""
    database.session.execute(update(Grant).where(Grant.account_id == cast.two_hats.id).values(ended_at=now()))


def test_whoever_served_neither_enters_nor_compares_paper_and_a_third_party_makes_the_second(
    db: Any, cast: Cast
) -> None:
    one_clerk(cast)
    log, one = own_service(cast, cast.clerk)
    clerk, head, evaluator = (actor_of(who) for who in (cast.clerk, cast.head, cast.evaluator))
    with pytest.raises(Refused, match="served_here"):
        paper(cast, log, {one: 5})
    sheet = paper(cast, log, {one: 2}, by=cast.head)
    with pytest.raises(Refused, match="served_here"):
        sheet.witness(by=clerk)
    with pytest.raises(Refused, match="second_person_needed"):
        sheet.witness(by=head)
    found = {who: [line.public_id for line in sheets_waiting(by)]
             for who, by in (("clerk", clerk), ("head", head), ("evaluator", evaluator))}  # fmt: skip
    assert found == {"clerk": [], "head": [sheet.public_id], "evaluator": [sheet.public_id]}
    assert [count_second_eyes(by) for by in (clerk, head, evaluator)] == [0, 0, 1]
    assert sheet in db.session.scalars(RatingSheet.visible_to(evaluator, Permission.ENTER_PAPER_RATINGS)).all()
    sheet.witness(by=evaluator)
    assert [rating.state for rating in sheet.ratings()] == [S.VALID]
    contacts = [contact_lines(RatingContact.within(by, Permission.CONTACT_RATERS)) for by in (clerk, head, evaluator)]
    assert [len(lines) for lines in contacts] == [0, 1, 0], "who served is told nothing of who rated"
    log, one = own_service(cast, cast.head)
    paper(cast, log, {one: 5}, by=cast.evaluator).witness(by=clerk)


def test_helping_at_a_service_is_serving_and_so_is_beginning_its_record(db: Any, cast: Cast) -> None:
    helper = builders.person(cast.community, "帮忙的")
    second = builders.account("唐书记员", role=Role.CLERK, place=cast.community, person=helper)
    begun = builders.account("先写的", role=Role.CLERK, place=cast.community)
    log, one = own_service(cast, cast.clerk, Presence(helper, part=Part.VOLUNTEER))
    log.begun_by_id = begun.id
    for account in (cast.clerk, second, begun):
        with pytest.raises(Refused, match="served_here"):
            paper(cast, log, {one: 5}, by=account)
    sheet = paper(cast, log, {one: 5}, by=cast.head)
    for account in (cast.clerk, second, begun):
        by = actor_of(account)
        assert sheets_waiting(by) == [] and count_second_eyes(by) == 0
        with pytest.raises(Refused, match="served_here"):
            sheet.witness(by=by)
    other, person = own_service(cast, cast.clerk)
    paper(cast, other, {person: 5}, by=second).witness(by=actor_of(begun))


def test_a_third_party_reaches_paper_of_services_that_a_committee_gave_itself_and_nothing_else(
    db: Any, cast: Cast
) -> None:
    one_clerk(cast)
    log, one = own_service(cast, cast.clerk)
    theirs = serving.approved(cast, serving.project(cast), cast.neighbor)
    evaluator = actor_of(cast.evaluator)
    reached = db.session.scalars(services_on_paper(evaluator)).all()
    assert log in reached and theirs not in reached
    assert [line.public_id for line in services(evaluator, on_paper=True)] == [log.public_id]
    sheet = paper(cast, theirs, {cast.neighbor: 4})
    assert sheets_waiting(evaluator) == [] and count_second_eyes(evaluator) == 0
    assert not db.session.scalars(RatingSheet.visible_to(evaluator, Permission.ENTER_PAPER_RATINGS)).all()
    assert [line.public_id for line in sheets_waiting(actor_of(cast.head))] == [sheet.public_id]
    far = builders.street(cast.district, "远街道")
    elsewhere = actor_of(builders.account("远处评估员", role=Role.EVALUATOR, place=far))
    inside = actor_of(builders.account("机构评估员", role=Role.EVALUATOR, organization=cast.organization))
    for stranger in (elsewhere, inside):
        assert not db.session.scalars(services_on_paper(stranger)).all()
    # Where a colleague of the committee is left to compare, nothing waits for the third party.
    builders.account("唐书记员", role=Role.CLERK, place=cast.community)
    paper(cast, log, {one: 5}, by=cast.head)
    assert (count_second_eyes(evaluator), len(sheets_waiting(evaluator))) == (0, 1)


def test_nobody_judges_the_ratings_of_a_service_of_their_own(db: Any, cast: Cast) -> None:
    log, one = own_service(cast, cast.clerk)
    rating, reached = voices.rate(log, one, 1), Rating.community_id == cast.community.id
    rating.doubt_it(Unfit.NOT_THERE, WHY, by=actor_of(cast.head))
    clerk, other = actor_of(cast.clerk), voices.second_clerk(cast)
    assert [(len(doubted(reached, by)), count_second_eyes(by)) for by in (clerk, other)] == [(0, 0), (1, 1)]
    with pytest.raises(Refused, match="own_log"):
        rating.decide_doubt(upheld=True, by=clerk)
    rating.decide_doubt(upheld=False, by=other)
    log, one = own_service(cast, cast.head)
    own = voices.rate(log, one, 1)
    with pytest.raises(Refused, match="own_log"):
        own.doubt_it(Unfit.NOT_THERE, WHY, by=actor_of(cast.head))
    by = [singles(Project.get(log.project_id), actor_of(account)) for account in (cast.head, cast.auditor)]
    assert [[line.own for line in lines] for lines in by] == [[True], [False]]


def test_paper_without_its_photo_or_for_a_line_that_is_not_there_is_refused(db: Any, cast: Cast) -> None:
    log = serving.approved(cast, serving.project(cast), cast.neighbor)
    row = PaperRow(voices.seat(log, cast.neighbor).public_id, Answer(5))
    clerk, owner = actor_of(cast.clerk), f"account:{cast.clerk.id}"
    for rows, photos, key in [
        ([], ["x"], "rows_needed"),
        ([row], [], "sheet_photo_needed"),
        ([row], ["0123456789"], "photo_not_yours"),
        ([PaperRow("0123456789", Answer(5))], [voices.sheet_photo(cast.clerk).public_id], "seat_unknown"),
    ]:
        with pytest.raises(Refused, match=key):
            RatingSheet.enter(log, rows, by=clerk, photos=photos, photo_owner=owner)


def test_a_rating_is_left_out_by_the_head_and_a_second_person_only(db: Any, cast: Cast) -> None:
    log = serving.approved(cast, serving.project(cast), cast.neighbor)
    rating, head = voices.rate(log, cast.neighbor), actor_of(cast.head)
    with pytest.raises(Refused, match="nobody_doubts"):
        rating.decide_doubt(upheld=True, by=actor_of(cast.clerk))
    with pytest.raises(Refused, match="reason_not_stated_so"):
        rating.doubt_it(Unfit.LOG_VOIDED, WHY, by=head)
    rating.doubt_it(Unfit.DECLARED_FAMILY, WHY, by=head)
    with pytest.raises(Refused, match="second_person_needed"):
        rating.decide_doubt(upheld=True, by=head)
    rating.decide_doubt(upheld=False, by=actor_of(cast.clerk))
    assert rating.state == S.VALID
    rating.doubt_it(Unfit.DECLARED_FAMILY, WHY, by=head)
    rating.decide_doubt(upheld=True, by=actor_of(cast.clerk))
    assert (rating.state, rating.invalid_reason) == (S.INVALID, Unfit.DECLARED_FAMILY)


def test_the_frame_counts_persons_once_and_leaves_out_who_moved_without_a_word(db: Any, cast: Cast) -> None:
    of, people = serving.project(cast), serving.people(cast, 6)
    log = serving.approved(cast, of, *people)
    again = serving.approved(cast, of, *people[:2], hours_ago=9)
    serving.log(of, cast.worker, *serving.people(cast, 3))
    voices.rate(log, people[0], 5)
    voices.rate(again, people[0], 3)
    voices.rate(log, people[1], 1)
    for gone in (people[1], people[5]):
        gone.state = PersonState.MOVED
    found = live(of, contract_year(of))
    assert (found.served, found.n, found.ratings) == (5, 2, 3)
    assert found.mean((100, 85, 60, 30, 0)) == 40
    assert live(serving.project(cast), contract_year(of)).served == 0


def test_a_doubt_of_what_no_longer_counts_anyway_waits_for_nobody(db: Any, cast: Cast) -> None:
    log = serving.approved(cast, serving.project(cast), cast.neighbor)
    rating, reached, clerk = (
        voices.rate(log, cast.neighbor),
        Rating.community_id == cast.community.id,
        actor_of(cast.clerk),
    )
    rating.doubt_it(Unfit.DECLARED_FAMILY, WHY, by=actor_of(cast.head))
    assert (len(doubted(reached, clerk)), count_second_eyes(clerk)) == (1, 1)
    log.void(serving.REASON, by=actor_of(cast.head))
    Rating.settle_waiting(by=JOB)
    assert rating.invalid_reason == Unfit.LOG_VOIDED
    assert (doubted(reached, clerk), count_second_eyes(clerk)) == ([], 0)


def test_those_nobody_was_asked_about_keep_no_other_from_being_counted(db: Any, cast: Cast) -> None:
    named, (away, came) = cast.neighbor, serving.people(cast, 2)
    log = serving.log(
        serving.project(cast),
        cast.worker,
        named,
        people=(Presence(away, Outcome.NOT_IN), Presence(came), Presence(named)),
    )
    name = AtPoster(name=named.name, last_four=(named.phone or "")[-4:])
    Rating.give_at_poster(log, name, Answer(5), by=STRANGER)
    voices.rate(log, away, 1)
    RatingInvitation.print_strips(log, 1, by=actor_of(cast.clerk))
    strip = RatingInvitation.by_code(log, strips(log)[0])
    assert strip is not None
    Rating.give(strip, Answer(4), by=STRANGER)
    late = voices.rate(log, came, 4)
    log.approve(by=actor_of(cast.supervisor))
    assert (Rating.settle_waiting(by=JOB, most=1), late.state) == (1, S.VALID)


def test_nobody_asks_about_their_own_record_nor_about_their_own_word(db: Any, cast: Cast) -> None:
    away = serving.people(cast, 1)[0]
    of = serving.project(cast, organization=None)
    log = serving.log(of, cast.clerk, people=(Presence(away, Outcome.NOT_IN), Presence(cast.neighbor, Outcome.NOT_IN)))
    log.approve(by=actor_of(cast.head))
    rating, own = voices.rate(log, away, 1), voices.rate(log, cast.neighbor, 2)
    cast.resident.grant(Role.CLERK, by=JOB, place=cast.community)
    askers = [actor_of(one) for one in (cast.clerk, cast.resident, cast.head)]
    asked = [[one.public_id for one in to_hear(to_be_asked_by(by))] for by in askers]
    assert asked == [[], [rating.public_id], [rating.public_id, own.public_id]]
    assert [count_second_eyes(by) for by in askers] == [0, 1, 2]
    for by, key in ((askers[0], "own_log"), (askers[1], "own_word")):
        with pytest.raises(Refused, match=key):
            own.hear(confirmed=False, by=by)
    rating.hear(confirmed=True, by=askers[2])
    assert rating.state == S.VALID


def test_who_was_heard_against_the_record_changes_no_number_of_persons(db: Any, cast: Cast) -> None:
    of = voices.rated(cast, [5, 5, 4], silent=3)
    away = serving.people(cast, 1)[0]
    log = serving.log(of, cast.worker, away, cast.neighbor)
    rating = voices.rate(log, away, 1)
    log.return_("请再看一遍名单", by=actor_of(cast.supervisor))
    log.rewrite(serving.entry(cast.neighbor), by=actor_of(cast.worker), submit=True)
    log.approve(by=actor_of(cast.supervisor))
    Rating.settle_waiting(by=JOB)
    before = live(of, contract_year(of))
    assert (rating.state, before.n, before.served) == (S.WAITING, 3, 7)
    rating.hear(confirmed=True, by=actor_of(cast.clerk))
    after = live(of, contract_year(of))
    assert (after.n, after.served, after.levels[1]) == (4, 7, 1)
    voices.seat(log, away).absence = None  # As where the committee found that it was not so.
    db.session.flush()
    Rating.settle_waiting(by=JOB)
    assert rating.invalid_reason == Unfit.NOT_THERE


def test_figures_are_released_on_mondays_after_three_new_ratings(db: Any, cast: Cast) -> None:
    of = voices.rated(cast, [5, 4], silent=3)
    assert RatingRelease.release_all(by=JOB) == 0
    voices.rated(cast, [3], of=of)
    assert RatingRelease.release_all(by=JOB) == 1
    assert RatingRelease.release_all(by=JOB) == 0
    with travel(timedelta(days=7)):
        voices.rated(cast, [1, 1], of=of)
        assert RatingRelease.release_all(by=JOB) == 0
        voices.rated(cast, [1], of=of)
        assert RatingRelease.release_all(by=JOB) == 1
    release = release_of(of, contract_year(of)[0])
    assert release is not None and (release.n, release.served, release.voices.n) == (6, 9, 6)


def test_the_diary_knows_a_person_served_and_nobody_by_name(db: Any, cast: Cast) -> None:
    log = serving.approved(cast, serving.project(cast), cast.neighbor)
    seat = voices.seat(log, cast.neighbor)
    one = RatingInvitation.ask(seat.public_id, by=actor_of(cast.resident))
    Rating.give(one, Answer(1, comment="送来的饭是凉的"), by=actor_of(cast.resident))
    events = list(db.session.scalars(select(Event).where(Event.verb.like("rating%"))))
    assert [event.verb for event in events] == ["rating_invitation.ask", "rating.give"]
    for event in events:
        assert (event.account_id, event.actor) == (None, "PERSON_SERVED")
        assert "people" not in event.body and "attendances" not in event.body and "level" not in event.body


def test_the_committees_list_of_services_is_one_query(db: Any, cast: Cast, count_queries: Any) -> None:
    of = serving.project(cast)
    for hours in range(3, 9):
        serving.approved(cast, of, *serving.people(cast, 2), hours_ago=hours)
    clerk = actor_of(cast.clerk)
    with count_queries() as queries:
        found = services(clerk)
    assert len(found) == 6 and {one.present for one in found} == {2} and len(queries) == 1
