"""The keyword leg: BM25 over morphemes and over character bigrams, in tantivy.

Both fields have statistics and scores of their own. Beside them each passage keeps what a closer look needs: the
terms of its headings and its lines, in lower case (``knowledge/closeness.py``).
"""

import math
import shutil
import threading
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import tantivy

from knowledge.closeness import Look, pack, unpack
from knowledge.errors import IndexBusyError, IndexDamagedError, IndexStorageError, cannot_write
from knowledge.passages import Passage, Progress
from knowledge.questions import Question
from knowledge.tokens import Terms, analyze, normalise
from knowledge.windows import heads

K1 = 1.2
"""tantivy's own constant: the greatest score of a term is its idf times K1 + 1."""

_HEAP = 64_000_000


@dataclass(frozen=True, slots=True)
class FieldHits:
    """What one field found: ``scores`` by passage id, best first; ``weights``, idf times weight of each term."""

    scores: dict[int, float]
    weights: dict[str, float]

    @property
    def greatest(self) -> float:
        """The score of a passage that would hold each term of the question very often."""
        return sum(self.weights.values()) * (K1 + 1)


@dataclass(frozen=True, slots=True)
class KeywordHits:
    """What both fields found, and where the passages lie."""

    words: FieldHits
    bigrams: FieldHits
    count: int
    """Passages in the index."""
    _folder: Path
    _searcher: tantivy.Searcher
    _addresses: dict[int, tantivy.DocAddress]

    def look(self, ids: Iterable[int]) -> dict[int, Look]:
        """Return what is kept of the passages that a field has found, for a closer look."""
        addresses = ((each, self._addresses.get(each)) for each in ids)
        with _damage_told(self._folder):
            return {
                each: unpack(self._searcher.doc(address).get_first("look") or b"")
                for each, address in addresses
                if address is not None
            }


class KeywordIndex:
    """One tantivy index in ``folder``. Several threads may read; one process writes."""

    def __init__(self, folder: Path, *, writable: bool = True) -> None:
        self._folder = folder
        self._writable = writable
        self._lock = threading.RLock()
        self._opened: tantivy.Index | None = None
        self._open_writer: tantivy.IndexWriter | None = None

    def search(
        self, question: Question, limit: int, *, bigrams: bool = True, within: Collection[int] | None = None
    ) -> KeywordHits:
        """Return the ``limit`` best passages of each field, of words alone where ``bigrams`` is False.

        ``within``: only these passages are looked at; what they score is the same.
        """
        addresses: dict[int, tantivy.DocAddress] = {}
        with _damage_told(self._folder):
            searcher = self._index().searcher()
            few = None if within is None else tantivy.Query.term_set_query(self._index().schema, "id", [*within])
            words = self._search_field(searcher, "words", question.words, limit, addresses, few)
            wanted = question.bigrams if bigrams else {}
            grams = self._search_field(searcher, "bigrams", wanted, limit, addresses, few)
        return KeywordHits(words, grams, searcher.num_docs, self._folder, searcher, addresses)

    def add(
        self, passages: Sequence[Passage], *, mark: int = 0, progress: Progress | None = None, done: int = 0
    ) -> None:
        """Add passages, replacing those of the same id; durable on return. ``mark`` is kept with each of them."""
        with self._lock:
            writer = self._writer()
            analysed = zip(passages, _analyze_passages(passages), strict=True)
            for position, (passage, (body, headings)) in enumerate(analysed, 1):
                writer.delete_documents_by_term("id", passage.id)
                writer.add_document(_document(passage, body, headings, mark))
                if progress and position % 50 == 0:
                    progress(done + position, done + len(passages))
            self._commit(writer)

    def remove(self, ids: Collection[int]) -> None:
        """Remove passages; ids that are not there are no error."""
        with self._lock:
            writer = self._writer()
            for each in ids:
                writer.delete_documents_by_term("id", each)
            self._commit(writer)

    def ids(self, mark: int | None = None) -> set[int]:
        """Return the ids of all passages, or of those kept with ``mark``."""
        with _damage_told(self._folder):
            index = self._index()
            searcher = index.searcher()
            query = tantivy.Query.all_query()
            if mark is not None:
                query = tantivy.Query.term_query(index.schema, "mark", mark)
            hits = searcher.search(query, max(1, searcher.num_docs), count=False, order_by_field="id").hits
        return {int(value) for value, _ in hits}

    def count(self) -> int:
        """Return the number of passages."""
        with _damage_told(self._folder):
            return self._index().searcher().num_docs

    def lengths(self) -> dict[int, int]:
        """Return the number of words of each passage, headings included, by id."""
        with _damage_told(self._folder):
            searcher = self._index().searcher()
            query = tantivy.Query.all_query()
            hits = searcher.search(query, max(1, searcher.num_docs), count=False, order_by_field="id").hits
            lengths = searcher.fast_field_values("length", [address for _, address in hits])
        return {int(value): int(length or 0) for (value, _), length in zip(hits, lengths, strict=True)}

    def clear(self) -> None:
        """Remove everything, also where the index is damaged."""
        with self._lock:
            self.close()
            shutil.rmtree(self._folder, ignore_errors=True)

    def close(self) -> None:
        """Let go of the writer; the next use opens the index again."""
        with self._lock:
            writer, self._open_writer, self._opened = self._open_writer, None, None
            if writer is not None:
                writer.wait_merging_threads()

    def _index(self) -> tantivy.Index:
        if self._opened is not None:
            return self._opened
        with self._lock:
            if self._opened is None:
                self._opened = _open(self._folder)
            return self._opened

    def _writer(self) -> tantivy.IndexWriter:
        if not self._writable:
            raise IndexBusyError(self._folder)
        if self._open_writer is None:
            with _damage_told(self._folder):
                self._open_writer = self._index().writer(heap_size=_HEAP, num_threads=1)
        return self._open_writer

    def _commit(self, writer: tantivy.IndexWriter) -> None:
        with _damage_told(self._folder):
            writer.commit()
            self._index().reload()

    def _search_field(
        self,
        searcher: tantivy.Searcher,
        field: str,
        terms: Mapping[str, float],
        limit: int,
        addresses: dict[int, tantivy.DocAddress],
        few: tantivy.Query | None = None,
    ) -> FieldHits:
        count, schema = searcher.num_docs, self._index().schema
        weights = {term: weight * _idf(searcher.doc_freq(field, term), count) for term, weight in terms.items()}
        clauses = [
            (tantivy.Occur.Should, _boosted(tantivy.Query.term_query(schema, field, term, "freq"), weight))
            for term, weight in terms.items()
        ]
        query = tantivy.Query.boolean_query(clauses)
        if few is not None:
            only = tantivy.Query.const_score_query(few, 0.0)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, only)])
        hits = searcher.search(query, limit, count=False).hits if clauses else []
        ids = searcher.fast_field_values("id", [address for _, address in hits])
        scores: dict[int, float] = {}
        for value, (score, address) in zip(ids, hits, strict=True):
            scores[int(value or 0)] = score
            addresses[int(value or 0)] = address
        return FieldHits(scores, weights)


