"""What a translation must keep: placeholders, code, links, addresses, numbers, names in Latin letters."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bot.quantities import quantities
from bot.quantity import Quantity
from knowledge.language import language_of

Kind = Literal["code", "placeholder", "link", "address", "number", "name"]

_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
_PLACEHOLDER = re.compile(
    r"\{\{\s*[^{}\n]{1,60}\s*\}\}|\$\{[^{}\n]{1,60}\}|\{[A-Za-z_][\w.]*(?:[:!][^{}\n]{0,20})?\}|\{\d*\}"
    r"|%\([A-Za-z_]\w*\)[sdif]|%(?:\d+\$)?[sdif@](?![A-Za-z])|</?[A-Za-z][\w-]*(?:\s[^<>\n]{0,200})?/?>|\[\[[^\[\]\n]{1,60}\]\]"
)
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]\"'“”‘’「」]+[^\s<>()\[\]\"'“”‘’「」.,;:!?가-힣]")
_ADDRESS = re.compile(r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_NAME = re.compile(r"\b(?:[A-Z][a-z]+[A-Z]\w*|[A-Z]{2,}[A-Za-z0-9-]*\d*|[A-Za-z]+\d[\w-]*|[A-Z][\w&.-]+)\b")

_COMMON = frozenset(("OK", "AM", "PM", "FAQ", "Q", "A", "I", "ID", "TV"))
"""Words in capitals that are translated, or written in the other language's way."""

_ABROAD = frozenset(("USA", "CEO", "CFO", "CTO", "NASA", "NEW", "THE", "AND", "FOR", "NOT", "ALL", "YOU"))
"""Words in capitals of English text that Korean has words of its own for."""

_SHOUTED = re.compile(r"\b[A-Z]{2,}(?:[ ,:&'/-]+[A-Z]{2,}){2,}\b")
"""Headings in capitals."""

_SMALL = frozenset("12")
"""Numbers that a translation may bring: "once", "both" and "II" are 1회, 2개, 2부."""

_ROMAN = re.compile(r"[IVX]+")


@dataclass(frozen=True, slots=True)
class Kept:
    """A part of a text that stands in its translation as it is; of a number, its value."""

    kind: Kind
    text: str


def kept_in(text: str) -> list[Kept]:
    """Return what of a text its translation must keep, in order, each as often as it stands there."""
    found = [*_verbatim(text)]
    rest = _masked(text)
    if language_of(text) == "ko":  # in Korean text, words in Latin letters are names; English ones are told by capitals
        names = (match[0] for match in re.finditer(r"\b[A-Za-z][A-Za-z0-9.&-]*[A-Za-z0-9]\b", rest))
        found += [Kept("name", name) for name in names if name not in _COMMON and _is_name(name)]
    else:
        words = (match[0].rstrip(".") for match in _NAME.finditer(_SHOUTED.sub(" ", rest)))
        found += [Kept("name", word) for word in words if _stands_as_name(word)]
    return [*found, *(Kept("number", number.text) for number in _numbers(rest))]


def missing_from(source: str, translation: str) -> list[Kept]:
    """Return what the translation should have kept and has not; an empty list where all is there."""
    gone = []
    counts = Counter(part for part in kept_in(source) if part.kind != "number")
    for part, times in counts.items():
        at_least = times if part.kind in ("placeholder", "code") else 1
        if _count(part, translation) < at_least:
            gone.append(part)
    return [*gone, *_numbers_gone(source, translation)]


def added_to(source: str, translation: str) -> list[str]:
    """Return numbers, links and addresses of the translation that the source does not have."""
    numbers = [
        q.text for q in _numbers_gone_of(_numbers(_masked(translation)), _numbers_and_words(_masked(source)), source)
    ]
    links = [
        part.text for part in _verbatim(translation) if part.kind in ("link", "address") and part.text not in source
    ]
    return [*links, *(number for number in numbers if not _digits(number).keys() <= _SMALL)]


def _verbatim(text: str) -> Iterator[Kept]:
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield Kept(kind, match[0])
        text = pattern.sub(lambda match: "\0" * len(match[0]), text)


_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("code", _CODE),
    ("link", _LINK),
    ("address", _ADDRESS),
    ("placeholder", _PLACEHOLDER),
)


def _masked(text: str) -> str:
    """Return the text without what is kept word for word; the numbers in it are no numbers of its own."""
    for _, pattern in _PATTERNS:
        text = pattern.sub(" ", text)
    return text


def _count(part: Kept, translation: str) -> int:
    if part.kind != "name":
        return translation.count(part.text)
    return len(re.findall(rf"(?<![A-Za-z0-9]){re.escape(part.text)}(?![A-Za-z0-9])", translation, re.IGNORECASE))


def _is_name(word: str) -> bool:
    return word[0].isupper() or any(character.isdigit() or character.isupper() for character in word)


def _stands_as_name(word: str) -> bool:
    """Tell a name of English text that keeps its letters: three capitals, digits or a capital within it. Names of
    people and places ("Kim", "Seoul", "McCarran", "US") are written in the other language's letters."""
    if word in _COMMON or word in _ABROAD or _ROMAN.fullmatch(word) or word.startswith(("Mc", "Mac")):
        return False
    if any(c.isdigit() for c in word):
        return any(c.isalpha() for c in word)
    return (len(word) > 2 and word.isupper() and word.isalpha()) or bool(re.search(r"[a-z][A-Z]", word))


# --- numbers ----------------------------------------------------------------------------------------------------------


_SCALED = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(thousand|million|billion|trillion)\b", re.IGNORECASE)
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}


def _numbers(text: str) -> list[Quantity]:
    """Return the numbers, dates and times with digits: those spelt out may be put in other words."""
    text = _SCALED.sub(_written_out, text)
    return [q for q in quantities(text) if any(c.isdigit() for c in q.text) and q.sort != "weekday"]


def _numbers_and_words(text: str) -> list[Quantity]:
    """Return the numbers, those spelt out too: "three days" keeps 3일."""
    return list(quantities(_SCALED.sub(_written_out, text)))


def _written_out(match: re.Match[str]) -> str:
    value = Decimal(match[1].replace(",", "")) * _SCALES[match[2].lower()]
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def _numbers_gone(source: str, translation: str) -> list[Kept]:
    wanted, there = _numbers(_masked(source)), _numbers_and_words(_masked(translation))
    return [Kept("number", q.text.strip()) for q in _numbers_gone_of(wanted, there, translation)]


def _numbers_gone_of(wanted: list[Quantity], there: list[Quantity], text: str) -> list[Quantity]:
    """Return the numbers that stand nowhere in the other text, neither by value nor by their digits."""
    digits = _digits(text)
    return [q for q in wanted if not any(_same(q, other) for other in there) and not _digits_of(q) <= digits]


def _same(one: Quantity, other: Quantity) -> bool:
    """Units are other words in the other language: the values decide."""
    if one.same(other):
        return True
    return one.sort == other.sort == "number" and bool(set(one.values) & set(other.values))


def _digits(text: str) -> Counter[str]:
    return Counter(run.replace(",", "") for run in re.findall(r"\d[\d,]*", text))


def _digits_of(quantity: Quantity) -> Counter[str]:
    return _digits(quantity.text)
