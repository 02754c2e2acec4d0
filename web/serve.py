"""The caretaker: opens the counters and starts the jobs, and closes both together: `python -m web.serve`."""

from __future__ import annotations

import contextlib
import ctypes
import http.client
import os
import re
import select
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from web import config, counters
from web.counters import READY

ADDRESS = "127.0.0.1"
# Sixteen threads a worker: a phone that opens a connection and sends nothing must not hold a whole worker.
WORKERS = 2
COUNTERS = [
    "-k",
    "gthread",
    "--workers",
    str(WORKERS),
    "--threads",
    "16",
    "--worker-connections",
    "64",
    "--timeout",
    "60",
]
READY_SECONDS = 90
STOP_SECONDS = 35
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Child:
    """A process of the house: its name, itself, and the signal on which it finishes its work and goes."""

    name: str
    process: subprocess.Popen[bytes]
    farewell: signal.Signals

    def send(self, what: signal.Signals) -> None:
        """Signal the child and whatever it started."""
        try:
            os.killpg(self.process.pid, what)
        except ProcessLookupError:
            return


def say(text: str) -> None:
    """Print a line that cannot be mistaken for the log."""
    print(f"linli | {text}", flush=True)


def _die_with_parent() -> None:
    """Ask Linux to end this child when the caretaker is killed without a chance to say so."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def start(
    name: str, command: list[str], farewell: signal.Signals, ready: int = -1, keeps: tuple[int, ...] = ()
) -> Child:
    """Start a child in a process group of its own, so that Ctrl-C reaches it only through the caretaker."""
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        pass_fds=keeps,
        env={**os.environ, READY: str(ready)},
        preexec_fn=_die_with_parent,  # noqa: PLW1509  # The caretaker has no threads.
    )
    return Child(name, process, farewell)


def stop(children: list[Child]) -> None:
    """Let every child finish what it does; whoever does not is ended."""
    for child in children:
        child.send(child.farewell)
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            say(f"{child.name} did not stop in {STOP_SECONDS} seconds and is ended")
        # Workers may outlive the process that started them.
        child.send(signal.SIGKILL)
        child.process.wait()


def entrance_at(port: int) -> socket.socket | None:
    """Return the one entrance to which counters are opened, now or later; nothing where somebody else has the port."""
    entrance = socket.socket()
    entrance.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        entrance.bind((ADDRESS, port))
    except OSError:
        entrance.close()
        return None
    return entrance


def answers(port: int) -> bool:
    """Tell whether the counters are open: gunicorn listens before its workers have read the house."""
    visitor = http.client.HTTPConnection(ADDRESS, port, timeout=2)
    try:
        visitor.request("GET", "/healthz")
        return visitor.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        visitor.close()


def greet(port: int) -> None:
    """Say where the house is and, in the demo, who can sign in."""
    say(f"Linli is open at http://{ADDRESS}:{port}   (Ctrl-C closes it)")
    if os.environ.get("LINLI_DEMO", "1") != "0":
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "demo-accounts"]
        listed = subprocess.run(command, capture_output=True, text=True, check=False)
        for line in (listed.stdout or listed.stderr).splitlines():
            say(line)


def open_counters(entrance: socket.socket) -> tuple[Child, int]:
    """Start gunicorn at the entrance, and return it with the end of a pipe into which each worker says that it serves."""
    heard, ready = os.pipe()
    keeps = (entrance.fileno(), ready)
    settings = ["--config", f"file:{Path(counters.__file__)}", "--log-level", "warning"]
    command = ["gunicorn", "wsgi:app", "--bind", f"fd://{entrance.fileno()}", *settings, *COUNTERS]
    child = start("the counters", command, signal.SIGTERM, ready, keeps)
    os.close(ready)
    return child, heard


def serving(heard: int) -> bool:
    """Wait until all workers serve; tell whether they came to it."""
    said, deadline = b"", time.monotonic() + READY_SECONDS
    while len(said) < WORKERS:
        if not select.select([heard], [], [], max(0.0, deadline - time.monotonic()))[0]:
            return False
        if not (one := os.read(heard, WORKERS)):
            return False
        said += one
    return True


def open_jobs() -> Child:
    """Start the one who works by the clock."""
    return start("the jobs", ["web.jobs"], signal.SIGINT)


def renew(children: list[Child], entrance: socket.socket) -> None:
    """Open new counters at the same entrance, close the old ones when those serve, then change the jobs."""
    say("renewing the counters and the jobs")
    fresh, heard = open_counters(entrance)
    with contextlib.closing(os.fdopen(heard)):
        opened = serving(heard)
    if not opened:
        stop([fresh])
        say("the new counters did not open, see above; the old ones stay")
        return
    before, children[0] = children[0], fresh
    stop([before, children[1]])
    children[1] = open_jobs()
    say("renewed")


def watch(children: list[Child], port: int, entrance: socket.socket, closing: list[int], renewing: list[int]) -> int:
    """Wait until somebody closes or renews the house or a child dies; a dead child is never replaced in silence."""
    opened_by, greeted = time.monotonic() + READY_SECONDS, False
    while not closing:
        time.sleep(0.2)
        if greeted and renewing:
            renewing.clear()
            renew(children, entrance)
        for child in children:
            if child.process.poll() is not None:
                say(f"{child.name} ended by themselves (code {child.process.returncode}); closing, see above")
                return 1
        if not greeted and answers(port):
            greet(port)
            greeted = True
        if not greeted and time.monotonic() > opened_by:
            say(f"nothing answers on port {port} after {READY_SECONDS} seconds; closing, see above")
            return 1
    say("closing")
    return 0


def main() -> int:
    """Open the house on PORT and keep it open. Returns 0 when it was closed, 1 when something failed."""
    named = os.environ.get("PORT") or "8000"
    port = int(named) if re.fullmatch(r"[0-9]{1,5}", named) else 0
    if not 0 < port < 65536:
        say(f"PORT is a number from 1 to 65535, not {named}")
        return 1
    try:
        config.check_environment()
    except config.SettingWrong as wrong:
        say(f"{wrong.message.rstrip('.')}. See docs/operations.md.")
        return 1
    if (entrance := entrance_at(port)) is None:
        say(f"port {port} is in use or not allowed; choose another, for example PORT={max(port + 1, 8000)}")
        return 1
    # A lock of any kind could be held by the very code that the signal interrupts; a list cannot.
    closing: list[int] = []
    renewing: list[int] = []
    children: list[Child] = []

    def asked(number: int, frame: FrameType | None) -> None:
        (renewing if number == signal.SIGHUP else closing).append(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, asked)
    try:
        counter, heard = open_counters(entrance)
        os.close(heard)
        children.extend([counter, open_jobs()])
        return watch(children, port, entrance, closing, renewing)
    finally:
        entrance.close()
        stop(children)


if __name__ == "__main__":
    sys.exit(main())
