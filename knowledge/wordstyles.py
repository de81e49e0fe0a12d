"""What the styles and lists of a Word document say: which paragraphs are headings, and how they are numbered."""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from knowledge.numbering import Level, Numbers
from knowledge.xmltree import attribute, local

_TITLE = re.compile(r"^(?:Title|제목|문서 ?제목|표제)$", re.IGNORECASE)
_NAMED = re.compile(r"^(?:Heading|제목|개요) ?([1-9])$", re.IGNORECASE)
_FIELD = re.compile(r"%([1-9])")
_FORMATS = {
    "decimalEnclosedCircle": "CIRCLED_DIGIT", "decimalEnclosedCircleChinese": "CIRCLED_DIGIT",
    "upperRoman": "ROMAN_CAPITAL", "lowerRoman": "ROMAN_SMALL", "upperLetter": "LATIN_CAPITAL",
    "lowerLetter": "LATIN_SMALL", "ganada": "HANGUL_SYLLABLE", "chosung": "HANGUL_JAMO",
    "koreanDigital": "HANGUL_PHONETIC", "koreanDigital2": "IDEOGRAPH", "koreanLegal": "HANGUL_PHONETIC",
    "koreanCounting": "HANGUL_PHONETIC", "ideographDigital": "IDEOGRAPH", "chineseCounting": "IDEOGRAPH",
    "ideographTraditional": "DECAGON_CIRCLE_HANJA", "ideographEnclosedCircle": "CIRCLED_IDEOGRAPH",
}  # fmt: skip
MOST_BASED = 20
"""Styles that are based on one another."""


@dataclass(slots=True)
class Styles:
    """Of each paragraph style its level as a heading, 1 for the title of the document, and its list.

    ``based``: on which other style each is based, whose level and list it then has.
    """

    levels: dict[str, int] = field(default_factory=dict)
    lists: dict[str, tuple[str, int]] = field(default_factory=dict)
    based: dict[str, str] = field(default_factory=dict)
    default: str = ""

    def level(self, key: str) -> int:
        """Return the level of the headings of a style, 0 where it has none of its own nor from another."""
        for _ in range(MOST_BASED):
            if key in self.levels:
                return self.levels[key]
            key = self.based.get(key, "")
        return 0

    def list_of(self, key: str) -> tuple[str, int]:
        """Return the list and the level in it of a style."""
        for _ in range(MOST_BASED):
            if key in self.lists:
                return self.lists[key]
            key = self.based.get(key, "")
        return "", 0


def read_styles(root: Element) -> Styles:
    """Return what the styles say: headings by their names in Korean and English, or by their outline level."""
    styles = Styles()
    for style in root:
        if local(style) != "style" or attribute(style, "type") != "paragraph":
            continue
        key, named = attribute(style, "styleId"), 0
        if attribute(style, "default") in ("1", "true"):
            styles.default = key
        for about in style.iter():
            value, name = attribute(about, "val").strip(), local(about)
            if name == "basedOn":
                styles.based[key] = value
            elif name == "name":
                found = _NAMED.match(value)
                named = int(found[1]) + 1 if found else int(bool(_TITLE.match(value)))
            elif name == "outlineLvl" and value.isdecimal():
                styles.levels[key] = int(value) + 2 if int(value) < 9 else 0
            elif name == "numId":
                styles.lists[key] = (value, styles.lists.get(key, ("", 0))[1])
            elif name == "ilvl" and value.isdecimal():
                styles.lists[key] = (styles.lists.get(key, ("", 0))[0], int(value))
        if named:
            styles.levels[key] = named
    return styles


def read_lists(root: Element | None) -> tuple[Numbers, dict[str, str]]:
    """Return how lists are numbered, by what a paragraph calls them, and which of them share their numbers."""
    kinds: dict[str, tuple[Level, ...]] = {}
    numbers, shared = Numbers({}), {}
    for item in root if root is not None else ():
        if local(item) == "abstractNum":
            kinds[attribute(item, "abstractNumId")] = tuple(_level(each) for each in item if local(each) == "lvl")
        elif local(item) == "num":
            key = attribute(item, "numId")
            kind = next((attribute(each, "val") for each in item if local(each) == "abstractNumId"), "")
            own = any(local(each) == "startOverride" for each in item.iter())
            shared[key] = f"{kind} {key}" if own else kind
            numbers.lists[shared[key]] = kinds.get(kind, ())
    return numbers, shared


def _level(item: Element) -> Level:
    about = {local(each): attribute(each, "val") for each in item}
    start, kind = about.get("start", "1"), about.get("numFmt", "decimal")
    text = _FIELD.sub(r"^\1", about.get("lvlText", ""))
    return Level(
        "" if kind == "none" else text,
        "BULLET" if kind == "bullet" else _FORMATS.get(kind, "DIGIT"),
        int(start) if start.isdecimal() and len(start) < 6 else 1,
    )
