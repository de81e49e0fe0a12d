"""What the legs found for one question: how sure a search may be of it, and in which order it is shown."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from knowledge import closeness, confidence
from knowledge.closeness import Look
from knowledge.fusion import WEIGHTS, Scores, Weights, fuse
from knowledge.keywords import FieldHits, KeywordHits, KeywordIndex
from knowledge.passages import Visible, Within
from knowledge.questions import Question

LOOKED_AT = 30
"""Candidates that get a closer look."""

POOL = 100
"""Candidates taken from each leg; more where too many of them are invisible to the asker."""

FULL = 99
"""A list of so many others was cut: there were more."""

NOTHING = FieldHits({}, {})

Nearest = Callable[[int], tuple[dict[int, float], dict[int, float]]]
"""Returns the cosines of so many nearest texts, and of as many headings, by passage id."""


@dataclass(frozen=True, slots=True)
class Hits:
    """What the legs found for one question, invisible passages left out; scores by passage id."""

    keywords: KeywordHits
    words: Scores
    bigrams: Scores
    texts: Scores
    heads: Scores
    visible: Collection[int]
    vectors_only: bool = False

    def signals(self, asked: Question, *, cosines: bool) -> confidence.Signals:
        """Return what the search tells about its own success; ``cosines``: those of the vectors mean something."""
        nearest = [*self.texts.values(), *self.heads.values()] if cosines else []
        words, bigrams = (NOTHING, NOTHING) if self.vectors_only else (self.keywords.words, self.keywords.bigrams)
        return confidence.measure(
            words,
            bigrams,
            self.keywords.count,
            max(nearest, default=None),
            allowed=self.visible,
            heaviest=max(asked.words.values(), default=1.0),
        )

    def rank(self, weights: Weights, looks: Mapping[int, Look] | None = None) -> dict[int, float]:
        """Return the score of each candidate, best first: the legs joined, then a closer look at the best.

        ``looks`` says what is seen of some passages at a closer look, in place of what the index keeps.
        """
        joined = fuse(
            [
                (weights.words, self.words),
                (weights.bigrams or not (self.words or self.texts), self.bigrams),  # nothing else: better than nothing
                (weights.texts, self.texts),
                (weights.heads, self.heads),
            ]
        )
        best = [] if self.vectors_only else list(islice(joined, LOOKED_AT))
        for each, look in (self.keywords.look(best) | {k: v for k, v in (looks or {}).items() if k in best}).items():
            if weights.line:
                line = closeness.best_line(look, self.keywords.bigrams.weights)
                joined[each] += weights.line * (line - closeness.chance(look))
            joined[each] += weights.head * closeness.best_head(look, self.keywords.words.weights)
        return {each: -less for less, each in sorted([(-score, each) for each, score in joined.items()])}

    def by_vectors(self) -> "Hits":
        """Return what the vectors alone found: words count for nothing, at a closer look neither."""
        return replace(self, words={}, bigrams={}, vectors_only=True)

    def keyword_score(self, each: int) -> float | None:
        """Return the BM25 sum of both fields, None where neither found the passage."""
        if each not in self.words and each not in self.bigrams:
            return None
        return self.words.get(each, 0.0) + self.bigrams.get(each, 0.0)

    def rescored(self, each: int, words: float, bigrams: float, cosines: tuple[float | None, float | None]) -> "Hits":
        """Return the hits as they were if one passage had these scores (cosines: of texts, of headings)."""
        keywords = replace(
            self.keywords,
            words=FieldHits(_with(self.keywords.words.scores, each, words), self.keywords.words.weights),
            bigrams=FieldHits(_with(self.keywords.bigrams.scores, each, bigrams), self.keywords.bigrams.weights),
        )
        return Hits(
            keywords,
            _with(self.words, each, words),
            _with(self.bigrams, each, bigrams),
            _with(self.texts, each, cosines[0]),
            _with(self.heads, each, cosines[1]),
            {*self.visible, each},
        )

    def without(self, gone: Collection[int]) -> "Hits":
        """Return the hits as they were if some passages were not there."""
        words, bigrams, texts, heads = (
            {one: score for one, score in scores.items() if one not in gone}
            for scores in (self.words, self.bigrams, self.texts, self.heads)
        )
        return Hits(self.keywords, words, bigrams, texts, heads, {one for one in self.visible if one not in gone})


def hits_of(
    index: KeywordIndex,
    asked: Question,
    nearest: Nearest | None,
    visible: Visible | None,
    limit: int,
    *,
    every: bool = False,
) -> Hits:
    """Ask the legs that count, or ``every`` one, and deeper where the visible candidates are too few."""
    bigrams = every or nearest is None or WEIGHTS[asked.language].bigrams > 0
    pool = max(POOL, limit)
    within = visible.ids if isinstance(visible, Within) else None
    while True:
        keywords = index.search(asked, pool, bigrams=bigrams, within=within)
        texts, heads = nearest(pool) if nearest else ({}, {})
        lists = (keywords.words.scores, keywords.bigrams.scores, texts, heads)
        found = list(dict.fromkeys(chain.from_iterable(lists)))
        allowed = set(visible(found)) if visible and found else set(found)
        if len(allowed) >= min(limit, len(found)) or all(len(scores) < pool for scores in lists):
            kept: Sequence[Scores] = lists
            if len(allowed) < len(found):
                kept = [{each: score for each, score in scores.items() if each in allowed} for scores in lists]
            return Hits(keywords, kept[0], kept[1], kept[2], kept[3], allowed)
        pool *= 8


def _with(scores: Scores, each: int, score: float | None) -> dict[int, float]:
    """Return the scores, best first, with that of one passage replaced; None or 0: it is not found.

    A full list ends where its last one stands: what scores less than that would not have been found.
    """
    others = {one: value for one, value in scores.items() if one != each}
    if score and (len(others) < FULL or score > min(others.values())):
        others[each] = score
    return dict(sorted(others.items(), key=lambda item: -item[1]))
