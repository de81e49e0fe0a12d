"""Where a line was broken: between two words, inside one, or at a hyphen; told by the document's own words."""

import re
from collections import Counter
from collections.abc import Iterable

HYPHEN = "\ufffe"
"""What the reader of PDF files writes for a hyphen at the end of a line."""

LEARNED = 300_000
"""Characters of a document from which it is learned what stands at the beginnings and ends of its words."""

FEWEST = 4
"""Times that two letters must have been seen for them to tell more than one of them does."""

LONG = 14
"""Characters of a line that may have been broken at the margin."""

SPACED_RATE = 0.1
"""The share of such lines that end with a space where a program keeps the space at which it breaks."""

BOUND_RATE = 0.04
"""Lines may be broken inside words where at least this share of them begins with what cannot begin a word."""

_QUOTES = ("'", '"')
_WORD = re.compile(r"[0-9A-Za-z가-힣]+")
_HANGUL = re.compile("[가-힣]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_HYPHENATED = re.compile(rf"([^\W\d_]+){HYPHEN}\s*([^\W\d_]+)")
# What cannot begin a word of Korean: particles and endings, up to the end of the word.
_BOUND = re.compile(
    r"^(?:을|를|은|는|의|에|에서|에게|으로|로|로서|로써|와|과|도|까지|부터|마다|보다|처럼|이나|이며|이고|이다|입니다|습니다|니다|"
    r"됩니다|합니다|한다|된다|하는|하여|하고|하며|하면|되는|되어|되며|됨|여야|어야|라고|이라고|였다|었다|았다|다|였습니다|었습니다|"
    r"았습니다|시오|십시오|세요|까요|나요|가요|이란)(?=$|[\s.,;:!?)\]」』”’])"
)


class Breaks:
    """Joins lines of one document."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: set[str] = set()
        self._ends: dict[str, list[int]] = {}
        self._begins: dict[str, list[int]] = {}
        seen: Counter[tuple[str, str, str]] = Counter()
        spaced = full = bound = learned = 0
        for line in lines:
            if learned < LEARNED:
                learned += len(line)
                self._words.update(word.casefold() for word in _WORD.findall(line)[1:-1])
                text = " ".join(line.split())
                seen.update(zip(text, text[1:], text[2:], strict=False))
            if len(line) >= LONG and _HANGUL.search(line):
                full += 1
                spaced += line.endswith(" ")
                bound += bool(_BOUND.match(line))
        self._learn(seen)
        # Where some lines end with the space at which they were broken, those without one were broken inside a word.
        self._keeps_spaces = spaced > 0 and spaced >= SPACED_RATE * full
        self._inside_words = bound >= 2 and bound >= BOUND_RATE * full

    def _learn(self, seen: "Counter[tuple[str, str, str]]") -> None:
        """Count how often one and two letters are followed, and preceded, by a space."""
        gaps, spaces = 4, 1  # as Korean has them, where there is nothing to learn from
        for (first, second, third), count in seen.items():
            if second != " ":
                for key in (second, first + second):
                    _count(self._ends, key, count, spaced=third == " ")
                for key in (second, second + third):
                    _count(self._begins, key, count, spaced=first == " ")
                gaps += count
                spaces += count * (third == " ")
        self._odds = max(0.02, spaces / gaps) / max(0.02, 1 - spaces / gaps)

    def join(self, before: str, after: str) -> str:
        """Return two lines as one."""
        if before.endswith(HYPHEN):
            return before + after.lstrip()
        if before[-1:].isspace() or after[:1].isspace():
            return f"{before.rstrip()} {after.lstrip()}"
        if before.endswith(("-", "\u00ad", "\u2010")) and before[-2:-1].isalpha() and after[:1].islower():
            return before[:-1] + HYPHEN + after
        return before + after if self._inside_a_word(before, after) else f"{before} {after}"

    def room(self, before: str, word: float, size: float) -> float:
        """Return how much space a full line may have left, in points: the next word, or a sign of it, did not fit."""
        inside = self._keeps_spaces and not before[-1:].isspace() and _HANGUL.match(before[-1:])
        return 1.05 * size if inside else max(word, size)

    def clean(self, text: str) -> str:
        """Return a paragraph with the hyphens that only lines had taken out, and those of the words themselves kept."""
        return _HYPHENATED.sub(self._hyphenated, text).replace(HYPHEN, "-").strip()

    def _hyphenated(self, found: "re.Match[str]") -> str:
        first, second = found[1], found[2]
        whole = (first + second).casefold()
        apart = {first.casefold(), second.casefold()} <= self._words and min(len(first), len(second)) > 2
        return f"{first}-{second}" if apart and whole not in self._words else first + second

    def _inside_a_word(self, before: str, after: str) -> bool:
        last, first = before[-1:], after[:1]
        if first in _QUOTES:
            return before.count(first) % 2 == 1  # it closes what was opened
        if last in _QUOTES:
            return before.count(last) % 2 == 1 or bool(_HANGUL.match(first))
        if last == "-":
            return not before[-2:-1].isspace()
        if not (_HANGUL.match(last) or _HANGUL.match(first)) or (_LATIN.match(last) and _LATIN.match(first)):
            return False
        if self._keeps_spaces and _HANGUL.match(last):
            return True
        if _HANGUL.match(last) and _HANGUL.match(first) and not self._inside_words:
            return False
        if self._inside_words and _BOUND.match(after):
            return True
        odds = _odds(self._ends, before[-2:], last) * _odds(self._begins, after[:2], first) / self._odds
        return odds < (1.0 if self._inside_words else 0.2)


def _count(counts: dict[str, list[int]], key: str, count: int, *, spaced: bool) -> None:
    found = counts.setdefault(key, [0, 0])
    found[0] += count * spaced
    found[1] += count


def _odds(counts: dict[str, list[int]], both: str, one: str) -> float:
    """Return how much more often a space stands there than none, by two letters where they are known, else by one."""
    spaced, total = counts.get(both, (0, 0))
    if total < FEWEST:
        spaced, total = counts.get(one, (0, 0))
    return (spaced + 0.5) / (total - spaced + 0.5)
