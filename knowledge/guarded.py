"""Documents are read in a child process with limits, never in this one: what they hold may be hostile.

A child stays for many documents (starting one takes a tenth of a second, a document in a warm one some milliseconds)
and is given up after any failure. It gets bytes and sends back lines of JSON (``transport``), which can be no more than
data. What a child may do stands in ``confined``. Passages are cut here: the sentences of Korean take Kiwi, whose 300 MB
the process that indexes holds anyway.
"""

import atexit
import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from knowledge import transport
from knowledge.child import ENDED_IDLE
from knowledge.entries import Note, Part, Reading, UnreadableError
from knowledge.formats import MAX_BYTES
from knowledge.splitting import Draft, split

log = logging.getLogger(__name__)

MOST_CHILDREN = max(1, min(4, os.cpu_count() or 1))
"""Documents that are read at the same time; further threads wait for their turn."""

MOST_DOCUMENTS = 200
"""Documents that one child reads: what native readers leak goes with it."""

_LONGEST_NAME = 1_000
_SYSTEM = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""What a child gets of the environment: no secrets."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: bytes of memory, seconds of CPU and of time, open files, bytes and parts found."""

    memory: int = 512_000_000
    cpu: int = 10
    wall: int = 20
    files: int = 32
    size: int = transport.MAX_SIZE
    parts: int = transport.MAX_PARTS


LIMITS = Limits()


def read_guarded(name: str, data: bytes, limits: Limits = LIMITS) -> tuple[Reading, list[Draft]]:
    """Read a document in a child process and cut it into passages; threads may do so at the same time.

    Raises:
        UnreadableError: it cannot be read within the limits, and why; this process is none the worse for it.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableError("read.too_large", size=round(len(data) / 1e6, 1), limit=MAX_BYTES // 1_000_000)
    reading = _READERS.read(name[:_LONGEST_NAME], data, limits)
    return reading, split(reading)


class _EndedError(Exception):
    """The child is gone, or does not answer as it should."""


class _IdleError(Exception):
    """The child had ended for lack of work; another one can do it."""


class _Child:
    """One process, for one document at a time."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.documents = 0
        self._late = False
        program = Path(__file__).with_name("child.py")
        options = {"path": [str(Path(each or ".").resolve()) for each in sys.path], "parent": os.getpid()}
        options |= {"memory": limits.memory, "files": limits.files}
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

    def read(self, name: str, data: bytes) -> Reading:
        """Have a document read; UnreadableError, _EndedError or _IdleError where it is not."""
        self.documents += 1
        with self._deadline(self.limits.wall):
            request = {"name": name, "size": len(data), "cpu": self.limits.cpu, "wall": self.limits.wall}
            try:
                self._into.write(transport.line(request))
                self._into.write(data)
                self._into.flush()
            except OSError:  # it ended; perhaps it said why
                log.debug("the reading process took no document")
            return self._answer()

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
        """Whether the process is gone."""
        return self._process.poll() is not None

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
            raise _EndedError
        return self._process.stdin

    def _started(self) -> transport.Line:
        with self._deadline(self.limits.wall):
            try:
                return transport.parsed(self._line(10_000))
            except (transport.NotAReadingError, _EndedError):
                self.end()
                raise

    def _answer(self) -> Reading:
        parts: list[Part] = []
        left = self.limits.size
        while True:
            data = self._line(left)
            left -= len(data)
            value = transport.parsed(data)
            if "unreadable" in value:
                note = transport.note_of(value["unreadable"])
                raise UnreadableError(note.phrase, **note.values)
            if "failed" in value:
                raise _failure(str(value["failed"]), self.limits)
            part = transport.part_of(value)
            if part is None:
                return transport.reading_of(value, parts)
            parts.append(part)
            if len(parts) > self.limits.parts:
                raise UnreadableError("read.too_many_parts", limit=self.limits.parts)

    def _line(self, most: int) -> bytes:
        if self._process.stdout is None:
            raise _EndedError
        data = self._process.stdout.readline(most + 1)
        if len(data) > most:
            raise UnreadableError("read.too_much_text", limit=self.limits.size // 1_000_000)
        if not data and self._process.wait() == ENDED_IDLE:
            raise _IdleError
        if not data:
            raise _EndedError
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


class Readers:
    """The children of this process: those that wait for work, and those at it."""

    def __init__(self) -> None:
        self._idle: list[_Child] = []
        self._busy: list[_Child] = []
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(MOST_CHILDREN)
        self._starter: ThreadPoolExecutor | None = None

    def read(self, name: str, data: bytes, limits: Limits) -> Reading:
        """Have a document read by a child; UnreadableError as for ``read_guarded``."""
        with self._places:
            while True:
                child = self._child(limits)
                try:
                    return self._read(child, name, data)
                except _IdleError:
                    continue

    def end(self) -> None:
        """End all children that wait."""
        with self._lock:
            children, self._idle = self._idle, []
        for child in children:
            child.end()

    def waiting(self) -> list[int]:
        """Return the processes that wait for a document."""
        with self._lock:
            return [child.process for child in self._idle]

    def working(self) -> list[int]:
        """Return the processes that read one."""
        with self._lock:
            return [child.process for child in self._busy]

    def _read(self, child: _Child, name: str, data: bytes) -> Reading:
        healthy = False
        try:
            reading = child.read(name, data)
            healthy = True
        except UnreadableError as error:
            healthy = error.note.phrase not in _SPOILED
            raise
        except (_EndedError, transport.NotAReadingError) as error:
            child.end()
            note = child.why()
            log.warning("the process that read %r ended: %s", name, note.phrase)
            raise UnreadableError(note.phrase, **note.values) from error
        finally:
            self._put_back(child, healthy=healthy)
        return reading

    def _child(self, limits: Limits) -> _Child:
        child = self._idle_child(limits) or self._new_child(limits)
        with self._lock:
            self._busy.append(child)
        return child

    def _idle_child(self, limits: Limits) -> _Child | None:
        with self._lock:
            for child in [each for each in self._idle if each.limits == limits]:
                self._idle.remove(child)
                if not child.ended:
                    return child
                child.end()
        return None

    def _new_child(self, limits: Limits) -> _Child:
        with self._lock:
            if self._starter is None:
                # A child dies with the thread that started it (PR_SET_PDEATHSIG): this one stays to the end.
                self._starter = ThreadPoolExecutor(1, thread_name_prefix="reading")
        try:
            return self._starter.submit(_Child, limits).result()
        except (OSError, RuntimeError, _EndedError, transport.NotAReadingError) as error:
            log.exception("the process that reads documents does not start")
            raise UnreadableError("read.no_child") from error

    def _put_back(self, child: _Child, *, healthy: bool) -> None:
        used_up = not healthy or child.documents >= MOST_DOCUMENTS or child.ended
        if used_up:
            child.end()
        with self._lock:
            self._busy.remove(child)
            if not used_up:
                self._idle.append(child)


_SPOILED = ("read.too_much_memory", "read.failed", "read.too_much_text", "read.too_many_parts")
"""After these a child is not used again: it may still write, or hold what it should not."""

_READERS = Readers()
atexit.register(_READERS.end)
