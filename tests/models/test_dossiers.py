"""The dossier names what proves each indicator and what is missing; the draw from it can be drawn again by anybody."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from models.accounts import actor_of
from models.attachments import Attachment
from models.base import Refused, today
from models.dossiers import (
    Dossier,
    DossierGap,
    DossierPart,
    DossierSample,
    dossier_of,
    drawn_from,
    samples_of,
    sheet_of,
    usual_size,
    years_of,
)
from models.events import JOB, Event
from models.permissions import Permission
from models.projects import Project
from models.ratings import RatingRelease
from models.service_log import ServiceMethod
from tests import serving, voices
from tests.cast import Cast


def photo_of(log: Any, **more: Any) -> Attachment:
    """Return a photo that lies with a record."""
    values = {"owner": "test", "sha256": "0" * 64, "dhash": "0" * 16, "width": 4, "height": 3, "received_bytes": 9,
              "display": "ab/ab/" + "ab" * 16, "thumbnail": "ab/ab/" + "ab" * 16}  # fmt: skip
    return Attachment(
        kind="service_logs", subject_id=log.id, community_id=log.community_id, **{**values, **more}
    ).save()


def served(cast: Cast) -> Project:
    """Return a project with a visit, a session without a list, a case, a goal half reached, and a sealed sheet."""
    of = serving.project(cast)
    goal = serving.goal(of)
    who = serving.people(cast, 3)
    visit = serving.approved(cast, of, *who[:2], goal=goal, scale_before=4, scale_after=6)
    photo_of(visit)
    photo_of(visit, sheet=True, display=None, thumbnail=None)
    serving.approved(cast, of, method=ServiceMethod.GROUP, hours_ago=30)
    case = serving.approved(cast, of, method=ServiceMethod.CASE, case_no="A-1", case_stage="INTAKE",
                            public_summary="", hours_ago=50)  # fmt: skip
    photo_of(case)
    serving.log(of, cast.worker, who[0], hours_ago=70)
    return of


def gaps(dossier: Dossier) -> dict[DossierGap, int]:
    """Return what is missing."""
    return {gap.kind: gap.n for _, gap in dossier.gaps()}


def test_each_indicator_names_its_proofs_and_its_gaps(db: Any, cast: Cast, count_queries: Any) -> None:
    of = served(cast)
    with count_queries() as queries:
        found = dossier_of(of)
    assert len(queries) <= 2 * len(list(found.nodes())), "two questions an indicator at most"
    assert [(b.number, b.weight[0]) for b in found.branches] == [("1", 20), ("2", 30), ("3", 30), ("4", 20), ("5", 20)]
    records, lists, photos = (found.part(p) for p in (DossierPart.RECORDS, DossierPart.SIGN_IN, DossierPart.PHOTOS))
    assert [one.number for one in records.proofs] == ["2.1.1", "2.1.2", "2.1.3"]
    assert [(one.of, len(one.names), one.sheets) for one in lists.proofs] == [("2.1.3", 2, 1)]
    assert all(name == "居**" for one in lists.proofs for name in one.names)
    assert [(one.number, one.of) for one in photos.proofs] == [("2.3.1", "2.1.3")], "neither the sheet nor the case's"
    goal = found.part(DossierPart.GOAL)
    assert (goal.reached, goal.target, [one.of for one in goal.proofs]) == (2, 30, ["2.1.3"])
    missing = gaps(found)
    assert missing[DossierGap.NOT_APPROVED] == missing[DossierGap.NO_SIGN_IN] == missing[DossierGap.NO_PHOTO] == 1
    assert missing[DossierGap.TO_GOAL] == 28 and DossierGap.NO_SUPERVISOR in missing and DossierGap.NO_BUDGET in missing
    before = found.check_number
    assert before == dossier_of(of).check_number
    photo_of(serving.approved(cast, of, cast.neighbor, hours_ago=90))
    assert dossier_of(of).check_number != before


def test_a_new_project_has_a_dossier_of_gaps_and_later_years_are_apart(db: Any, cast: Cast) -> None:
    empty = dossier_of(serving.project(cast, organization=None))
    assert DossierGap.NO_RECORDS in gaps(empty) and DossierGap.NO_GOALS in gaps(empty) and not empty.organization
    of = serving.project(cast, starts_on=today() - timedelta(days=400))
    serving.approved(cast, of, cast.neighbor)
    assert len(years_of(of)) == 2
    latest, first = (dossier_of(of, year) for year in years_of(of))
    assert (len(latest.part(DossierPart.RECORDS).proofs), len(first.part(DossierPart.RECORDS).proofs)) == (1, 0)


def test_the_voices_are_last_mondays_counts_and_never_a_figure(db: Any, cast: Cast) -> None:
    of = voices.rated(cast, [5, 1, 1], silent=17)
    node = dossier_of(of).part(DossierPart.VOICES)
    assert (node.reached, node.target) == (0, 20), "nothing is released yet"
    RatingRelease.release_all(by=JOB)
    node = dossier_of(of).part(DossierPart.VOICES)
    assert (node.reached, node.target) == (3, 20) and not node.proofs
    assert gaps(dossier_of(of))[DossierGap.FEW_VOICES] == 3


def test_a_draw_can_be_drawn_again_from_what_is_printed(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    for hours in range(8):
        serving.approved(cast, of, cast.neighbor, hours_ago=3 + 5 * hours)
    evaluator = actor_of(cast.evaluator)
    one = DossierSample.draw(of, None, 3, by=evaluator)
    sheet = sheet_of(one, dossier_of(of))
    assert (sheet.size, sheet.of, len(sheet.drawn)) == (3, 8, 3)
    lots = {hashlib.sha256(f"{sheet.seed}|{line.public_id}".encode()).hexdigest(): line for line in sheet.lines}
    assert [lots[lot].drawn for lot in sorted(lots)] == [True] * 3 + [False] * 5
    assert all(line.lot == lot and line.proof is not None for lot, line in lots.items())
    told = db.session.scalars(select(Event).where(Event.verb == "dossier_sample.draw")).one()
    assert sheet.seed in told.body
    serving.approved(cast, of, cast.neighbor, hours_ago=60)
    assert [line.public_id for line in sheet_of(one, dossier_of(of)).drawn] == [line.public_id for line in sheet.drawn]


def test_nobody_draws_again_without_a_reason_or_for_the_own_house(db: Any, cast: Cast) -> None:
    of = serving.project(cast)
    evaluator = actor_of(cast.evaluator)
    with pytest.raises(Refused, match="nothing_to_draw"):
        DossierSample.draw(of, None, None, by=evaluator)
    serving.approved(cast, of, cast.neighbor)
    for wrong in (0, 2, 61):
        with pytest.raises(Refused, match="sample_size"):
            DossierSample.draw(of, None, wrong, by=evaluator)
    with pytest.raises(Refused, match="evaluator_conflict"):
        DossierSample.draw(of, None, None, by=actor_of(cast.manager))
    DossierSample.draw(of, None, None, by=evaluator)
    with pytest.raises(Refused, match="redraw_needs_reason"):
        DossierSample.draw(of, None, None, by=evaluator, reason="再来")
    DossierSample.draw(of, None, None, by=evaluator, reason="抽中的记录当天已作废，无法核对")
    first = dossier_of(of).first
    assert [(one.number, one.reason != "") for one in samples_of(of, first)] == [(2, True), (1, False)]
    reading = Permission.READ_DOSSIER
    for account, sees in ((cast.evaluator, 2), (cast.head, 2), (cast.manager, 0), (cast.other_head, 0)):
        assert len(list(db.session.scalars(DossierSample.visible_to(actor_of(account), reading)))) == sees


def test_the_usual_size_is_a_tenth_within_a_days_work() -> None:
    assert [usual_size(n) for n in (0, 3, 40, 51, 900)] == [0, 3, 5, 6, 60]
    assert drawn_from("seed", [], 5) == []
