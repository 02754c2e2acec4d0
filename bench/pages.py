"""What the pages of every day cost beside a naked one: 10,000 needs, 50,000 services and their hours in 40 communities."""

from __future__ import annotations

import time
from collections.abc import Callable

from bench import _house, _visits

USAGE = "python -m bench pages [NEEDS LOGS]: processor time of six pages beside a naked one, in the largest community"
RUNS = 15
# Milliseconds of processor time a request may take, and what is aimed at; the list at most twice the naked page.
ALLOWED = {"hours": 40.0}
AIMS = {"list": 3.0, "need": 4.0, "search": 6.0, "create": 5.0, "evaluation": 10.0, "hours": 25.0}
TIMES = 2.0


def measured(needs: int, logs: int) -> dict[str, float]:
    """Return the median milliseconds of processor time of each page, taken in turns so that all see the same machine."""
    with _house.sqlite() as url, _house.house(url) as app:
        _visits.with_naked_page(app)
        places = _house.communities(40)
        _house.fill(places, needs)
        projects = _house.serve(places, logs)
        clerk, worker = _visits.clerk_of(app, places[0]), _visits.worker_of(app, projects[0])
        visits: dict[str, Callable[[], None]] = {
            **_visits.pages(clerk, _visits.a_need_of(places[0])),
            "evaluation": _visits.get(clerk, f"/projects/{projects[0].public_id}/evaluation"),
            "hours": _visits.get(worker, f"/projects/{projects[0].public_id}"),
            "create": _visits.creation(app, places[0]),
        }
        return _house.medians(visits, RUNS, time.process_time)


def main(arguments: list[str]) -> int:
    """Measure; return 1 where a page takes more than it may."""
    needs, logs = (int(one) for one in (arguments or ["10000", "50000"]))
    taken, good = measured(needs, logs), True
    print(f"  {needs:,} needs, {logs:,} services, 40 communities, the largest with 20 %")
    print("\n| page | ms CPU | x naked | aim, ms | at most, ms |\n|---|---|---|---|---|")
    for name, milliseconds in taken.items():
        most = ALLOWED.get(name, 10.0)
        good = good and (name == "naked" or milliseconds <= most)
        aim = f"{AIMS[name]:.0f} | {most:.0f}" if name in AIMS else "— | —"
        print(f"| {name} | {milliseconds:.1f} | {milliseconds / taken['naked']:.2f} | {aim} |")
    within = taken["list"] <= TIMES * taken["naked"]
    print(f"\n  the list costs {taken['list'] / taken['naked']:.2f} times the naked page (at most {TIMES:.0f})")
    return 0 if good and within else 1
