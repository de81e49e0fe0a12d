"""A Chroma server on loopback, as several machines share one: stopped, started again, emptied."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

PROGRAM = Path(sys.executable).with_name("chroma")
STARTS = 60.0


class ChromaServer:
    """`chroma run` on a free port that stays the same."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [PROGRAM, "run", "--path", self._folder / "chroma", "--host", "127.0.0.1", "--port", str(self._port)]
        with (self._folder / "chroma.log").open("ab") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, env={**os.environ, "ANONYMIZED_TELEMETRY": "False"}
            )
        until = time.monotonic() + STARTS
        while not self._answers():
            assert time.monotonic() < until, (self._folder / "chroma.log").read_text("utf-8")
            time.sleep(0.1)

    def stop(self) -> None:
        """Kill it, as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def lose_everything(self) -> None:
        """Remove what it has stored; it must not be running."""
        shutil.rmtree(self._folder / "chroma")

    def _answers(self) -> bool:
        try:
            with build_opener(ProxyHandler({})).open(f"{self.address}/api/v2/heartbeat", timeout=2) as response:
                return bool(response.status == 200)
        except (URLError, OSError):
            return False
