"""A text as the opinions in it: the items of a list each by itself, a long text piece by piece."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from bot.sentiment.reading import LONGEST, MOST_REASONS, Sentiment, label_of, read

_MARK = re.compile(r"\s*(?:[-*•·▪◦‣–]|\(?\d{1,4}[.)](?!\d)|[①-⑳])\s*(?=\S)")
LISTED = 0.6
"""Share of the lines of a list that begin with a mark or a number; the others go on with the line above."""

_MANY = re.compile(
    r"각각|각\s(?:줄|후기|리뷰|의견|댓글)|하나씩|한 ?줄씩|줄마다|(?:리뷰|후기|댓글|의견|피드백|응답|문의|평가)들"
    r"|\beach\b|\bone by one\b|\bline by line\b|\b(?:reviews|comments|responses|tweets|opinions|answers|messages)\b",
    re.IGNORECASE,
)
SHORTEST_MANY = 2


def opinions(text: str, order: str = "") -> list[str]:
    """Return the opinions in a text: the items of its list, its lines where ``order`` speaks of many; else the text."""
    lines = [line for line in text.splitlines() if line.strip()]
    marked = sum(_MARK.match(line) is not None for line in lines)
    if marked >= SHORTEST_MANY and marked >= LISTED * len(lines):
        return _items(lines)
    if len(lines) >= SHORTEST_MANY and _MANY.search(order):
        return [line.strip() for line in lines]
    return [text.strip()]


def _items(lines: Sequence[str]) -> list[str]:
    items: list[list[str]] = []
    for line in lines:
        mark = _MARK.match(line)
        if mark is not None or not items:
            items.append([line[mark.end() if mark else 0 :].strip()])
        else:
            items[-1].append(line.strip())
    return [" ".join(item) for item in items]


def read_whole(text: str) -> Sentiment:
    """Return the mood of a text of any length; of a long one each piece counts by its length."""
    pieces = list(_pieces(text))
    if len(pieces) == 1:
        return read(text)
    moods = [read(piece) for piece in pieces]
    total = sum(map(len, pieces))
    score = round(sum(mood.score * len(piece) for mood, piece in zip(moods, pieces, strict=True)) / total, 3)
    side = [mood for mood in moods if mood.score * score > 0]
    told = Counter(chain.from_iterable(mood.reasons for mood in side))
    languages = Counter(mood.language for mood in moods)
    reasons = tuple(reason for reason, _ in told.most_common(MOST_REASONS))
    return Sentiment(label_of(score), score, reasons, _aspects(moods), languages.most_common(1)[0][0])


def _aspects(moods: Sequence[Sentiment]) -> dict[str, float]:
    scores: dict[str, list[float]] = {}
    for mood in moods:
        for name, score in mood.aspects.items():
            scores.setdefault(name, []).append(score)
    return {name: round(sum(some) / len(some), 3) for name, some in scores.items()}


def _pieces(text: str) -> Iterator[str]:
    """Yield the text in pieces that are read whole, cut at the end of a line or a sentence where there is one."""
    start = 0
    while len(text) - start > LONGEST:
        window = text[start : start + LONGEST]
        half = LONGEST // 2
        cut = max(
            window.rfind("\n", half), window.rfind(". ", half), window.rfind("? ", half), window.rfind("! ", half)
        )
        end = start + (cut + 1 if cut > 0 else LONGEST)
        yield text[start:end]
        start = end
    yield text[start:]
