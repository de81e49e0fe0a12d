"""Which process this is, and that it is there: a name of its own, a place for its indexes, a heartbeat.

The process that owns the data folder keeps its indexes there. Every other one that runs for long beside it
(``dapbot worker``) takes a numbered place below ``workers``, held like the data folder itself by a lock of the
operating system: it is free again however the process ends, and the next one finds the indexes there.
"""

import hashlib
import logging
import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy.orm import Session, sessionmaker

from bot.database import processes
from bot.database.processes import ProcessRow
from bot.errors import DataError, OperatorError
from bot.owner import Ownership
from bot.settings import Settings

log = logging.getLogger(__name__)

PLACES = "workers"
MOST_PLACES = 1_000
ID_FILE = "folder.id"

BEAT_SECONDS = 5.0
GONE_SECONDS = 20.0
"""Without a heartbeat for so long, a process does not run any more, or hangs."""

FORGOTTEN_SECONDS = 600.0


def place_for_worker(settings: Settings) -> Ownership:
    """Take the first free place for a process beside the owner of the data folder; the caller releases it."""
    for number in range(1, MOST_PLACES):
        place = Ownership(settings.data / PLACES / str(number))
        if place.take(0):
            return place
    raise OperatorError("worker.no_place", folder=settings.data / PLACES)


def slot(ownership: Ownership) -> str:
    """Return the name of the process that holds this place: the same after each start, and no other process's.

    It is made of the machine's name, the place's path and a number kept there: neither a copy of a data folder nor
    two machines set up alike have the same one.
    """
    host = socket.gethostname()
    place = hashlib.sha256(f"{ownership.folder.absolute()}\0{_id_of(ownership.folder)}".encode()).hexdigest()[:10]
    name = f"{host}:{place}"
    return name if ownership.held else f"{name}:{os.getpid()}"


def _id_of(folder: Path) -> str:
    """Return the number kept in a folder, made when it is asked for first."""
    file = folder / ID_FILE
    try:
        return file.read_text("ascii")
    except FileNotFoundError:
        pass
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = file.with_name(f"{ID_FILE}.{os.getpid()}")
        aside.write_text(os.urandom(8).hex(), "ascii")
        aside.replace(file)
        return file.read_text("ascii")
    except OSError as error:  # a full disk
        raise DataError("database.folder", folder=folder, reason=error.strerror or error) from error


def is_running(row: ProcessRow) -> bool:
    """Tell whether a process was seen lately."""
    return row.ago < GONE_SECONDS


class Heartbeat:
    """Says every few seconds that this process is there: one thread.

    ``change`` gives the change number that its indexes follow, ``detail`` what else others should know.
    """

    def __init__(
        self,
        sessions: sessionmaker[Session],
        name: str,
        role: str,
        change: Callable[[], int],
        detail: Callable[[], dict[str, Any]] = dict,
    ) -> None:
        self._sessions = sessions
        self._name = name
        self._role = role
        self._change = change
        self._detail = detail
        self._stop = threading.Event()
        self._woken = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def start(self) -> Self:
        """Begin; the row is there when this returns, if the database is."""
        self._beat_or_log()
        self._thread.start()
        return self

    def stop(self) -> None:
        """End, and take the row away."""
        self._stop.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(1)
        try:
            with self._sessions.begin() as session:
                processes.leave(session, self._name, os.getpid())
        except Exception as error:  # noqa: BLE001 - the process ends anyway, the row is forgotten in some minutes
            log.debug("the row of this process stays: %s", error)

    def wake(self) -> None:
        """Have it said at once; returns at once."""
        self._woken.set()

    def beat(self) -> None:
        """Say it now."""
        values = {
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "role": self._role,
            "change": self._change(),
            "detail": self._detail(),
        }
        with self._sessions.begin() as session:
            processes.beat(session, self._name, values)
            processes.forget(session, FORGOTTEN_SECONDS)

    def _run(self) -> None:
        while not self._stop.is_set():
            self._woken.wait(BEAT_SECONDS)
            self._woken.clear()
            if not self._stop.is_set():
                self._beat_or_log()

    def _beat_or_log(self) -> None:
        try:
            self.beat()
        except Exception as error:  # noqa: BLE001 - the thread must live on: the database may be restarting
            log.warning("other processes cannot be told that this one is there: %s", error)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
