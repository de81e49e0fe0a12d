"""The sample FAQ is answered in both languages: questions in other words, and questions it does not answer."""

import csv
import json
import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from connectors.cli import run

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
def answers(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    folder = tmp_path_factory.mktemp("sample")
    data = str(shutil.copytree(sample_folder, folder / "data"))
    (folder / "q.jsonl").write_text("\n".join(json.dumps({k: q[k] for k in ("id", "question")}) for q in QUESTIONS))
    assert run(["ask", "--input", str(folder / "q.jsonl"), "--output", str(folder / "a.jsonl"), "--data", data]) == 0
    lines = [json.loads(line) for line in (folder / "a.jsonl").read_text("utf-8").splitlines()]
    return {line["id"]: line for line in lines}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_questions_in_other_words(language: str, answers: dict[str, dict[str, object]]) -> None:
    found: dict[bool, list[str]] = defaultdict(list)
    for question in QUESTIONS:
        if question["language"] == language and question["expected"]:
            answer = answers[question["id"]]
            first = [source["passage"] for source in answer["sources"]][:1]  # type: ignore[index,attr-defined]
            found[bool(answer["answered"]) and first == [question["expected"]]].append(question["question"])
    assert len(found[True]) >= 0.85 * len(found[True] + found[False]), found[False]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_the_sample_does_not_answer(language: str, answers: dict[str, dict[str, object]]) -> None:
    asked = [q for q in QUESTIONS if q["language"] == language and q["expected"] is None]
    answered = [q["question"] for q in asked if answers[q["id"]]["answered"]]
    assert len(answered) <= 0.15 * len(asked), answered
