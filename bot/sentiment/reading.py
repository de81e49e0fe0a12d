"""The mood of a text: a score from -1 to 1, its label, the words that say so, and what they are about."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from bot.sentiment import english_rules, korean_rules
from bot.sentiment.aspects import aspects_of, clauses
from bot.sentiment.finding import Finding
from bot.sentiment.grams import cleaned, words_of
from bot.sentiment.korean_model import Model, log_odds, shipped
from knowledge.decoding import clean
from knowledge.language import Language, language_of

Label = Literal["negative", "neutral", "positive"]

NEUTRAL = 0.1
"""Scores nearer to 0 than this are called neutral (docs/sentiment.md says how it was chosen)."""

LONGEST = 4_000
"""Characters of a text that are read."""

MOST_REASONS = 5
WEIGHTY = 0.25
"""A word that says less than this share of what the weightiest one says is no reason."""

RULES_REACH = 4.0
"""The log odds that the rules together come near to in a long text."""

ENGLISH_SPREAD = 15.0
"""VADER's: a sum s of ratings becomes s / sqrt(s² + 15)."""

DOUBT = 1.0
"""Log odds x of the model alone become x·|x| / (|x| + this) where no word of the rules is there: a plain statement,
which n-grams give a small value to. Chosen on the training sets: neutral is found more often, no side changes."""

ASKED = 0.05
"""What is left of a score where Korean words only ask for something politely, without a word of praise or complaint."""

_ASKING = re.compile(
    r"(?:나요|까요|가요|[은는]요|습니까|인지요|는지요|주세요|주십시오|부탁드립니다|부탁드려요|싶어요|싶습니다)[\s.?!~]*$"
    r"|(?:어떻게|언제|어디|얼마|며칠|무엇|무슨|뭐|누가|어느|어떤)[^.!?]*\?\s*$"
)
_PRESSING = re.compile(r"왜|아직|도대체|대체|언제까지|몇\s?번|벌써|계속|자꾸|또\s|이렇게|그렇게|너무|[ㅠㅜㅡ]{2}|!")
"""What makes a complaint of a question that says no word of one."""

_EMOJI = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff]")
_EMOJI_WORTH = 0.3


@dataclass(frozen=True, slots=True)
class Sentiment:
    """The mood of one text; ``score`` is -1 to 1, and 0 only where nothing was found."""

    label: Label
    score: float
    reasons: tuple[str, ...] = ()
    aspects: dict[str, float] = field(default_factory=dict)
    """Aspect -> score of the clauses that speak of it."""
    language: Language = "en"


class Scored(NamedTuple):
    """The score of a text, the log odds of the model alone, and what was found."""

    score: float
    model: float
    found: Sequence[Finding]


def read(text: str) -> Sentiment:
    """Return the mood of a text in Korean or English; some 0.3 ms for a review."""
    text = clean(text[:LONGEST])
    language = language_of(text)
    scored = _SCORERS[language](text)
    return Sentiment(
        label_of(scored.score), scored.score, _reasons(scored), _aspects(text, language, scored.score), language
    )


def sentiment_line(found: Sentiment) -> dict[str, Any]:
    """Return the mood as the JSON object of the contract, without its id."""
    return {
        "label": found.label,
        "score": found.score,
        "reasons": list(found.reasons),
        "aspects": list(found.aspects),
        "aspect_scores": found.aspects,
        "language": found.language,
    }


def label_of(score: float) -> Label:
    """Return the label of a score."""
    return "neutral" if abs(score) < NEUTRAL else "positive" if score > 0 else "negative"


def score_korean(text: str, model: Model | None = None) -> Scored:
    """Return the score of a Korean text: the model's log odds and those of the rules, squeezed to -1 to 1."""
    text = cleaned(text)
    rules, rest = korean_rules.read(text)
    words = words_of(rest)
    odds, parts = log_odds(model or shipped(), words)
    rules += [Finding(mark, _EMOJI_WORTH * english_rules.value_of(mark)) for mark in _EMOJI.findall(text)]
    if not parts and not any(finding.value for finding in rules):
        return Scored(0.0, 0.0, ())
    odds *= _length(rest) / _length(text)  # what is left beside turned words says the less the shorter it is
    total = odds + RULES_REACH * math.tanh(sum(finding.value for finding in rules) / RULES_REACH)
    if not any(finding.value for finding in rules):
        total *= abs(total) / (abs(total) + DOUBT)
    if (
        _ASKING.search(text)
        and all(abs(finding.value) <= abs(korean_rules.LACK) for finding in rules)
        and (not rules or not _PRESSING.search(text))
    ):
        total *= ASKED
    heard = [Finding(word, part) for word, part in zip(words, parts, strict=False) if not word.startswith("<")]
    return Scored(_rounded(math.tanh(total / 2)), odds, [*rules, *heard])


def _length(text: str) -> int:
    return max(1, len(text) - text.count(" "))


def rest_of(text: str) -> str:
    """Return what the model reads of a Korean text."""
    return korean_rules.read(cleaned(text))[1]


def score_english(text: str) -> Scored:
    """Return the score of an English text: the sum of what its words say, squeezed to -1 to 1."""
    found = english_rules.findings(text)
    total = sum(finding.value for finding in found)
    return Scored(_rounded(total / math.sqrt(total**2 + ENGLISH_SPREAD)), total, found)


_SCORERS: dict[Language, Callable[[str], Scored]] = {"ko": score_korean, "en": score_english}


def _rounded(score: float) -> float:
    """Round to three places, and never to 0 what is not."""
    return (round(score, 3) or math.copysign(0.001, score)) if score else 0.0


def _reasons(scored: Scored) -> tuple[str, ...]:
    """Return the stretches that speak for the label, negations first, then the words that moved the model most."""
    side = [finding for finding in scored.found if finding.value * scored.score > 0 and finding.text]
    weighty = sorted(side, key=lambda finding: (not finding.negated, -abs(finding.value)))
    least = WEIGHTY * max((abs(finding.value) for finding in side), default=0.0)
    told = (finding.text.strip(".,!?~… ") for finding in weighty if finding.negated or abs(finding.value) >= least)
    return tuple(dict.fromkeys(filter(None, told)))[:MOST_REASONS]


def _aspects(text: str, language: Language, score: float) -> dict[str, float]:
    """Return each aspect with the score of the first clauses that name it; with that of the text where it is one."""
    names = aspects_of(text, language)
    pieces = list(clauses(text, language)) if names else []
    if len(pieces) < 2:
        return dict.fromkeys(names, score)
    scores: dict[str, list[float]] = {name: [] for name in names}
    for piece in pieces:
        if named := aspects_of(piece, language):
            own = _SCORERS[language](piece).score
            for name in named:
                scores.setdefault(name, []).append(own)
    return {name: round(sum(some) / len(some), 3) if some else score for name, some in scores.items()}
