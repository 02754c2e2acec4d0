"""The laws of the tree: one word, five rooms; no drawers; nothing of the workshop in the shop."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from pathlib import Path

from tests.house_rules.reading import areas, files, sources

DRAWERS = {"utils", "util", "helpers", "helper", "services", "service", "common", "misc", "managers", "tools", "lib"}
# Counters of the hall itself: they serve no area of civic life.
HALL = {"home", "health", "assets", "design", "settings", "sign_in", "sign_up", "me", "board_needs"}
CODE = ("models", "web", "demo", "bench", "migrations/env.py", "wsgi.py")


def check_there_are_no_drawers(root: Path) -> list[str]:
    """A file named after a layer collects what belongs to several areas."""
    paths = [path for room in ("models", "web", "demo", "bench", "tests") for path in files(root, room, "*.py")]
    return [
        f"{path.relative_to(root).as_posix()}:1: {word} says nothing about the community; name the thing it is about."
        for path in paths
        for word in [*path.relative_to(root).parts[:-1], path.stem]
        if word in DRAWERS
    ]


def check_modules_open_with_a_sentence(root: Path) -> list[str]:
    """Whoever opens a file learns first what the area is in the community."""
    faults = []
    for source in sources(root, *(room for room in CODE if (root / room).exists())):
        opening = (ast.get_docstring(source.tree) or "").partition("\n")[0].strip()
        if not opening.endswith((".", "!", "?", ":")) and source.text.strip():
            faults.append(source.fault(1, "open with one whole sentence on what this is in the community."))
    return faults


def check_signatures_are_annotated(root: Path) -> list[str]:
    """A signature is read more often than its body."""
    faults = []
    for source in sources(root, "models", "web"):
        for function in source.functions():
            names = function.args
            every = [*names.posonlyargs, *names.args, *names.kwonlyargs, names.vararg, names.kwarg]
            bare = [one.arg for one in every if one and one.annotation is None and one.arg not in {"self", "cls"}]
            if bare:
                faults.append(source.fault(function, f"{function.name}: say what {', '.join(bare)} is."))
            elif function.returns is None and function.name != "__init__":
                faults.append(source.fault(function, f"{function.name}: say what it returns (-> None)."))
    return faults


def check_areas_are_listed(root: Path) -> list[str]:
    """The list in models/__init__.py is the order of civic life, so nothing may stand outside it."""
    listed = areas(root)
    present = {path.stem for path in (root / "models").glob("*.py") if path.stem != "__init__"}
    present |= {path.parent.name for path in (root / "models").glob("*/__init__.py")}
    faults = [
        f"models/{name}.py:1: list this area in AREAS, below what it reads." for name in sorted(present - {*listed})
    ]
    gone = [name for name in listed if name not in present]
    return faults + [f"models/__init__.py:1: AREAS lists {name}, which has no file." for name in gone]


def check_layers_follow_the_list(root: Path) -> list[str]:
    """import-linter reads pyproject.toml, people read models/__init__.py: both say the same."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    contract = next(one for one in settings["tool"]["importlinter"]["contracts"] if one["type"] == "layers")
    wanted = [f"({name})" for name in reversed(areas(root))]
    if contract["layers"] == wanted:
        return []
    lines = "\n".join(f'    "{name}",' for name in wanted)
    return [f"pyproject.toml:1: the layers differ from AREAS; write\nlayers = [\n{lines}\n]"]


def _has(root: Path, *patterns: str) -> bool:
    return any(any(root.glob(pattern)) for pattern in patterns)


def check_an_area_has_its_five_rooms(root: Path) -> list[str]:
    """One word, spelt the same: rules, form, counter, pages and proof."""
    faults = []
    for source in sources(root, "web/blueprints"):
        area = Path(source.name).stem if source.name.count("/") == 2 else Path(source.name).parent.name
        if area in {"__init__", "blueprints"}:
            continue
        rooms = {
            f"models/{area}.py": (f"models/{area}.py", f"models/{area}/__init__.py"),
            f"web/templates/{area}/": (f"web/templates/{area}/*",),
            f"tests/web/test_{area}.py": (f"tests/web/test_{area}*.py", f"tests/web/{area}/test_*.py"),
            f"tests/models/test_{area}.py": (f"tests/models/test_{area}*.py", f"tests/models/{area}/test_*.py"),
        }
        if area in HALL:
            rooms = {name: found for name, found in rooms.items() if name.startswith("tests/web")}
        elif re.search(r"\.(post|put|patch|delete)\(\"|methods=", source.text) and "web.forms" in source.text:
            rooms[f"web/forms/{area}.py"] = (f"web/forms/{area}.py", f"web/forms/{area}/__init__.py")
        faults += [
            source.fault(1, f"{area} has a counter, but no {name}.")
            for name, found in rooms.items()
            if not _has(root, *found)
        ]
    return sorted(set(faults))


def tracked(root: Path) -> list[str]:
    """Return the names of the files that are kept in the repository, or all of them outside one."""
    answer = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=False)
    names = answer.stdout.splitlines() if answer.returncode == 0 else []
    return names or [path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()]


REGISTRIES = re.compile(
    r"https?://[^\s\"']+\.(whl|tgz|tar\.gz)|\"resolved\"\s*:|--(extra-)?index-url[ =]|^\s*registry\s*="
    r"|(pypi|npmjs|pythonhosted|yarnpkg|debian)\.(org|com)|npmmirror|tuna\.tsinghua",
    re.MULTILINE,
)
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b|\bNotImplementedError\b|敬请期待|\b(?i:coming soon|lorem ipsum)\b")


def _texts(root: Path) -> list[tuple[str, str]]:
    found = []
    for name in tracked(root):
        foreign = "/vendor/" in name or name.startswith("tests/house_rules/") or name == "tests/test_house_rules.py"
        if not foreign and (root / name).is_file():
            found.append((name, (root / name).read_bytes().decode("utf-8", "ignore")))
    return found


def _where(name: str, text: str, position: int) -> str:
    return f"{name}:{text.count(chr(10), 0, position) + 1}"


def check_no_registry_is_named(root: Path) -> list[str]:
    """Packages come from wherever the machine's own client is set up to fetch them."""
    return [
        f"{_where(name, text, match.start())}: {match[0].strip()[:60]} names a registry; name the package."
        for name, text in _texts(root)
        for match in REGISTRIES.finditer(text)
    ]


def check_no_path_of_a_machine(root: Path) -> list[str]:
    """A path that exists on one machine only breaks on every other."""
    places = [f"{root.parent}/", f"{Path.home()}/", "/home/", "/Users/"]
    return [
        f"{_where(name, text, match.start())}: {place} is a place on one machine; use a relative path."
        for name, text in _texts(root)
        for place in sorted({one for one in places if len(one) > 3})
        for match in re.finditer(rf"(?<![\w.:/<>-]){re.escape(place)}\w", text)
    ]


def check_nothing_is_unfinished(root: Path) -> list[str]:
    """What is not there is not promised."""
    return [
        f"{_where(name, text, match.start())}: {match[0]}: finish it or take it out."
        for name, text in _texts(root)
        if name.endswith((".py", ".html", ".js", ".css", ".md", ".po", ".toml", "Makefile"))
        for match in UNFINISHED.finditer(text)
    ]
