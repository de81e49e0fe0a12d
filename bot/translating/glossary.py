"""The company's own words: how a term is called in the other language, from a CSV file of two columns."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.errors import UserError
from knowledge.decoding import decode
from knowledge.entries import UnreadableError
from knowledge.language import Language, language_of

MOST_TERMS = 20_000
LARGEST = 5_000_000
"""Bytes of a glossary."""

_KOREAN_HEADS = frozenset({"ko", "kor", "korean", "한국어", "한글", "국문", "우리말", "원문(한국어)"})
_ENGLISH_HEADS = frozenset({"en", "eng", "english", "영어", "영문", "영어명"})


@dataclass(frozen=True, slots=True)
class Term:
    """One term in both languages."""

    ko: str
    en: str

    def said(self, language: Language) -> str:
        """Return the term in a language."""
        return self.ko if language == "ko" else self.en


def read_glossary(path: Path) -> tuple[Term, ...]:
    """Return the terms of a file: CSV or TSV, in UTF-8, UTF-16 or CP949; which column is which language is told by the
    header, else by the letters.

    Raises:
        UserError: it cannot be read, is too large, or holds no term.
    """
    try:
        stamp = path.stat().st_mtime_ns
        if path.stat().st_size > LARGEST:
            raise UserError("translate.glossary_large", file=path, limit=LARGEST // 1_000_000)
        return _read(path, stamp)
    except OSError as error:
        raise UserError("translate.glossary_gone", file=path, reason=error.strerror or type(error).__name__) from error


@lru_cache(maxsize=8)
def _read(path: Path, stamp: int) -> tuple[Term, ...]:  # noqa: ARG001 - a changed file is read anew
    try:
        terms = parsed(decode(path.read_bytes()).text)
    except (UnreadableError, csv.Error) as error:
        raise UserError("translate.glossary_broken", file=path) from error
    if not terms:
        raise UserError("translate.glossary_empty", file=path)
    return terms


def parsed(text: str) -> tuple[Term, ...]:
    """Return the terms of a table; rows without a word in each language are left out."""
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    delimiter = "\t" if first.count("\t") else ";" if first.count(";") > first.count(",") else ","
    rows = [row for row in csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter) if len(row) > 1]
    if not rows:
        return ()
    heads = [cell.strip().lower() for cell in rows[0]]
    korean = next((at for at, head in enumerate(heads) if head in _KOREAN_HEADS), None)
    english = next((at for at, head in enumerate(heads) if head in _ENGLISH_HEADS), None)
    body = rows[1:] if korean is not None or english is not None else rows
    found = (_term(row, korean, english) for row in body[:MOST_TERMS])
    return tuple(dict.fromkeys(term for term in found if term is not None))


def _term(row: Sequence[str], korean: int | None, english: int | None) -> Term | None:
    cells = [" ".join(cell.split()) for cell in row]
    if korean is not None and english is not None and max(korean, english) < len(cells):
        pair = cells[korean], cells[english]
    else:
        pair = (cells[0], cells[1]) if language_of(cells[0]) == "ko" else (cells[1], cells[0])
    return Term(*pair) if pair[0] and pair[1] and len(pair[0]) <= 100 and len(pair[1]) <= 100 else None


def terms_in(text: str, terms: Sequence[Term]) -> list[Term]:
    """Return the terms that a text holds, longest first; a shorter one within a longer one is not meant."""
    language: Language = language_of(text)
    found: list[Term] = []
    rest, lowered = text, text.lower()
    likely = [term for term in terms if term.said(language).lower().partition(" ")[0] in lowered]
    for term in sorted(likely, key=lambda term: -len(term.said(language))):
        pattern = _pattern(term.said(language), language)
        if pattern.search(rest):
            found.append(term)
            rest = pattern.sub("\0", rest)
    return found


def not_applied(source: str, translation: str, terms: Sequence[Term]) -> list[Term]:
    """Return the terms of the source whose other name the translation does not have."""
    other: Language = "en" if language_of(source) == "ko" else "ko"
    return [term for term in terms_in(source, terms) if not _pattern(term.said(other), other).search(translation)]


def _pattern(word: str, language: Language) -> re.Pattern[str]:
    escaped = re.escape(word).replace(r"\ ", r"\s+")
    if language == "ko":
        return re.compile(escaped)
    return re.compile(rf"(?<![A-Za-z]){escaped}(?:s|es)?(?![A-Za-z])", re.IGNORECASE)