def _open(folder: Path) -> tantivy.Index:
    """Open the index in ``folder`` or make an empty one."""
    schema = (
        tantivy.SchemaBuilder()
        # Signed: for an unsigned field, Document(id=int) kills the writer thread some documents later.
        .add_integer_field("id", indexed=True, fast=True)
        .add_integer_field("mark", indexed=True)
        .add_integer_field("length", fast=True)
        .add_text_field("words", tokenizer_name="whitespace", index_option="freq")
        .add_text_field("bigrams", tokenizer_name="whitespace", index_option="freq")
        .add_bytes_field("look", stored=True)
        .build()
    )
    folder.mkdir(parents=True, exist_ok=True)
    with _damage_told(folder):
        return tantivy.Index(schema, path=str(folder))


@contextmanager
def _damage_told(folder: Path) -> Iterator[None]:
    """Say as an error of ours what tantivy says of a folder: another writer, or a damage, which makes it panic."""
    try:
        yield
    except ValueError as error:
        if "Lock" in str(error) and "Permission" not in str(error):
            raise IndexBusyError(folder) from error
        if reason := cannot_write(error):
            raise IndexStorageError(folder, reason) from error
        raise IndexDamagedError(folder, str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the class has no public name
            raise
        raise IndexDamagedError(folder, "tantivy cannot read a file of it") from error


def _boosted(query: tantivy.Query, weight: float) -> tantivy.Query:
    return query if weight == 1.0 else tantivy.Query.boost_query(query, weight)


def _idf(frequency: int, count: int) -> float:
    return math.log(1 + (max(count, frequency) - frequency + 0.5) / (frequency + 0.5))


def _analyze_passages(passages: Sequence[Passage]) -> Iterator[tuple[Terms, list[Terms]]]:
    """Yield the terms of the text and of each heading of each passage; a heading of many is analysed once."""
    every = [heads(passage) for passage in passages]
    repeated = {head for head, count in Counter(chain.from_iterable(every)).items() if count > 1}
    flat = analyze(_texts(passages, every, repeated))
    known: dict[str, Terms] = {}
    for some in every:
        body, terms = next(flat), []
        for head in some:
            terms.append(known[head] if head in known else next(flat))
            if head in repeated:
                known[head] = terms[-1]
        yield body, terms


def _texts(passages: Sequence[Passage], every: Sequence[list[str]], repeated: Collection[str]) -> Iterator[str]:
    """Yield each passage's text and its headings, those of ``repeated`` the first time only."""
    seen: set[str] = set()
    for passage, some in zip(passages, every, strict=True):
        yield passage.text
        for head in some:
            if head not in seen:
                yield head
            if head in repeated:
                seen.add(head)


def reduced(passages: Sequence[Passage]) -> Iterator[tuple[list[str], list[str], Look]]:
    """Yield what the index would hold of passages that are not in it so: words, bigrams, and a closer look."""
    for passage, (body, headings) in zip(passages, _analyze_passages(passages), strict=True):
        words, bigrams, look = _fields(passage, body, headings)
        yield words, bigrams, unpack(look)


def _fields(passage: Passage, body: Terms, headings: Sequence[Terms]) -> tuple[list[str], list[str], bytes]:
    parts = [*headings, body]
    words = [term for part in parts for term in (*part.words, *part.pairs)]
    bigrams = [gram for part in parts for gram in part.bigrams]
    asked = [passage.question, *passage.aliases]  # a question is a line of its own; a title is not what is said
    return words, bigrams, pack(headings, normalise("\n".join([*filter(None, asked), passage.text])))


def _document(passage: Passage, body: Terms, headings: Sequence[Terms], mark: int) -> tantivy.Document:
    words, bigrams, look = _fields(passage, body, headings)
    document = tantivy.Document()
    document.add_integer("id", passage.id)
    document.add_integer("mark", mark)
    document.add_integer("length", len(words))
    document.add_text("words", " ".join(words))
    document.add_text("bigrams", " ".join(bigrams))
    document.add_bytes("look", look)
    return document
