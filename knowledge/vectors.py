"""The vector leg: cosine neighbours in Chroma, embedded in a folder or on a server.

Chroma is given our own vectors only (its own default would fetch a model) and its telemetry is off. There is one
collection per embedding model, so another model never meets vectors it did not make. A passage may have several
vectors, one a window of its text; its score is that of the nearest.
"""

import hashlib
import re
import shutil
import threading
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import IndexDamagedError

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection as ChromaCollection
    from chromadb.api.types import Where

_ROWS_AT_ONCE = 1_000


class VectorIndex:
    """The vectors of one embedding model. Embedded, only one process may have it open at a time."""

    def __init__(self, folder: Path, model: str, url: str = "") -> None:
        self._folder = folder
        self._url = url
        self._name = f"passages-{hashlib.sha256(model.encode()).hexdigest()[:16]}"
        self._model = model
        self._lock = threading.Lock()
        self._client: ClientAPI | None = None
        self._collection: ChromaCollection | None = None

    @property
    def exists(self) -> bool:
        """Whether there may be vectors; loads nothing."""
        return bool(self._url) or (self._folder / "chroma.sqlite3").exists()

    def count(self) -> int:
        """Return the number of vectors."""
        return self._open().count() if self.exists else 0

    def add(self, windows: Sequence[tuple[int, int]], vectors: NDArray[np.float32]) -> None:
        """Add one vector a row of ``windows``: (passage id, number of the window); vectors has shape (rows, dims)."""
        collection = self._open()
        for start in range(0, len(windows), _ROWS_AT_ONCE):
            some = windows[start : start + _ROWS_AT_ONCE]
            collection.upsert(
                ids=[f"{passage}:{number}" for passage, number in some],
                embeddings=vectors[start : start + _ROWS_AT_ONCE],
                metadatas=[{"passage": passage} for passage, _ in some],
            )

    def remove(self, ids: Collection[int]) -> None:
        """Remove all vectors of these passages; ids that are not there are no error."""
        if not self.exists:
            return
        collection = self._open()
        ordered = sorted(ids)
        for start in range(0, len(ordered), _ROWS_AT_ONCE):
            where = cast("Where", {"passage": {"$in": ordered[start : start + _ROWS_AT_ONCE]}})
            found = collection.get(where=where, include=[])["ids"]
            if found:
                collection.delete(ids=found)

    def search(self, vector: NDArray[np.float32], limit: int) -> dict[int, float]:
        """Return the cosine of the ``limit`` nearest windows by passage id, best first."""
        if not self.exists:
            return {}
        result = self._open().query(query_embeddings=vector[np.newaxis], n_results=limit, include=["distances"])
        scores: dict[int, float] = {}
        for key, distance in zip(result["ids"][0], (result["distances"] or [[]])[0], strict=True):
            scores.setdefault(int(key.partition(":")[0]), 1.0 - distance)
        return scores

    def clear(self) -> None:
        """Remove all collections, also where the folder is damaged."""
        if self._url:
            client = self._connect()
            for collection in client.list_collections():
                if re.fullmatch(r"passages-[0-9a-f]{16}", collection.name):
                    client.delete_collection(collection.name)
            self._collection = None
        else:
            self.close()
            shutil.rmtree(self._folder, ignore_errors=True)

    def close(self) -> None:
        """Let go of the folder or the server."""
        with self._lock:
            client, self._client, self._collection = self._client, None, None
        close = getattr(client, "close", None)  # the class has it, its interface ClientAPI has not
        if close is not None:
            close()

    def _open(self) -> "ChromaCollection":
        with self._lock:
            if self._collection is None:
                self._collection = self._connect().get_or_create_collection(
                    self._name,
                    configuration={"hnsw": {"space": "cosine", "ef_search": 200, "ef_construction": 200}},
                    metadata={"model": self._model},
                    embedding_function=None,
                )
            return self._collection

    def _connect(self) -> "ClientAPI":
        import chromadb
        from chromadb.config import Settings
        from chromadb.errors import ChromaError

        if self._client is not None:
            return self._client
        settings = Settings(anonymized_telemetry=False)
        if self._url:
            parts = urlsplit(self._url)
            self._client = chromadb.HttpClient(
                host=parts.hostname or "localhost",
                port=parts.port or (443 if parts.scheme == "https" else 8000),
                ssl=parts.scheme == "https",
                settings=settings,
            )
            return self._client
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            self._client = chromadb.PersistentClient(str(self._folder), settings=settings)
        except (ChromaError, ValueError, OSError) as error:
            raise IndexDamagedError(self._folder, str(error)) from error
        return self._client
