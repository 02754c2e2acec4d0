"""Ready sentences: offered by step and field, kept in versions, and retired."""

from __future__ import annotations

from typing import Any

import pytest

from models import answer_templates, revisions
from models.accounts import actor_of
from models.answer_templates import AnswerTemplate, TemplateStep
from models.base import NotFound, Refused, Stale
from models.needs import Field
from tests.cast import Cast


def write(cast: Cast, title: str = "归城管", field: Field | None = None) -> AnswerTemplate:
    """Return a ready sentence of our community."""
    return AnswerTemplate.write(
        cast.community, TemplateStep.REJECT, title, "这件事归城管。", field=field, by=actor_of(cast.clerk)
    )


def test_sentences_of_the_very_field_come_before_those_for_any(db: Any, cast: Cast) -> None:
    write(cast, "通用")
    write(cast, "环境", Field.ENVIRONMENT)
    write(cast, "健康", Field.HEALTH)
    offered = answer_templates.offered(cast.community.id, TemplateStep.REJECT, Field.ENVIRONMENT)
    assert [one.title for one in offered] == ["环境", "通用"]
    assert answer_templates.offered(cast.community.id, TemplateStep.EXTEND, Field.ENVIRONMENT) == []
    assert answer_templates.offered(cast.other_community.id, TemplateStep.REJECT, None) == []


def test_a_sentence_is_rewritten_and_retired_and_its_versions_stay(db: Any, cast: Cast) -> None:
    one, clerk = write(cast), actor_of(cast.clerk)
    one.edit(TemplateStep.REJECT, "归城管", "请打 12345。", seen_version=one.version, by=clerk)
    db.session.flush()
    assert [kept.text for kept in revisions.versions(one)] == ["这件事归城管。", "请打 12345。"]
    with pytest.raises(Stale):
        one.edit(TemplateStep.REJECT, "归城管", "别的。", seen_version=one.version + 1, by=clerk)
    one.retire(by=clerk)
    assert answer_templates.all_of(clerk) == []
    with pytest.raises(Refused, match="template_is_gone"):
        one.retire(by=clerk)


def test_a_sentence_needs_a_name_and_words(db: Any, cast: Cast) -> None:
    for title, text, key in ((" ", "话", "name_needed"), ("名", " ", "text_needed")):
        with pytest.raises(Refused, match=key):
            AnswerTemplate.write(cast.community, TemplateStep.REJECT, title, text, by=actor_of(cast.clerk))


def test_words_are_inserted_only_within_reach(db: Any, cast: Cast) -> None:
    one = write(cast)
    assert answer_templates.text_of(one.public_id, actor_of(cast.head)) == "这件事归城管。"
    with pytest.raises(NotFound):
        answer_templates.text_of(one.public_id, actor_of(cast.other_clerk))
