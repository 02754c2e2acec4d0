"""Every page that can be read, as one who may: everybody can use it, nothing is cut at the side, no word is too small.

The pages come from the test's own town hall and are drawn by one browser without script: no server, no waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2
import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Browser, Page, Route

from tests.browser.furnished import furnish
from tests.cast import Cast
from tests.visiting import Visitor
from tests.web.route_matrix import PLAYED_BY, ROUTES

HOUSE = "http://linli.test"
PARTS = 2
# What WCAG 2.2 asks at levels A and AA.
RULES = {
    "resultTypes": ["violations"],
    "runOnly": [f"wcag{n}{level}" for n in ("2", "21", "22") for level in ("a", "aa")],
}
MOST_FIELDS = 7
# The ids are those of tests/browser/furnished.py; a page without ids needs no line, a new page with one fails without.
WAYS = """
accounts.show                /accounts/{account}
activities.check_in_page     /activities/{activity}/check-in
activities.edit              /activities/{activity}/edit
activities.poster            /activities/{activity}/poster
activities.show              /activities/{activity}
activities.turning_code      /activities/{activity}/turning-code
answer_templates.edit        /answer-templates/{template}/edit
attendance.book              /attendances/{place}/check-ins
attendance.find              /attendances/{seat}/match
attendance.of_activity       /activities/{activity}/attendance
attendance.of_log            /logs/{draft}/attendance
board_needs.show             /board/needs/{shown}
care.show                    /served/{person}
certificates.sheet           /certificates/{certificate}/sheet
certificates.show            /certificates/{certificate}
desk.form_of                 /desk/needs/{need}/acceptance
desk.receipt                 /desk/needs/{need}/receipt
desk.show                    /desk/needs/{need}
directory.edit               /directory/units/{unit}/edit
directory.new_answer         /directory/answers/new?need={question}
disclosure.project           /board/projects/{project}
disclosure.sheet             /board/projects/{project}/sheet
dossiers.sample              /dossier-samples/{sample}
dossiers.show                /projects/{project}/dossier
evaluation.new_base          /projects/{project}/base-scores
evaluation.scheme            /evaluation/schemes/{scheme}
evaluation.show              /projects/{project}/evaluation
front_desk.show              /front-desk/{need}
ledgers.show                 /ledgers/{ledger}
my_data.notice_of            /privacy/2026-11
need_groups.show             /need-groups/{group}
need_imports.show            /need-imports/{needs_file}
needs.ask_withdrawal         /needs/{need}/withdrawal
needs.edit                   /needs/{need}/edit
needs.receipt                /needs/{need}/receipt
needs.show                   /needs/{need}
hour_lists.layout            /hour-layouts/{community}
notices.edit                 /notices/{notice}/edit
notices.preview              /notice-desk/{notice}
notices.sheet                /notices/{pinned}/sheet
notices.show                 /notices/{pinned}
organizations.edit           /organizations/{organization}
packages.edit                /packages/{returned}/revision
packages.show                /packages/{package}
people.edit                  /people/{person}/edit
people.show                  /people/{person}
places.edit                  /places/{community}/edit
places.new                   /places/{community}/places/new
places.show                  /places/{community}
pre_reports.show             /pre-reports/{pre_report}
print_kit.people_sheet       /projects/{project}/people-sheet
print_kit.rating_poster      /activities/{activity}/rating-poster
print_kit.sign_in_sheet      /activities/{activity}/sign-in-sheet
print_kit.wall_poster        /activities/{activity}/wall-poster
project_imports.show         /project-imports/{projects_file}
projects.choose              /needs/{shown}/projects
projects.show                /projects/{project}
ratings.contact              /ratings/contacts/{contact}
ratings.new                  /ratings/{token}
ratings.new_at_poster        /ratings/events/{log}
ratings.new_paper            /ratings/services/{paper}/paper
ratings.poster               /ratings/events/{log}/poster
ratings.print_slips          /ratings/services/{paper}/slips
ratings.print_strips         /ratings/services/{paper}/strips
ratings.service              /ratings/services/{log}
ratings.sheet                /ratings/sheets/{sheet}
ratings.singles_index        /projects/{project}/ratings
reports.records              /reports/figures/records?cell=need.received
reports.sheet_of             /reports/{report}/sheet
reports.show                 /reports/{report}
service_lists.sheet          /service-lists/{service_list}/sheet
service_lists.show           /service-lists/{service_list}
service_log.edit             /logs/{draft}/edit
service_log.new_cover        /log-photos/{log_photo}/cover
service_log.new              /projects/{project}/logs/new/visit
service_log.new_round        /projects/{project}/rounds/new
service_log.of_project       /projects/{project}/logs
service_log.show             /logs/{log}
set_up.hours                 /set-up/{community}/hours
set_up.layout                /set-up/{community}/places
set_up.posters               /set-up/{community}/posters
set_up.show                  /set-up/{community}
unmasked_files.show           /unmasked-files/{unmasked_file}
volunteer_profiles.of_person /people/{person}/volunteering
volunteer_rules.show         /volunteer-rules/{community}
talk.show                    /talk/needs/{need}
"""
# What others read on a page of the matrix, and pages that only answer a press: who, where, and what is pressed or said.
MORE = """
service_log.show             auditor     GET   /logs/{log}
service_log.show             supervisor  GET   /logs/{log}
service_log.read_original    auditor     POST  /log-photos/{log_photo}/original-reading
ratings.reveal_presence      clerk       POST  /ratings/presence/{doubted}/person
"""
# Answers that are no page of their own: files, words for a script, parts of a page, and ways that lead on.
NO_PAGE = frozenset([
    "activities.feed", "activities.turning", "certificates.new", "certificates.paper",
    "assets.file", "assets.manifest", "assets.service_worker", "attachments.file", "attachments.document", "attachments.show",
    "desk.show_beside", "disclosure.activity_poster", "disclosure.poster", "dossiers.archive",
    "dossiers.paper", "evaluation.satisfaction",
    "front_desk.people", "health.alive", "health.ready", "ledgers.outside", "ledgers.progress", "need_imports.progress", "needs.at", "needs.similar",
    "hour_lists.export", "hour_lists.handed_over", "notices.paper", "notices.poster",
    "packages.hint", "project_imports.new", "projects.suggest", "service_log.people", "report_templates.filled",
    "report_templates.original", "reports.workbook", "reports.workbook_as_handed_in", "sign_in.token", "talk.part",
    "volunteering.export",
])  # fmt: skip
# Who reads a page that is open to everybody or to whoever is signed in; else it is the first of the matrix.
READERS = {
    "needs": "resident", "ratings.singles_index": "auditor", "service_lists": "worker", "service_log.edit": "worker", "sign_in": None, "sign_up": None,
}  # fmt: skip
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL_WORDS = """() => {
  document.documentElement.setAttribute("data-elder", "");
  document.documentElement.setAttribute("data-text", "1");
  return [...document.querySelectorAll("body *:not(svg *):not(.unseen):not(.unseen *):not(.skip)")].filter((one) =>
    one.checkVisibility() && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) &&
    parseFloat(getComputedStyle(one).fontSize) < 21.9).map((one) => one.textContent.trim().slice(0, 30));
}"""


# Fields that may be filled in at once: what waits folded away does not count, of several steps the longest does.
FIELDS = """() => {
  const kept = [...document.querySelectorAll("main input:not([type=hidden]):not([type=submit]), main select, main textarea")]
    .filter((one) => one.checkVisibility());
  const steps = {};
  for (const one of kept) {
    const step = one.closest("[data-step]"), place = step ? 1 + [...document.querySelectorAll("[data-step]")].indexOf(step) : 0;
    (steps[place] ||= new Set()).add(/radio|checkbox/.test(one.type) && one.name || one);
  }
  return (steps[0]?.size || 0) + Math.max(0, ...Object.entries(steps).map(([place, names]) => place > 0 ? names.size : 0));
}"""


def _pages(app: Flask) -> list[tuple[str, str, str | None, str]]:
    """Return endpoint, address, reader and method of every page of the matrix, in an order that does not change."""
    ways = dict(line.split() for line in WAYS.strip().splitlines())
    matrix = {row[0]: row[2:] for line in ROUTES.strip().splitlines() if (row := line.split())[1] == "GET"}
    plain = {rule.endpoint: rule.rule for rule in app.url_map.iter_rules() if not rule.arguments}
    found = []
    for endpoint, who in sorted(matrix.items()):
        if endpoint in NO_PAGE:
            continue
        area = endpoint.partition(".")[0]
        usual = None if who[0] == "everyone" else "resident" if who[0] == "signed-in" else PLAYED_BY.get(who[0], who)[0]
        address = ways.get(endpoint) or plain.get(endpoint)
        assert address, f"{endpoint}: add its address to WAYS, or its name to NO_PAGE"
        found.append((endpoint, address, READERS.get(endpoint, READERS.get(area, usual)), "GET"))
    more = (line.split() for line in MORE.strip().splitlines())
    return [*found, *((endpoint, address, reader, method) for endpoint, reader, method, address in more)]


def _found(page: Page) -> list[str]:
    """Return what axe finds on a page, a line a fault."""
    found = page.evaluate("(rules) => axe.run(document, rules)", RULES)["violations"]
    return [f"{one['id']}: {one['help']}: {[' '.join(node['target']) for node in one['nodes']][:3]}" for one in found]


# On paper: buttons that were printed, words smaller than nine points, a line to be signed that is too thin for a hand.
ON_PAPER = """() => {
  document.documentElement.setAttribute("data-text", "3");
  // Twelve slips are a page, however few there are in this house.
  for (const list of document.querySelectorAll(".slips"))
    while (list.children.length < 12) list.append(list.firstElementChild.cloneNode(true));
  const words = (one) => one.textContent.trim().slice(0, 30);
  const seen = [...document.querySelectorAll("body *:not(svg *):not(.unseen):not(.unseen *)")].filter((one) => one.checkVisibility());
  const printed = seen.filter((one) => one.matches("nav, button, .btn, .sheet-tools")).map((one) => `printed: ${words(one)}`);
  const small = seen.filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) &&
    parseFloat(getComputedStyle(one).fontSize) < 12 && !one.closest(".roll")).map((one) => `under 9 points: ${words(one)}`);
  const thin = seen.filter((one) => one.matches(".ruled:not(.close) tbody tr") && one.getBoundingClientRect().height < 30).map((one) => `thin: ${words(one)}`);
  const large = parseFloat(getComputedStyle(document.documentElement).fontSize) > 20 ? ["elder letters of the screen on paper"] : [];
  return [...printed, ...small, ...thin, ...large];
}"""
# How many pages of A4 a sheet of this house takes; all others take one.
PAGES = {"reports.sheet": 2, "reports.sheet_of": 2, "day_sheets.show": 2, "print_kit.people_sheet": 2}
A4 = (595, 842)


def _on_paper(page: Page, endpoint: str) -> list[str]:
    """Return what is wrong with a sheet as it leaves the printer of somebody who reads with the largest letters, at night."""
    page.emulate_media(media="print", color_scheme="dark")
    faults = [f"on paper {fault}" for fault in page.evaluate(ON_PAPER)]
    paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    sizes = {tuple(round(side) for side in one.get_size()) for one in paper}
    words = [one.get_textpage().get_text_range().strip() for one in paper]
    if sizes != {A4}:
        faults.append(f"on paper of {sizes}")
    if len(words) > PAGES.get(endpoint, 1) or not all(words):
        faults.append(f"{len(words)} pages on paper, with {[len(one) for one in words]} letters")
    page.emulate_media(media="screen", color_scheme="light")
    return faults


@pytest.fixture
def sheet_of_paper(browser: Browser, client: Visitor) -> Iterator[Callable[[str], Page]]:
    """Return how a page's text is drawn: by a browser on a small phone that fetches the style sheet alone."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN", reduced_motion="reduce")
    context.add_init_script("delete window.navigator.serviceWorker")
    styles: dict[str, bytes] = {}

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOUSE)
        if route.request.resource_type == "document":
            route.fulfill(body="<title>Linli</title>", content_type="text/html; charset=utf-8")
        elif path.endswith(".css"):
            if path not in styles:
                styles[path] = client.get(path).data
            route.fulfill(body=styles[path], content_type="text/css")
        else:
            route.abort()

    context.route("**/*", answer)
    page = context.new_page()
    # The page is opened once and written anew for each text, so that axe need not be read again each time.
    page.goto(HOUSE)
    page.evaluate(AXE_SCRIPT)

    def draw(text: str) -> Page:
        page.set_content(text, wait_until="load")
        return page

    yield draw
    context.close()


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_can_be_read_and_used_by_everybody(
    app: Flask, db: Any, cast: Cast, client_for: Any, sheet_of_paper: Any, part: int
) -> None:
    pages, faults = _pages(app)[part::PARTS], []
    visitors = {reader: client_for(getattr(cast, reader) if reader else None) for _, _, reader, _ in pages}
    ids = furnish(cast, client_for, db)
    for endpoint, way, reader, method in pages:
        said = {"reason": "抽查原图。"} if method == "POST" else None
        answer = visitors[reader].open(way.format(**ids), method=method, data=said)
        here = f"{endpoint} as {reader or 'a stranger'}"
        if answer.status_code != 200 or answer.mimetype != "text/html":
            faults.append(f"{here}: {answer.status_code} {answer.mimetype}")
            continue
        page = sheet_of_paper(answer.text)
        faults += [f"{here}: {fault}" for fault in _found(page)]
        if page.evaluate(WIDE) > 0 and "sheet" not in way and "poster" not in way:
            faults.append(f"{here}: {page.evaluate(WIDE)} px too wide for a phone of 360")
        if (fields := page.evaluate(FIELDS)) > MOST_FIELDS:
            faults.append(f"{here}: {fields} fields at once, {MOST_FIELDS} are enough for a phone")
        if small := page.evaluate(SMALL_WORDS):
            faults.append(f"{here}: too small for elder eyes: {small[:3]}")
        if page.locator(".sheet, .slips, .poster").count():
            faults += [f"{here}: {fault}" for fault in _on_paper(page, endpoint)]
    assert not faults, "\n".join(faults)
