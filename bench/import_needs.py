"""How long a file of 10,000 needs takes to come in, and again when nothing of it is new."""

from __future__ import annotations

import json
import random
import statistics
import time
from datetime import datetime, timedelta

from bench import _house

USAGE = "python -m bench import_needs [ROWS]: 10,000 needs in 60 s, by transactions of 2 s, on both databases"
# Seconds for 10,000 rows, and for one transaction; the latter is asked of the processor, for others keep it busy.
ALLOWED, STEP = 60.0, 2.0


def file_of(rows: int) -> bytes:
    """Return a file such as a hotline sends."""
    chance, lines = random.Random(11), []
    for number in range(rows):
        title, text = _house.words(chance)
        at = datetime(2025, 1, 1) + timedelta(minutes=number * 7)  # noqa: DTZ001 the sender names no zone
        lines.append(
            json.dumps(
                {"id": str(number), "user": f"A{number % 3000:06d}", "title": title, "text": text * 4,
                 "created_at": f"{at:%Y-%m-%d %H:%M:%S}", "phone": f"139{number % 500:08d}" if number % 4 == 0 else ""},
                ensure_ascii=False,
            )
        )  # fmt: skip
    return "\n".join(lines).encode()


def measure(url: str, data: bytes) -> tuple[float, list[tuple[float, float]], float]:
    """Return the seconds of the first import, of each transaction (and of the processor), and of the file again."""
    from models.base import db
    from models.events import IMPORT
    from models.need_imports import NeedImport

    with _house.house(url):
        (place,) = _house.communities(1)
        began = time.perf_counter()
        one = NeedImport.receive(place, "needs.jsonl", data, by=IMPORT)
        one.check()
        db.session.commit()
        steps, step, busy = [], time.perf_counter(), time.process_time()
        for _ in one.bring_in(by=IMPORT):
            db.session.commit()
            steps.append((time.perf_counter() - step, time.process_time() - busy))
            step, busy = time.perf_counter(), time.process_time()
        first = time.perf_counter() - began
        began = time.perf_counter()
        again = NeedImport.receive(place, "needs.jsonl", b"\n".join(reversed(data.split(b"\n"))), by=IMPORT)
        again.check()
        for _ in again.bring_in(by=IMPORT):
            db.session.commit()
        rows = data.count(b"\n") + 1
        if (one.added, again.added, again.unchanged) != (rows, 0, rows):
            raise RuntimeError(f"{one.added} came in, {again.added} again")
        return first, steps, time.perf_counter() - began


def main(arguments: list[str]) -> int:
    """Measure both databases; return 1 where one takes more than a minute, or a transaction more than two seconds."""
    rows = int(arguments[0]) if arguments else 10_000
    data, slow = file_of(rows), False
    print(
        "\n| database | needs | seconds | transactions | median, s | longest, s | longest, s of the processor | again, s |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for name, database in _house.DATABASES.items():
        with database() as url:
            first, steps, again = measure(url, data)
        longest, busiest = (max(one[which] for one in steps) for which in (0, 1))
        middle = statistics.median(one[0] for one in steps)
        print(
            f"| {name} | {rows:,} | {first:.1f} | {len(steps)} | {middle:.2f} | {longest:.2f} | {busiest:.2f} | {again:.1f} |"
        )
        slow = slow or first > ALLOWED * rows / 10_000 or busiest > STEP
    return int(slow)
