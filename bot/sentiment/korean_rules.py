"""What the words of a Korean text say of liking, and which of them a negation turns round: 늦지 않았다, 추천 안 한다.

Every negation looks for the nearest word with a polarity in its clause and turns that one round. One that finds none
says that something is lacking (답변이 없다, 작동이 안 된다), which is seldom praise.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from bot.sentiment.finding import Finding
from bot.sentiment.korean_words import DISLIKED, IDIOMS, LIKED, NOT_NEGATED, OF_SERVICE, REMEDIES

LACK = -0.1
"""What a negation is worth that turns no word round, in log odds like all values."""

PLAIN = 0.3
TURNED = 1.2
"""A word as it stands, and one that is turned round, which the model of n-grams mostly reads the wrong way."""

SERVICE = 3.0
"""How many times a word of service counts."""

AHEAD = 3
"""Characters between 안, 못 and the word after them that they turn round."""

_FILLER = re.compile(
    r"(?<=\s)(?:단\s)?(?:한\s?번도?|하나도?|한\s?[개곳명]도?|전혀|거의|아무런?|별로|절대로?|결코|그다지|조금도|정말|진짜|크게)\s"
)
_BETWEEN = re.compile(r"\S{0,4}\s?\S{0,5}\s?|\S{0,3}\s(?:점|적|것|거|게|데|곳|일|부분|구석|느낌|사람|분)\S{0,2}\s?")
"""What may stand between a word and the negation after it, fillers left out: an ending, a particle, a light noun."""

_JOINT = r"[는은한던운쁜린픈싼큰긴]데|지만|니까|면서|더니|해서|라서|어서|아서|고|으나|며"
_BREAK = re.compile(rf"[.,!?;~…\n]|(?<=[가-힣])(?:{_JOINT})(?=\s)")
_LONG = r"(?:지(?:는|도|가|를|만은|조차)?|[진질])\s?(?:않|못|아니)|지(?:는|도|가|를)?\s안"
_SHORT = r"(?<![가-힣])(?:안|못)(?=\s[가-힣]|[되돼된됩됐될와왔맞받샀산살써쓰했해할했합팔나남들열켜])"
_NOTHING = r"없|(?<=[이가은는도])\s?아(?:니(?!라)|닙|닌|녜)|(?<=\s)아(?:니(?!라)|닙|닌)"
_NEGATION = re.compile(f"(?P<long>{_LONG})|(?P<short>{_SHORT})|(?P<nothing>{_NOTHING})")
_TWICE = re.compile(r"않을\s?수[가는도]?\s?없|(?:안|못)\s\S+\s수[가는도]?\s?없")
_BOTH = dict.fromkeys(LIKED, 1.0) | dict.fromkeys(DISLIKED, -1.0)


@dataclass(slots=True)
class _Word:
    start: int
    end: int
    value: float
    until: int = 0
    turns: int = 0


def read(text: str) -> tuple[list[Finding], str]:
    """Return what the words of a text say, in order, and the text without the stretches that a negation turned round.

    What is left is for the model of n-grams, which would read those the wrong way. ``text`` is NFC and has no runs.
    """
    found: list[tuple[int, Finding]] = []
    text = _without_idioms(text, found)
    words = list(_words(text))
    breaks = [match.end() for match in _BREAK.finditer(text)]
    for match in _NEGATION.finditer(text):
        if NOT_NEGATED.search(text, max(0, match.start() - 3), match.end() + 6):
            continue
        if any(word.start <= match.start() < word.end for word in words):
            continue  # 재미없다 is a word of its own
        word = _target(words, match, breaks)
        end = _end_of_word(text, match.end() + (match["short"] is not None))
        if word is not None:
            word.turns += 1 if not _TWICE.match(text, match.start()) else 0
            word.start, word.until = min(word.start, match.start()), max(word.until, end)
        else:
            start = text.rfind(" ", 0, max(0, match.start() - 1)) + 1
            found.append((match.start(), Finding(text[start:end].strip(), LACK, negated=True)))
    found += [(word.start, _finding(text, word)) for word in words]
    for word in words:
        if word.turns % 2:
            text = _FILLER.sub(" ", _blank(text, word.start, max(word.until, _end_of_word(text, word.end))))
    return [finding for _, finding in sorted(found, key=lambda each: each[0])], text


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _without_idioms(text: str, found: list[tuple[int, Finding]]) -> str:
    """Move the turns of phrase from the text to ``found``, spaces in their place."""
    for pattern, value in _idioms():
        for match in pattern.finditer(text):
            end = _end_of_word(text, match.end())
            found.append((match.start(), Finding(text[match.start() : end], value, negated=True)))
            text = _blank(text, match.start(), end)
    return text


@cache
def _idioms() -> Sequence[tuple[re.Pattern[str], float]]:
    return [(re.compile(pattern), value) for pattern, value in IDIOMS]


@cache
def _word_pattern() -> re.Pattern[str]:
    longest_first = sorted(_BOTH, key=len, reverse=True)
    alone = "|".join(word for word in longest_first if len(word) == 1)
    longer = "|".join(map(re.escape, (word for word in longest_first if len(word) > 1)))
    return re.compile(f"{longer}|(?<![가-힣])(?:{alone})")


def _words(text: str) -> Iterator[_Word]:
    for match in _word_pattern().finditer(text):
        word = match.group()
        yield _Word(match.start(), match.end(), _BOTH[word] * (SERVICE if word in OF_SERVICE else 1.0))


def _target(words: Sequence[_Word], negation: re.Match[str], breaks: Sequence[int]) -> _Word | None:
    """Return the word that a negation turns round: the one after 안 and 못, else the nearest before it."""
    at, end = negation.span()
    after = next((w for w in words if w.start >= end and w.start - end <= AHEAD), None)
    if negation["short"] and after is not None and not _broken(breaks, end, after.start):
        return after
    before = next((w for w in reversed(words) if w.end <= at), None)
    text = negation.string
    if (
        before is None
        or _broken(breaks, before.end, at)
        or not _BETWEEN.fullmatch(_FILLER.sub("", text[before.end : at]))
    ):
        return None
    return None if before.value < 0 and REMEDIES.search(text, before.end, _end_of_word(text, end + 1)) else before


def _broken(breaks: Sequence[int], start: int, end: int) -> bool:
    return any(start < place <= end for place in breaks)


def _finding(text: str, word: _Word) -> Finding:
    turned = word.turns % 2 == 1
    end = max(_end_of_word(text, word.end), word.until)
    return Finding(
        text[word.start : end].rstrip(".,!?~ "),
        -math.copysign(TURNED, word.value) if turned else word.value * PLAIN,
        turned,
    )


def _end_of_word(text: str, start: int) -> int:
    return next(chain((at for at in range(start, len(text)) if text[at] in " \n.,!?~"), [len(text)]))
