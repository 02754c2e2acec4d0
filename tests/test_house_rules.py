"""The laws of the house are kept, and each law is shown to bite on a small house that breaks it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house_rules import in_models, in_templates, in_tests, in_the_tree, in_web, in_words

# One worker reads the house once for all its laws.
pytestmark = pytest.mark.xdist_group("house")
ROOT = Path(__file__).parents[1]
RED = Path(__file__).parent / "house_rules" / "red"
# A word that the whole repository must not contain is cut by this sign in its red house.
CUT = "§"
Rule = Callable[[Path], list[str]]
RULES: list[Rule] = [
    rule
    for module in (in_the_tree, in_models, in_web, in_templates, in_words, in_tests)
    for name, rule in vars(module).items()
    if name.startswith("check_")
]


def by_name(rule: Rule) -> str:
    return rule.__name__.removeprefix("check_")


def broken_house(name: str, folder: Path) -> Path:
    """Copy a red house to a folder of its own, its cut words made whole."""
    shutil.copytree(RED / name, folder, dirs_exist_ok=True)
    for path in folder.rglob("*"):
        if path.is_file():
            path.write_text(path.read_text(encoding="utf-8").replace(CUT, ""), encoding="utf-8")
    return folder


def marked(house: Path) -> set[str]:
    """Return the places that the red house marks as broken: the lines that say RED."""
    return {
        f"{path.relative_to(house).as_posix()}:{number}"
        for path in house.rglob("*")
        if path.is_file()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"\bRED\b", line)
    }


@pytest.mark.parametrize("rule", RULES, ids=by_name)
def test_the_house_keeps_its_law(rule: Rule) -> None:
    faults = rule(ROOT)
    assert not faults, f"{rule.__doc__}\n- " + "\n- ".join(faults)


@pytest.mark.parametrize("rule", RULES, ids=by_name)
def test_the_law_finds_exactly_what_a_red_house_breaks(rule: Rule, tmp_path: Path) -> None:
    house = broken_house(by_name(rule), tmp_path / "house")
    faults = rule(house)
    found = {":".join(fault.split(":")[:2]) for fault in faults}
    assert found == marked(house), "\n".join(faults)
    assert all(len(fault.split(": ", 1)[1]) > 20 for fault in faults), "a fault says what to do"


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter as `make lint` does."""
    command = Path(sys.executable).with_name("lint-imports")
    return subprocess.run([command, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


def test_the_order_of_areas_stops_an_import_from_downstream_and_from_the_web(tmp_path: Path) -> None:
    house = broken_house("the_order_of_areas", tmp_path / "house")
    shutil.copy(ROOT / "pyproject.toml", house)
    answer = lint_imports(house)
    assert answer.returncode == 1
    assert "models.needs -> models.ratings" in answer.stdout
    assert "models.ratings -> flask" in answer.stdout


def test_the_order_of_areas_lets_an_import_from_upstream_through(tmp_path: Path) -> None:
    house = broken_house("the_order_of_areas", tmp_path / "house")
    shutil.copy(ROOT / "pyproject.toml", house)
    (house / "models/needs.py").write_text('"""Needs."""\n', encoding="utf-8")
    (house / "models/ratings.py").write_text('"""Ratings."""\nimport models.needs\n', encoding="utf-8")
    answer = lint_imports(house)
    assert answer.returncode == 0, answer.stdout
