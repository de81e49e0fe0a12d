"""What documents of Hangul (HWP and HWPX) share: numbered paragraphs, headings, notes, and signs of its own."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.decoding import clean
from knowledge.grids import Cell, to_rows
from knowledge.outline import Line, as_table

LONGEST_HEADING = 80
"""Characters: a longer paragraph of an outline is text that is numbered, not a heading."""

_HANGUL = "가나다라마바사아자차카타파하"
_JAMO = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_PHONETIC = "일이삼사오육칠팔구십"
_IDEOGRAPHS = "一二三四五六七八九十"
_STEMS, _STEM_IDEOGRAPHS = "갑을병정무기경신임계", "甲乙丙丁戊己庚辛壬癸"
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LISTED = {
    "CIRCLED_DIGIT": _CIRCLED,
    "LATIN_CAPITAL": _LATIN,
    "LATIN_SMALL": _LATIN.lower(),
    "CIRCLED_LATIN_CAPITAL": "".join(chr(0x24B6 + i) for i in range(26)),
    "CIRCLED_LATIN_SMALL": "".join(chr(0x24D0 + i) for i in range(26)),
    "HANGUL_SYLLABLE": _HANGUL,
    "CIRCLED_HANGUL_SYLLABLE": "".join(chr(0x326E + i) for i in range(14)),
    "HANGUL_JAMO": _JAMO,
    "CIRCLED_HANGUL_JAMO": "".join(chr(0x3260 + i) for i in range(14)),
    "HANGUL_PHONETIC": _PHONETIC,
    "IDEOGRAPH": _IDEOGRAPHS,
    "CIRCLED_IDEOGRAPH": "".join(chr(0x3280 + i) for i in range(10)),
    "DECAGON_CIRCLE": _STEMS,
    "DECAGON_CIRCLE_HANJA": _STEM_IDEOGRAPHS,
}
FORMATS = (
    "DIGIT CIRCLED_DIGIT ROMAN_CAPITAL ROMAN_SMALL LATIN_CAPITAL LATIN_SMALL CIRCLED_LATIN_CAPITAL CIRCLED_LATIN_SMALL "
    "HANGUL_SYLLABLE CIRCLED_HANGUL_SYLLABLE HANGUL_JAMO CIRCLED_HANGUL_JAMO HANGUL_PHONETIC IDEOGRAPH "
    "CIRCLED_IDEOGRAPH DECAGON_CIRCLE DECAGON_CIRCLE_HANJA"
).split()
"""The kinds of numbers by the code that HWP gives them."""

# Signs that Hangul keeps in the private planes: digits in boxes, and the quotation marks of its own fonts.
_OWN = str.maketrans(
    {0xF02B1 + i: f"{i + 1}. " for i in range(9)}
    | {0xF0852: "“", 0xF0853: "”", 0xF0854: "『", 0xF0855: "』", 0xF080F: "―"}
)
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_FIELD = re.compile(r"\^([1-9]|10)")


@dataclass(frozen=True, slots=True)
class Level:
    """How paragraphs of one level are numbered: ``text`` with ^1 for the number of level 1."""

    text: str = ""
    kind: str = "DIGIT"
    start: int = 1


@dataclass(slots=True)
class Numbers:
    """The numbers given so far, by list."""

    lists: dict[str, tuple[Level, ...]]
    _counts: dict[str, list[int]] = field(default_factory=dict)

    def next(self, key: str, level: int) -> str:
        """Return the number that the next paragraph of ``level``, from 0, has in a list, such as ``제1조``."""
        levels = self.lists.get(key, ())
        if level >= len(levels):
            return ""
        counts = self._counts.setdefault(key, [each.start - 1 for each in levels])
        counts[level] += 1
        counts[level + 1 :] = [each.start - 1 for each in levels[level + 1 :]]

        def number(found: "re.Match[str]") -> str:
            at = int(found[1]) - 1
            return written(max(counts[at], levels[at].start), levels[at].kind) if at < len(levels) else ""

        path = ".".join(str(max(count, 1)) for count in counts[: level + 1])
        return _FIELD.sub(number, levels[level].text.replace("^n", path).replace("^N", f"{path}."))


def written(number: int, kind: str) -> str:
    """Return a number as a list of this kind writes it."""
    if kind in _LISTED and 1 <= number <= len(_LISTED[kind]):
        return _LISTED[kind][number - 1]
    if kind.startswith("ROMAN") and number < 40:
        roman, left = "", number
        for value, sign in _ROMAN:
            roman += sign * (left // value)
            left %= value
        return roman.lower() if kind.endswith("SMALL") else roman
    return str(number)


def readable(text: str) -> str:
    """Return text without signs that only fonts of Hangul have."""
    return _PRIVATE.sub("", clean(text.translate(_OWN)).replace("\u00ad", ""))


def bullet(sign: str) -> str:
    """Return the sign of a bulleted paragraph as any font can show it."""
    return sign if sign and unicodedata.category(sign[0]) not in ("Co", "Cn", "Cc", "Cs") else "-"


def heading_level(text: str, level: int) -> int:
    """Return the level of a paragraph of an outline, or 0 where it is rather text: too long, or a sentence."""
    text = text.strip()
    if not text or len(text) > LONGEST_HEADING or "\n" in text or text.endswith(("다.", "요.", "음.", "함.", ";", ",")):
        return 0
    return level


def in_cell(lines: Sequence[Line]) -> str:
    """Return what a cell holds as one text; a table in it as lines."""
    return "\n".join(line.text for line in lines if line.text.strip()).strip()


def table_lines(cells: Sequence[tuple[Cell, list[Line]]]) -> list[Line]:
    """Return a table; one of a single cell is a frame, and what it holds is text as any other."""
    if len(cells) == 1:
        return cells[0][1]
    return as_table(to_rows(cell for cell, _ in cells))
