"""The whole house as processes, for benchmarks that knock at its counters from outside."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from bench import _house


class House:
    """The caretaker, the counters and the jobs, each of which may be killed without a word."""

    def __init__(self, url: str, folder: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        settings = {"LINLI_INSTANCE": folder, "DATABASE_URL": url, "PORT": str(self.port), "SECRET_KEY": "bench",
                    "LINLI_DATA_KEY": "a sentence of the bench", "LINLI_DEMO": "1"}  # fmt: skip
        self.environment = {**os.environ, **settings}
        self.address = f"http://127.0.0.1:{self.port}"
        self.caretaker: subprocess.Popen[bytes] | None = None

    def open(self) -> float:
        """Open the house and return after how many seconds it answered."""
        began = time.perf_counter()
        command = [sys.executable, "-m", "web.serve"]
        self.caretaker = subprocess.Popen(
            command, cwd=_house.ROOT, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        while time.perf_counter() - began < 90:
            try:
                with urllib.request.urlopen(self.address + "/readyz", timeout=2):
                    return time.perf_counter() - began
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("the house did not open")

    def kill(self) -> None:
        """Kill every process of the house at once, as a power cut would."""
        if self.caretaker is None:
            return
        for number in [*self.below(), self.caretaker.pid]:
            try:
                os.kill(number, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.caretaker.wait()

    def below(self) -> list[int]:
        """Return every process of the house but the caretaker, as Linux tells it."""
        of: dict[int, int] = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                words = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            of[int(stat.parent.name)] = int(words[1])
        found = [self.caretaker.pid] if self.caretaker else []
        for one in found:
            found += [number for number, above in of.items() if above == one]
        return found[1:]
