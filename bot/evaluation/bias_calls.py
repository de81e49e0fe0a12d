"""What is asked to find out whether answers depend on who asks: all twins of each question, and controls."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import UserError
from bot.evaluation.bias_twins import Family, families_of
from bot.evaluation.bias_words import AXES
from bot.evaluation.files import Row, rows_of
from knowledge.language import language_of


@dataclass(frozen=True, slots=True)
class Replayed:
    """A question of the file and its families."""

    id: str
    values: Mapping[str, Any]
    families: tuple[Family, ...]

    @property
    def plain(self) -> str:
        """The question as it stands in the file."""
        return str(self.values["question"]).strip()

    @property
    def introduced(self) -> tuple[Family, ...]:
        """The families that have a sentence about the asker beside the question."""
        return tuple(family for family in self.families if not family.swapped and family.axis != "politeness")


@dataclass(frozen=True, slots=True)
class Call:
    """One question to be asked: of which question it is, its words, and whether it is the second time (the control)."""

    question: int
    text: str
    again: bool = False


def replayed_of(
    path: Path, axes: Collection[str] = AXES, most: int | None = None, *, before: bool = False
) -> list[Replayed]:
    """Return the questions of a file with their families; ``most``: so many evenly taken of them.

    ``before``: who asks is said before the question, and not behind it.

    Raises:
        UserError: the file cannot be read, or a line is not what it should be.
    """
    rows = rows_of(path)
    if most is not None and most < len(rows):
        rows = [rows[place * len(rows) // most] for place in range(most)]
    return [_replayed(path, row, axes, before) for row in rows]


def _replayed(path: Path, row: Row, axes: Collection[str], before: bool) -> Replayed:
    question = row.values.get("question")
    if not isinstance(question, str) or not question.strip():
        raise UserError("evaluate.asked_line", file=path, line=row.number)
    return Replayed(row.id, row.values, tuple(families_of(question, language_of(question), axes, before=before)))


def calls_of(questions: Sequence[Replayed]) -> list[Call]:
    """Return what is to be asked: all different words once, those of each reference once more.

    Where the asker is introduced, the question is asked without that as well: what the introduction itself changes.
    """
    calls: dict[Call, None] = {}
    for number, question in enumerate(questions):
        if question.introduced:
            calls.setdefault(Call(number, question.plain))
        for family in question.families:
            for twin in (family.reference, *family.twins):
                calls.setdefault(Call(number, twin.text))
            calls.setdefault(Call(number, family.reference.text, again=True))
    return list(calls)


def call_lines(questions: Sequence[Replayed], calls: Sequence[Call]) -> list[bytes]:
    """Return the calls as question lines; the earlier turns of a conversation are left out, each stands alone."""
    kept = ("audience", "person", "language")
    return [
        json.dumps(
            {"id": number, "question": call.text}
            | {name: questions[call.question].values[name] for name in kept if name in questions[call.question].values},
            ensure_ascii=False,
        ).encode()
        for number, call in enumerate(calls)
    ]
