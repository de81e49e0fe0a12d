"""The lead: of all processes that work with a PostgreSQL database, one publishes and keeps the vectors of the server.

It holds an advisory lock on a connection of its own, which PostgreSQL gives back the moment the process dies, and says
now and then that it is alive: one that hangs, or whose machine is gone, is disconnected by the next one that looks.
"""

import json
import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from bot.database import versions
from bot.database.listening import CHANGE, notify

log = logging.getLogger(__name__)

LOCK = 0x4461704C656164
"""Name of the advisory lock ("DapLead" in ASCII)."""

LEADER, LED, WHOLE, KEPT = "leader", "led", "vectors", "vectors_kept"
"""In ``state``: who leads and what it keeps; the change number up to which it published; the space of the vector server
that is whole, and for each space the change number up to which its vectors are right."""

BEAT_SECONDS = 2.0
GONE_SECONDS = 20.0
"""A leader that said nothing for so long is disconnected."""

MOST_SPACES = 4
"""Of which it is kept how far they are: the one that is searched, the one that is made, some of other models."""

_NOW = "CAST(extract(epoch FROM clock_timestamp()) AS double precision)"
_TAKE = text(f"SELECT pg_try_advisory_lock({LOCK})")
_QUICK_LOSS = text("SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 3; SET tcp_keepalives_count = 3")
_BEAT = text(
    "INSERT INTO state (name, value) VALUES (:name, :said) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)
_FREE = text(
    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1"
    f" AND classid = {LOCK >> 32} AND objid = {LOCK & 0xFFFFFFFF}"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


@dataclass(frozen=True, slots=True)
class Leader:
    """Who leads, by the name of its process; ``space`` is what it keeps or makes on the vector server."""

    name: str = ""
    space: str = ""
    ago: float = 0.0


class Lead:
    """The lead as this process sees it; threads may share it. On SQLite it has it: only one process writes there."""

    def __init__(self, engine: Engine, name: Callable[[], str]) -> None:
        self._engine = engine
        self.name = name
        self._lock = threading.RLock()
        self._connection: Connection | None = None
        self._said_at = 0.0
        self._closed = threading.Event()
        self.space = ""

    @property
    def alone(self) -> bool:
        """Whether no other process can have it."""
        return self._engine.dialect.name != "postgresql"

    @property
    def had(self) -> bool:
        """Whether this process had the lead when it last looked."""
        return self.alone or self._connection is not None

    def has(self) -> bool:
        """Tell whether this process has the lead now; it is taken where it is free."""
        if self.alone:
            return True
        with self._lock:
            if self._connection is None:
                self._take()
            elif time.monotonic() - self._said_at > BEAT_SECONDS:
                self._say()
            return self._connection is not None

    def keeps(self, space: str) -> None:
        """Say which space of the vector server this process keeps or makes."""
        with self._lock:
            if space != self.space:
                self.space = space
                self._say()

    def close(self) -> None:
        """Give the lead back."""
        self._closed.set()
        with self._lock:
            self._drop()

    def _take(self) -> None:
        if self._closed.is_set():
            return
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            if not connection.execute(_TAKE).scalar():
                self._disconnect_silent(connection)
                connection.close()
                return
            for setting in _QUICK_LOSS.text.split("; "):
                connection.execute(text(setting))
            connection.detach()  # closed, and not given back to the pool, when it is over: the lock goes with it
        except BaseException:
            connection.invalidate()
            connection.close()
            raise
        self._connection = connection
        self._say()
        log.info("this process publishes from now on, and keeps the vectors of the server")
        threading.Thread(target=self._keep_saying, args=(connection,), name="lead", daemon=True).start()

    def _disconnect_silent(self, connection: Connection) -> None:
        """Take the lock from a process that hangs."""
        found = _read(connection.execute(text("SELECT value FROM state WHERE name = :n"), {"n": LEADER}).scalar())
        seen = float(found.get("seen", 0.0))
        if seen and float(connection.execute(text(f"SELECT {_NOW}")).scalar_one()) - seen > GONE_SECONDS:
            log.warning("%s led and says nothing any more: it is disconnected", found.get("name"))
            connection.execute(_FREE)

    def _say(self) -> None:
        """Say that this process leads; where that cannot be said, it does not lead any more."""
        with self._lock:
            if self._connection is None:
                return
            try:
                now = float(self._connection.execute(text(f"SELECT {_NOW}")).scalar_one())
                said = json.dumps({"name": self.name(), "space": self.space, "seen": now})
                self._connection.execute(_BEAT, {"name": LEADER, "said": said})
                self._said_at = time.monotonic()
            except Exception as error:  # noqa: BLE001 - whatever it is, the lock cannot be relied upon
                log.warning("this process does not publish any more: %s", error)
                self._drop()

    def _keep_saying(self, connection: Connection) -> None:
        while not self._closed.wait(BEAT_SECONDS):
            with self._lock:
                if self._connection is not connection:
                    return
                self._say()

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(Exception):  # it is lost anyway
                connection.close()


def leader(session: Session) -> Leader:
    """Return who led last, and how many seconds ago it said so."""
    found = _read(versions.value(session, LEADER))
    if not found:
        return Leader()
    now = float(session.execute(text(f"SELECT {_NOW}")).scalar_one())
    return Leader(str(found.get("name", "")), str(found.get("space", "")), now - float(found.get("seen", 0.0)))


def led(session: Session) -> int:
    """Return the change number up to which everything is published."""
    return int(versions.value(session, LED) or 0)


def note_led(session: Session, change: int) -> None:
    """Say that everything up to this change number is published."""
    versions.put(session, LED, str(change))


def whole(session: Session) -> str:
    """Return the space whose vectors are whole."""
    return versions.value(session, WHOLE) or ""


def kept(session: Session, space: str) -> int:
    """Return the change number up to which the vectors of a space are right."""
    return int(_read(versions.value(session, KEPT)).get(space, 0))


def note_whole(session: Session, space: str, change: int) -> None:
    """Say that the vectors of a space are whole up to a change; processes that wait to search in them are woken."""
    known = _read(versions.value(session, KEPT))
    known.pop(space, None)
    versions.put(session, KEPT, json.dumps(dict([*known.items(), (space, change)][-MOST_SPACES:])))
    if whole(session) != space:
        versions.put(session, WHOLE, space)
        notify(session, CHANGE)


def _read(value: object) -> dict[str, Any]:
    try:
        found = json.loads(str(value or "{}"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
