"""Questions that were asked, answered and kept in the directory for everybody."""

from __future__ import annotations

from typing import Any

import pytest

from models import kept_answers
from models.accounts import actor_of
from models.base import Refused
from models.directory import ResponsibleUnit
from models.events import timeline
from models.kept_answers import KeptAnswer
from models.needs import AnswerKind, Field, Kind, Need
from models.permissions import Permission
from tests import builders
from tests.cast import Cast


def question(cast: Cast, *, answered: bool = True) -> Need:
    clerk = actor_of(cast.clerk)
    need = builders.accepted(cast.community, clerk, Field.OTHER, text="请问停车找谁", kind=Kind.CONSULT)
    if answered:
        need.answer("找清河物业，东门一楼。", AnswerKind.DONE, by=clerk)
    return need


def test_an_answered_question_is_kept_for_everybody_until_it_is_true_no_longer(cast: Cast) -> None:
    clerk = actor_of(cast.clerk)
    unit = ResponsibleUnit.enter(cast.community, "清河物业", duties="停车", by=clerk)
    one = KeptAnswer.lay_down(question(cast), "停车找谁", "找清河物业。", unit=unit, by=clerk)
    [line] = kept_answers.answers(cast.community.id)
    assert (line.question, line.answer, line.unit) == ("停车找谁", "找清河物业。", "清河物业")
    assert kept_answers.answers(cast.community.id, "物业") and not kept_answers.answers(cast.community.id, "%")
    assert not kept_answers.answers(cast.other_community.id)
    one.retire(by=clerk)
    assert not kept_answers.answers(cast.community.id)
    with pytest.raises(Refused, match="answer_is_gone"):
        one.retire(by=clerk)
    assert [deed.verb for deed in timeline([one])] == ["kept_answer.lay_down", "kept_answer.retire"]


def test_only_an_answered_question_is_kept_and_once(cast: Cast) -> None:
    clerk, need = actor_of(cast.clerk), question(cast)
    for other in (question(cast, answered=False), builders.accepted(cast.community, clerk)):
        with pytest.raises(Refused, match="not_a_question"):
            KeptAnswer.lay_down(other, "停车找谁", "找清河物业。", by=clerk)
    far = ResponsibleUnit.enter(cast.other_community, "别处物业", duties="停车", by=actor_of(cast.other_clerk))
    for question_, answer, unit, key in (
        (" ", "找物业", None, "kept_question_needed"), ("找谁", " ", None, "kept_answer_needed"), ("找谁", "物业", far, "unit_elsewhere"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=key):
            KeptAnswer.lay_down(need, question_, answer, unit=unit, by=clerk)
    KeptAnswer.lay_down(need, "停车找谁", "找清河物业。", by=clerk)
    with pytest.raises(Refused, match="answer_kept"):
        KeptAnswer.lay_down(need, "停车找谁", "找清河物业。", by=clerk)


def test_another_committee_does_not_reach_it(db: Any, cast: Cast) -> None:
    KeptAnswer.lay_down(question(cast), "停车找谁", "找清河物业。", by=actor_of(cast.clerk))
    reached = KeptAnswer.visible_to(actor_of(cast.other_clerk), Permission.EDIT_DIRECTORY)
    assert db.session.scalars(reached).all() == []
