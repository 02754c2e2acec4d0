"""What the diary costs: eight writers on PostgreSQL, with its recording and without."""

from __future__ import annotations

import contextlib
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

from flask import Flask

from bench import _house

USAGE = "python -m bench diary [SECONDS]: eight writers on PostgreSQL keep 60 % of their rate without the diary"
WRITERS, RUNS, SECONDS, KEPT = 8, 7, 2.0, 0.6


@contextlib.contextmanager
def without_diary() -> Iterator[None]:
    """Let every verb of this process record nothing, until the block ends."""
    from models import events

    recording = events.record
    holders = [
        module for name, module in list(sys.modules.items())
        if name.startswith("models") and getattr(module, "record", None) is recording
    ]  # fmt: skip
    for module in holders:
        module.record = lambda *args, **more: 0  # type: ignore[attr-defined]
    try:
        yield
    finally:
        for module in holders:
            module.record = recording  # type: ignore[attr-defined]


def rate(app: Flask, place_ids: list[int], seconds: float) -> float:
    """Return how many needs a second eight writers raise, each committed on its own, each in a place of its own."""
    done: list[int] = []
    wrong: list[BaseException] = []
    until = time.perf_counter() + seconds

    def writer(place_id: int) -> None:
        from models.base import db
        from models.events import JOB
        from models.needs import Need
        from models.places import Place

        count = 0
        try:
            while time.perf_counter() < until:
                with app.app_context():
                    Need.raise_(Place.get(place_id), f"路灯不亮 {place_id} {count}", by=JOB)
                    db.session.commit()
                count += 1
        except BaseException as error:  # noqa: BLE001 told by the main thread
            wrong.append(error)
        done.append(count)

    threads = [threading.Thread(target=writer, args=(place_id,)) for place_id in place_ids]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    if wrong:
        raise wrong[0]
    return sum(done) / seconds


def measured(seconds: float) -> list[tuple[float, float]]:
    """Return the rates with the diary and without, run by run in turns."""
    found = []
    with _house.postgresql() as url, _house.house(url) as app:
        ids = [place.id for place in _house.communities(WRITERS)]
        rate(app, ids, seconds / 2)
        for _ in range(RUNS):
            written = rate(app, ids, seconds)
            with without_diary():
                bare = rate(app, ids, seconds)
            found.append((written, bare))
    return found


def main(arguments: list[str]) -> int:
    """Measure; return 1 where the writers keep less than they must."""
    found: Any = measured(float(arguments[0]) if arguments else SECONDS)
    kept = statistics.median(written / bare for written, bare in found)
    print("\n| run | needs a second | without the diary | kept |\n|---|---|---|---|")
    for number, (written, bare) in enumerate(found, start=1):
        print(f"| {number} | {written:.0f} | {bare:.0f} | {written / bare:.0%} |")
    print(f"\n  median of {len(found)} alternated runs: {kept:.0%} kept (at least {KEPT:.0%})")
    return int(kept < KEPT)
