"""The sample FAQ is answered in both languages: questions in other words, and questions it does not answer."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.servers.databases import copy_folder, run

SAMPLE = Path(__file__).parent.parent / "bot" / "sample"
QUESTIONS = [
    json.loads(line) for line in Path(__file__).with_name("sample_questions.jsonl").read_text("utf-8").splitlines()
]


def entries(name: str) -> list[dict[str, str]]:
    with (SAMPLE / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_sample_is_whole() -> None:
    korean, english = entries("duruchae-faq-ko.csv"), entries("duruchae-faq-en.csv")
    assert len(korean) >= 40
    assert len(english) >= 40
    for rows, question, answer in ((korean, "질문", "답변"), (english, "Question", "Answer")):
        assert len({row[question] for row in rows}) == len({row["ID"] for row in rows}) == len(rows)
        assert all(row[answer].strip() for row in rows)
    known = {row["ID"] for row in (*korean, *english)}
    assert {q["expected"] for q in QUESTIONS} - {None} <= known


@pytest.fixture(scope="module")
def answers(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("sample")
    data = str(copy_folder(sample_folder, folder / "data"))
    (folder / "q.jsonl").write_text("\n".join(json.dumps({k: q[k] for k in ("id", "question")}) for q in QUESTIONS))
    assert run(["ask", "--input", str(folder / "q.jsonl"), "--output", str(folder / "a.jsonl"), "--data", data]) == 0
    lines = [json.loads(line) for line in (folder / "a.jsonl").read_text("utf-8").splitlines()]
    return {line["id"]: line for line in lines}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_questions_in_other_words(language: str, answers: dict[str, dict[str, Any]]) -> None:
    """Few words are shared with the entries, so not all are answered; but then the right entry is offered.

    Measured: 18 of 25 and 14 of 19 answered right, none wrong, 43 of all 44 answered right or offered.
    """
    right, wrong, offered = [], [], []
    asked = [q for q in QUESTIONS if q["language"] == language and q["expected"]]
    for question in asked:
        answer = answers[question["id"]]
        if question["expected"] in [near["passage"] for near in answer["nearest"]]:
            offered.append(question["question"])
        if answer["answered"]:
            first = answer["sources"][0]["passage"]
            (right if first == question["expected"] else wrong).append(question["question"])
    assert len(wrong) <= 0.08 * len(asked), wrong
    assert len(right) >= 0.68 * len(asked), right
    assert len(right) + len(offered) >= 0.9 * len(asked), (right, offered)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_the_sample_does_not_answer(language: str, answers: dict[str, dict[str, Any]]) -> None:
    asked = [q for q in QUESTIONS if q["language"] == language and q["expected"] is None]
    answered = [q["question"] for q in asked if answers[q["id"]]["answered"]]
    assert len(answered) <= 0.15 * len(asked), answered
