"""VADER's lexicon of English words, emoticons and emoji (vaderSentiment, MIT): Hutto and Gilbert, ICWSM 2014."""

from functools import cache
from typing import NamedTuple


class Lexicon(NamedTuple):
    """Lower-case words and emoticons -> mean of ten people's ratings, -4 to 4; emoji -> their names."""

    words: dict[str, float]
    emoji: dict[str, str]


@cache
def lexicon() -> Lexicon:
    """Load the lexicon; some 20 ms, and only once."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # type: ignore[import-untyped]

    analyzer = SentimentIntensityAnalyzer()
    return Lexicon(analyzer.lexicon, analyzer.emojis)
