"""How the laws read the source: files, syntax trees, and faults that say where and what to do."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

Function = ast.FunctionDef | ast.AsyncFunctionDef
FOREIGN = {"vendor", "built", "__pycache__", "red", ".venv", ".git", "node_modules", "instance"}


@dataclass(frozen=True)
class Source:
    """One Python file: where it stands and what it says."""

    name: str
    tree: ast.Module
    text: str

    def fault(self, node: ast.AST | int, remedy: str) -> str:
        """Return a breach at a node or line of this file."""
        line = node if isinstance(node, int) else getattr(node, "lineno", 1)
        return f"{self.name}:{line}: {remedy}"

    def functions(self) -> Iterator[Function]:
        """Yield every function and method, nested ones too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))


@cache
def _parsed(path: Path, name: str) -> Source:
    text = path.read_text(encoding="utf-8")
    return Source(name, ast.parse(text), text)


def files(root: Path, room: str, pattern: str) -> list[Path]:
    """Return our own files of a room; what others wrote and what is made at run time is left out."""
    return sorted(
        path
        for path in (root / room).rglob(pattern)
        if path.is_file() and not FOREIGN & set(path.relative_to(root).parts)
    )


def sources(root: Path, *rooms: str) -> list[Source]:
    """Return the parsed Python files of rooms; a room may be one file."""
    found = []
    for room in rooms:
        paths = [root / room] if (root / room).is_file() else files(root, room, "*.py")
        found += [_parsed(path, path.relative_to(root).as_posix()) for path in paths]
    return found


def dotted(node: ast.AST) -> str:
    """Return how a name or attribute reads: `db.session.commit`."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return f"{dotted(node.func)}()"
    return node.id if isinstance(node, ast.Name) else ""


def calls(node: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Yield every call below a node with the dotted name of what is called."""
    for one in ast.walk(node):
        if isinstance(one, ast.Call):
            yield dotted(one.func), one


def imports(tree: ast.AST) -> Iterator[tuple[str, ast.stmt]]:
    """Yield every imported module with its statement, wherever it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node


def decorators(function: Function) -> list[str]:
    """Return the dotted names of a function's decorators, outermost first."""
    return [dotted(one.func if isinstance(one, ast.Call) else one) for one in function.decorator_list]


def areas(root: Path) -> tuple[str, ...]:
    """Return the areas in the order of civic life, as models/__init__.py lists them."""
    for node in ast.parse((root / "models/__init__.py").read_text(encoding="utf-8")).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == "AREAS" for target in targets):
            return tuple(ast.literal_eval(node.value))  # type: ignore[attr-defined]
    raise LookupError("models/__init__.py lists no AREAS")
