import json
from pathlib import Path
from typing import Any

import pytest

from bot.errors import UserError
from bot.evaluation.answers import evaluate_answers, overlap, questions_of
from bot.evaluation.figures import Evaluation, evaluation_line


def written(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def answer(*passages: str, confidence: float = 0.9, **more: Any) -> dict[str, Any]:
    return {
        "answer": "환불은 3일 걸립니다.",
        "answered": bool(passages),
        "confidence": confidence,
        "sources": [{"passage": key} for key in passages],
        "checks": "supported",
        "model": "extractive",
        "tokens": {"input": 10, "output": 5},
        "cost_usd": 0.001,
        "latency_ms": 20,
    } | more


def value(found: Evaluation, name: str) -> float:
    return round(found.first.figures[name].value, 4)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    questions = written(
        tmp_path / "q.jsonl",
        {"id": 1, "question": "환불?", "passage_ids": ["refund", "refund2"], "answer": "환불은 3일 걸려요."},
        {"id": "2", "question": "배송?", "passage_id": "delivery"},
        {"id": "3", "question": "주차?", "answerable": False},
        {"id": "4", "question": "아무거나"},
    )
    return questions, written(tmp_path / "u.jsonl", {"id": "u", "question": "우주선?", "passage_id": None})


def test_the_figures_of_a_run(files: tuple[Path, Path]) -> None:
    questions = questions_of(*files)
    answers = {
        "1": answer("other", "refund2"),
        "2": answer("delivery", cost_usd=None),
        "3": answer(confidence=0.2),
        "u": answer("x", confidence=0.5, checks="partly"),
    }
    found = evaluate_answers(questions, answers)
    assert {**found.first.counts, "models": 0} == {
        "questions": 5,
        "answerable": 2,
        "unanswerable": 2,
        "failed": 1,
        "models": 0,
        "cost_usd": 0.003,
        "unpriced": 1,
    }
    assert value(found, "answered") == 0.6
    assert value(found, "answered_when_answerable") == 1.0
    assert value(found, "answered_when_not") == 0.5
    assert value(found, "confidence_auc") == 1.0
    assert value(found, "answered_right") == 1.0
    assert value(found, "right_first_source") == 0.5
    assert value(found, "right_source") == 1.0
    assert value(found, "checks_partly") == pytest.approx(1 / 3, abs=1e-3)
    assert value(found, "tokens") == 15
    assert value(found, "latency_p95_ms") == 20
    assert 0.5 < value(found, "overlap") <= 1
    assert found.first.figures["overlap"].n == 1
    assert found.first.figures["answered_when_answerable"].low < 0.2


def test_two_runs_are_compared_question_by_question(files: tuple[Path, Path]) -> None:
    questions = questions_of(files[0])
    good = {question.id: answer(*question.right) for question in questions}
    bad = {question.id: answer("wrong") for question in questions}
    line = evaluation_line(evaluate_answers(questions, bad, good))
    assert line["differences"]["right_first_source"]["value"] == 1.0
    assert not line["differences"]["right_first_source"]["clear"], "two questions prove nothing"
    assert line["against"]["figures"]["answered"]["n"] == 4
    assert json.loads(json.dumps(line, allow_nan=False)) == line


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"error": "no"},
        {"answer": None},
        {"answer": "a", "answered": "yes", "confidence": "high", "sources": 7, "tokens": [], "latency_ms": None},
        {"answer": "a", "confidence": float("inf"), "sources": [None, {"passage": None}], "cost_usd": True},
    ],
)
def test_an_odd_answer_line_is_no_answer_and_no_crash(odd: dict[str, Any], files: tuple[Path, Path]) -> None:
    questions = questions_of(files[0])
    line = evaluation_line(evaluate_answers(questions, {question.id: odd for question in questions}))
    assert line["figures"]["answered"]["value"] == 0.0
    json.dumps(line, allow_nan=False)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no line"),
        (b"\n \n", "no line"),
        (b"{broken", "Line 1"),
        (b'{"id": 1, "question": "a"}\n[]', "Line 2"),
        (b'{"question": "a"}', "id"),
        (b'{"id": 1, "question": "a"}\n{"id": "1", "question": "b"}', "already"),
        (b'{"id": 1}', "question"),
        (b'{"id": 1, "question": "a", "answerable": "no"}', "answerable"),
        (b"\xff\xfe\x00", "Line 1"),
    ],
)
def test_a_wrong_file_is_one_sentence_that_names_the_line(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_bytes(content)
    with pytest.raises(UserError) as caught:
        questions_of(path)
    assert said in str(caught.value)


def test_an_id_may_not_be_in_both_files(files: tuple[Path, Path]) -> None:
    with pytest.raises(UserError):
        questions_of(files[0], files[0])


def test_words_shared() -> None:
    assert overlap("환불은 3일 걸립니다", "환불은 3일 걸립니다") == 1.0
    assert overlap("환불은 3일 걸립니다", "The shop opens at ten") == 0.0
    assert overlap("", "") == 1.0
    assert overlap("", "환불") == 0.0
