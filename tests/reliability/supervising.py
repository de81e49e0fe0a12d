"""The processes of a run: started, started again when they die, killed, frozen; what they cost is counted."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
START = 180.0
"""Seconds that a process may take until it is ready."""


@dataclass
class Child:
    """A process; ``expected`` is set where the harness itself ends it."""

    name: str
    process: "subprocess.Popen[bytes]"
    ready: Path
    expected: bool = False


class Supervisor:
    """Starts ``python -m tests.reliability.<module>`` under a name, with one JSON argument."""

    def __init__(self, folder: Path, ended: Callable[[str, int], None]) -> None:
        self.folder = folder
        self.cpu = 0.0
        """Seconds of CPU of all that have ended, after they were ready."""
        self._children: dict[str, Child] = {}
        self._starts: Counter[str] = Counter()
        self._ended = ended

    def start(self, name: str, module: str, argument: dict[str, Any], **environment: str) -> None:
        """Start it; its words go to ``<name>.log``."""
        self._starts[name] += 1
        ready = self.folder / f"{name}.{self._starts[name]}.ready"
        command = [sys.executable, "-m", f"tests.reliability.{module}", json.dumps({**argument, "ready": str(ready)})]
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "OMP_NUM_THREADS": "1", **environment},
            )
        self._children[name] = Child(name, process, ready)

    def running(self, prefix: str = "") -> list[str]:
        """Return the names of those that run."""
        return [name for name in self._children if name.startswith(prefix)]

    def ready(self, prefix: str = "", since: float = 0.0) -> list[str]:
        """Return the names of those that have worked for some seconds."""
        return [name for name in self.running(prefix) if _age(self._children[name].ready) >= since]

    def wait_ready(self, prefix: str = "") -> None:
        """Wait until all of them work."""
        until = time.monotonic() + START
        while set(self.ready(prefix)) != set(self.running(prefix)):
            self.reap()
            if time.monotonic() > until:
                raise TimeoutError(f"not ready after {START} s: see the logs in {self.folder}")
            time.sleep(0.02)

    def pid(self, name: str) -> int:
        """Return the number of one that runs, or whose end nobody has noticed yet."""
        return self._children[name].process.pid

    def tell(self, name: str, number: int) -> None:
        """Send a signal.

        Not by ``send_signal``, which takes note of an end itself, and ``reap`` would miss it.
        """
        os.kill(self.pid(name), number)

    def end(self, name: str, number: int = signal.SIGKILL, patience: float = 60.0) -> int:
        """End it and return its exit code; after ``patience`` seconds it is killed."""
        child = self._children[name]
        child.expected = True
        self.tell(name, number)
        until = time.monotonic() + patience
        while name in self._children:
            self.reap()
            if name in self._children and time.monotonic() > until:
                self.tell(name, signal.SIGKILL)
            time.sleep(0.005)
        return int(child.process.returncode)

    def is_stopped(self, name: str) -> bool:
        """Tell whether it is frozen (SIGSTOP)."""
        child = self._children.get(name)
        if child is None:
            return False
        stat = Path(f"/proc/{child.process.pid}/stat").read_text("utf-8")
        return stat.rpartition(")")[2].split()[0] == "T"

    def reap(self) -> None:
        """Take note of those that have ended."""
        for child in list(self._children.values()):
            pid, status, used = os.wait4(child.process.pid, os.WNOHANG)
            if not pid:
                continue
            code = child.process.returncode = os.waitstatus_to_exitcode(status)
            del self._children[child.name]
            if child.ready.exists():
                self.cpu += max(0.0, used.ru_utime + used.ru_stime - float(child.ready.read_text("utf-8") or 0))
            if not child.expected:
                self._ended(child.name, code)

    def end_all(self) -> None:
        """Kill what is left; what ends by itself meanwhile is not started again."""
        for child in self._children.values():
            child.expected = True
        for name in self.running():
            if name in self._children:
                self.end(name)


def _age(file: Path) -> float:
    """Return how many seconds ago the file was written; -1: it is not there."""
    try:
        return time.time() - file.stat().st_mtime
    except FileNotFoundError:
        return -1.0


def say_ready(file: str) -> None:
    """Say, in a process that was started here, that the work begins now; what the start has cost is not counted."""
    aside = Path(f"{file}.new")
    aside.write_text(str(time.process_time()), "utf-8")
    aside.replace(file)
