"""One owner per data folder (DESIGN 1.3): the process that holds the lock is the only one that writes the indexes.

The lock is the operating system's, so that it is free again whenever the process ends, however it ends. A server
says in ``owner.json`` where it can be asked; commands that find it there work through it.
"""

import json
import os
import secrets
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

if os.name == "nt":
    import msvcrt
else:
    import fcntl

LOCK_FILE = "owner.lock"
OWNER_FILE = "owner.json"
_PAUSE = 0.05


@dataclass(frozen=True, slots=True)
class Owner:
    """The server that owns a data folder: ``token`` is what it knows its own machine's commands by."""

    pid: int
    address: str
    token: str


class Ownership:
    """The lock of one data folder, held or not."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file: IO[bytes] | None = None

    @property
    def held(self) -> bool:
        """Whether this process holds the lock."""
        return self._file is not None

    def take(self, wait: float = 0.2) -> bool:
        """Try for ``wait`` seconds to get the lock, and tell whether it is held now.

        The short wait is for others that only look whether the lock is free.
        """
        until = time.monotonic() + wait
        while not self.held:
            self._try()
            if self.held or time.monotonic() >= until:
                break
            time.sleep(_PAUSE)
        return self.held

    def announce(self, address: str) -> Owner:
        """Write where this process can be asked, for this user only; return it with a fresh token."""
        owner = Owner(os.getpid(), address, secrets.token_urlsafe(32))
        target = self.folder / OWNER_FILE
        aside = target.with_name(f"{OWNER_FILE}.{os.getpid()}")
        aside.unlink(missing_ok=True)
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(asdict(owner), file)
        aside.replace(target)
        return owner

    def release(self) -> None:
        """Give the lock back; what was announced is taken away first."""
        if self._file is None:
            return
        found = _announced(self.folder)
        if found is not None and found.pid == os.getpid():
            (self.folder / OWNER_FILE).unlink(missing_ok=True)
        self._file.close()
        self._file = None

    def _try(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        file = (self.folder / LOCK_FILE).open("ab")
        if _lock(file):
            self._file = file
        else:
            file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def find_owner(folder: Path) -> Owner | None:
    """Return the server that owns ``folder``; None where there is none, or where it is gone without a word."""
    found = _announced(folder)
    return found if found is not None and is_owned(folder) else None


def is_owned(folder: Path) -> bool:
    """Tell whether a process holds the lock of ``folder``."""
    try:
        with (folder / LOCK_FILE).open("rb+") as file:
            return not _lock(file, shared=True)
    except FileNotFoundError:
        return False


def _announced(folder: Path) -> Owner | None:
    try:
        values = json.loads((folder / OWNER_FILE).read_text("utf-8"))
        return Owner(int(values["pid"]), str(values["address"]), str(values["token"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _lock(file: IO[bytes], *, shared: bool = False) -> bool:
    """Try to lock a file until it is closed; ``shared`` leaves others who only look undisturbed."""
    try:
        if os.name == "nt":
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
