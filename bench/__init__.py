"""The benchmarks: each module measures one promise and says in one line how it is run."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from types import ModuleType


@dataclass(frozen=True)
class Benchmark:
    """A module of this folder with a `USAGE` line and a `main(arguments)` that returns 0 where its promise holds."""

    name: str
    module: ModuleType

    @property
    def usage(self) -> str:
        """Return how it is run and what it tells, in one line."""
        return str(self.module.USAGE)

    @property
    def in_all(self) -> bool:
        """Tell whether `make bench` runs it; others are asked for by name."""
        return bool(getattr(self.module, "IN_ALL", True))

    def run(self, arguments: list[str]) -> int:
        """Run it and return 0 where its promise holds."""
        return int(self.module.main(arguments) or 0)


def benchmarks() -> dict[str, Benchmark]:
    """Return every benchmark by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    return {name: Benchmark(name, importlib.import_module(f"bench.{name}")) for name in names}
