"""How good answers are: figures of answer lines (`dapbot ask --output`) against questions whose answers are known."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import UserError
from bot.evaluation.bootstrap import Auc, Mean, Quantile, Share, Statistic
from bot.evaluation.figures import Evaluation, Measured, evaluation
from bot.evaluation.files import Row, rows_of

NOTHING = math.nan
"""The value of a row that says nothing about a figure."""

Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """A question line and what is known of its answer.

    ``right``: the keys of the passages that answer it; ``answerable``: whether the documents do, None where the line
    does not say; ``expected``: an answer a person wrote; ``conversation``: its turns are drawn together.
    """

    id: str
    raw: bytes
    right: frozenset[str] = frozenset()
    answerable: bool | None = None
    expected: str = ""
    conversation: str = ""


def questions_of(path: Path, unanswerable: Path | None = None) -> list[Question]:
    """Return the questions of a file, and of a second one whose questions the documents do not answer.

    A line is ``{"id", "question", "passage_ids"? or "passage_id"?, "answerable"?, "answer"?, "conversation"?}``.
    Without ``answerable``, a question with passages is answerable, and nothing is known of one without.

    Raises:
        UserError: a file cannot be read, a line is not what it should be, or an id is in both files.
    """
    asked = [_question(path, row) for row in rows_of(path)]
    if unanswerable is None:
        return asked
    known = {question.id for question in asked}
    others = rows_of(unanswerable)
    for row in others:
        if row.id in known:
            raise UserError("evaluate.id_twice", file=unanswerable, line=row.number, id=row.id)
    return asked + [_question(unanswerable, row, answerable=False) for row in others]


def _question(path: Path, row: Row, *, answerable: bool | None = None) -> Question:
    values = row.values
    said = values.get("answerable")
    if not isinstance(values.get("question"), str) or not isinstance(said, bool | None):
        raise UserError("evaluate.asked_line", file=path, line=row.number)
    keys = values.get("passage_ids") or [values.get("passage_id")]
    right = frozenset(str(key) for key in keys if key is not None) if isinstance(keys, list) else frozenset()
    if answerable is None:
        answerable = said if said is not None else (True if right else None)
    expected, conversation = values.get("answer"), values.get("conversation")
    return Question(
        row.id,
        row.raw,
        frozenset() if answerable is False else right,
        answerable,
        expected if isinstance(expected, str) else "",
        f"conversation {conversation}" if isinstance(conversation, str) else f"question {row.id}",
    )


def evaluate_answers(
    questions: Sequence[Question], first: Mapping[str, Answer], second: Mapping[str, Answer] | None = None
) -> Evaluation:
    """Return the figures of one or two runs; answers are found by the id of their question.

    A question without an answer, or with an error instead, counts as not answered.
    """
    groups = [question.conversation for question in questions]
    runs = [measured(questions, answers) for answers in (first, second) if answers is not None]
    return evaluation(groups, *runs)


def measured(questions: Sequence[Question], answers: Mapping[str, Answer]) -> Measured:
    """Return what is measured of a run, row by row."""
    rows = [(question, _answer(answers.get(question.id))) for question in questions]
    return Measured(_counts(rows), {**_refusals(rows), **_sources(rows), **_texts(rows), **_costs(rows)})


Rows = Sequence[tuple[Question, Answer | None]]


def _answer(line: Answer | None) -> Answer | None:
    """Return the line if it is an answer."""
    return line if line is not None and isinstance(line.get("answer"), str) else None


def _counts(rows: Rows) -> dict[str, Any]:
    given = [answer for _, answer in rows if answer is not None]
    costs = [answer.get("cost_usd") for answer in given]
    return {
        "questions": len(rows),
        "answerable": sum(bool(question.answerable) for question, _ in rows),
        "unanswerable": sum(question.answerable is False for question, _ in rows),
        "failed": len(rows) - len(given),
        "models": dict(Counter(str(answer.get("model", "?")) for answer in given)),
        "cost_usd": round(sum(float(cost) for cost in costs if cost is not None and _is_number(cost)), 6),
        "unpriced": sum(not _is_number(cost) for cost in costs),
    }


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _answered(answer: Answer | None) -> bool:
    return answer is not None and answer.get("answered") is True


def _refusals(rows: Rows) -> dict[str, Statistic]:
    """Answered or refused, and how well the confidence tells the two kinds of questions apart."""
    answered = [float(_answered(answer)) for _, answer in rows]
    sides = [question.answerable for question, _ in rows]
    return {
        "answered": Share(answered),
        "answered_when_answerable": Share(_where([side is True for side in sides], answered)),
        "answered_when_not": Share(_where([side is False for side in sides], answered)),
        "confidence_auc": Auc([_number(answer, "confidence") for _, answer in rows], sides),
    }


def _where(counts: Sequence[bool], values: Sequence[float]) -> list[float]:
    return [value if each else NOTHING for each, value in zip(counts, values, strict=True)]


def _number(answer: Answer | None, name: str) -> float:
    value = None if answer is None else answer.get(name)
    return float(value) if value is not None and _is_number(value) else NOTHING


def _sources(rows: Rows) -> dict[str, Statistic]:
    """Whether the answers rest on the right passage; ``answered_right`` is over all that could be answered."""
    known = [bool(question.right) for question, _ in rows]
    answered = [each and _answered(answer) for each, (_, answer) in zip(known, rows, strict=True)]
    cited = [_cited(answer) for _, answer in rows]
    pairs = list(zip(cited, rows, strict=True))
    first = [float(keys[:1] != [] and keys[0] in question.right) for keys, (question, _) in pairs]
    anywhere = [float(not question.right.isdisjoint(keys)) for keys, (question, _) in pairs]
    right = [each * _answered(answer) for each, (_, answer) in zip(anywhere, rows, strict=True)]
    return {
        "answered_right": Share(_where(known, right)),
        "right_first_source": Share(_where(answered, first)),
        "right_source": Share(_where(answered, anywhere)),
    }


def _cited(answer: Answer | None) -> list[str]:
    sources = answer.get("sources") if answer is not None else None
    return [str(s.get("passage")) for s in sources if isinstance(s, Mapping)] if isinstance(sources, list) else []


def _texts(rows: Rows) -> dict[str, Statistic]:
    """What the checks found, the length in characters, and the words shared with what a person wrote."""
    answered = [_answered(answer) for _, answer in rows]
    found: dict[str, Statistic] = {
        f"checks_{level}": Share(
            [
                float(answer is not None and answer.get("checks") == level) if each else NOTHING
                for each, (_, answer) in zip(answered, rows, strict=True)
            ]
        )
        for level in ("supported", "partly", "none")
    }
    texts = [str(answer["answer"]) if answer is not None else "" for _, answer in rows]
    found["length"] = Mean(_where(answered, [float(len(text)) for text in texts]))
    found["overlap"] = Mean(
        [
            overlap(text, question.expected) if each and question.expected else NOTHING
            for each, text, (question, _) in zip(answered, texts, rows, strict=True)
        ]
    )
    return found


def overlap(text: str, expected: str) -> float:
    """Return how much of their words two texts share, 0 to 1: the F1 of bags of morphemes and stems."""
    from knowledge.tokens import terms_of

    ours, theirs = (Counter(terms_of(each).words) for each in (text, expected))
    if not ours or not theirs:
        return float(text.split() == expected.split())
    return 2 * (ours & theirs).total() / (ours.total() + theirs.total())


def _costs(rows: Rows) -> dict[str, Statistic]:
    latency = [_number(answer, "latency_ms") for _, answer in rows]
    return {
        "latency_p50_ms": Quantile(latency, 0.5),
        "latency_p95_ms": Quantile(latency, 0.95),
        "tokens": Mean([_tokens(answer) for _, answer in rows]),
        "cost_usd": Mean([_number(answer, "cost_usd") for _, answer in rows]),
    }


def _tokens(answer: Answer | None) -> float:
    """Return the tokens an answer took, read and written."""
    used = answer.get("tokens") if answer is not None else None
    return _number(used, "input") + _number(used, "output") if isinstance(used, Mapping) else NOTHING
