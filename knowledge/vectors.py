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
    from chromadb.api.types import QueryResult, Where

Part = Literal["texts", "heads"]
PARTS: tuple[Part, ...] = ("texts", "heads")

_ROWS_AT_ONCE = 1_000
_IDS_AT_ONCE = 20_000
_NAMED = re.compile(r"dapbot-(?:texts|heads)-(.+)-[0-9a-f]{16}")
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
        from chromadb.errors import NotFoundError

        with self._trouble_told():
            try:
                return self._open(part, make=not self._url).count()
            except NotFoundError:
                self._collections.pop(part, None)
                return 0

    def add(self, part: Part, passages: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Add one vector a row, shape (rows, dimensions), for the passage id at the same place; ids may repeat.

        Rows of one passage that stand together are written together, or none of them.
        """
        numbers: dict[int, int] = {}
        keys = []
        for each in passages:
            numbers[each] = numbers.get(each, -1) + 1
            keys.append(f"{each}:{numbers[each]}")
        with self._trouble_told():
            for some in _whole_passages(passages):
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

    def passages(self) -> set[int]:
        """Return the ids of the passages that have vectors of their texts."""
        found: set[int] = set()
        with self._trouble_told():
            collection, start = self._open("texts"), 0
            while keys := collection.get(limit=_IDS_AT_ONCE, offset=start, include=[])["ids"]:
                found.update(int(key.partition(":")[0]) for key in keys)
                start += len(keys)
        return found

    def spaces(self) -> set[str]:
        """Return the spaces for which a server has collections, of any embedding model."""
        with self._trouble_told():
            names = [collection.name for collection in self._connect().list_collections()]
        return {found[1] for name in names if (found := _NAMED.fullmatch(name))}

    def drop(self, space: str) -> None:
        """Remove the collections of a space from a server, of all embedding models."""
        with self._trouble_told():
            for collection in self._connect().list_collections():
                if (found := _NAMED.fullmatch(collection.name)) and found[1] == space:
                    self._connect().delete_collection(collection.name)

    def search(self, part: Part, vector: NDArray[np.float32], limit: int) -> dict[int, float]:
        """Return the cosine of the ``limit`` nearest vectors by passage id, best first; vector: (dimensions,)."""
        if not self.exists:
            return {}
        with self._trouble_told():
            result = self._query(part, vector, limit)
        if result is None:
            return {}
        scores: dict[int, float] = {}
        for key, distance in zip(result["ids"][0], (result["distances"] or [[]])[0], strict=True):
            scores.setdefault(int(key.partition(":")[0]), 1.0 - distance)
        return scores

    def _query(self, part: Part, vector: NDArray[np.float32], limit: int) -> "QueryResult | None":
        """Ask a collection; None where a server has none of this name, or lost the one that it had."""
        from chromadb.errors import NotFoundError

        asked = vector[np.newaxis]
        try:
            return self._open(part, make=not self._url).query(
                query_embeddings=asked, n_results=limit, include=["distances"]
            )
        except NotFoundError:
            self._collections.pop(part, None)
            return None

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

    def _open(self, part: Part, *, make: bool = True) -> "ChromaCollection":
        collection = self._collections.get(part)
        if collection is not None:
            return collection
        with self._lock:
            if part not in self._collections:
                name = f"dapbot-{part}-{self._space}{hashlib.sha256(self._model.encode()).hexdigest()[:16]}"
                client = self._connect()
                self._collections[part] = (
                    client.get_or_create_collection(
                        name, configuration=_HNSW, metadata={"model": self._model}, embedding_function=None
                    )
                    if make
                    else client.get_collection(name, embedding_function=None)
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


def _whole_passages(passages: Sequence[int]) -> Iterator[slice]:
    """Yield slices of about ``_ROWS_AT_ONCE`` rows that end where a passage does."""
    start = 0
    while start < len(passages):
        end = min(start + _ROWS_AT_ONCE, len(passages))
        while end < len(passages) and passages[end] == passages[end - 1]:
            end += 1
        yield slice(start, end)
        start = end


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
