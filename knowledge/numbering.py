"""The numbers of paragraphs in lists as programs give them: 1. ① 가. ㄱ. 제1조 IV."""

import re
import unicodedata
from dataclasses import dataclass, field

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


def bullet(sign: str) -> str:
    """Return the sign of a bulleted paragraph as any font can show it."""
    return sign if sign and unicodedata.category(sign[0]) not in ("Co", "Cn", "Cc", "Cs") else "-"
