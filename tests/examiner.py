"""The examiner of pages: everything a test fetches must be a page that everybody can read and use."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
NAMELESS = frozenset({"hidden", "submit", "button", "reset", "image"})
SENDING = ("hx-post", "hx-put", "hx-patch", "hx-delete")
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "list", "form")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str]]] = []
        self.elements: list[tuple[str, dict[str, str], list[tuple[str, dict[str, str]]]]] = []
        self.words: list[tuple[str, list[str]]] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if len(attributes) != len(attrs):
            self.faults.append(f"<{tag}> repeats an attribute: {[name for name, _ in attrs]}")
        self.elements.append((tag, attributes, list(self.open)))
        if tag not in VOID:
            self.open.append((tag, attributes))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        # An end tag closes everything that was left open inside it, as browsers do for <li> and <p>.
        for depth in range(len(self.open) - 1, -1, -1):
            if self.open[depth][0] == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append((data.strip(), [tag for tag, _ in self.open]))

    def text_in(self, tag: str) -> list[str]:
        return [text for text, within in self.words if tag in within and "svg" not in within]


def _structure(page: _Reader) -> list[str]:
    """Name what a whole page lacks: language, title, one heading."""
    tags = Counter(tag for tag, _, above in page.elements if not any(outer == "svg" for outer, _ in above))
    faults = []
    if tags["h1"] != 1:
        faults.append(f"The page has {tags['h1']} <h1>; exactly one says what the page is about.")
    if tags["title"] != 1 or not page.text_in("title"):
        faults.append("The page needs one <title> with words in it.")
    if not any(tag == "html" and attributes.get("lang") for tag, attributes, _ in page.elements):
        faults.append("<html> needs a lang, or the page is read aloud in the wrong language.")
    if tags["main"] != 1:
        faults.append(f"The page has {tags['main']} <main>; keyboards and screen readers jump to exactly one.")
    return faults


def _names(page: _Reader) -> list[str]:
    """Name ids that repeat, references that lead nowhere and fields without a label."""
    ids = Counter(attributes["id"] for _, attributes, _ in page.elements if "id" in attributes)
    faults = [f'id="{name}" stands {times} times; ids are unique.' for name, times in ids.items() if times > 1]
    labels = {attributes["for"] for tag, attributes, _ in page.elements if tag == "label" and "for" in attributes}
    for tag, attributes, above in page.elements:
        if tag in {"input", "select", "textarea"} and attributes.get("type", "text") not in NAMELESS:
            named = attributes.get("aria-label") or attributes.get("aria-labelledby") or attributes.get("id") in labels
            if not named and not any(outer == "label" for outer, _ in above):
                faults.append(f'<{tag} name="{attributes.get("name", "")}"> has no label; give it <label for>.')
        if tag == "img" and "alt" not in attributes:
            faults.append(f'<img src="{attributes.get("src", "")}"> needs alt (empty if it only decorates).')
        faults += [
            f'<{tag} {reference}="{name}"> names an id that the page lacks.'
            for reference in REFERENCES
            for name in attributes.get(reference, "").split()
            if reference in attributes and name not in ids
        ]
    return faults


def _policy(page: _Reader) -> list[str]:
    """Name what the content security policy would break, and forms that need script."""
    faults = []
    for tag, attributes, above in page.elements:
        shown = f"<{tag} {' '.join(attributes)}>"
        if "style" in attributes or tag == "style":
            faults.append(f"{shown}: inline style is refused by the browser; use a class and a stylesheet.")
        if any(name.startswith(("on", "hx-on")) for name in attributes):
            faults.append(f"{shown}: inline handlers are refused by the browser; bind them in a script file.")
        if tag == "script" and "src" not in attributes and attributes.get("type") not in {"application/json"}:
            faults.append("<script> without src is refused by the browser; put it into a file.")
        if attributes.get("href", "").strip().lower().startswith("javascript:"):
            faults.append(f"{shown}: a javascript: link is refused by the browser.")
        inside_form = tag == "form" or any(outer == "form" for outer, _ in above)
        if any(name in attributes for name in SENDING) and not inside_form:
            faults.append(f"{shown}: sends, but sits in no <form>; without script nothing would happen.")
    return faults


def _leaks(page: _Reader) -> list[str]:
    """Name traces of the workshop that a reader would see."""
    faults = []
    for text, within in page.words:
        if {"script", "style", "textarea", "pre", "code"} & set(within):
            continue
        if text == "None" or any(mark in text for mark in ("{{", "{%", "%(", " object at 0x")):
            faults.append(f"The reader sees “{text[:60]}”, which was meant for the program.")
    return faults


def examine(html: str) -> list[str]:
    """Return what is wrong with a page or a fragment, in sentences that say what to do."""
    page = _Reader()
    page.feed(html)
    page.close()
    whole = any(tag == "html" for tag, _, _ in page.elements)
    names = _names(page)
    if not whole:
        # A fragment may name ids of the page around it.
        names = [fault for fault in names if "that the page lacks" not in fault]
    return page.faults + (_structure(page) if whole else []) + names + _policy(page) + _leaks(page)
