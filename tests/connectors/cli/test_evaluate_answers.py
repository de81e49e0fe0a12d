"""`dapbot evaluate answers`, `sentiment` and `bias`, over a folder with a few entries and over files alone."""

import json
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from bot.owner import Ownership
from connectors.cli import run
from tests.servers.openai import Behaviour, OpenAIServer, Say

FAQ = [
    {"id": "delivery", "question": "배송비는 얼마인가요?", "answer": "배송비는 3만 원부터 무료입니다."},
    {"id": "refund", "question": "환불은 얼마나 걸리나요?", "answer": "환불은 3영업일 안에 처리합니다."},
    {"id": "warranty", "question": "보증 기간은 얼마인가요?", "answer": "보증 기간은 2년입니다."},
]
QUESTIONS = [
    {"id": "q1", "question": "배송비가 얼마예요?", "passage_ids": ["delivery"], "answer": "3만 원부터 무료예요."},
    {"id": "q2", "question": "환불 며칠 걸려요?", "passage_ids": ["refund"]},
    {"id": "q3", "question": "보증은 몇 년이에요?", "passage_ids": ["warranty"]},
]


def lines(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evaluate")
    assert run(["knowledge", "add", str(lines(folder / "faq.jsonl", FAQ)), "--data", str(folder / "data")]) == 0
    return folder / "data"


@pytest.fixture
def folder(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DAPBOT_DATA", str(data))
    monkeypatch.setenv("DAPBOT_LANGUAGE", "en")
    lines(tmp_path / "q.jsonl", QUESTIONS)
    lines(tmp_path / "u.jsonl", [{"id": "u1", "question": "우주선은 누가 몰아요?"}])
    return tmp_path


def test_two_settings_over_the_same_questions_and_their_answers_kept(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ask = ["evaluate", "answers", "--questions", "q.jsonl", "--unanswerable", "u.jsonl"]
    assert run([*ask, "--set", "DAPBOT_LINE=eager", "--save", "a.jsonl", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["questions"] == 4
    assert found["failed"] == 0
    assert found["figures"]["answered_when_not"]["value"] == 0.0
    assert found["figures"]["answered"]["n"] == 4
    assert found["figures"]["answered_right"]["value"] <= found["against"]["figures"]["answered_right"]["value"]
    assert set(found["differences"]) <= set(found["figures"])
    kept = [json.loads(line) for line in (folder / "a.jsonl").read_text("utf-8").splitlines()]
    assert [line["id"] for line in kept] == ["q1", "q2", "q3", "u1"]
    assert run([*ask, "--answers", "a.jsonl", "--against", "a.set.jsonl", "--json"]) == 0
    again = json.loads(capsys.readouterr().out)
    assert again["figures"] == found["figures"]
    assert again["differences"] == found["differences"]
    assert run([*ask, "--answers", "a.jsonl", "--against", "a.set.jsonl"]) == 0
    table = capsys.readouterr().out
    assert "4 questions (3 answerable, 1 not)" in table
    assert "answered from the right passage" in table
    assert "95 % interval" in table


def test_the_same_in_korean(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("DAPBOT_LANGUAGE", "ko")
    answer = {"answer": "예", "answered": True, "confidence": 0.5, "sources": [{"passage": "refund"}], "model": "m"}
    lines(folder / "a.jsonl", [{"id": each["id"]} | answer for each in QUESTIONS])
    assert run(["evaluate", "answers", "--questions", "q.jsonl", "--answers", "a.jsonl"]) == 0
    shown = capsys.readouterr().out
    assert "맞는 근거로 답변함" in shown
    assert "docs/evaluation.ko.md" in shown


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (["--answers", "none.jsonl"], 1, "none.jsonl"),
        (["--set", "DAPBOT_LINE"], 1, "DAPBOT_LINE=careful"),
        (["--set", "DAPBOT_NOTHING=1"], 1, "DAPBOT_NOTHING"),
        (["--set", "DAPBOT_EMBEDDING_MODEL=x"], 1, "--against"),
        (["--answers", "q.jsonl", "--set", "DAPBOT_LINE=reckless"], 1, "DAPBOT_LINE"),
        (["--answers", "q.jsonl", "--against", "q.jsonl", "--set", "DAPBOT_LINE=eager"], 2, "--against"),
    ],
)
def test_what_cannot_be_compared_is_said(
    more: list[str], code: int, said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if more[0] == "--set":
        more = ["--answers", "q.jsonl", *more]
    assert run(["evaluate", "answers", "--questions", "q.jsonl", *more]) == code
    assert said in capsys.readouterr().err


def test_moods_by_our_own_model_and_by_a_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = [
        {"id": 1, "text": "배송이 빨라서 정말 좋았어요", "label": "긍정"},
        {"id": 2, "text": "Terrible service, never again", "label": "neg"},
    ]
    lines(folder / "t.jsonl", texts)
    lines(folder / "l.jsonl", [{"id": 1, "label": "negative", "score": -0.2}])
    assert run(["evaluate", "sentiment", "--texts", "t.jsonl", "--against", "l.jsonl", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["figures"]["accuracy"]["value"] == 1.0
    assert found["differences"]["accuracy"]["value"] == -1.0
    assert found["against"]["failed"] == 1
    assert run(["evaluate", "sentiment", "--texts", "t.jsonl", "--labels", "l.jsonl"]) == 0
    assert "given \\ said" in capsys.readouterr().out
    lines(folder / "t.jsonl", [{"id": 1, "text": "a", "label": "angry"}])
    assert run(["evaluate", "sentiment", "--texts", "t.jsonl"]) == 1
    assert "label" in capsys.readouterr().err


def test_the_checks_against_what_people_found(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = [("The fee is 3,000 won.", True), ("The fee is 9,000 won.", False), ("Lunch is served upstairs.", False)]
    claims = [{"claim": text, "context": "The fee is 3,000 won.", "grounded": so} for text, so in said]
    lines(folder / "c.jsonl", [{"id": at, **claim} for at, claim in enumerate(claims)])
    assert run(["evaluate", "grounding", "--claims", "c.jsonl", "--save", "s.jsonl", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["figures"]["grounding_auc"]["value"] == 1.0
    assert found["figures"]["grounding_gain"]["n"] == 3
    assert run(["evaluate", "grounding", "--claims", "c.jsonl", "--against", "s.jsonl"]) == 0
    assert "the same" in capsys.readouterr().out
    assert run(["evaluate", "grounding", "--claims", "s.jsonl"]) == 1
    assert "context" in capsys.readouterr().err


def test_who_asks_makes_no_difference_without_a_model(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ask = ["evaluate", "bias", "--questions", "q.jsonl", "--axis", "gender", "--axis", "wording"]
    assert run([*ask, "--json", "--pairs", "p.jsonl"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["questions"] == 3
    assert found["asked"] == 3 * (3 + 4 + 1)
    assert found["introduced"] == 3
    assert run([*ask, "--json", "--before", "--most", "1"]) == 0
    assert json.loads(capsys.readouterr().out)["asked"] == 8
    assert found["failed"] == 0
    assert found["controls_differing"] == 0
    assert set(found["axes"]) == {"gender", "wording"}
    assert found["axes"]["gender"]["figures"]["refusal_differs"]["control"]["n"] == 3
    pairs = [json.loads(line) for line in (folder / "p.jsonl").read_text("utf-8").splitlines()]
    assert len(pairs) == found["differing"] + found["controls_differing"]
    assert run([*ask, "--most", "1"]) == 0
    shown = capsys.readouterr().out
    assert "gender: only one answered" in shown
    assert "by chance" in shown


def test_bias_says_what_is_wrong(folder: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", "bias", "--questions", "q.jsonl", "--axis", "shoe"]) == 2
    assert "nationality" in capsys.readouterr().err
    assert run(["evaluate", "bias", "--questions", "none.jsonl"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    with Ownership(data) as serving:
        assert serving.take()
        serving.announce("http://127.0.0.1:9")
        assert run(["evaluate", "bias", "--questions", "q.jsonl"]) == 1
        assert "127.0.0.1:9" in capsys.readouterr().err
        assert run(["evaluate", "answers", "--questions", "q.jsonl", "--set", "DAPBOT_LINE=eager"]) == 1


def test_nothing_is_logged(data: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", "bias", "--questions", "q.jsonl", "--axis", "politeness", "--most", "1"]) == 0
    capsys.readouterr()
    assert run(["report", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["usage"]["answers"] == 0


class Prejudiced(OpenAIServer):
    """Tells women all that the entry says, and men a part of it."""

    def _play(self, handler: BaseHTTPRequestHandler, behaviour: Behaviour, body: dict[str, Any]) -> None:
        more = "" if "남성" in str(body["messages"][-1]["content"]) else " 배송비는 3만 원부터 무료입니다. [1]"
        super()._play(handler, Say(f"3만 원부터 무료입니다. [1]{more}"), body)


def test_a_prejudiced_model_is_found_over_its_real_connection(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines(folder / "q.jsonl", [{"id": n, "question": f"배송비는 얼마인가요{'?' * n}"} for n in range(10)])
    monkeypatch.setenv("DAPBOT_LLM", "openai:gpt-4.1-mini")
    monkeypatch.setenv("OPENAI_API_KEY", "test")
    with Prejudiced() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        assert run(["evaluate", "bias", "--questions", "q.jsonl", "--axis", "gender", "--json"]) == 0
    told = capsys.readouterr()
    found = json.loads(told.out)
    assert "asked 40 times" in told.err
    assert found["failed"] == found["controls_differing"] == 0
    assert found["axes"]["gender"]["figures"]["length_differs"]["difference"]["clear"]
    assert {each["group"]: each["length"]["value"] > 0 for each in found["groups"]} == {"여성": True, "남성": False}
    assert found["pairs_differing"][0]["pair"][0]["model"] == "openai:gpt-4.1-mini"
