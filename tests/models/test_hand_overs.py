"""Handing over: one step, one reason, one event, and both are told."""

from __future__ import annotations

from typing import Any

import pytest

from models import hand_overs, talk, tellings
from models.accounts import Role, actor_of
from models.base import NotFound, Refused
from models.events import Event
from models.hand_overs import HandOver
from models.projects import TeamMember
from models.projects.kinds import TeamPart
from models.talk import About, Comment
from tests import builders, serving
from tests.cast import Cast

REASON = "休产假到明年三月"


def test_a_clerks_open_needs_and_calls_go_to_a_colleague(db: Any, cast: Cast) -> None:
    taker = builders.account("范志强", role=Role.CLERK, place=cast.community)
    need = builders.accepted(cast.community, actor_of(cast.clerk))
    need.first_handler_id = cast.clerk.id
    subject = talk.find(About.NEED, need.public_id, actor_of(cast.head))
    Comment.say(subject, "@李晓梅 请回一下", by=actor_of(cast.head))
    before = db.session.query(Event).count()
    one = HandOver.carry_out(cast.clerk, taker, REASON, by=actor_of(cast.head))
    assert (one.needs, one.logs, one.teams, one.mentions) == (1, 0, 0, 1)
    assert need.first_handler_id == taker.id
    assert len(talk.mentions_of(actor_of(taker))) == 1
    assert db.session.query(Event).count() == before + 1
    for account in (cast.clerk, taker):
        assert [news.sentence for news in tellings.news_for(account.id)] == ["handed_over"]
    with pytest.raises(Refused, match="nothing_to_hand_over"):
        HandOver.carry_out(cast.clerk, taker, REASON, by=actor_of(cast.head))


def test_a_workers_drafts_keep_the_name_of_who_began_them_and_the_team_changes(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    taker = builders.account("刘思源", role=Role.SOCIAL_WORKER, organization=cast.organization)
    TeamMember(project_id=of.id, account_id=cast.worker.id, part=TeamPart.WORKER).save()
    draft = serving.log(of, cast.worker, cast.neighbor, submit=False)
    done = serving.log(of, cast.worker, cast.neighbor, hours_ago=30)
    HandOver.carry_out(cast.worker, taker, REASON, by=actor_of(cast.worker))
    assert (draft.author_id, draft.begun_by_id, done.author_id) == (taker.id, cast.worker.id, cast.worker.id)
    team = db.session.query(TeamMember).filter_by(project_id=of.id, until=None).all()
    assert [one.account_id for one in team] == [taker.id]
    draft.submit(by=actor_of(taker))


def test_work_stays_within_one_desk_and_only_who_leads_it_hands_over_for_others(db: Any, cast: Cast) -> None:
    builders.accepted(cast.community, actor_of(cast.clerk)).first_handler_id = cast.clerk.id
    for giver, taker, by, why in (
        (cast.clerk, cast.clerk, cast.head, "hand_over_to_oneself"),
        (cast.clerk, cast.other_clerk, cast.head, "not_your_colleague"),
        (cast.clerk, cast.head, cast.other_head, "not_your_colleague"),
        (cast.worker, cast.supervisor, cast.head, "not_your_colleague"),
        (cast.clerk, cast.head, cast.two_hats, "not_your_colleague"),
    ):
        with pytest.raises(Refused, match=why):
            HandOver.carry_out(giver, taker, REASON, by=actor_of(by))
    with pytest.raises(Refused, match="reason_needed"):
        HandOver.carry_out(cast.clerk, cast.head, "休", by=actor_of(cast.head))
    with pytest.raises(NotFound):
        hand_overs.giver_of(cast.clerk.public_id, actor_of(cast.two_hats))
    assert cast.worker.public_id in {one for one, _ in hand_overs.colleagues(actor_of(cast.manager))}
