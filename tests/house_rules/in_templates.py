"""The laws of templates: what the content security policy would break, and where a template lives."""

from __future__ import annotations

import re
from pathlib import Path

from tests.house_rules.reading import areas, files, sources

ATTRIBUTE = r"<[a-zA-Z][^<>]*\s"
BANNED: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\|\s*safe\b"), "|safe trusts whoever typed this; let it be escaped, or build the markup in a macro."),
    (re.compile(r"autoescape\s+false"), "autoescape stays on; a macro may build markup."),
    (re.compile(r"hx-on\b|hx-on:"), "hx-on does nothing under our policy; listen in a script file."),
    (re.compile(r"""["'{:\s]js:"""), "js: values are refused by the policy, and htmx sends without them."),
    (
        re.compile(r"""hx-trigger\s*=\s*["'][^"']*\["""),
        "a filter in hx-trigger is ignored and the request sent; use a script.",
    ),
    (
        re.compile(ATTRIBUTE + r"on[a-z]+\s*=", re.IGNORECASE),
        "inline handlers are refused; use a script file.",
    ),
    (re.compile(r"""[\s"']style\s*="""), "inline style is refused by the policy; use a class."),
    (re.compile(r"<style\b", re.IGNORECASE), "a style element is refused by the policy; use static/css."),
    (
        re.compile(r"<script\b(?![^>]*\bsrc\s*=)(?![^>]*application/json)", re.IGNORECASE),
        "a script needs src; put it into a file of static/js.",
    ),
    (re.compile(r"javascript:", re.IGNORECASE), "javascript: links are refused by the policy."),
)
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
SHARED_ROOMS = {"layouts", "macros", "errors"}


def _lines(root: Path, path: Path) -> list[tuple[str, str]]:
    """Return the lines of a template with where they stand."""
    name = path.relative_to(root).as_posix()
    return [(f"{name}:{number}", line) for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)]


def check_templates_keep_the_policy(root: Path) -> list[str]:
    """Decision 30 and the policy header: the browser would refuse it, or a stranger's text would run."""
    return [
        f"{where}: {remedy}"
        for path in files(root, "web/templates", "*.html")
        for where, line in _lines(root, path)
        for pattern, remedy in BANNED
        if pattern.search(line)
    ]


def check_nothing_is_marked_safe(root: Path) -> list[str]:
    """Markup() in Python is |safe by another name; macros are the one place that makes markup."""
    return [
        source.fault(number, "Markup() trusts whoever typed this; use a template.")
        for source in sources(root, "models", "web")
        for number, line in enumerate(source.text.splitlines(), 1)
        if re.search(r"\bMarkup\(|\brender_template_string\(", line)
    ]


def check_templates_hold_no_chinese(root: Path) -> list[str]:
    """Law 15: a string written in a template in one language cannot be read in the other."""
    return [
        f"{where}: write the English sentence in _(), and its Chinese in web/translations/zh_Hans."
        for path in files(root, "web/templates", "*.*")
        for where, line in _lines(root, path)
        if CHINESE.search(line)
    ]


def check_templates_live_with_their_area(root: Path) -> list[str]:
    """Law of five rooms: a page is found in the folder of its area."""
    counters = {path.stem for path in files(root, "web", "*.py")}
    known = set(areas(root)) | counters | SHARED_ROOMS
    faults = []
    for path in files(root, "web/templates", "*.*"):
        folder = path.relative_to(root / "web/templates").parts[0]
        if folder not in known:
            name = path.relative_to(root).as_posix()
            faults.append(f"{name}:1: {folder} is no area; put the template into the folder of its area.")
    return faults
