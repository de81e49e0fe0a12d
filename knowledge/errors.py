"""What can go wrong in the indexes; the bot says it in words."""

from pathlib import Path


class KnowledgeError(Exception):
    """Base of the errors of this package."""


class IndexDamagedError(KnowledgeError):
    """An index in ``folder`` cannot be read. It holds nothing that is not in SQL: clear it and index again."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"the index in {folder} cannot be read ({reason}); it must be built again")
        self.folder = folder


class VectorsDamagedError(IndexDamagedError):
    """The vectors in ``folder`` cannot be read; questions are answered by the keyword index alone until then."""


class IndexBusyError(KnowledgeError):
    """Another process holds the writer of the index in ``folder``."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"another process is writing the index in {folder}")
        self.folder = folder


class VectorServerError(KnowledgeError):
    """The Chroma server does not answer; what is written meanwhile must be indexed again."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"the vector server {url} does not answer ({reason})")
        self.url = url


class EmbeddingModelError(KnowledgeError):
    """The embedding model cannot be used; the message says why and never comes from a download."""
