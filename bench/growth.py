"""How pages grow from 1,000 needs to 100,000, with 500,000 services behind them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from bench import _house, _visits

USAGE = "python -m bench growth [NEEDS LOGS]: list and page 1.3 x, search 3 x and 50 ms, dashboard 100 ms at most"
FEW, RUNS = 1_000, 15
# How many times the milliseconds of few needs, and how many milliseconds whatever few needs cost.
MOST = {"list": (1.3, 1e9), "need": (1.3, 1e9), "search": (3.0, 50.0), "dashboard": (1e9, 100.0)}


def measured(needs: int, logs: int) -> list[dict[str, float]]:
    """Return the median milliseconds of each page with few needs and with many, in the largest community."""
    from models import need_counts

    found = []
    with _house.sqlite() as url, _house.house(url) as app:
        _visits.with_naked_page(app)
        places = _house.communities(40)
        clerk = _visits.clerk_of(app, places[0])
        for before, count, services in ((0, FEW, 5 * FEW), (FEW, needs, logs)):
            _house.fill(places, count - before, seed=count)
            _house.serve(places, services, seed=count)
            need_counts.recount()
            _visits.db_commit()
            visits: dict[str, Callable[[], Any]] = dict(_visits.pages(clerk, _visits.a_need_of(places[0])))
            visits["dashboard"] = _visits.get(clerk, "/dashboard")
            found.append(_house.medians(visits, RUNS, time.process_time))
    return found


def main(arguments: list[str]) -> int:
    """Measure; return 1 where a page grows more than it may."""
    needs, logs = (int(one) for one in (arguments or ["100000", "500000"]))
    (few, many), good = measured(needs, logs), True
    print(f"\n| page | ms CPU, {FEW:,} needs | ms CPU, {needs:,} needs and {logs:,} services | x |\n|---|---|---|---|")
    for name, small in few.items():
        times, most = MOST.get(name, (1e9, 1e9))
        good = good and many[name] <= most and many[name] <= times * small
        print(f"| {name} | {small:.1f} | {many[name]:.1f} | {many[name] / small:.2f} |")
    return 0 if good else 1
