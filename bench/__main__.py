"""`python -m bench` lists the benchmarks, `… NAME` runs one, `… all` runs those of `make bench`."""

from __future__ import annotations

import sys
import time

from bench import Benchmark, benchmarks


def timed(one: Benchmark, arguments: list[str]) -> int:
    """Run a benchmark under its name and say how long it took."""
    print(f"— {one.name}: {one.usage}", flush=True)
    began = time.perf_counter()
    result = one.run(arguments)
    print(f"  {'holds' if result == 0 else 'DOES NOT HOLD'}, {time.perf_counter() - began:.1f} s\n", flush=True)
    return result


def main(arguments: list[str]) -> int:
    """Run what is asked for; return 1 where a promise does not hold, 2 where a name is unknown."""
    known = benchmarks()
    if arguments == ["all"]:
        return max([timed(one, []) for one in known.values() if one.in_all], default=0)
    if arguments and arguments[0] in known:
        return timed(known[arguments[0]], arguments[1:])
    for one in known.values():
        print(f"  {one.name:16} {one.usage}")
    return 2 if arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
