"""`dapbot evaluate retrieval`: a TREC run and figures, without a data folder."""

import json
from pathlib import Path

import pytest

from connectors.cli import run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    corpus = [
        {"id": "a", "question": "배송비는 얼마인가요?", "answer": "3만 원부터 무료입니다."},
        {"id": "b c", "question": "매장은 몇 시에 여나요?", "answer": "11시에 엽니다."},
        {"id": "d", "title": "환불", "text": "환불은 3영업일 안에 처리합니다."},
    ]
    questions = [
        {"id": "q1", "question": "배송비가 궁금해요", "passage_ids": ["a"]},
        {"id": "q2", "question": "몇 시에 열어요?", "passage_ids": ["b c"]},
        {"id": "q3", "question": "zzz"},
    ]
    for name, lines in (("corpus", corpus), ("questions", questions)):
        (tmp_path / f"{name}.jsonl").write_text(
            "\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8"
        )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def retrieval(*more: str) -> int:
    files = ["--corpus", "corpus.jsonl", "--questions", "questions.jsonl", "--run", "run.trec"]
    return run(["evaluate", "retrieval", *files, *more])


def test_the_run_and_the_figures(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert retrieval("--json") == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["recall@1"] == 1.0
    assert figures["questions"] == 3
    lines = [line.split() for line in (folder / "run.trec").read_text("utf-8").splitlines()]
    assert all(len(line) == 6 for line in lines)
    assert [line[:4] for line in lines if line[3] == "1"][:2] == [["q1", "Q0", "a", "1"], ["q2", "Q0", "b_c", "1"]]
    assert not (folder / "data").exists()
    assert retrieval() == 0
    assert "recall@5" in capsys.readouterr().out


@pytest.mark.parametrize(("name", "content"), [("questions", "{broken"), ("questions", "[]"), ("corpus", "")])
def test_a_wrong_file_is_one_sentence_and_no_run(
    name: str, content: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / f"{name}.jsonl").write_text(content)
    assert retrieval() == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not (folder / "run.trec").exists()


def test_all_three_files_are_asked_for() -> None:
    assert run(["evaluate", "retrieval"]) == 2
