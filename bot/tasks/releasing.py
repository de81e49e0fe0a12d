"""Cuts what a model writes into sentences while it is written."""

import re

_END = re.compile(r"[.!?。…]+[\"'”’)]*(?:[ \t]*\[\d+\])*\s+(?=[^\s\[])|(?:[ \t]*\n)+\s*(?=[^\s\[])")
"""An end mark with its quotes and citations, or a line's end; only seen once the next sentence has begun."""

_NO_END = re.compile(
    r"(?:^|\n)\s*(?:\d{1,3}|[A-Za-z])\.$|\b(?:e\.g|i\.e|vs|etc|approx|Mr|Mrs|Ms|Dr|St|No|Inc|Ltd|Co)\.$", re.IGNORECASE
)
"""A list's number and an abbreviation end no sentence."""

_HELD = re.compile(r"```|^[ \t]*\|", re.MULTILINE)
"""Code and tables are no sentences: from there on the rest comes at once."""


class Sentences:
    """Feed it pieces of text; it gives back whole sentences, each with the white space before it.

    Joined, what ``feed`` and ``rest`` return is the text that went in.
    """

    def __init__(self) -> None:
        self._text = ""

    def feed(self, piece: str) -> list[str]:
        """Add a piece and return the sentences that are complete now."""
        self._text += piece
        found: list[str] = []
        while (cut := self._end()) and not ((held := _HELD.search(self._text)) and held.start() < cut):
            found.append(self._text[:cut])
            self._text = self._text[cut:]
        return found

    def rest(self) -> str:
        """Return what is left at the end of the text, and forget it."""
        rest, self._text = self._text, ""
        return rest

    def _end(self) -> int:
        """Return where the first sentence ends, before the white space; 0 where none is complete."""
        for match in _END.finditer(self._text, len(self._text) - len(self._text.lstrip())):
            sentence = self._text[: match.start() + len(match.group().rstrip())]
            upcoming = self._text[match.end()]
            if not _NO_END.search(sentence) and not _is_date(sentence, upcoming):
                return len(sentence)
        return 0


def _is_date(sentence: str, upcoming: str) -> bool:
    """Tell "2026. 11. 24. 까지" from the end of "... since 2024. The ..."."""
    return bool(re.search(r"\d\.$", sentence)) and not (upcoming.isupper() or upcoming in "\"'(\n-*•")
