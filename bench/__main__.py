"""`python -m bench` lists the benchmarks, `… NAME` runs one, `… all` runs those of `make bench` and writes them down.

`… keep NAME` runs one and writes it down beside the others.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import time
from datetime import date

from bench import Benchmark, benchmarks
from bench._house import ROOT

REPORT = ROOT / "docs" / "benchmarks.md"


class Both(io.StringIO):
    """Print, and keep what was printed."""

    def __init__(self) -> None:
        super().__init__()
        self._shown = sys.stdout

    def write(self, text: str) -> int:
        self._shown.write(text)
        return super().write(text)

    def flush(self) -> None:
        self._shown.flush()


def timed(one: Benchmark, arguments: list[str]) -> int:
    """Run a benchmark under its name and say how long it took."""
    print(f"## {one.name}\n\n    {one.usage}\n", flush=True)
    began = time.perf_counter()
    result = one.run(arguments)
    print(f"\n{'Holds' if result == 0 else '**Does not hold**'}; {time.perf_counter() - began:.0f} s.\n", flush=True)
    return result


def all_of_them(known: dict[str, Benchmark]) -> int:
    """Run all and write docs/benchmarks.md: medians and ratios of this one run."""
    kept = Both()
    with contextlib.redirect_stdout(kept):
        print(f"# Benchmarks: {os.cpu_count()} shared cores, {date.today():%Y-%m-%d}\n")  # noqa: DTZ011 the machine's day
        print("Medians and ratios of one run of `make bench`, which writes this page anew.\n")
        result = max([timed(one, []) for one in known.values() if one.in_all], default=0)
    REPORT.write_text(kept.getvalue().rstrip() + "\n", encoding="utf-8")
    return result


def kept(one: Benchmark, arguments: list[str]) -> int:
    """Run one and put what it found in its place in docs/benchmarks.md."""
    heard = Both()
    with contextlib.redirect_stdout(heard):
        result = timed(one, arguments)
    day = f"{date.today():%Y-%m-%d}"  # noqa: DTZ011 the machine's day
    found = f"{heard.getvalue().strip().removeprefix('## ')} {day}.\n"
    first, *parts = REPORT.read_text(encoding="utf-8").split("\n## ")
    names = [part.partition("\n")[0] for part in parts]
    if one.name in names:
        parts[names.index(one.name)] = found
    else:
        parts.append(found)
    REPORT.write_text("\n## ".join([first, *parts]).rstrip() + "\n", encoding="utf-8")
    return result


def main(arguments: list[str]) -> int:
    """Run what is asked for; return 1 where a promise does not hold, 2 where a name is unknown."""
    known = benchmarks()
    if arguments == ["all"]:
        return all_of_them(known)
    if len(arguments) > 1 and arguments[0] == "keep" and arguments[1] in known:
        return kept(known[arguments[1]], arguments[2:])
    if arguments and arguments[0] in known:
        return timed(known[arguments[0]], arguments[1:])
    for one in known.values():
        print(f"  {one.name:16} {one.usage}")
    print(f"  {'keep NAME':16} python -m bench keep NAME: runs one and writes it down in docs/benchmarks.md")
    return 2 if arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
