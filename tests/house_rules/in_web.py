"""The laws of web/: every endpoint wears a door, and a view is five moves."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house_rules.reading import Function, Source, calls, decorators, dotted, sources

ROUTES = {"route", "get", "post", "put", "patch", "delete"}
DOORS = {"open_to", "open_to_everyone"}
QUERIES = {"select", "insert", "update", "delete", "text", "exists", "union", "union_all"}
LINES = 15
NOUNS = re.compile(r"(/[a-z0-9]+([-.][a-z0-9]+)*|/(<[a-z_:]+>))*/?")


def _routes(function: Function) -> list[ast.Call]:
    """Return the decorators that give a function an address."""
    return [
        one
        for one in function.decorator_list
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and one.func.attr in ROUTES
    ]


def _views(root: Path, *rooms: str) -> Iterator[tuple[Source, Function]]:
    for source in sources(root, *rooms):
        for function in source.functions():
            if _routes(function):
                yield source, function


def check_every_endpoint_wears_a_door(root: Path) -> list[str]:
    """Law 7: an endpoint without a door would be open to whoever finds it."""
    return [
        source.fault(function, f"{function.name} wears no door; put @open_to(Permission.…) or @open_to_everyone on it.")
        for source, function in _views(root, "web")
        if not any(name.rpartition(".")[2] in DOORS for name in decorators(function))
    ]


def check_the_door_stands_inside_the_route(root: Path) -> list[str]:
    """Law 7: a route above which the door stands registers the function without the door."""
    faults = []
    for source, function in _views(root, "web"):
        names = [name.rpartition(".")[2] for name in decorators(function)]
        doors = [place for place, name in enumerate(names) if name in DOORS]
        last_route = max(place for place, name in enumerate(names) if name in ROUTES)
        if doors and doors[0] < last_route:
            faults.append(source.fault(function, f"{function.name}: put the door below the route, next to def."))
    return faults


def check_a_view_is_short(root: Path) -> list[str]:
    """Law 6: find, read the form, one verb, commit, answer."""
    faults = []
    for source, function in _views(root, "web/blueprints"):
        body = function.body[1:] if ast.get_docstring(function) is not None else function.body
        lines = (function.body[0].lineno - function.lineno) + (body[-1].end_lineno or 0) - body[0].lineno + 1
        if lines > LINES:
            remedy = f"{function.name} has {lines} lines, {LINES} are room enough; the rule inside belongs to models/."
            faults.append(source.fault(function, remedy))
    return faults


def check_a_view_asks_no_database(root: Path) -> list[str]:
    """Law 6: a query in a view is a rule that the next view forgets."""
    faults = []
    for source in sources(root, "web/blueprints"):
        for name, call in calls(source.tree):
            if ".session." in f".{name}" and not name.endswith(("session.commit", "session.get")) and "db" in name:
                faults.append(
                    source.fault(call, f"{name}() in a blueprint; ask a reader of models/, then commit once.")
                )
            elif name in QUERIES or name.rpartition(".")[0] in {"sa", "sqlalchemy"}:
                faults.append(source.fault(call, f"{name}() builds a query; offer it as a reader in models/."))
    return faults


def check_a_view_calls_one_verb(root: Path) -> list[str]:
    """Law 6: two verbs in one view are one act of civic life that has no name yet."""
    faults = []
    for source, function in _views(root, "web/blueprints"):
        verbs = [name for name, call in calls(function) if any(keyword.arg == "by" for keyword in call.keywords)]
        commits = [name for name, _ in calls(function) if name.endswith(("session.commit", "respond.commit"))]
        if len(verbs) > 1:
            remedy = f"{function.name} calls {' and '.join(verbs)}; make them one verb of the thing that changes."
            faults.append(source.fault(function, remedy))
        if len(commits) > 1:
            faults.append(
                source.fault(function, f"{function.name} commits {len(commits)} times; once, after the verb.")
            )
    return faults


def check_a_view_catches_no_refusal(root: Path) -> list[str]:
    """Law 6: web/errors.py answers every refusal alike, in the reader's language."""
    return [
        source.fault(node, "a blueprint catches no refusal; let it rise, web/errors.py turns it into a sentence.")
        for source in sources(root, "web/blueprints")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or {"Refused", "Stale", "NotFound", "Exception"} & _named(node.type))
    ]


def _named(node: ast.AST) -> set[str]:
    return {dotted(one).rpartition(".")[2] for one in ast.walk(node) if isinstance(one, ast.Name | ast.Attribute)}


def check_addresses_are_kebab_case_nouns(root: Path) -> list[str]:
    """Law 8: an address can be read out over the phone."""
    faults = []
    for source, function in _views(root, "web"):
        for route in _routes(function):
            address = route.args[0].value if route.args and isinstance(route.args[0], ast.Constant) else ""
            if not NOUNS.fullmatch(str(address)):
                faults.append(source.fault(route, f"{address}: lower-case words, hyphens, ids as <public_id>."))
    return faults
