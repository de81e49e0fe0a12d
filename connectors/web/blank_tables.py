"""Empty FAQ tables to fill in: the columns that are read, with two rows that show how."""

from dataclasses import dataclass
from typing import Literal

from bot.phrases import say
from knowledge.language import Language
from knowledge.writing import CSV_TYPE, XLSX_TYPE, csv_bytes, xlsx_bytes

Format = Literal["csv", "xlsx"]

_ROWS: dict[Language, list[list[str]]] = {
    "ko": [
        ["ID", "분류", "질문", "답변", "유사 질문", "열람 대상", "시작일", "종료일"],
        [
            "delivery",
            "배송",
            "배송비는 얼마인가요?",
            "배송비는 3,000원이며 50,000원 이상 주문하시면 무료입니다.",
            "택배비 얼마예요?; 무료 배송 기준이 뭔가요?",
            "전체",
            "",
            "",
        ],
        [
            "leave",
            "인사",
            "연차는 며칠까지 이월되나요?",
            "연차는 5일까지 다음 해로 이월됩니다.",
            "남은 연차를 내년에 쓸 수 있나요?",
            "직원",
            "2026-01-01",
            "2026-12-31",
        ],
    ],
    "en": [
        ["ID", "Category", "Question", "Answer", "Similar questions", "Audience", "Valid from", "Valid until"],
        [
            "delivery",
            "Delivery",
            "How much is delivery?",
            "Delivery costs 3,000 won and is free from 50,000 won.",
            "What does shipping cost?; When is delivery free?",
            "everyone",
            "",
            "",
        ],
        [
            "leave",
            "People",
            "How many days of leave carry over?",
            "Up to 5 days of leave carry over to the next year.",
            "Can I use my leave next year?",
            "staff",
            "2026-01-01",
            "2026-12-31",
        ],
    ],
}
_COLUMNS = ("key", "category", "question", "answer", "aliases", "audience", "from", "until")
_NEEDED = ("question", "answer")
_NAMES: dict[Language, str] = {"ko": "FAQ 양식", "en": "FAQ template"}


@dataclass(frozen=True, slots=True)
class BlankTable:
    """A file to download."""

    name: str
    media: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: what it is called, whether it must be filled in, what belongs into it."""

    name: str
    needed: bool
    help: str
    example: str


def columns_in(language: Language) -> tuple[Column, ...]:
    """Return the columns of the table in this language."""
    names, first, second = _ROWS[language]
    both = zip(_COLUMNS, names, first, second, strict=True)
    return tuple(
        Column(name, key in _NEEDED, say(f"web.template.{key}", language), one or other)
        for key, name, one, other in both
    )


def blank_table(language: Language, kind: Format) -> BlankTable:
    """Return the empty table in this language: CSV that Excel opens with Korean whole, or XLSX that says in each column
    what belongs there."""
    rows, name = _ROWS[language], f"{_NAMES[language]}.{kind}"
    if kind == "csv":
        return BlankTable(name, CSV_TYPE, csv_bytes(rows))
    hints = [(column.name, column.help) for column in columns_in(language)]
    return BlankTable(name, XLSX_TYPE, xlsx_bytes(rows, _NAMES[language], hints))
