import io
import json
from pathlib import Path
from typing import Any

import pytest

from bot.errors import UserError
from bot.evaluation.retrieval import evaluate_retrieval

CORPUS: list[dict[str, Any]] = [
    {
        "id": "refund",
        "question": "환불은 얼마나 걸리나요?",
        "answer": "영업일 기준 3일입니다.",
        "aliases": ["돈 언제 줘요"],
    },
    {"id": "delivery", "title": "배송", "text": "배송비는 3,000원입니다."},
    {"id": "points", "title": "", "text": "적립금은 1년 동안 쓸 수 있습니다."},
]
QUESTIONS: list[dict[str, Any]] = [
    {"id": "q1", "question": "환불 기간이 궁금해요", "passage_ids": ["refund"]},
    {"id": "q2", "question": "배송비", "passage_id": "delivery"},
    {"id": "q3", "question": "언제 돼요?", "passage_ids": ["points"]},
]


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_run_and_the_recall(tmp_path: Path) -> None:
    run = io.StringIO()
    steps: list[tuple[int, int]] = []
    figures = evaluate_retrieval(
        write(tmp_path / "c.jsonl", CORPUS),
        write(tmp_path / "q.jsonl", QUESTIONS),
        run,
        progress=lambda done, total: steps.append((done, total)),
    )
    lines = [line.split(" ") for line in run.getvalue().splitlines()]
    assert all(len(line) == 6 and line[1] == "Q0" and line[5] == "dapbot" for line in lines)
    assert [line[2] for line in lines if line[3] == "1"] == ["refund", "delivery", "refund"]
    for question in QUESTIONS:
        scores = [float(line[4]) for line in lines if line[0] == question["id"]]
        assert scores == sorted(scores, reverse=True)
    assert figures["passages"] == 3
    assert figures["questions"] == 3
    assert figures["recall@1"] == pytest.approx(2 / 3, abs=1e-3)
    assert steps[-1] == (6, 6)


def test_questions_without_known_answers_have_no_recall(tmp_path: Path) -> None:
    questions = write(tmp_path / "q.jsonl", [{"id": 7, "question": "환불\u2028언제"}])
    run = io.StringIO()
    figures = evaluate_retrieval(write(tmp_path / "c.jsonl", CORPUS), questions, run)
    assert "recall@1" not in figures
    assert run.getvalue().startswith("7 Q0 refund 1 ")


@pytest.mark.parametrize("line", ["{broken", "[]", '{"id": "a"}', '{"question": "a"}', '{"id": 1, "question": 2}'])
def test_a_wrong_question_line_is_named(tmp_path: Path, line: str) -> None:
    questions = tmp_path / "q.jsonl"
    questions.write_text('{"id": "a", "question": "환불"}\n\n' + line + "\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"3"):
        evaluate_retrieval(write(tmp_path / "c.jsonl", CORPUS), questions, io.StringIO())


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        evaluate_retrieval(tmp_path / "none.jsonl", tmp_path / "none.jsonl", io.StringIO())
    (tmp_path / "empty.jsonl").write_text("")
    with pytest.raises(UserError):
        evaluate_retrieval(tmp_path / "empty.jsonl", write(tmp_path / "q.jsonl", QUESTIONS), io.StringIO())
