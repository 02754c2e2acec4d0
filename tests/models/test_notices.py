"""Notices: written by a clerk, published by the head, read below the place they belong to, and down by themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from models import attachments, notices
from models.accounts import STRANGER, actor_of
from models.attachments import Attachment
from models.base import NotFound, Refused, Stale, today, travel
from models.events import timeline
from models.notices import Notice, NoticeKind, NoticeState, Wanted
from models.permissions import Permission
from models.places import PlaceKind
from models.tellings import Telling, follow
from tests import serving
from tests.cast import Cast
from tests.models.test_documents import pdf

TEXT = "11月25日（周三）上午9点到12点停水，请提前接水。"


def hung(cast: Cast, place: Any = None, title: str = "周三停水通知", **more: Any) -> Notice:
    one = Notice.write(place or cast.community, title, TEXT, by=actor_of(cast.clerk), **more)
    one.publish(by=actor_of(cast.head))
    return one


def test_a_draft_is_read_by_nobody_and_a_published_notice_by_everybody(cast: Cast) -> None:
    one = Notice.write(cast.community, "周三停水通知", TEXT, by=actor_of(cast.clerk))
    assert notices.public_notices(cast.community.id) == ([], None)
    one.publish(by=actor_of(cast.head))
    [line], _ = notices.public_notices(cast.community.id)
    assert (line.title, line.place, line.hangs) == ("周三停水通知", "晋阳社区", True)
    assert [deed.verb for deed in timeline([one])] == ["notice.write", "notice.publish"]


def test_a_head_publishes_what_the_head_wrote(cast: Cast) -> None:
    one = Notice.write(cast.community, "居民议事会", TEXT, by=actor_of(cast.head))
    one.publish(by=actor_of(cast.head))
    assert one.state == NoticeState.PUBLISHED


def test_a_notice_of_the_street_hangs_in_each_of_its_communities_and_one_of_a_community_only_there(cast: Cast) -> None:
    hung(cast, cast.street, "街道通知")
    hung(cast, cast.district, "区里通知")
    hung(cast, cast.community, "社区通知")
    here = {line.title for line in notices.public_notices(cast.community.id)[0]}
    there = {line.title for line in notices.public_notices(cast.other_community.id)[0]}
    assert here == {"街道通知", "区里通知", "社区通知"}
    assert there == {"街道通知", "区里通知"}


def test_a_notice_comes_down_by_itself_after_its_last_day(cast: Cast) -> None:
    one = hung(cast, expires_on=today() + timedelta(days=2))
    with travel(timedelta(days=2)):
        assert notices.public_notice(one.public_id).line.hangs
    with travel(timedelta(days=3)):
        assert notices.public_notices(cast.community.id)[0] == []
        with pytest.raises(NotFound):
            notices.public_notice(one.public_id)


def test_what_hangs_is_changed_and_taken_down_only_by_those_who_publish(cast: Cast) -> None:
    one = hung(cast)
    for act in (lambda by: one.rewrite("改", TEXT, by=by), lambda by: one.end(by=by)):
        with pytest.raises(Refused, match="notice_for_the_head"):
            act(actor_of(cast.clerk))
    one.rewrite("周四停水通知", TEXT, by=actor_of(cast.head))
    one.end(by=actor_of(cast.head))
    with pytest.raises(Refused, match="notice_over"):
        one.rewrite("又改", TEXT, by=actor_of(cast.head))
    with pytest.raises(Refused, match="notice_over"):
        one.publish(by=actor_of(cast.head))


@pytest.mark.parametrize(
    ("title", "text", "days", "key"),
    [
        (" ", TEXT, 5, "name_needed"),
        ("停水", " ", 5, "text_needed"),
        ("停" * 61, TEXT, 5, "notice_too_long"),
        ("停水", TEXT, -1, "notice_day_past"),
        ("停水", TEXT, 400, "notice_too_far"),
    ],
)
def test_what_is_no_notice_is_refused(cast: Cast, title: str, text: str, days: int, key: str) -> None:
    with pytest.raises(Refused, match=key):
        Notice.write(cast.community, title, text, today() + timedelta(days=days), by=actor_of(cast.clerk))


def test_a_grid_has_no_board_of_its_own(cast: Cast) -> None:
    with pytest.raises(Refused, match="notice_place"):
        Notice.write(cast.grid, "停水", TEXT, by=actor_of(cast.clerk))


def test_two_who_reword_at_once_do_not_overwrite_each_other(cast: Cast) -> None:
    one = Notice.write(cast.community, "停水", TEXT, by=actor_of(cast.clerk))
    with pytest.raises(Stale):
        one.rewrite("停电", TEXT, by=actor_of(cast.clerk), seen_version=one.version - 1)


def test_writing_reaches_the_own_places_only(db: Any, cast: Cast) -> None:
    one = Notice.write(cast.community, "停水", TEXT, by=actor_of(cast.clerk))
    reached = Notice.visible_to(actor_of(cast.other_clerk), Permission.WRITE_NOTICE)
    assert one not in db.session.scalars(reached).all()
    assert [line.title for line in notices.notices_for(actor_of(cast.clerk))[0]] == ["停水"]
    assert notices.places_of(actor_of(cast.clerk)) == [(cast.community.public_id, "晋阳社区")]
    assert notices.places_of(actor_of(cast.street_officer))[0][1] == "清河街道"


def test_the_list_costs_the_same_for_one_notice_and_for_twenty(cast: Cast, count_queries: Any) -> None:
    hung(cast)
    with count_queries() as few:
        notices.public_notices(cast.community.id)
    for number in range(20):
        hung(cast, title=f"第{number}号通知")
    with count_queries() as many:
        lines, older = notices.public_notices(cast.community.id)
    assert len(many) == len(few) and len(lines) == 20 and older == lines[-1].id


def test_a_policy_hangs_for_years_and_is_found_by_kind_level_and_words(cast: Cast) -> None:
    far = today() + timedelta(days=1500)
    policy = Notice.write(
        cast.district,
        "高龄津贴办法",
        "八十岁以上每月发放。",
        far,
        kind=NoticeKind.POLICY,
        by=actor_of(cast.district_officer),
    )
    policy.publish(by=actor_of(cast.district_officer))
    hung(cast)

    def found(**wanted: Any) -> list[str]:
        return [one.title for one in notices.public_notices(cast.community.id, wanted=Wanted(**wanted))[0]]

    assert found() == ["周三停水通知", "高龄津贴办法"]
    assert found(kind=NoticeKind.POLICY) == found(level=PlaceKind.DISTRICT) == found(words="八十岁") == ["高龄津贴办法"]
    assert found(words="100%") == found(words="_") == []


def test_those_who_work_below_and_those_who_follow_are_told_and_staff_mark_what_they_read(db: Any, cast: Cast) -> None:
    serving.project(cast)
    follow(cast.community, by=actor_of(cast.resident))
    one = Notice.write(cast.street, "汛期值班", TEXT, by=actor_of(cast.street_officer))
    one.publish(by=actor_of(cast.street_officer))
    told = set(db.session.scalars(select(Telling.account_id).where(Telling.sentence == "notice_published")))
    assert {cast.clerk.id, cast.head.id, cast.resident.id} <= told and cast.street_officer.id not in told
    assert cast.other_resident.id not in told
    # An organization reads what hangs where it serves just now, and nothing of elsewhere.
    assert {cast.worker.id, cast.supervisor.id} <= told and cast.other_worker.id not in told
    notices.acknowledge(one, by=actor_of(cast.worker))
    assert cast.worker.name in notices.readers(one).read
    clerk = actor_of(cast.clerk)
    assert cast.clerk.name in notices.readers(one).unread
    notices.acknowledge(one, by=clerk)
    notices.acknowledge(one, by=clerk)
    assert set(notices.readers(one).read) == {cast.clerk.name, cast.worker.name} and notices.has_read(one, clerk)
    assert [deed.verb for deed in timeline([one])].count("notice.acknowledge") == 2
    with pytest.raises(Refused, match="notice_not_for_you"):
        notices.acknowledge(one, by=actor_of(cast.resident))


def test_papers_come_with_a_notice_and_leave_it(cast: Cast) -> None:
    first, second, third = (Attachment.receive_paper(pdf(), owner="account:1") for _ in range(3))
    one = Notice.write(
        cast.community,
        "招募",
        TEXT,
        by=actor_of(cast.clerk),
        papers=[first.public_id, second.public_id],
        owner="account:1",
    )
    with pytest.raises(NotFound):
        notices.paper_of(one.public_id, first.public_id, STRANGER)
    assert notices.paper_of(one.public_id, first.public_id, actor_of(cast.clerk)) is first
    one.publish(by=actor_of(cast.head))
    one.rewrite("招募", TEXT, by=actor_of(cast.head), papers=[second.public_id, third.public_id], owner="account:1")
    assert attachments.of(one) == [second, third] and first.subject_id is None
    assert notices.paper_of(one.public_id, third.public_id, STRANGER) is third
    with pytest.raises(Refused, match="photo_not_yours"):
        one.rewrite("招募", TEXT, by=actor_of(cast.head), papers=[first.public_id], owner="account:2")
