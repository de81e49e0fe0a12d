"""What can go wrong in the indexes; the bot says it in words."""

import re
from pathlib import Path


class KnowledgeError(Exception):
    """Base of the errors of this package."""


class IndexDamagedError(KnowledgeError):
    """An index in ``folder`` cannot be read. It holds nothing that is not in SQL: clear it and index again."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"the index in {folder} cannot be read ({reason[:200]}); it must be built again")
        self.folder = folder


class VectorsDamagedError(IndexDamagedError):
    """The vectors in ``folder`` cannot be read; questions are answered by the keyword index alone until then."""


class IndexBusyError(KnowledgeError):
    """Another process holds the writer of the index in ``folder``."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"another process is writing the index in {folder}")
        self.folder = folder


class IndexStorageError(KnowledgeError):
    """The index in ``folder`` cannot be written: the disk is full, or the folder may not be written."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"the index in {folder} cannot be written ({reason})")
        self.folder = folder
        self.reason = reason


_CANNOT_WRITE = re.compile(
    r"no space left|file too large|disk is full|database or disk|quota exceeded|read-only|readonly|permission denied"
    r"|os error (13|27|28|30|122)\b|unable to open database file",
    re.IGNORECASE,
)


def cannot_write(error: BaseException) -> str:
    """Return of what a library says why it could not write, empty where it could; none of them has a class for it."""
    found = _CANNOT_WRITE.search(str(error))
    return found[0] if found else ""


class VectorServerError(KnowledgeError):
    """The Chroma server does not answer; what is written meanwhile must be indexed again."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"the vector server {url} does not answer ({reason})")
        self.url = url


class EmbeddingModelError(KnowledgeError):
    """The embedding model cannot be used; the message says why and never comes from a download."""
