"""Golden questions as a table: to look at and fill in with a spreadsheet, to take from one place to another."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.database.columns import now
from bot.database.golden import Expects, Golden, NewGolden
from bot.errors import UserError
from bot.phrases import say
from knowledge.decoding import clean, decode
from knowledge.delimited import as_table, parse
from knowledge.errors import KnowledgeError
from knowledge.formulas import guarded
from knowledge.language import Language, language_of

MARK = "\ufeff"
"""Without it, Excel reads Korean in its own code page."""

LARGEST = 5_000_000
"""Bytes of a table that is read."""

MOST_TOLD = 20
"""Rows that could not be taken which are told one by one."""

COLUMNS: Final = ("question", "expects", "document", "passage", "language", "groups", "note")

HEADERS: Final = {
    "question": ("질문", "question"),
    "expects": ("기대", "expects"),
    "document": ("문서", "document"),
    "passage": ("항목", "entry", "passage", "key"),
    "language": ("언어", "language"),
    "groups": ("그룹", "groups", "audience"),
    "note": ("메모", "note"),
}
"""What each column may be called; the first is Korean, the second English."""

EXPECTS: Final[dict[str, Expects]] = {
    "항목": "entry",
    "이 항목": "entry",
    "entry": "entry",
    "답변": "answer",
    "답": "answer",
    "answer": "answer",
    "답하지 않음": "none",
    "답 없음": "none",
    "없음": "none",
    "none": "none",
    "no answer": "none",
}
LANGUAGES: Final[dict[str, Language]] = {
    "ko": "ko",
    "한국어": "ko",
    "korean": "ko",
    "en": "en",
    "영어": "en",
    "english": "en",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not taken, by its number in the table, and why: the name of a phrase."""

    row: int
    phrase: str
    values: dict[str, object]


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a table."""

    added: tuple[int, ...]
    known: int
    refused: tuple[Refusal, ...]


def table_of(questions: Sequence[Golden], language: Language) -> bytes:
    """Return them as CSV that Excel opens as it is; no cell is taken for a formula."""
    place = 0 if language == "ko" else 1
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([HEADERS[name][place] for name in COLUMNS])
    for one in questions:
        cells = [
            one.question,
            say(f"golden.csv.{one.expects}", language),
            one.document or "",
            one.key or "",
            one.language,
            ", ".join(sorted(one.audience)),
            one.note,
        ]
        writer.writerow([guarded(cell) for cell in cells])
    return (MARK + file.getvalue()).encode()


def cells_in(data: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a table in UTF-8, UTF-16 or CP949, each with its number and its cells by what they are.

    Raises:
        UserError: it is too large, no table, or has no column of questions.
    """
    rows = _rows(data)
    places = _places(rows[0] if rows else [])
    if "question" not in places:
        raise UserError("golden.csv.no_question")
    for number, row in enumerate(rows[1:], 2):
        cells = {name: row[place].strip() if place < len(row) else "" for name, place in places.items()}
        if any(cells.values()):
            yield number, cells


def told(imported: Imported, language: Language) -> list[str]:
    """Return what became of a table, sentence by sentence."""
    lines = [say("golden.csv.done", language, added=len(imported.added), known=imported.known)]
    lines += [
        say("golden.csv.row", language, row=each.row, why=say(each.phrase, language, **each.values))
        for each in imported.refused[:MOST_TOLD]
    ]
    if len(imported.refused) > MOST_TOLD:
        lines.append(say("golden.csv.more", language, count=len(imported.refused) - MOST_TOLD))
    return lines


def file_name(language: Language) -> str:
    """Return what the table is called."""
    return f"{say('golden.title', language)} {now():%Y-%m-%d}.csv"


def _rows(data: bytes) -> list[list[str]]:
    if len(data) > LARGEST:
        raise UserError("golden.csv.large", limit=LARGEST // 1_000_000)
    try:
        text = clean(decode(data).text).strip("\n")
    except KnowledgeError as error:
        raise UserError("golden.csv.unreadable") from error
    table = as_table(text)
    return table.rows if table is not None else parse(text, ",")


def _places(header: Sequence[str]) -> dict[str, int]:
    """Return in which column each thing stands."""
    called = {word.casefold(): name for name, words in HEADERS.items() for word in words}
    found: dict[str, int] = {}
    for place, cell in enumerate(header):
        name = called.get(cell.strip().casefold())
        if name is not None:
            found.setdefault(name, place)
    return found


def golden_of(cells: dict[str, str], documents: dict[str, int]) -> NewGolden:
    """Return what a row says; ``documents`` are their numbers by name.

    Raises:
        UserError: it expects what there is not.
    """
    said = cells.get("expects", "").casefold()
    expects: Expects = "entry" if not said and cells.get("passage") else "answer"
    if said:
        if said not in EXPECTS:
            raise UserError("golden.csv.expects", said=cells["expects"][:40])
        expects = EXPECTS[said]
    document = documents.get(cells.get("document", ""))
    if expects == "entry" and document is None:
        raise UserError("golden.csv.no_document", name=cells.get("document", "")[:100] or "-")
    return NewGolden(
        cells["question"],
        expects,
        LANGUAGES.get(cells.get("language", "").casefold(), language_of(cells["question"])),
        document,
        cells.get("passage") or None,
        frozenset(_groups(cells.get("groups", ""))),
        cells.get("note", ""),
    )


def _groups(cell: str) -> Iterator[str]:
    for each in cell.replace(";", ",").split(","):
        if each.strip():
            yield each.strip()[:150]
