"""What the words of an English text say of liking, and which of them a negation turns round: not late, no complaints.

VADER's lexicon and words of service. A negation turns round the first word with a value among the next two words of
content; one that finds none says that something is lacking ("never received my order", "the app doesn't work").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.sentiment.english_words import BOOSTERS, IDIOMS, NEGATORS, PASSED, REMEDIES, SERVICE, TURN
from bot.sentiment.finding import Finding
from bot.sentiment.vader import lexicon

LACK = -1.2
TURNED = 0.9
BOOSTED = 1.3
REACH = 2
"""Words of content that a negation reaches."""

AFTER_BUT, BEFORE_BUT = 1.3, 0.7

_TOKEN = re.compile(r"[a-z]+(?:['’\-][a-z]+)*|[,.;!?\n]|[^\sa-z,.;!?]+", re.IGNORECASE)
_EMOTICON = re.compile(r"(?<!\S)[:;=xX8<>(][-'^o]?[)(DPpdO03/\\|\]\[*]+(?!\w)|<3")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|[^\s@]+@[^\s@]+\.\w+|@\w+")
_BUT = re.compile(r"\b(?:but|however)\b", re.IGNORECASE)
_NOT = re.compile(r"n['’]t$")


def findings(text: str) -> list[Finding]:
    """Return what the words of a text say: turns of phrase and emoticons first, then words."""
    text = _ADDRESS.sub(" ", text)
    found = []
    for pattern, value in (*IDIOMS, (_EMOTICON, 0.0)):
        for match in pattern.finditer(text):
            shown = match.group().strip()
            worth = value or lexicon().words.get(shown.lower(), 0.0)
            found += [Finding(shown, worth)] if worth else []
            text = text[: match.start()] + ",".ljust(match.end() - match.start()) + text[match.end() :]
    return found + list(_words(text))


def value_of(word: str) -> float:
    """Return what a lower-case word says: words of service first, then VADER's, then the names of emoji."""
    if word in SERVICE:
        return SERVICE[word]
    return lexicon().words.get(word, 0.0) if word.isascii() else sum(map(_emoji, word))


@cache
def _emoji(character: str) -> float:
    words = lexicon().words
    return sum(words.get(word, 0.0) for word in lexicon().emoji.get(character, "").split())


@dataclass(slots=True)
class _Negation:
    """A negation that has turned nothing round yet; what stands between is shown with it."""

    text: str
    left: int = REACH


def _words(text: str) -> Iterator[Finding]:
    but = _BUT.search(text)
    negation: _Negation | None = None
    boost = 1.0
    for match in _TOKEN.finditer(text):
        token, word = match.group(), match.group().lower().replace("’", "'")
        if _negates(word) or TURN.fullmatch(word):
            yield from _lacking(negation)
            negation, boost = _Negation(token) if _negates(word) else None, 1.0
            continue
        value = value_of(word) * boost * _contrast(but, match.start())
        boost = BOOSTED if word in BOOSTERS else 1.0
        if negation and word in REMEDIES:
            yield from _lacking(_Negation(f"{negation.text} {token}"))
            negation = None
        elif value and negation:
            yield Finding(f"{negation.text} {token}", -TURNED * value, negated=True)
            negation = None
        elif value:
            yield Finding(token, value)
        elif negation and word not in PASSED:
            negation = _Negation(f"{negation.text} {token}", negation.left - 1)
            if negation.left == 0:
                yield from _lacking(negation)
                negation = None
    yield from _lacking(negation)


def _negates(word: str) -> bool:
    return word in NEGATORS or _NOT.search(word) is not None


def _lacking(negation: _Negation | None) -> Iterator[Finding]:
    if negation is not None:
        yield Finding(negation.text.rstrip(" ,"), LACK, negated=True)


def _contrast(but: re.Match[str] | None, at: int) -> float:
    """Return what a word before or after "but" counts: what follows is what is meant."""
    return 1.0 if but is None else BEFORE_BUT if at < but.start() else AFTER_BUT
