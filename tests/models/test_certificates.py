"""Proofs of volunteer service: from approved hours alone, frozen, revoked with a reason, verified as they stand now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from models import certificates, my_data, states
from models.accounts import actor_of
from models.base import NotFound, Refused, now, today
from models.certificates import Certificate, CertificateRequest, Standing
from models.events import timeline
from models.people import Person
from models.states import CertificateState
from models.volunteering import HourCorrection
from tests import builders
from tests.cast import Cast
from tests.models.test_volunteering import S, in_state, proposed
from web.errors import CONSTRAINTS, constraint_of

WHY = "时长登记有误，重新出具"


def month() -> tuple[Any, Any]:
    return today() - timedelta(days=30), today()


def counted(cast: Cast, person: Person | None = None, **more: Any) -> Any:
    """Return a record that counts."""
    one = proposed(cast, person, **more)
    one.approve(by=actor_of(cast.supervisor))
    return one


def issued(cast: Cast, *records: Any) -> Certificate:
    """Return a certificate of the clerk over the last month."""
    records = records or (counted(cast),)
    return Certificate.issue(Person.get(records[0].person_id), cast.community, *month(), by=actor_of(cast.clerk))


VERBS: dict[str, Callable[[Certificate, Any], None]] = {"revoke": lambda one, by: one.revoke(WHY, by=by)}
ALLOWED = {(CertificateState.ISSUED, "revoke"): CertificateState.REVOKED}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", CertificateState)
def test_certificates_move_only_along_the_table(db: Any, cast: Cast, state: CertificateState, verb: str) -> None:
    assert set(VERBS) == states.VERBS[states.Kind.CERTIFICATE]
    one = issued(cast)
    if state == CertificateState.REVOKED:
        one.revoke(WHY, by=actor_of(cast.head))
    before = len(timeline([one]))
    if (state, verb) in ALLOWED:
        VERBS[verb](one, actor_of(cast.head))
        assert one.state == ALLOWED[state, verb] and len(timeline([one])) == before + 1
    else:
        with pytest.raises(Refused, match="not_from_here"):
            VERBS[verb](one, actor_of(cast.head))


def test_only_hours_that_count_are_proved_and_the_number_says_community_and_month(db: Any, cast: Cast) -> None:
    helper = builders.person(cast.community, "欧阳小满")
    first = counted(cast, helper, minutes=95, hours_ago=30)
    second = counted(cast, helper, minutes=65, hours_ago=60)
    proposed(cast, helper, hours_ago=90)
    voided = counted(cast, helper, hours_ago=120)
    voided.void("登记错人", by=actor_of(cast.supervisor))
    one = issued(cast, first)
    paper = certificates.paper_of(one)
    assert paper.minutes == 160 and str(paper.hours) == "2.6" and [line.minutes for line in paper.lines] == [65, 95]
    assert paper.content == "上门探访（2）" and one.cert_no.startswith(f"{cast.community.code}-Z{today():%Y%m}-")
    line = paper.lines[0]
    told = (line.activity_name, line.place, line.content, line.organizer, line.in_charge)
    assert told == (second.activity_name, second.place, second.content, second.organizer, second.in_charge)
    face = certificates.public_face(certificates.verified(one.cert_no.lower(), paper.code.lower()))
    assert (face.name, face.standing, str(face.hours)) == ("欧阳**", Standing.VALID, "2.6")
    with pytest.raises(NotFound):
        certificates.verified(one.cert_no[:-1] + "9", paper.code)
    with pytest.raises(Refused, match="certificate_there"):
        issued(cast, first)


def test_what_is_corrected_later_is_told_where_it_is_verified_and_never_changes_the_paper(db: Any, cast: Cast) -> None:
    record = counted(cast, cast.neighbor, minutes=120)
    one = issued(cast, record)
    asked = HourCorrection.ask(record, "我提前走了", by=actor_of(cast.resident))
    asked.grant("改过来了", by=actor_of(cast.supervisor), ended_at=record.ended_at - timedelta(minutes=30))
    assert certificates.public_face(one).standing == Standing.CORRECTED
    assert certificates.paper_of(one).minutes == 120
    fresh = issued(cast, record)
    assert fresh.minutes == 90 and certificates.public_face(fresh).standing == Standing.VALID
    fresh.revoke(WHY, by=actor_of(cast.clerk))
    assert certificates.public_face(fresh).standing == Standing.REVOKED


def test_nobody_proves_their_own_service_that_of_another_community_or_what_is_not_there(db: Any, cast: Cast) -> None:
    record = in_state(cast, S.COUNTED)
    person, clerk = Person.get(record.person_id), actor_of(cast.clerk)
    own = actor_of(cast.clerk, person_ids=[person.id])
    for no, by, span in (
        ("own_certificate", own, month()),
        ("certificate_not_yours", actor_of(cast.other_clerk), month()),
        ("certificate_not_yours", actor_of(cast.supervisor), month()),
        ("certificate_period", clerk, (today(), today() + timedelta(days=1))),
        ("certificate_period", clerk, (today(), today() - timedelta(days=1))),
        ("no_hours_to_prove", clerk, (today() - timedelta(days=300), today() - timedelta(days=200))),
    ):
        with pytest.raises(Refused, match=no):
            Certificate.issue(person, cast.community, *span, by=by)
    one = issued(cast, record)
    for no, reason, by in (
        ("revocation_reason_needed", "错了", clerk),
        ("own_certificate", WHY, own),
        ("certificate_not_yours", WHY, actor_of(cast.other_head)),
    ):
        with pytest.raises(Refused, match=no):
            one.revoke(reason, by=by)


def test_a_volunteer_asks_once_and_is_answered_once(db: Any, cast: Cast) -> None:
    counted(cast, cast.neighbor)
    resident, clerk = actor_of(cast.resident), actor_of(cast.clerk)
    asked = CertificateRequest.ask(cast.neighbor, cast.community, *month(), by=resident)
    with pytest.raises(Refused, match="certificate_asked"):
        CertificateRequest.ask(cast.neighbor, cast.community, *month(), by=resident)
    with pytest.raises(Refused, match="not_your_hours"):
        CertificateRequest.ask(cast.neighbor, cast.community, *month(), by=actor_of(cast.other_resident))
    assert certificates.count_asked(clerk) == 1 and certificates.count_asked(actor_of(cast.other_clerk)) == 0
    with pytest.raises(Refused, match="certificate_not_yours"):
        asked.decline("不行", by=actor_of(cast.other_clerk))
    Certificate.issue(cast.neighbor, cast.community, *month(), by=clerk, request=asked)
    assert certificates.count_asked(clerk) == 0 and not certificates.my_requests(cast.neighbor.id)
    with pytest.raises(Refused, match="already_answered"):
        asked.decline("不行", by=clerk)
    again = CertificateRequest.ask(cast.neighbor, cast.community, *month(), by=resident)
    again.decline("请先补全记录", by=clerk)
    assert certificates.my_requests(cast.neighbor.id)[0].reason == "请先补全记录"


def test_the_database_keeps_one_open_request_and_no_half_revocation(db: Any, cast: Cast) -> None:
    one = issued(cast, counted(cast, cast.neighbor))
    CertificateRequest.ask(cast.neighbor, cast.community, *month(), by=actor_of(cast.resident))
    first, last = month()
    with pytest.raises(IntegrityError) as error, db.session.begin_nested():
        CertificateRequest(
            person_id=cast.neighbor.id, community_id=cast.community.id, first_day=first, last_day=last
        ).save()
    assert CONSTRAINTS[constraint_of(error.value)] == "certificate_asked"
    for values in ({"state": "REVOKED"}, {"revoked_at": now()}, {"minutes": 0}):
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.execute(update(Certificate).where(Certificate.id == one.id).values(**values))


def test_an_erased_volunteer_leaves_a_number_without_a_name(db: Any, cast: Cast) -> None:
    one = issued(cast, counted(cast, cast.neighbor))
    my_data.erase(cast.neighbor, by=actor_of(cast.clerk))
    db.session.refresh(one)
    assert one.name == "—" and "王" not in certificates.public_face(one).name
