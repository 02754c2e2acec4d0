"""The caretaker: opens the counters and starts the jobs, and closes both together: `python -m web.serve`."""

from __future__ import annotations

import ctypes
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from types import FrameType

from web import config

ADDRESS = "127.0.0.1"
# Sixteen threads a worker: a phone that opens a connection and sends nothing must not hold a whole worker.
COUNTERS = ["-k", "gthread", "--workers", "2", "--threads", "16", "--worker-connections", "64", "--timeout", "60"]
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


def start(name: str, command: list[str], farewell: signal.Signals) -> Child:
    """Start a child in a process group of its own, so that Ctrl-C reaches it only through the caretaker."""
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
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


def taken(port: int) -> bool:
    """Tell whether somebody listens on the port."""
    with socket.socket() as visitor:
        return visitor.connect_ex((ADDRESS, port)) == 0


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


def open_jobs() -> Child:
    """Start the one who works by the clock."""
    return start("the jobs", ["web.jobs"], signal.SIGINT)


def renew(children: list[Child]) -> None:
    """Let the counters read the house anew one by one while the others serve, and the jobs after what they are doing."""
    counters, jobs = children
    say("renewing the counters and the jobs")
    counters.process.send_signal(signal.SIGHUP)
    stop([jobs])
    children[1] = open_jobs()


def watch(children: list[Child], port: int, closing: list[int], renewing: list[int]) -> int:
    """Wait until somebody closes or renews the house or a child dies; a dead child is never replaced in silence."""
    opened_by, greeted = time.monotonic() + READY_SECONDS, False
    while not closing:
        time.sleep(0.2)
        if greeted and renewing:
            renewing.clear()
            renew(children)
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
    if taken(port):
        say(f"port {port} is in use; choose another, for example PORT={port + 1}")
        return 1
    # A lock of any kind could be held by the very code that the signal interrupts; a list cannot.
    closing: list[int] = []
    renewing: list[int] = []
    children: list[Child] = []

    def asked(number: int, frame: FrameType | None) -> None:
        (renewing if number == signal.SIGHUP else closing).append(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, asked)
    bind = ["gunicorn", "wsgi:app", "--bind", f"{ADDRESS}:{port}", "--log-level", "warning", *COUNTERS]
    try:
        children.append(start("the counters", bind, signal.SIGTERM))
        children.append(open_jobs())
        return watch(children, port, closing, renewing)
    finally:
        stop(children)


if __name__ == "__main__":
    sys.exit(main())
