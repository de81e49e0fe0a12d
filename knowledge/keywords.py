"""The keyword leg: BM25 over morphemes and over character bigrams, in tantivy."""

import math
import shutil
import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import tantivy

from knowledge.errors import IndexBusyError, IndexDamagedError
from knowledge.passages import Passage, Progress
from knowledge.tokens import Terms, analyze

FIELDS = ("words", "bigrams")
K1 = 1.2
"""tantivy's own constant: the greatest score of a term is its idf times K1 + 1."""

_HEAP = 64_000_000
_CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class FieldHits:
    """What one field found: ``scores`` by passage id, best first; ``idf`` of each term of the question."""

    scores: dict[int, float]
    idf: dict[str, float]

    @property
    def greatest(self) -> float:
        """The score of a passage that would hold each term of the question very often."""
        return sum(self.idf.values()) * (K1 + 1)


class KeywordIndex:
    """One tantivy index in ``folder``. Several threads may read; one process writes."""

    def __init__(self, folder: Path, *, writable: bool = True) -> None:
        self._folder = folder
        self._writable = writable
        self._lock = threading.Lock()

    def search(self, terms: Terms, limit: int) -> dict[str, FieldHits]:
        """Return the ``limit`` best passages of each field."""
        searcher = self._index.searcher()
        wanted = {"words": [*terms.words, *terms.pairs], "bigrams": terms.bigrams}
        return {field: self._search_field(searcher, field, wanted[field], limit) for field in FIELDS}

    def add(
        self, passages: Sequence[Passage], *, mark: int = 0, progress: Progress | None = None, done: int = 0
    ) -> None:
        """Add passages, replacing those of the same id; durable on return. ``mark`` is kept with each of them."""
        writer = self._writer
        for position, (passage, terms) in enumerate(zip(passages, analyze(map(_text, passages)), strict=True), 1):
            writer.delete_documents_by_term("id", passage.id)
            writer.add_document(_document(passage, terms, mark))
            if progress and position % 50 == 0:
                progress(done + position, done + len(passages))
        self._commit()

    def remove(self, ids: Collection[int]) -> None:
        """Remove passages; ids that are not there are no error."""
        for each in ids:
            self._writer.delete_documents_by_term("id", each)
        self._commit()

    def ids(self, mark: int | None = None) -> set[int]:
        """Return the ids of all passages, or of those kept with ``mark``."""
        if not self._writable and not (self._folder.is_dir() and tantivy.Index.exists(str(self._folder))):
            return set()
        searcher = self._index.searcher()
        query = tantivy.Query.all_query()
        if mark is not None:
            query = tantivy.Query.term_query(self._index.schema, "mark", mark)
        hits = searcher.search(query, max(1, searcher.num_docs), count=False, order_by_field="id").hits
        return {int(value) for value, _ in hits}

    def clear(self) -> None:
        """Remove everything, also where the index is damaged."""
        self.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def close(self) -> None:
        """Let go of the writer; the next use opens the index again."""
        with self._lock:
            writer = self.__dict__.pop("_writer", None)
            self.__dict__.pop("_index", None)
            if writer is not None:
                writer.wait_merging_threads()

    @cached_property
    def _index(self) -> tantivy.Index:
        schema = (
            tantivy.SchemaBuilder()
            # Signed: for an unsigned field, Document(id=int) kills the writer thread some documents later.
            .add_integer_field("id", indexed=True, fast=True)
            .add_integer_field("mark", indexed=True)
            .add_text_field("words", tokenizer_name="whitespace", index_option="freq")
            .add_text_field("bigrams", tokenizer_name="whitespace", index_option="freq")
            .build()
        )
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            return tantivy.Index(schema, path=str(self._folder))
        except ValueError as error:
            raise IndexDamagedError(self._folder, str(error)) from error

    @cached_property
    def _writer(self) -> tantivy.IndexWriter:
        if not self._writable:
            raise IndexBusyError(self._folder)
        try:
            return self._index.writer(heap_size=_HEAP, num_threads=1)
        except ValueError as error:
            if "Lock" in str(error):
                raise IndexBusyError(self._folder) from error
            raise IndexDamagedError(self._folder, str(error)) from error

    def _commit(self) -> None:
        self._writer.commit()
        self._index.reload()

    def _search_field(self, searcher: tantivy.Searcher, field: str, terms: Sequence[str], limit: int) -> FieldHits:
        count = searcher.num_docs
        idf = {term: _idf(searcher.doc_freq(field, term), count) for term in dict.fromkeys(terms)}
        clauses = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._index.schema, field, term, "freq")) for term in idf
        ]
        hits = searcher.search(tantivy.Query.boolean_query(clauses), limit, count=False).hits if clauses else []
        ids = searcher.fast_field_values("id", [address for _, address in hits])
        return FieldHits({int(each or 0): score for each, (score, _) in zip(ids, hits, strict=True)}, idf)


def _idf(frequency: int, count: int) -> float:
    return math.log(1 + (max(count, frequency) - frequency + 0.5) / (frequency + 0.5))


def _text(passage: Passage) -> str:
    return "\n".join([passage.title, passage.question, *passage.aliases, passage.text])


def _document(passage: Passage, terms: Terms, mark: int) -> tantivy.Document:
    document = tantivy.Document()
    document.add_integer("id", passage.id)
    document.add_integer("mark", mark)
    document.add_text("words", " ".join([*terms.words, *terms.pairs]))
    document.add_text("bigrams", " ".join(terms.bigrams))
    return document
