"""Hints: each explains itself with numbers and records, and is decided by a person whose records it is not about."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from PIL import Image, ImageEnhance, ImageOps

from models import hints, vault
from models.accounts import actor_of
from models.attachments import Attachment
from models.base import NotFound, Refused
from models.events import timeline
from models.hints import HintComment, HintDecision, HintKind, HintVerdict, histogram
from models.hints.finding import Seen, found
from models.pictures import difference
from models.service_log.photos import SAME_SCENE, alike, look_again
from tests import serving
from tests.cast import Cast

K = HintKind
WHY = "问过居民，确实没有这几次服务"
TERM = {1: (date(2026, 1, 1), date(2026, 12, 31))}


def seen(number: int, day: int = 0, *, minutes: int = 50, later: float = 0, **more: Any) -> Seen:
    """Return a record of the year's day, written down some days later."""
    begins = datetime.fromisoformat("2026-01-01T09:00+08:00") + timedelta(days=day)
    values = {"id": number, "public_id": f"{number:010d}", "project_id": 1, "community_id": 1, "organization_id": 1,
              "author_id": 1, "title": "探访", "started_at": begins, "ended_at": begins + timedelta(minutes=minutes),
              "entered_at": begins + timedelta(days=later, hours=2), "confirmed": 1, **more}  # fmt: skip
    return Seen(**values)


def kinds(records: list[Seen]) -> dict[HintKind, dict[str, Any]]:
    return {one.kind: one.numbers for one in found(records, TERM)}


def test_forty_percent_in_the_last_tenth_of_the_term_is_not_yet_a_hint_and_one_more_is() -> None:
    early = [seen(n, 20 * n) for n in range(6)]
    late = [seen(10 + n, 331 + n) for n in range(5)]
    assert K.BACKFILL not in kinds(early + late[:4])
    numbers = kinds(early + late)[K.BACKFILL]
    assert numbers == {"late": 5, "all": 11, "percent": 45}
    assert histogram([one.entered_at for one in early + late], *TERM[1])[-1] == 5


def test_a_month_that_was_written_down_on_its_last_days_is_told() -> None:
    honest = [seen(n, 3 * n) for n in range(6)]
    written_after = [seen(n, n, later=29 - n) for n in range(6)]
    assert K.BACKFILL_MONTH not in kinds(honest) and kinds(written_after)[K.BACKFILL_MONTH]["month"] == "2026-01"


def test_even_times_long_days_and_roads_that_are_too_short_are_told() -> None:
    even = [seen(n, n, minutes=120) for n in range(10)]
    assert kinds(even)[K.ROUND_HOURS]["percent"] == 100
    assert K.ROUND_HOURS not in kinds([*even[:7], seen(7, 7), seen(8, 8), seen(9, 9)])
    assert kinds([seen(1, minutes=360), seen(2, minutes=361)])[K.LONG_DAY]["minutes"] == 721
    assert K.LONG_DAY not in kinds([seen(1, minutes=360), seen(2, minutes=360)])
    first = seen(1)
    soon = seen(2, started_at=first.ended_at + timedelta(minutes=5), ended_at=first.ended_at + timedelta(hours=1))
    elsewhere = seen(2, community_id=2, started_at=soon.started_at, ended_at=soon.ended_at)
    assert K.TRAVEL not in kinds([first, soon]) and kinds([first, elsewhere])[K.TRAVEL] == {"minutes": 5}


def test_the_same_people_everywhere_and_nobody_who_confirmed_are_told() -> None:
    group = frozenset(range(6))
    same = [seen(n, 9 * n, people=group, title=f"活动{n}", confirmed=0) for n in range(10)]
    found_ones = kinds(same)
    assert found_ones[K.SAME_GROUP] == {"late": 10, "all": 10, "people": 6}
    assert found_ones[K.UNCONFIRMED] == {"all": 10, "refuted": 0}
    changing = [seen(n, 9 * n, people=frozenset({n, 1, 2, 50})) for n in range(10)]
    assert not {K.SAME_GROUP, K.UNCONFIRMED} & kinds(changing).keys()


def test_a_record_that_was_found_not_to_be_so_is_confirmed_by_nobody() -> None:
    def served(refuted: int, confirmed: int) -> list[Seen]:
        return [
            seen(n, 9 * n, people=frozenset({n}), confirmed=n < confirmed, refuted=int(n < refuted)) for n in range(20)
        ]

    assert kinds(served(2, 2))[K.UNCONFIRMED] == {"all": 20, "refuted": 2}
    assert K.UNCONFIRMED not in kinds(served(2, 3)), "A tenth is not more than a tenth."
    assert kinds(served(3, 20))[K.UNCONFIRMED] == {"all": 20, "refuted": 3}
    (one,) = [hint for hint in found(served(3, 20), TERM) if hint.kind == K.UNCONFIRMED]
    assert len(one.records) == 3 and one.mark.endswith(":refuted")


def _photo(change: Any = None) -> bytes:
    picture = Image.effect_noise((40, 30), 90).resize((800, 600), Image.Resampling.BICUBIC).convert("RGB")
    out = io.BytesIO()
    (change(picture) if change else picture).save(out, "JPEG", quality=70)
    return out.getvalue()


