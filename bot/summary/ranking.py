"""Which sentences a text is told by: the one it opens with, and those that say most of what the whole is about.

Measured on one-line subjects of mail (prototypes.md), nothing beats the lead for the first line; the others are chosen
by how much of the text's weighty words they hold, by dates and amounts, by requests and decisions, and by saying
something that the lines before them do not say.
"""

import re
from collections import Counter
from collections.abc import Sequence
from math import log

from bot.quantities import quantities
from bot.summary.asking import asks
from bot.summary.sentences import Unit
from knowledge.tokens import analyze

LINES = 3

LEAD = 0.8
"""What the first sentence that says something is worth beside its words, in shares of the weightiest sentence."""

PARAGRAPH = 0.15
"""What the first sentence of a paragraph is worth more."""

FACT, ASK, DECISION, QUESTION = 0.15, 0.35, 0.3, 0.1
"""What a date, time or amount, a request, a decision and a question are worth more."""

ROLES = {"plain": 0.0, "item": -0.1, "row": -0.5, "heading": -0.7, "empty": -2.0}

REPEATED = 0.9
"""What a sentence loses that says only words of those already chosen."""

SHORT, LONG = 12, 220
"""Characters of a sentence below which it says too little, and beyond which it says too much, for a line."""

FACTS_LOOKED_AT = 2_000
"""Sentences of a long text whose dates and amounts are looked at, the weightiest ones."""

_ATTENDING = re.compile(
    r"^\W*(?:참석(?:자|인원)?|작성(?:자|일)?|문서\s?번호|배포|attendees|participants|present|author)\s?[:：]",
    re.IGNORECASE,
)
_DECISION = re.compile(
    r"결정|확정|합의|결론|최종|변경|연기|취소|중단|마감|승인|반려|하기로|시행|인상|인하|중요|핵심|요약하면|정리하면|"
    r"\b(?:decided|agreed|conclu\w+|therefore|final\w*|approved|cancel\w*|postponed|moved to|changed? to|deadline|"
    r"important|key|in short|overall|in summary|must|effective)\b",
    re.IGNORECASE,
)


def scores_of(units: Sequence[Unit]) -> tuple[list[float], list[frozenset[str]]]:
    """Return the worth of each sentence for a summary, the weightiest words alone giving 1, and its words."""
    words = [frozenset(terms.words) for terms in analyze([unit.text for unit in units])]
    weights = _weights(words)
    held = [_held(some, weights) for some in words]
    most = max(held, default=0.0) or 1.0
    lead = next((unit.place for unit in units if _may_lead(unit)), -1)
    scores = [one / most + _by_form(unit, lead) for unit, one in zip(units, held, strict=True)]
    looked = sorted(range(len(units)), key=lambda at: -scores[at])[:FACTS_LOOKED_AT]
    for at in looked:
        scores[at] += FACT * min(2, sum(not q.counted for q in quantities(units[at].text)))
    return scores, words


def _may_lead(unit: Unit) -> bool:
    return unit.role in ("plain", "item") and len(unit.text) >= SHORT and not _ATTENDING.search(unit.text)


def _weights(words: Sequence[frozenset[str]]) -> Counter[str]:
    """Return how many sentences have each word, of those that more than one has; names of one letter say nothing."""
    counts = Counter(word for some in words for word in some if len(word.partition("/")[0]) > 1)
    return Counter({word: count for word, count in counts.items() if count > 1})


def _held(words: frozenset[str], weights: Counter[str]) -> float:
    """Return how much of the text's weight a sentence holds; what it has beyond ten words counts by its root."""
    return sum(log(1 + weights[word]) for word in words) / float(max(10, len(words)) ** 0.5)


def _by_form(unit: Unit, lead: int) -> float:
    length = len(unit.text)
    score = ROLES[unit.role] + (PARAGRAPH if unit.first else 0.0) + (LEAD if unit.place == lead else 0.0)
    score -= 0.4 if length < SHORT else 0.0
    score -= min(0.6, (length - LONG) / LONG) if length > LONG else 0.0
    score -= 0.6 if _ATTENDING.search(unit.text) else 0.0
    score += DECISION if _DECISION.search(unit.text) else 0.0
    return score + (ASK if asks(unit.text) else QUESTION if unit.text.endswith(("?", "？")) else 0.0)


def best(units: Sequence[Unit], count: int = LINES) -> list[Unit]:
    """Return the sentences that tell the text, at most ``count``, in their order there."""
    scores, words = scores_of(units)
    said: set[str] = set()
    chosen: list[int] = []
    telling = [at for at, unit in enumerate(units) if unit.role != "empty"] or list(range(len(units)))
    worst_first = sorted(telling, key=lambda at: (scores[at], -at))
    left = sorted({units[at].text: at for at in worst_first}.values())  # of the same sentence the weightiest one
    while left and len(chosen) < count:
        at = max(left, key=lambda one: (scores[one] - REPEATED * _share(words[one], said), -one))
        left.remove(at)
        chosen.append(at)
        said |= words[at]
    return [units[at] for at in sorted(chosen)]


def _share(words: frozenset[str], said: set[str]) -> float:
    return len(words & said) / len(words) if words else 1.0


def fitting(units: Sequence[Unit], limit: int) -> list[Unit]:
    """Return the sentences of most worth that fit into ``limit`` characters together, in their order."""
    if sum(len(unit.text) + 1 for unit in units) <= limit:
        return list(units)
    scores, _ = scores_of(units)
    kept: list[int] = []
    for at in sorted(range(len(units)), key=lambda one: -scores[one]):
        if len(units[at].text) < limit:
            kept.append(at)
            limit -= len(units[at].text) + 1
        if limit <= 0:
            break
    return [units[at] for at in sorted(kept)]
