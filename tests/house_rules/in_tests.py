"""The laws of tests: sentences about the community, and no stand-ins for our own code."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house_rules.reading import calls, imports, sources

WORDS = 3


def check_tests_are_sentences(root: Path) -> list[str]:
    """The list of tests reads as the list of what the house promises."""
    return [
        source.fault(function, f"{function.name} is no sentence; say who does what, and what comes of it.")
        for source in sources(root, "tests")
        for function in source.functions()
        if function.name.startswith("test_") and len(function.name.split("_")) - 1 < WORDS
    ]


def check_tests_use_no_stand_ins(root: Path) -> list[str]:
    """A test of a stand-in passes while the real thing is broken."""
    faults = []
    for source in sources(root, "tests"):
        for name, node in imports(source.tree):
            if name.startswith(("unittest.mock", "mock", "pytest_mock")):
                faults.append(source.fault(node, "no mocks; arrange the real thing with the cast and the builders."))
        for name, call in calls(source.tree):
            target = ast.unparse(call.args[0]) if call.args else ""
            if name.endswith("monkeypatch.setattr") and target.strip("'\"").startswith(("models", "web")):
                faults.append(source.fault(call, f"{target} is our own; arrange the case instead of replacing code."))
    return faults


def check_tests_assert_something(root: Path) -> list[str]:
    """A test that asserts nothing can only fail by accident."""
    faults = []
    for source in sources(root, "tests"):
        for function in source.functions():
            if not function.name.startswith("test_") or source.name.startswith("tests/house_rules/"):
                continue
            asserts = any(isinstance(node, ast.Assert) for node in ast.walk(function))
            expects = any("raises" in name or "expect" in name or "assert" in name for name, _ in calls(function))
            if not asserts and not expects:
                faults.append(source.fault(function, f"{function.name} asserts nothing; say what must be true."))
    return faults
