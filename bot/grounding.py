"""How far a text is grounded in its sources, as one number: the shared wording, less what the hard checks find.

The sum and its weights were set by hand; nothing is fitted. It ranks texts (made up ones below borrowed ones); it is
no proof of truth, and sees few wrong conclusions.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.aligning import overlap
from bot.checking import SentenceCheck, check_sentence
from bot.support import split, take_apart, taken_apart
from knowledge.language import language_of
from knowledge.tokens import normalise

NUMBER, NAME, NEGATION = 0.25, 0.075, 0.1
"""What a number that is not in the sources costs, each of up to ``NAMES`` names, and a negation turned over."""

NAMES = 2
GRAM = 3
"""Characters that are looked up together: endings and word forms count less than they do in whole words."""

_QUANTITIES = frozenset({"number", "date", "time", "phone", "weekday"})


@dataclass(frozen=True, slots=True)
class Grounding:
    """``score``: 1 where all wording is borrowed and nothing is wrong, 0 where nothing is shared, less for faults.

    ``plain`` is the share of the text's character trigrams in the sources, the baseline; ``ok`` what the checks say.
    """

    score: float
    plain: float
    ok: bool
    reasons: tuple[str, ...] = ()


def grounding(text: str, sources: Sequence[str]) -> Grounding:
    """Return how far ``text``, some sentences, is grounded in ``sources``; about a millisecond a sentence."""
    sentences = split(text, language_of(text))
    parts = [part for source in sources for part in taken_apart(source)]
    checks = [check_sentence(sentence, sources) for sentence in sentences]
    shared = overlap(take_apart(text), parts)
    plain = trigrams_shared(text, "\n".join(sources))
    shared = plain if shared is None else shared
    reasons = tuple(str(reason) for each in checks for reason in each.reasons)
    return Grounding((shared + plain) / 2 - _faults(checks), plain, all(each.ok for each in checks), reasons)


def _faults(checks: Sequence[SentenceCheck]) -> float:
    """Return what the hard checks cost."""
    kinds = Counter(reason.kind for each in checks for reason in each.reasons)
    number = any(kinds[kind] for kind in _QUANTITIES)
    return NUMBER * number + NAME * min(kinds["name"], NAMES) + NEGATION * bool(kinds["negation"])


def trigrams_shared(text: str, source: str) -> float:
    """Return the share of the text's character trigrams that the source has as well, 0..1."""
    mine = _grams(text)
    return len(mine & _grams(source)) / len(mine) if mine else 0.0


def _grams(text: str) -> set[str]:
    plain = normalise(text).lower()
    return {plain[i : i + GRAM] for i in range(max(len(plain) - GRAM + 1, bool(plain)))}
