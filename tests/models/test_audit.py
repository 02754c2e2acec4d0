"""The auditor reads the diary of the own street, and who looked at what is protected."""

from __future__ import annotations

from typing import Any

from models import audit, seals
from models.accounts import actor_of
from models.doorkeeping import note
from tests import builders
from tests.cast import Cast


def test_an_auditor_reads_what_happened_within_reach_only(db: Any, cast: Cast) -> None:
    elsewhere = builders.community(builders.street(builders.district("远区")), "远社区")
    builders.need(cast.community)
    builders.need(elsewhere)
    found, _ = audit.entries(actor_of(cast.auditor), verbs=["need.raise"])
    assert {entry.community for entry in found} == {cast.community.name}
    assert audit.entries(actor_of(cast.clerk), verbs=["need.raise"]) == ([], None)


def test_looks_are_read_by_kind(db: Any, cast: Cast) -> None:
    note("reveal.contact", by=actor_of(cast.clerk), kind="people", subject_id=cast.neighbor.id, reason="VISIT")
    found, _ = audit.looks(actor_of(cast.auditor), what="reveal")
    assert [(look.name, look.reason) for look in found] == [(cast.clerk.name, "VISIT")]


def test_the_head_counts_what_waits_for_the_seal(db: Any, cast: Cast) -> None:
    before = audit.head()
    assert before.unsealed == before.events - before.sealed
    seals.close_new()
    assert audit.head().unsealed == 0
