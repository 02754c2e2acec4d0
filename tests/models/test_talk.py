"""Talk among colleagues: internal, called by name, and erased with whom it speaks of."""

from __future__ import annotations

from typing import Any

import pytest

from models import my_data, talk
from models.accounts import Account, actor_of
from models.base import NotFound, Refused
from models.events import Event
from models.homes import Task, home_of
from models.revisions import versions
from models.talk import About, Comment, Subject
from models.talk.row import see
from tests import builders, serving
from tests.cast import Cast


def about(kind: About, row: Any, account: Account) -> Subject:
    return talk.find(kind, row.public_id, actor_of(account))


def test_a_clerk_calls_a_worker_who_finds_it_on_the_first_page_and_answers(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    log = serving.log(of, cast.worker, cast.neighbor)
    subject = about(About.LOG, log, cast.clerk)
    Comment.say(subject, "@陈社工 这户的扶手装好了吗？", by=actor_of(cast.clerk), to=[cast.supervisor.public_id])
    for account in (cast.worker, cast.supervisor):
        actor = actor_of(account)
        line = next(one for one in home_of(actor, actor.held[0].role).waiting if one.task == Task.MENTION)
        assert (line.public_id, line.detail[:8]) == (f"service-logs/{log.public_id}", "李晓梅: @陈社")
    Comment.say(about(About.LOG, log, cast.worker), "明天装。", by=actor_of(cast.worker))
    assert talk.mentions_of(actor_of(cast.worker)) == []
    see(subject, by=actor_of(cast.supervisor))
    with pytest.raises(Refused, match="nothing_calls_you"):
        see(subject, by=actor_of(cast.supervisor))
    said = talk.talk_about(subject, actor_of(cast.clerk))
    assert [(one.author, one.own) for one in said.said] == [("李晓梅", True), ("陈社工", False)]


def test_nobody_outside_the_work_reads_or_hears_of_it(db: Any, cast: Cast) -> None:
    need = builders.need(cast.community, author=cast.neighbor, courtyard=cast.courtyard)
    project = serving.project(cast)
    Comment.say(about(About.NEED, need, cast.grid_worker), "@赵建国 @李晓梅 情况属实", by=actor_of(cast.grid_worker))
    assert len(talk.mentions_of(actor_of(cast.clerk))) == 1
    for account in (cast.other_clerk, cast.other_worker, cast.worker, cast.resident, cast.auditor):
        with pytest.raises(NotFound):
            about(About.NEED, need, account)
    served = serving.planned_need(cast, project)
    assert about(About.NEED, served, cast.worker).title == served.ticket_no
    assert "情况属实" not in "".join(one.body for one in db.session.query(Event))


def test_words_are_taken_back_by_whoever_said_them_and_erased_with_the_person(db: Any, cast: Cast) -> None:
    need = builders.need(cast.community, author=cast.neighbor)
    subject, clerk = about(About.NEED, need, cast.clerk), actor_of(cast.clerk)
    first = Comment.say(subject, "王阿姨的女儿来过电话", by=clerk)
    second = Comment.say(subject, "下午去看看", by=clerk)
    with pytest.raises(Refused, match="not_your_words"):
        second.take_back(by=actor_of(cast.head))
    second.take_back(by=clerk)
    with pytest.raises(Refused, match="taken_back"):
        second.take_back(by=clerk)
    assert "来过电话" not in repr(my_data.copy_of(actor_of(cast.resident)).document)
    of, worker = serving.project(cast), cast.worker
    visit = serving.approved(cast, of, cast.neighbor, internal="血压偏高")
    party = serving.approved(cast, of, cast.neighbor, *serving.people(cast, 2), internal="气氛很好", hours_ago=9)
    of_visit = Comment.say(about(About.LOG, visit, worker), "药放在床头", by=actor_of(worker))
    of_party = Comment.say(about(About.LOG, party, worker), "下次多带两把椅子", by=actor_of(worker))
    named = Comment.say(about(About.PROJECT, of, worker), f"{cast.neighbor.name}不想再来了", by=actor_of(worker))
    my_data.erase(cast.neighbor, by=clerk)
    assert (first.text, of_visit.text, named.text, visit.internal) == (None, None, None, None)
    assert [one.text for one in versions(visit, "internal")] == [None] and visit.public_summary
    assert of_party.text and party.internal, "a record of many is about the others too"
    assert [one.text for one in versions(first)] == [None]
    for text, why in (("", "text_needed"), ("长" * 2001, "text_too_long")):
        with pytest.raises(Refused, match=why):
            Comment.say(subject, text, by=clerk)
