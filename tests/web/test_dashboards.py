"""The page of figures: for those who answer for a community, and for nobody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import builders
from tests.cast import Cast
from tests.visiting import Visitor


def test_each_reader_sees_the_own_communities(cast: Cast, client_for: Callable[..., Visitor]) -> None:
    builders.need(cast.community)
    assert "晋阳社区" in client_for(cast.street_officer).get("/dashboard").text
    assert "春熙里社区" not in client_for(cast.clerk).get("/dashboard").text


@pytest.mark.parametrize("part", ["head", "district_officer", "finance", "supporter", "auditor"])
def test_whoever_may_read_figures_reads_them(cast: Cast, client_for: Callable[..., Visitor], part: str) -> None:
    assert client_for(getattr(cast, part)).get("/dashboard?weeks=52").status_code == 200


@pytest.mark.parametrize("part", ["resident", "grid_worker", "worker", "administrator"])
def test_nobody_else_does(cast: Cast, client_for: Callable[..., Visitor], part: str) -> None:
    assert client_for(getattr(cast, part)).get("/dashboard").status_code == 403


def test_a_stranger_signs_in_first_and_another_community_is_not_found(
    cast: Cast, client_for: Callable[..., Visitor]
) -> None:
    assert client_for().get("/dashboard").status_code == 302
    path = f"/dashboard?community={cast.other_community.public_id}"
    assert client_for(cast.street_officer).get(path).status_code == 200
    assert client_for(cast.clerk).get(path).status_code == 404
    for odd in ("/dashboard?weeks=x", "/dashboard?weeks=99999999999999999999", "/dashboard?community=%00"):
        assert client_for(cast.clerk).get(odd).status_code in (200, 404)
