"""The laws of words: everything said to a reader is said in both languages, and every key has its sentence."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house_rules.reading import Source, calls, dotted, sources
from web import messages

# Enums that no reader ever meets.
UNSPOKEN = {
    "models/permissions.py:Permission",
    "models/states.py:Kind",
    "models/deadlines/clocks.py:Escalation",
}
ENUMS = {"Enum", "StrEnum", "IntEnum"}


def check_the_catalogs_are_complete(root: Path) -> list[str]:
    """Law 15: a string without Chinese is a sentence that most readers cannot read."""
    if not (root / "web/translations").exists():
        return []
    return [
        f"{found.file}:{found.line}: {found.id!r} {reason}; `make messages` lists all."
        for found, reason in messages.shortcomings(root)
    ]


def check_one_string_is_said_in_one_way(root: Path) -> list[str]:
    """Law 15: the catalogs are joined, so one string cannot mean two things; give each meaning its own string."""
    return [f"{fault}; give each meaning its own English string." for fault in messages.told_apart(root)]


def _words(root: Path, table: str) -> Iterator[tuple[Source, ast.Dict]]:
    """Yield the tables of a name in web/sentences/, each with its file."""
    for source in sources(root, "web/sentences"):
        for node in source.tree.body:
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            named = any(isinstance(target, ast.Name) and target.id == table for target in targets)
            if named and isinstance(node.value, ast.Dict):  # type: ignore[union-attr]
                yield source, node.value  # type: ignore[union-attr]


def _keys(root: Path, table: str) -> set[str]:
    return {str(key.value) for _, one in _words(root, table) for key in one.keys if isinstance(key, ast.Constant)}


def check_every_key_is_said_once(root: Path) -> list[str]:
    """Decision 30: the tables are joined, so of two sentences for one key only the last is ever read."""
    faults = []
    for table in ("REFUSALS", "LABELS", "NEWS", "DEEDS"):
        first: dict[str, str] = {}
        for source, one in _words(root, table):
            for key in one.keys:
                if isinstance(key, ast.Constant):
                    before = first.setdefault(str(key.value), f"{source.name}:{key.lineno}")
                    if before != f"{source.name}:{key.lineno}":
                        remedy = f"{key.value!r} of {table} is said in {before} already; give each meaning its own key."
                        faults.append(source.fault(key, remedy))
    return faults


def _literals(root: Path, names: set[str], place: int) -> Iterator[tuple[Source, ast.Call, str]]:
    """Yield the literal argument at a place of every call of the names."""
    for source in sources(root, "models", "web"):
        for name, call in calls(source.tree):
            if name.rpartition(".")[2] in names and len(call.args) > place:
                argument = call.args[place]
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield source, call, argument.value


def _kinds_of_no(root: Path) -> set[str]:
    """Return the names of the classes that say No in a way of their own."""
    return {
        node.name
        for source in sources(root, "models", "web")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef)
        and {"Refused", "Stale"} & {base.id for base in node.bases if isinstance(base, ast.Name)}
    }


def check_every_refusal_has_its_sentence(root: Path) -> list[str]:
    """Decision 30: a No without a reason is no answer."""
    known = _keys(root, "REFUSALS")
    return [
        source.fault(call, f"the refusal {key!r} has no sentence; add it to REFUSALS in web/sentences/.")
        for source, call, key in _literals(root, {"Refused", "Stale"} | _kinds_of_no(root), 0)
        if key not in known
    ]


def check_every_piece_of_news_has_its_sentence(root: Path) -> list[str]:
    """Decision 30: whoever is told reads a sentence, not a key."""
    known = _keys(root, "NEWS")
    return [
        source.fault(call, f"the news {key!r} has no sentence; add it to NEWS in web/sentences/.")
        for source, call, key in _literals(root, {"tell"}, 1)
        if key not in known
    ]


def check_every_deed_has_its_words(root: Path) -> list[str]:
    """Timelines and the diary's page name every verb in words."""
    known = _keys(root, "DEEDS")
    return [
        source.fault(call, f"the deed {key!r} has no words; add it to DEEDS in web/sentences/.")
        for source, call, key in _literals(root, {"record"}, 0)
        if key not in known
    ]


def _members(node: ast.ClassDef) -> set[str]:
    """Return the values of an enum's members, as labels are keyed by them."""
    return {
        str(one.value.value) if isinstance(one.value, ast.Constant) else target.id
        for one in node.body
        if isinstance(one, ast.Assign)
        for target in one.targets
        if isinstance(target, ast.Name) and not target.id.startswith("_")
    }


def check_every_enum_has_its_labels(root: Path) -> list[str]:
    """Decision 30: a reader sees 服务中, never IN_SERVICE."""
    labels = {
        str(key.value): {str(one.value) for one in value.keys if isinstance(one, ast.Constant)}
        for _, table in _words(root, "LABELS")
        for key, value in zip(table.keys, table.values, strict=True)
        if isinstance(key, ast.Constant) and isinstance(value, ast.Dict)
    }
    faults = []
    for source in sources(root, "models"):
        for node in ast.walk(source.tree):
            is_enum = isinstance(node, ast.ClassDef) and ENUMS & {dotted(base) for base in node.bases}
            if is_enum and f"{source.name}:{node.name}" not in UNSPOKEN:
                missing = sorted(_members(node) - labels.get(node.name, set()))
                if missing:
                    remedy = f"{node.name}: add labels for {', '.join(missing)} to LABELS in web/sentences/."
                    faults.append(source.fault(node, remedy))
    return faults
