"""Print what the shipped Korean vectors find: ``python -m tests.benchmarks.korean_vectors DATA``.

Of each Korean set recall@1 and @5: of the vectors alone, of the bundled English
model alone (``--english``, some minutes), of the keyword leg, and of both joined as knowledge/fusion.py joins
legs, with some weights for the vectors of texts (headings count half of it). Nothing is trained on any set.
"""

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from knowledge import windows
from knowledge.embedding import EmbeddingModel
from knowledge.fusion import WEIGHTS
from knowledge.keywords import KeywordIndex
from knowledge.korean_vectors import KoreanVectors, Vectors, shipped, written
from knowledge.passages import Passage
from knowledge.questions import Question, understand
from knowledge.ranking import POOL, hits_of
from knowledge.search import Knowledge
from knowledge.tokens import analyze
from tests.benchmarks.confidence_corpora import rows

SETS = ("smartstore_faq", "welfare_qa", "korquad1", "korean_mcfaq", "msmarco_ko")
TRIED = (0.25, 0.5, 1.0)


@dataclass(frozen=True)
class Leg:
    """The vectors of the texts and headings of passages, and of questions; ``texts`` and ``heads`` name passages."""

    texts: Sequence[int]
    heads: Sequence[int]
    of_texts: Vectors
    of_heads: Vectors
    asked: Vectors

    def nearest(self, question: int) -> tuple[dict[int, float], dict[int, float]]:
        """Return the cosines of the nearest texts and headings by passage."""
        vector = self.asked[question]
        return _best(self.texts, self.of_texts @ vector), _best(self.heads, self.of_heads @ vector)


def main() -> None:
    """Print one line a set and leg."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--english", action="store_true")
    parser.add_argument("--index", action="store_true", help="only how long indexing takes with and without them")
    options = parser.parse_args()
    vectors = shipped()
    if options.index:
        indexing(
            [Passage(n, "ko", row["passage"], row.get("title") or "") for n, row in enumerate(_every(options.data), 1)]
        )
        return
    for name in SETS:
        corpus = rows(options.data, f"{name}.corpus")
        passages = [Passage(n, "ko", row["passage"], row.get("title") or "") for n, row in enumerate(corpus, 1)]
        numbers = {row["id"]: number for number, row in enumerate(corpus, 1)}
        queries = rows(options.data, f"{name}.queries")
        right = [{numbers[each] for each in row["passage_ids"] if each in numbers} for row in queries]
        asked = [understand(row["question"]) for row in queries]
        leg = korean(vectors, passages, asked)
        _print(name, "Korean vectors", [_alone(leg, each) for each in range(len(asked))], right)
        if options.english:
            other = english(passages, asked)
            _print(name, "English model", [_alone(other, each) for each in range(len(asked))], right)
        joined(name, passages, asked, leg, right)


def _every(data: Path) -> list[Passage]:
    every = [row for name in SETS for row in rows(data, f"{name}.corpus")]
    return [Passage(n, "ko", row["passage"], row.get("title") or "") for n, row in enumerate(every, 1)]


def indexing(passages: Sequence[Passage]) -> None:
    """Print how long the indexes take for passages, by words alone and with the Korean vectors."""
    taken: dict[str, float] = {}
    for name in ("words", "both", "words", "both"):
        with tempfile.TemporaryDirectory() as folder:
            known = Knowledge(Path(folder))
            known.models.want(written(shipped()) if name == "both" else b"")
            fresh = known.beside("")
            fresh.index(passages[:20])
            begun = time.perf_counter()
            fresh.index(passages)
            spent = time.perf_counter() - begun
            taken[name] = min(taken.get(name, spent), spent)
            fresh.close()
            known.close()
    words, both = taken["words"], taken["both"]
    print(f"{len(passages)} passages indexed in {words:.2f} s by words, {both:.2f} s with vectors, x{both / words:.2f}")


def korean(vectors: KoreanVectors, passages: Sequence[Passage], asked: Sequence[Question]) -> Leg:
    """Embed with the Korean vectors; print how much time that adds to the analysis."""
    texts, heads, parts = _parts(passages)
    begun = time.perf_counter()
    counted = [Counter(terms.words) for terms in analyze(parts)]
    analysed = time.perf_counter()
    found = vectors.embed_terms(counted, vectors.weights)
    spent = time.perf_counter() - analysed
    print(f"{len(parts)} texts: analysed in {analysed - begun:.2f} s, embedded in {spent:.2f} s")
    questions = vectors.embed_terms([question.words for question in asked], vectors.asked)
    return Leg(texts, heads, found[: len(texts)], found[len(texts) :], questions)


def english(passages: Sequence[Passage], asked: Sequence[Question]) -> Leg:
    """Embed with the bundled English model."""
    texts, heads, parts = _parts(passages)
    model = EmbeddingModel()
    found = model.embed(parts)
    questions = model.embed([question.text for question in asked])
    return Leg(texts, heads, found[: len(texts)], found[len(texts) :], questions)


def joined(
    name: str, passages: Sequence[Passage], asked: Sequence[Question], leg: Leg, right: Sequence[set[int]]
) -> None:
    """Print the keyword leg, and both legs joined with each weight."""
    with tempfile.TemporaryDirectory() as folder:
        index = KeywordIndex(Path(folder))
        index.add(passages)
        ranked: dict[float, list[list[int]]] = {weight: [] for weight in (0.0, *TRIED)}
        for number, question in enumerate(asked):
            hits = hits_of(index, question, lambda _, number=number: leg.nearest(number), None, POOL)
            for weight, found in ranked.items():
                weights = replace(WEIGHTS[question.language], texts=weight, heads=weight / 2)
                some = hits if weight else replace(hits, texts={}, heads={})
                found.append(list(some.rank(weights)))
        index.close()
    for weight, found in ranked.items():
        _print(name, f"joined, {weight}" if weight else "keyword leg", found, right)


def _parts(passages: Sequence[Passage]) -> tuple[list[int], list[int], list[str]]:
    texts = [(passage.id, text) for passage in passages for text in windows.texts(passage)]
    heads = [(passage.id, head) for passage in passages for head in windows.heads(passage)]
    return [each for each, _ in texts], [each for each, _ in heads], [text for _, text in texts + heads]


def _best(passages: Sequence[int], scores: Vectors) -> dict[int, float]:
    found: dict[int, float] = {}
    for place in np.argsort(-scores, kind="stable").tolist():
        found.setdefault(passages[place], float(scores[place]))
        if len(found) == POOL:
            break
    return found


def _alone(leg: Leg, question: int) -> list[int]:
    texts, heads = leg.nearest(question)
    near: Mapping[int, float] = {
        each: texts.get(each, 0.0) + heads.get(each, 0.0) / 2 for each in dict.fromkeys([*texts, *heads])
    }
    return sorted(near, key=lambda each: -near[each])


def _print(name: str, leg: str, ranked: Sequence[Sequence[int]], right: Sequence[set[int]]) -> None:
    first, five = (
        np.mean([bool(wanted & set(found[:within])) for found, wanted in zip(ranked, right, strict=True)])
        for within in (1, 5)
    )
    print(f"{name:<16} {leg:<16} recall@1 {first:.4f}  recall@5 {five:.4f}", flush=True)


if __name__ == "__main__":
    main()
