"""The vector leg: cosine neighbours in Chroma, embedded in a folder or on a server.

Chroma is given our own vectors only (its own default would fetch a model) and its telemetry is off. Each embedding
model has its own collections, so another model never meets vectors it did not make: one for texts, one for headings.
A passage may have several vectors in each; its score is that of the nearest.
"""

import hashlib
import re
import shutil
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import IndexStorageError, VectorsDamagedError, VectorServerError, cannot_write

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.api.models.Collection import Collection as ChromaCollection
    from chromadb.api.types import Where

Part = Literal["texts", "heads"]
PARTS: tuple[Part, ...] = ("texts", "heads")

_ROWS_AT_ONCE = 1_000
_OPENING = threading.Lock()  # Chroma keeps one table of open folders for the process, and does not guard it
_HNSW: "CreateCollectionConfiguration" = {"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200}}


class VectorIndex:
    """The vectors of one embedding model. Embedded, only one process may have the folder open at a time."""

    def __init__(self, folder: Path, model: str, url: str = "", space: str = "", patience: float = 10.0) -> None:
        """``space`` tells the collections from others on the same server, which is waited for ``patience`` seconds."""
        self._folder = folder
        self._model = model
        self._url = url
        self._patience = patience
        self._space = f"{space}-" if space else ""
        self._lock = threading.RLock()
        self._client: ClientAPI | None = None
        self._collections: dict[Part, ChromaCollection] = {}

    @property
    def is_remote(self) -> bool:
        """Whether the vectors are on a server, which other machines may use too."""
        return bool(self._url)

    @property
    def exists(self) -> bool:
        """Whether there may be vectors; loads nothing."""
        return bool(self._url) or (self._folder / "chroma.sqlite3").exists()

    def count(self, part: Part = "texts") -> int:
        """Return the number of vectors."""
        if not self.exists:
            return 0
        with self._trouble_told():
            return self._open(part).count()

    def add(self, part: Part, passages: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Add one vector a row, shape (rows, dimensions), for the passage id at the same place; ids may repeat."""
        numbers: dict[int, int] = {}
        keys = []
        for each in passages:
            numbers[each] = numbers.get(each, -1) + 1
            keys.append(f"{each}:{numbers[each]}")
        with self._trouble_told():
            for start in range(0, len(keys), _ROWS_AT_ONCE):
                some = slice(start, start + _ROWS_AT_ONCE)
                self._open(part).upsert(
                    ids=keys[some], embeddings=vectors[some], metadatas=[{"passage": each} for each in passages[some]]
                )

    def remove(self, ids: Collection[int]) -> None:
        """Remove all vectors of these passages; ids that are not there are no error."""
        if not self.exists:
            return
        ordered = sorted(ids)
        starts = range(0, len(ordered), _ROWS_AT_ONCE)
        with self._trouble_told():
            for part, start in product(PARTS, starts):
                where = cast("Where", {"passage": {"$in": ordered[start : start + _ROWS_AT_ONCE]}})
                found = self._open(part).get(where=where, include=[])["ids"]
                if found:
                    self._open(part).delete(ids=found)

    def search(self, part: Part, vector: NDArray[np.float32], limit: int) -> dict[int, float]:
        """Return the cosine of the ``limit`` nearest vectors by passage id, best first; vector: (dimensions,)."""
        if not self.exists:
            return {}
        with self._trouble_told():
            result = self._open(part).query(query_embeddings=vector[np.newaxis], n_results=limit, include=["distances"])
        scores: dict[int, float] = {}
        for key, distance in zip(result["ids"][0], (result["distances"] or [[]])[0], strict=True):
            scores.setdefault(int(key.partition(":")[0]), 1.0 - distance)
        return scores

    def clear(self) -> None:
        """Remove all collections, also where the folder is damaged."""
        with self._lock:
            if not self._url:
                self.close()
                shutil.rmtree(self._folder, ignore_errors=True)
                return
            with self._trouble_told():
                client = self._connect()
                for collection in client.list_collections():
                    if re.fullmatch(rf"dapbot-(texts|heads)-{re.escape(self._space)}[0-9a-f]{{16}}", collection.name):
                        client.delete_collection(collection.name)
            self._collections = {}

    def close(self) -> None:
        """Let go of the folder or the server; the next use opens it again."""
        with self._lock:
            client, self._client, self._collections = self._client, None, {}
            if client is not None:
                _close(client)

    def _open(self, part: Part) -> "ChromaCollection":
        collection = self._collections.get(part)
        if collection is not None:
            return collection
        with self._lock:
            if part not in self._collections:
                name = f"dapbot-{part}-{self._space}{hashlib.sha256(self._model.encode()).hexdigest()[:16]}"
                self._collections[part] = self._connect().get_or_create_collection(
                    name, configuration=_HNSW, metadata={"model": self._model}, embedding_function=None
                )
            return self._collections[part]

    def _connect(self) -> "ClientAPI":
        import chromadb
        from chromadb.config import Settings

        if self._client is not None:
            return self._client
        settings = Settings(anonymized_telemetry=False)
        if self._url:
            parts = urlsplit(self._url)
            secure = parts.scheme == "https"
            port = parts.port or (443 if secure else 8000)
            _greet(parts.hostname or "localhost", port, self._patience, secure=secure)
            self._client = chromadb.HttpClient(parts.hostname or "localhost", port, ssl=secure, settings=settings)
            for session in _sessions(self._client):
                session.timeout = self._patience  # Chroma sets none: a server that hangs would hang the question
        else:
            self._folder.mkdir(parents=True, exist_ok=True)
            with _OPENING:
                try:
                    self._client = chromadb.PersistentClient(str(self._folder), settings=settings)
                except BaseException:
                    _forget(self._folder)
                    raise
        return self._client

    @contextmanager
    def _trouble_told(self) -> Iterator[None]:
        """Say as an error of ours what Chroma says: a server that does not answer, a folder that cannot be read."""
        from chromadb.errors import ChromaError
        from httpx import HTTPError  # what Chroma's client lets through

        try:
            yield
        except (ChromaError, HTTPError, HTTPException, ValueError, OSError) as error:
            self.close()
            if self._url:
                raise VectorServerError(self._url, str(error)) from error
            with _OPENING:
                _forget(self._folder)
            if reason := cannot_write(error):
                raise IndexStorageError(self._folder, reason) from error
            raise VectorsDamagedError(self._folder, str(error)) from error


def _forget(folder: Path) -> None:
    """Take a folder that failed to open out of Chroma's table: the next client of it would be given the broken one.

    Chroma's own ``clear_system_cache`` forgets every folder, the healthy ones that others use at this moment too.
    """
    from chromadb.api.shared_system_client import SharedSystemClient

    for table in ("_identifier_to_system", "_identifier_to_refcount"):
        getattr(SharedSystemClient, table).pop(str(folder), None)


def _greet(host: str, port: int, seconds: float, *, secure: bool) -> None:
    """Ask whether the server is there: Chroma's client would wait for ever for one that is and says nothing."""
    connection = (HTTPSConnection if secure else HTTPConnection)(host, port, timeout=seconds)
    try:
        connection.request("GET", "/api/v2/heartbeat")
        connection.getresponse().read()
    finally:
        connection.close()


def _sessions(client: "ClientAPI") -> list[Any]:
    """Return the connections of a client of a server, which Chroma neither limits in time nor closes."""
    owners = (client, getattr(client, "_admin_client", None))
    servers = (getattr(owner, "_server", None) for owner in owners)
    return [session for server in servers if (session := getattr(server, "_session", None)) is not None]


def _close(client: "ClientAPI") -> None:
    sessions = _sessions(client)
    close = getattr(client, "close", None)  # the class has it, its interface has not
    if close is not None:
        with suppress(AttributeError):  # one that never started, over damaged files, fails to stop
            close()
    for session in sessions:
        session.close()
