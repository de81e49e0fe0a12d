"""Where a line was broken: between two words, inside one, or at a hyphen; told by the document's own words."""

import re
from collections.abc import Iterable

HYPHEN = "\ufffe"
"""What the reader of PDF files writes for a hyphen at the end of a line."""

_WORD = re.compile(r"[0-9A-Za-z가-힣]+")
_HANGUL = re.compile("[가-힣]")
_HYPHENATED = re.compile(rf"([^\W\d_]+){HYPHEN}\s*([^\W\d_]+)")
# What cannot begin a word of Korean: particles and endings, up to the end of the word.
_BOUND = re.compile(
    r"^(?:을|를|은|는|의|에|에서|에게|께|으로|로|로서|로써|와|과|도|만|까지|부터|마다|보다|처럼|이나|이며|이고|이다|입니다|"
    r"습니다|니다|됩니다|합니다|한다|된다|하는|하여|하고|하며|하면|되는|되어|되며|된|할|한|될|함|됨|여야|어야|아야|라고|이라고|"
    r"였다|었다|았다|였습니다|었습니다|았습니다|시오|십시오|세요|까요|나요|가요|이란|란)(?=$|[\s.,;:!?)\]」』”’])"
)
# What ends a word and is rarely inside of one.
_ENDS = re.compile(
    r"(?:을|를|에서|에게|으로|까지|부터|하는|하여|하고|하며|되는|되어|되며|한다|된다|니다|[.,;:!?)\]」』”’])$"
)


class Breaks:
    """Joins lines of one document."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: set[str] = set()
        spaced = wrapped = 0
        for line in lines:
            words = _WORD.findall(line)
            self._words.update(word.casefold() for word in words[1:-1])
            if len(line) > 20 and _HANGUL.search(line):
                wrapped += 1
                spaced += line.endswith(" ")
        # Where some lines end with the space at which they were broken, those without one were broken inside a word.
        self._keeps_spaces = spaced >= 3 and spaced >= 0.15 * wrapped

    def join(self, before: str, after: str) -> str:
        """Return two lines as one."""
        if before.endswith(HYPHEN):
            return before + after.lstrip()
        if before[-1:].isspace() or after[:1].isspace():
            return f"{before.rstrip()} {after.lstrip()}"
        if before.endswith(("-", "\u00ad", "\u2010")) and before[-2:-1].isalpha() and after[:1].islower():
            return before[:-1] + HYPHEN + after
        return before + after if self._inside_a_word(before, after) else f"{before} {after}"

    def clean(self, text: str) -> str:
        """Return a paragraph with the hyphens that only lines had taken out, and those of the words themselves kept."""
        return _HYPHENATED.sub(self._hyphenated, text).replace(HYPHEN, "-").strip()

    def _hyphenated(self, found: "re.Match[str]") -> str:
        first, second = found[1], found[2]
        whole = (first + second).casefold()
        apart = {first.casefold(), second.casefold()} <= self._words and min(len(first), len(second)) > 2
        return f"{first}-{second}" if apart and whole not in self._words else first + second

    def _inside_a_word(self, before: str, after: str) -> bool:
        if not _HANGUL.match(before[-1:]) or not _HANGUL.match(after[:1]):
            return False
        if self._keeps_spaces:
            return True
        ending, beginning = _WORD.findall(before)[-1], _WORD.findall(after)[0]
        if ending + beginning in self._words:
            return True
        if ending in self._words and beginning in self._words:
            return False
        return bool(_BOUND.match(after)) and not _ENDS.search(before)
