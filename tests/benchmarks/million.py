"""Print the speed of the keyword index at 1,000,000 Korean passages: ``python -m tests.benchmarks.million``.

The passages go the product's own way, tokenised by Kiwi; only the rows in SQL are left out. Beside the questions as
they are, the same ones without their frequent terms are timed: that is faster and finds less (on real sets recall@1
falls from .859 to .848, where rare words are fewer than here), so the product does not do it.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from knowledge import tokens
from knowledge.keywords import KeywordIndex
from knowledge.passages import Passage
from knowledge.questions import Question, understand
from tests.benchmarks.scale import THREADS, ask, memory, tell
from tests.benchmarks.scale_corpus import Entry, Generator

AT_ONCE = 10_000
FREQUENT = 0.1
"""A term that this share of the passages holds is left out in the comparison."""


def build(index: KeywordIndex, count: int) -> list[Entry]:
    """Index generated passages; return every hundredth of the last ones, to be asked for."""
    entries = Generator("ko").entries(count)
    asked: list[Entry] = []
    begun = time.perf_counter()
    for start in range(0, count, AT_ONCE):
        some = list(islice(entries, AT_ONCE))
        index.add([Passage(start + at, "ko", each.answer, question=each.question) for at, each in enumerate(some)])
        asked += some[:: max(1, count // 400)]
        spent = time.perf_counter() - begun
        print(f"\r{start + len(some)} of {count}, {(start + len(some)) / spent:.0f}/s ", end="", file=sys.stderr)
    print(file=sys.stderr)
    tell("tokenised and indexed", f"{count / (time.perf_counter() - begun):.0f} passages/s, {spent:.0f} s")
    return asked


def without_frequent(index: KeywordIndex, question: Question) -> Question:
    """Return the question without the terms that ``FREQUENT`` of the passages hold; the rarest one stays."""
    return replace(
        question,
        words=_rare(index, "words", question.words),
        bigrams=_rare(index, "bigrams", question.bigrams),
    )


def _rare(index: KeywordIndex, field: str, terms: Mapping[str, float]) -> dict[str, float]:
    searcher = index._index().searcher()
    shares = {term: searcher.doc_freq(field, term) / max(1, searcher.num_docs) for term in terms}
    least = min(shares.values(), default=0.0)
    return {term: weight for term, weight in terms.items() if shares[term] <= max(FREQUENT, least)}


def first(index: KeywordIndex, question: Question) -> int | None:
    """Return the passage that both fields together put first."""
    hits = index.search(question, 100)
    scores: dict[int, float] = {}
    for field in (hits.words, hits.bigrams):
        for each, score in field.scores.items():
            scores[each] = scores.get(each, 0.0) + score / max(field.greatest, 1e-9)
    return max(scores, key=lambda each: scores[each], default=None)


def print_recall(name: str, index: KeywordIndex, asked: Sequence[tuple[str, set[int]]]) -> None:
    """Print how often the first passage is right, with all terms and without the frequent ones."""
    questions = [(understand(text), right) for text, right in asked]
    whole = sum(first(index, question) in right for question, right in questions)
    short = sum(first(index, without_frequent(index, question)) in right for question, right in questions)
    count = max(1, len(questions))
    tell(f"{name}: right passage first", f"{whole / count:.3f}, without frequent terms {short / count:.3f}")


def print_all(count: int, folder: Path) -> None:
    """Build and ask."""
    tokens.warm()
    tell("memory with Kiwi", memory())
    index = KeywordIndex(folder)
    asked = build(index, count)
    tell("memory of the writer", memory())
    index.close()
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    tell("on disk", f"{size / 1e6:.0f} MB")
    questions = {entry.key: understand(entry.question) for entry in asked}
    short = {key: without_frequent(index, question) for key, question in questions.items()}
    for threads in (1, THREADS):
        ask("question understood and searched", lambda e: index.search(understand(e.question), 100), asked, threads)
        ask("searched", lambda e: index.search(questions[e.key], 100), asked, threads)
        ask("searched without frequent terms", lambda e: index.search(short[e.key], 100), asked, threads)
    print_recall("generated", index, [(entry.question, {int(entry.key[2:])}) for entry in asked])
    tell("memory after asking", memory())
    index.close()


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--passages", type=int, default=1_000_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dapbot-million-") as folder:
        print_all(options.passages, Path(folder))


if __name__ == "__main__":
    main()
