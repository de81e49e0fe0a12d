"""What can go wrong in the indexes; the bot says it in words."""

from pathlib import Path


class KnowledgeError(Exception):
    """Base of the errors of this package."""


class IndexDamagedError(KnowledgeError):
    """An index in ``folder`` cannot be read. It holds nothing that is not in SQL: clear it and index again."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"the index in {folder} cannot be read ({reason}); it must be built again")
        self.folder = folder


class IndexBusyError(KnowledgeError):
    """Another process holds the writer of the index in ``folder``."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"another process is writing the index in {folder}")
        self.folder = folder


class EmbeddingModelError(KnowledgeError):
    """The embedding model cannot be used; the message says why and never comes from a download."""