def test_a_cut_a_mirrored_and_a_brighter_copy_are_found_and_another_picture_is_not(db: Any, cast: Cast) -> None:
    original = Image.open(io.BytesIO(_photo()))
    changes = [
        None, lambda one: one.crop((40, 0, 800, 600)), ImageOps.mirror,
        lambda one: ImageEnhance.Brightness(one).enhance(1.2), lambda one: one.resize((500, 375)),
    ]  # fmt: skip
    of, logs = serving.project(cast), []
    for number, change in enumerate([*changes, "another"]):
        out = io.BytesIO()
        if change == "another":
            data = _photo()
        else:
            (change(original) if change else original).save(out, "JPEG", quality=60)
            data = out.getvalue()
        log = serving.log(of, cast.worker, cast.neighbor, hours_ago=3 * number + 2, minutes=30)
        photo = Attachment.receive(data, owner=f"account:{cast.worker.id}")
        photo.kind, photo.subject_id = "service_logs", log.id
        logs.append(log)
    db.session.flush()
    pairs = alike(logs)
    like_the_first = {one.other_log_id for one in pairs if one.log_id == logs[0].id}
    assert like_the_first == {log.id for log in logs[1:5]}
    assert not [one for one in pairs if logs[5].id in (one.log_id, one.other_log_id)]


def test_photos_of_earlier_days_are_looked_at_again_and_what_is_gone_is_not_asked_twice(db: Any, cast: Cast) -> None:
    of, photos = serving.project(cast), []
    for hours_ago in (2, 9, 16):
        log = serving.log(of, cast.worker, cast.neighbor, hours_ago=hours_ago, minutes=30)
        photo = Attachment.receive(_photo(), owner=f"account:{cast.worker.id}")
        photo.kind, photo.subject_id = "service_logs", log.id
        photos.append(photo)
    first, covered, gone = photos
    before = first.views, covered.views
    covered._cover([(0, 0, 500, 500)])
    vault.store().remove(gone.display)
    for photo in photos:
        photo.views = None
    assert look_again(limit=2) == 2 and look_again() == 1 and look_again() == 0
    assert gone.views == ""
    # The shown size was packed once more than the picture that was measured first: a few bits may differ.
    for was, photo in zip(before, (first, covered), strict=True):
        assert len(was) == len(photo.views) == 21 * 16
        old, new = ([int(one[at : at + 16], 16) for at in range(0, len(one), 16)] for one in (was, photo.views))
        assert max(map(difference, old, new)) <= SAME_SCENE


def long_day(cast: Cast) -> Any:
    """Return the hint of two long services of the worker on one day."""
    of = serving.project(cast)
    for n in (0, 1):
        serving.log(of, cast.worker, cast.neighbor, started_at=serving.MORNING + n * timedelta(hours=6), minutes=362)
    return next(one for one in hints.lines(actor_of(cast.supervisor)) if one.hint.kind == K.LONG_DAY).hint


def test_supervisors_comment_the_committee_decides_and_nobody_about_their_own(db: Any, cast: Cast, clock: Any) -> None:
    clock.read = lambda: serving.MORNING + timedelta(days=1)
    hint = long_day(cast)
    HintComment.add(hint, "那天有两位同事一起值班", by=actor_of(cast.supervisor))
    for no, by in (("not_yours_to_judge", cast.supervisor), ("not_yours_to_judge", cast.other_head)):
        with pytest.raises(Refused, match=no):
            HintDecision.decide(hint, HintVerdict.CONFIRMED, WHY, by=actor_of(by))
    with pytest.raises(Refused, match="not_yours_to_judge"):
        HintComment.add(hint, "不归我管", by=actor_of(cast.other_head))
    with pytest.raises(Refused, match="hint_reason_needed"):
        HintDecision.decide(hint, HintVerdict.CONFIRMED, "属实", by=actor_of(cast.head))
    one = HintDecision.decide(hint, HintVerdict.CONFIRMED, WHY, by=actor_of(cast.head))
    assert [line.verb for line in timeline([one])] == ["hint.confirm"]
    with pytest.raises(Refused, match="hint_decided"):
        HintDecision.decide(hint, HintVerdict.DISMISSED, WHY, by=actor_of(cast.clerk))
    line = next(one for one in hints.lines(actor_of(cast.auditor)) if one.hint.mark == hint.mark)
    assert (line.verdict, len(line.comments)) == (HintVerdict.CONFIRMED, 1)
    with pytest.raises(NotFound):
        hints.find(actor_of(cast.other_clerk), hint.mark)


def test_the_committee_does_not_decide_about_a_record_it_wrote(db: Any, cast: Cast, clock: Any) -> None:
    clock.read = lambda: serving.MORNING + timedelta(days=1)
    of = serving.project(cast, organization=None)
    for n in (0, 1):
        serving.log(of, cast.clerk, cast.neighbor, started_at=serving.MORNING + n * timedelta(hours=6), minutes=362)
    hint = next(one.hint for one in hints.lines(actor_of(cast.clerk)) if one.hint.kind == K.LONG_DAY)
    with pytest.raises(Refused, match="own_log"):
        HintDecision.decide(hint, HintVerdict.DISMISSED, WHY, by=actor_of(cast.clerk))
    assert (
        HintDecision.decide(hint, HintVerdict.DISMISSED, WHY, by=actor_of(cast.head)).verdict == HintVerdict.DISMISSED
    )
