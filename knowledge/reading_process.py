"""One process that reads documents, seen from the process that started it."""

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from knowledge import transport
from knowledge.child import ENDED_IDLE
from knowledge.entries import Note, Part, Reading, UnreadableError
from knowledge.looking import Looked, look_of
from knowledge.plans import Plan
from knowledge.reading import GUESSED

log = logging.getLogger(__name__)

_SYSTEM = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""What a child gets of the environment: no secrets."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: bytes of memory, seconds of CPU and of time, open files, bytes and parts found.

    ``kept``: bytes of memory after which a process is not used for another document.
    """

    memory: int = 512_000_000
    kept: int = 200_000_000
    cpu: int = 10
    wall: int = 20
    files: int = 32
    size: int = transport.MAX_SIZE
    parts: int = transport.MAX_PARTS


class EndedError(Exception):
    """The child is gone, or does not answer as it should."""


class IdleError(Exception):
    """The child had ended for lack of work; another one can do it."""


class ReadingProcess:
    """A child process, for one document at a time."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.documents = 0
        self._late = False
        program = Path(__file__).with_name("child.py")
        options = {"path": [str(Path(each or ".").resolve()) for each in sys.path], "parent": os.getpid()}
        options |= {"memory": limits.memory, "kept": limits.kept, "files": limits.files}
        environment = {key: os.environ[key] for key in _SYSTEM if key in os.environ}
        # -I and -S: no settings of Python's own from the environment or the home folder, no start-up files.
        self._process = subprocess.Popen(  # noqa: S603 - this interpreter, and a file of this package
            [sys.executable, "-I", "-S", "-B", "-X", "utf8", str(program), json.dumps(options)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment | {"OMP_NUM_THREADS": "1"},
            cwd=program.parent,
            start_new_session=True,
        )
        self.held = self._started()

    @property
    def process(self) -> int:
        """The id of the process."""
        return self._process.pid

    def read(self, name: str, data: bytes, plan: Plan) -> Reading:
        """Have a document read; UnreadableError, EndedError or IdleError where it is not."""
        with self._asked(name, data, plan):
            return self._answer()

    def look(self, name: str, data: bytes, plan: Plan) -> Looked:
        """Have a table looked at; errors as for ``read``."""
        with self._asked(name, data, plan, look=True):
            value = transport.parsed(self._line(self.limits.size))
            self._refuse(value)
            return look_of(value.get("look"))

    @contextlib.contextmanager
    def _asked(self, name: str, data: bytes, plan: Plan, *, look: bool = False) -> Iterator[None]:
        self.documents += 1
        with self._deadline(self.limits.wall):
            request: dict[str, object] = {
                "name": name,
                "size": len(data),
                "cpu": self.limits.cpu,
                "wall": self.limits.wall,
            }
            request |= ({"plan": plan.line()} if plan != GUESSED else {}) | ({"look": True} if look else {})
            try:
                self._into.write(transport.line(request))
                self._into.write(data)
                self._into.flush()
            except OSError:  # it ended; perhaps it said why
                log.debug("the reading process took no document")
            yield

    def end(self) -> None:
        """End the process and all it may have started, at once."""
        if self._process.poll() is None:
            _kill(self._process)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # what could not be written is of no interest any more
                if pipe:
                    pipe.close()

    @property
    def ended(self) -> bool:
        """Whether the process is gone, or about to be."""
        return self._late or self._process.poll() is not None

    def why(self) -> Note:
        """Return, once the process has ended or was ended, why it gave no answer."""
        code = self._process.wait()
        xcpu = getattr(signal, "SIGXCPU", None)
        if self._late or (xcpu is not None and code == -xcpu):
            return Note("read.took_too_long", {"seconds": self.limits.wall if self._late else self.limits.cpu})
        return Note("read.ended")

    @property
    def _into(self) -> IO[bytes]:
        if self._process.stdin is None:
            raise EndedError
        return self._process.stdin

    def _started(self) -> transport.Line:
        with self._deadline(self.limits.wall):
            try:
                return transport.parsed(self._line(10_000))
            except (transport.NotAReadingError, UnreadableError, IdleError) as error:
                self.end()
                raise EndedError from error
            except EndedError:
                self.end()
                raise

    def _answer(self) -> Reading:
        parts: list[Part] = []
        left = self.limits.size
        while True:
            data = self._line(left)
            left -= len(data)
            value = transport.parsed(data)
            self._refuse(value)
            part = transport.part_of(value)
            if part is None:
                return transport.reading_of(value, parts)
            parts.append(part)
            if len(parts) > self.limits.parts:
                raise UnreadableError("read.too_many_parts", limit=self.limits.parts)

    def _refuse(self, value: transport.Line) -> None:
        if "unreadable" in value:
            note = transport.note_of(value["unreadable"])
            raise UnreadableError(note.phrase, **note.values)
        if "failed" in value:
            raise _failure(str(value["failed"]), self.limits)

    def _line(self, most: int) -> bytes:
        if self._process.stdout is None:
            raise EndedError
        data = self._process.stdout.readline(most + 1)
        if len(data) > most:
            raise UnreadableError("read.too_much_text", limit=self.limits.size // 1_000_000)
        if not data and self._process.wait() == ENDED_IDLE:
            raise IdleError
        if not data:
            raise EndedError
        return data

    @contextlib.contextmanager
    def _deadline(self, seconds: float) -> Iterator[None]:
        timer = threading.Timer(seconds, self._stop)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()  # it may be at it just now: the next document must not be blamed

    def _stop(self) -> None:
        self._late = True
        _kill(self._process)


def _failure(told: str, limits: Limits) -> UnreadableError:
    if told == "MemoryError":
        return UnreadableError("read.too_much_memory", limit=limits.memory // 1_000_000)
    log.error("a document could not be read:\n%s", told)
    return UnreadableError("read.failed")


def _kill(process: "subprocess.Popen[bytes]") -> None:
    if sys.platform == "win32":
        process.kill()
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):  # it has ended by itself
        os.killpg(process.pid, signal.SIGKILL)
