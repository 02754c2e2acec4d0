"""The laws of models/: rules that know nothing of the web, never commit and write one event each."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house_rules.reading import Function, Source, calls, dotted, imports, sources

WEB = {"flask", "werkzeug", "wtforms", "jinja2", "web", "huey", "gunicorn"}
APART = "own_transaction"
CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "datetime.utcfromtimestamp"}


def check_models_know_nothing_of_the_web(root: Path) -> list[str]:
    """Law 4: the rules can be read, tested and reused without the town hall."""
    return [
        source.fault(node, f"models/ may not import {name}; pass the value in, or move this to web/.")
        for source in sources(root, "models")
        for name, node in imports(source.tree)
        if (name.partition(".")[0] in WEB or name.startswith("flask_")) and name != "flask_sqlalchemy"
    ]


def check_only_base_knows_flask_sqlalchemy(root: Path) -> list[str]:
    """Law 4: one file would change if the database's binding to the web changed."""
    return [
        source.fault(node, "only models/base.py imports flask_sqlalchemy; take db from models.base.")
        for source in sources(root, "models", "web")
        for name, node in imports(source.tree)
        if name.partition(".")[0] == "flask_sqlalchemy" and source.name != "models/base.py"
    ]


def check_models_never_commit(root: Path) -> list[str]:
    """Law 4: whoever calls a verb decides when the transaction ends."""
    faults = []
    for source in sources(root, "models"):
        # The access log alone is written in a transaction of its own (decision 8).
        apart = [one for function in source.functions() if function.name == APART for _, one in calls(function)]
        for name, call in calls(source.tree):
            if name.endswith(("session.commit", "session.begin", "session().commit")) and call not in apart:
                remedy = "a verb never commits; flush where an id is needed, and let the view or job commit."
                faults.append(source.fault(call, remedy))
    return faults


def check_there_is_one_clock(root: Path) -> list[str]:
    """Decision 2: tests and the demo year set one clock; a second one would not listen."""
    return [
        source.fault(call, f"{name}() asks a second clock; ask models.base.now() (or today()).")
        for source in sources(root, "models", "web", "demo")
        for name, call in calls(source.tree)
        if source.name != "models/base.py" and ".".join(name.split(".")[-2:]) in CLOCKS
    ]


def _is_verb(function: Function) -> bool:
    """A verb is public and takes `by` as a keyword: it changes something in the name of somebody."""
    is_part = "part of the verb" in (ast.get_docstring(function) or "").replace("\n    ", " ")
    takes_by = any(one.arg == "by" for one in function.args.kwonlyargs)
    return takes_by and not is_part and not function.name.startswith("_")


def _events(statements: list[ast.stmt]) -> int:
    """Count the events on the longest way through statements; ways that exclude each other count once."""
    count = 0
    for statement in statements:
        if isinstance(statement, ast.If):
            count += max(_events(statement.body), _events(statement.orelse))
            if statement.body and isinstance(statement.body[-1], ast.Return | ast.Raise):
                count -= min(_events(statement.body), 1)
        elif isinstance(statement, ast.With):
            count += _events(statement.body)
        elif isinstance(statement, ast.For | ast.While):
            count += 2 * _events(statement.body)
        elif isinstance(statement, ast.Try):
            count += _events(statement.body + statement.orelse + statement.finalbody)
        elif isinstance(statement, ast.Match):
            count += max(_events(case.body) for case in statement.cases)
        else:
            count += sum(name.rpartition(".")[2] == "record" for name, _ in calls(statement))
    return count


def _passes_on(function: Function) -> list[tuple[str, ast.Call]]:
    """Return the calls to which a function hands its `by`."""
    return [(name, call) for name, call in calls(function) if any(keyword.arg == "by" for keyword in call.keywords)]


def check_a_verb_writes_one_event(root: Path) -> list[str]:
    """Law 3: timelines, audit and notices read one diary, so each verb writes there once."""
    found = sources(root, "models")
    verbs = {one.name for source in found for one in source.functions() if _is_verb(one) and _events(one.body)}
    faults = []
    for source in found:
        if source.name == "models/events.py":
            continue
        for function in filter(_is_verb, source.functions()):
            faults += _diary_of(source, function, verbs)
    return faults


def _diary_of(source: Source, function: Function, verbs: set[str]) -> list[str]:
    events, passed = _events(function.body), _passes_on(function)
    if events > 1:
        return [source.fault(function, f"{function.name} writes more than one event; a verb calls record() once.")]
    if not events and not passed and not _only_refuses(function):
        remedy = "call record() once, or say in the docstring that it is a part of the verb that calls it."
        return [source.fault(function, f"{function.name} takes by= and tells the diary nothing; {remedy}")]
    inner = [name for name, _ in passed if name.rpartition(".")[2] in verbs - {"record", "tell"}]
    if events and inner:
        remedy = f"{function.name} records and calls the verb {inner[0]}, which records too; call its _step instead."
        return [source.fault(function, remedy)]
    return []


def _only_refuses(function: Function) -> bool:
    """A question with by= asks or refuses, and an abstract one has no body."""
    changes = any(
        isinstance(node, ast.Assign | ast.AugAssign)
        and any(isinstance(t, ast.Attribute) for t in getattr(node, "targets", [getattr(node, "target", None)]))
        for node in ast.walk(function)
    )
    saves = any(
        name.endswith((".save", "session.add", "session.delete", "session.flush")) for name, _ in calls(function)
    )
    return not changes and not saves


def _speaks_of_money(node: ast.AST) -> bool:
    return any(
        "fen" in name.split("_")
        for one in ast.walk(node)
        for name in [one.id if isinstance(one, ast.Name) else one.attr if isinstance(one, ast.Attribute) else ""]
    )


def _money_fault(node: ast.AST) -> str | None:
    if isinstance(node, ast.Call) and dotted(node.func) in {"float", "round"} and any(map(_speaks_of_money, node.args)):
        return (
            "money is integer fen; float() and round() lose it. Split by largest remainder, show by the money filter."
        )
    divided = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
    # The share of one amount in another is no money.
    if divided and _speaks_of_money(node.left) != _speaks_of_money(node.right):
        return "money is integer fen; / makes a float. Use // with a stated remainder, or Fraction."
    if isinstance(node, ast.AnnAssign) and _speaks_of_money(node.target) and "float" in ast.unparse(node.annotation):
        return "money is integer fen; annotate it as Fen or int."
    named = isinstance(node, ast.arg) and "fen" in node.arg.split("_") and node.annotation is not None
    if named and "float" in ast.unparse(node.annotation):
        return "money is integer fen; annotate it as int."
    return None


def check_money_is_never_a_float(root: Path) -> list[str]:
    """Law 12: 0.1 + 0.2 is not 0.3, and an auditor finds the missing fen."""
    faults = []
    for source in sources(root, "models", "web"):
        for node in ast.walk(source.tree):
            if remedy := _money_fault(node):
                faults.append(source.fault(node, remedy))
    return faults


def check_no_column_is_a_float(root: Path) -> list[str]:
    """Laws 12 and 13: money is integer, and scores are computed when they are read."""
    return [
        source.fault(node, f"{alias.name} columns store what should be fen, minutes or computed when read.")
        for source in sources(root, "models")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")
        for alias in node.names
        if alias.name in {"Float", "Double", "Numeric", "REAL", "DOUBLE_PRECISION"}
    ]
