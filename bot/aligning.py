"""Which source sentences a sentence of an answer is held against, and how much of its wording stands there."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import log

from bot.support import Sentence
from knowledge.language import Language, language_of

ALIGNED = 2
"""Source sentences a sentence is held against, those that share most content words with it."""

FEWEST_WORDS = 2
"""Of a sentence with fewer content words no order can be measured: the word stands in the sources or it does not."""


def rarity(sources: Iterable[Sentence]) -> dict[str, float]:
    """Return the weight of each content word: 1 / (1 + sentences that have it)."""
    counts: dict[str, int] = {}
    for source in sources:
        for word in set(source.words):
            counts[word] = counts.get(word, 0) + 1
    return {word: 1 / (1 + count) for word, count in counts.items()}


def aligned(claim: Sentence, sources: Sequence[Sentence]) -> list[Sentence]:
    """Return the source sentences the claim is held against: the best for the whole and for each clause of it."""
    weights = rarity(sources)
    ranked = sorted(sources, key=lambda source: -shared(claim.words, source, weights))
    if not ranked or not shared(claim.words, ranked[0], weights):
        return list(sources)
    held = ranked[:ALIGNED]
    for clause in claim.clauses if len(claim.clauses) > 1 else ():
        best = max(sources, key=lambda source: shared(clause.words, source, weights))
        if not shared(clause.words, best, weights):
            return list(sources)  # worded quite differently: its numbers may be from anywhere
        held.append(best)
    held += [source for source in sources if _says_number(claim, source)]
    return [source for index, source in enumerate(held) if source not in held[:index]]


def _says_number(claim: Sentence, source: Sentence) -> bool:
    """Whether a source sentence says hardly more than one of the claim's numbers ("15 days after one year")."""
    strange = set(source.words) - set(claim.words)
    return len(strange) <= 1 and any(a.same(b) for a in claim.quantities for b in source.quantities if not a.counted)


def shared(words: Iterable[str], source: Sentence, weights: dict[str, float]) -> float:
    """Return the weight of the words that the source sentence has as well."""
    return sum(weights[word] for word in set(words) & set(source.words))


def overlap(claim: Sentence, sources: Sequence[Sentence]) -> float | None:
    """Return how much of the claim's wording stands in the sources, 0..1; None where it is too short to say.

    A mix, with weights set by hand, of idf-weighted coverage in the best window of two sentences, of bigrams, over
    all sources, and the longest common subsequence with that window.
    """
    words = claim.words
    if not words or language_of(" ".join(source.text for source in sources)) != claim.language:
        return None
    if len(set(words)) < FEWEST_WORDS:
        known = _pieces((word for source in sources for word in source.words), claim.language)
        return float(_pieces(words, claim.language) <= known)
    idf = _idf(words, sources)
    total = sum(idf[word] for word in set(words))
    windows = [(*one.words, *two.words) for one, two in zip(sources, [*sources[1:], sources[-1]], strict=True)]
    best = max(windows, key=lambda window: sum(idf[w] for w in set(words) & set(window)))
    window = sum(idf[w] for w in set(words) & set(best)) / total
    whole = {word for source in sources for word in source.words}
    coverage = sum(idf[w] for w in set(words) & whole) / total
    pairs = set(pairwise(words))
    joined = {pair for source in sources for pair in pairwise(source.words)}
    bigrams = len(pairs & joined) / len(pairs) if pairs else window
    pieces = _pieces(words, claim.language)
    letters = len(pieces & _pieces(whole, claim.language)) / len(pieces) if pieces else coverage
    return 0.3 * window + 0.2 * bigrams + 0.15 * coverage + 0.15 * _common(words, best) / len(words) + 0.2 * letters


def _pieces(words: Iterable[str], language: Language) -> set[str]:
    """Return the letter n-grams inside words: 2 in Korean, 4 in English."""
    length = 2 if language == "ko" else 4
    return {word[i : i + length] for word in words for i in range(max(1, len(word) - length + 1))}


def _idf(words: Iterable[str], sources: Sequence[Sentence]) -> dict[str, float]:
    count = len(sources)
    holding = {word: sum(word in source.words for source in sources) for word in set(words)}
    return {word: log((count + 1) / (n + 0.5)) + 0.1 for word, n in holding.items()}


def _common(one: Sequence[str], two: Sequence[str]) -> int:
    """Return the length of the longest common subsequence."""
    row = [0] * (len(two) + 1)
    for word in one:
        previous = 0
        for index, other in enumerate(two, 1):
            kept = row[index]
            row[index] = previous + 1 if word == other else max(row[index], row[index - 1])
            previous = kept
    return row[-1]
