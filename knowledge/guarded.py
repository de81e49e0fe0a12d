"""Documents are read in a child process with limits, never in this one: what they hold may be hostile.

A child stays for many documents (starting one takes a tenth of a second, a document in a warm one some milliseconds)
and is given up after any failure. It gets bytes and sends back lines of JSON (``transport``), which can be no more than
data. What a child may do stands in ``confined``. Passages are cut here: the sentences of Korean take Kiwi, whose 300 MB
the process that indexes holds anyway.
"""

import atexit
import logging
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from knowledge import transport
from knowledge.confined import Confined
from knowledge.entries import Reading, UnreadableError
from knowledge.formats import MAX_BYTES
from knowledge.looking import Looked
from knowledge.plans import Plan
from knowledge.reading import GUESSED
from knowledge.reading_process import EndedError, IdleError, Limits, ReadingProcess
from knowledge.splitting import Draft, split

Found = TypeVar("Found")

log = logging.getLogger(__name__)

MOST_CHILDREN = max(1, min(4, os.cpu_count() or 1))
"""Documents that are read at the same time; further threads wait for their turn."""

MOST_DOCUMENTS = 200
"""Documents that one child reads: what native readers leak goes with it."""

_LONGEST_NAME = 1_000
LIMITS = Limits()


def read_guarded(name: str, data: bytes, limits: Limits = LIMITS, plan: Plan = GUESSED) -> tuple[Reading, list[Draft]]:
    """Read a document in a child process and cut it into passages; threads may do so at the same time.

    ``plan``: how somebody said that it is to be read.

    Raises:
        UnreadableError: it cannot be read within the limits, and why; this process is none the worse for it.
    """
    reading = read_whole(name, data, limits, plan)
    return reading, split(reading)


def read_whole(name: str, data: bytes, limits: Limits = LIMITS, plan: Plan = GUESSED) -> Reading:
    """Read a document in a child process, as it is; errors as for ``read_guarded``."""
    _refuse_large(data)
    return _READERS.read(name[:_LONGEST_NAME], data, limits, plan)


def look_guarded(name: str, data: bytes, plan: Plan = GUESSED, limits: Limits = LIMITS) -> Looked:
    """Look at the rows of a table in a child process; errors as for ``read_guarded``."""
    _refuse_large(data)
    return _READERS.use(limits, name, lambda child: child.look(name[:_LONGEST_NAME], data, plan))


def _refuse_large(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise UnreadableError("read.too_large", size=round(len(data) / 1e6, 1), limit=MAX_BYTES // 1_000_000)


def prepare() -> None:
    """Have a reading process started in the background: it is there by the time the first document is."""
    _READERS.prepare(LIMITS)


def protection() -> Confined:
    """Return which fences hold around the reading process on this machine; it is started for that.

    Raises:
        UnreadableError: it cannot be started.
    """
    return _READERS.protection(LIMITS)


class Readers:
    """The children of this process: those that wait for work, and those at it."""

    def __init__(self) -> None:
        self._idle: list[ReadingProcess] = []
        self._busy: list[ReadingProcess] = []
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(MOST_CHILDREN)
        self._starter: ThreadPoolExecutor | None = None
        self._preparing: threading.Thread | None = None

    def read(self, name: str, data: bytes, limits: Limits, plan: Plan = GUESSED) -> Reading:
        """Have a document read by a child; UnreadableError as for ``read_guarded``."""
        return self.use(limits, name, lambda child: child.read(name, data, plan))

    def use(self, limits: Limits, name: str, work: Callable[[ReadingProcess], Found]) -> Found:
        """Have work done by a child; UnreadableError as for ``read_guarded``."""
        if self._preparing is not None:
            self._preparing.join()
        with self._places:
            while True:
                child = self._child(limits)
                try:
                    return self._used(child, name, work)
                except IdleError:
                    continue

    def protection(self, limits: Limits) -> Confined:
        """Return which fences hold around a child; UnreadableError where none can be started."""
        with self._places:
            child = self._child(limits)
            self._put_back(child, healthy=True)
            return Confined(*(child.held.get(name) is True for name in ("limits", "landlock", "seccomp")))

    def prepare(self, limits: Limits) -> None:
        """Have a child wait for the first document; where none can be started, reading one will say so."""

        def start() -> None:
            with self._places, suppress(UnreadableError):
                self._put_back(self._child(limits), healthy=True)

        self._preparing = threading.Thread(target=start, name="reading-start", daemon=True)
        self._preparing.start()

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

    def _used(self, child: ReadingProcess, name: str, work: Callable[[ReadingProcess], Found]) -> Found:
        healthy = False
        try:
            found = work(child)
            healthy = True
        except UnreadableError as error:
            healthy = error.note.phrase not in _SPOILED
            raise
        except (EndedError, transport.NotAReadingError) as error:
            child.end()
            note = child.why()
            log.warning("the process that read %r ended: %s", name, note.phrase)
            raise UnreadableError(note.phrase, **note.values) from error
        finally:
            self._put_back(child, healthy=healthy)
        return found

    def _child(self, limits: Limits) -> ReadingProcess:
        child = self._idle_child(limits) or self._new_child(limits)
        with self._lock:
            self._busy.append(child)
        return child

    def _idle_child(self, limits: Limits) -> ReadingProcess | None:
        with self._lock:
            for child in [each for each in self._idle if each.limits == limits]:
                self._idle.remove(child)
                if not child.ended:
                    return child
                child.end()
        return None

    def _new_child(self, limits: Limits) -> ReadingProcess:
        with self._lock:
            if self._starter is None:
                # A child dies with the thread that started it (PR_SET_PDEATHSIG): this one stays to the end.
                self._starter = ThreadPoolExecutor(1, thread_name_prefix="reading")
        try:
            return self._starter.submit(ReadingProcess, limits).result()
        except (OSError, RuntimeError, EndedError) as error:
            log.exception("the process that reads documents does not start")
            raise UnreadableError("read.no_child") from error

    def _put_back(self, child: ReadingProcess, *, healthy: bool) -> None:
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
