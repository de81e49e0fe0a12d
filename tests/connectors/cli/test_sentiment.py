"""`dapbot sentiment` as an admin types it."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from openpyxl import Workbook
from PIL import Image

from tests.connectors.cli.conftest import Dapbot
from tests.servers.openai import Fail, OpenAIServer, Say


def test_one_text(terminal: Dapbot) -> None:
    code, out, _ = terminal("sentiment", "배송이 늦어서 정말 짜증나요")
    assert code == 0
    assert out.startswith("부정 (-")
    assert "근거: " in out
    assert "언급한 것: 배송" in out


def test_json(terminal: Dapbot) -> None:
    code, out, _ = terminal("sentiment", "I love this shop", "--json")
    assert code == 0
    assert json.loads(out)["label"] == "positive"


def test_file_in_file_out_with_a_summary(terminal: Dapbot, tmp_path: Path) -> None:
    source, target = tmp_path / "후기.jsonl", tmp_path / "결과.jsonl"
    source.write_text('{"id": 1, "text": "배송이 빨라서 좋아요"}\nx\n{"id": 3, "text": "최악입니다"}\n', "utf-8")
    code, out, said = terminal("sentiment", "--input", source, "--output", target)
    assert (code, out) == (0, "")
    lines = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [(line["id"], line.get("label")) for line in lines] == [(1, "positive"), (None, None), (3, "negative")]
    assert "2번째 줄" in lines[1]["error"]
    assert "3줄 중 1줄은 읽지 못했습니다" in said
    assert "2건: 긍정 1, 중립 0, 부정 1" in said


def test_picture_of_the_summary(terminal: Dapbot, tmp_path: Path) -> None:
    source, picture = tmp_path / "reviews.csv", tmp_path / "요약.png"
    source.write_text("후기\n배송이 빨라서 좋아요\n앱이 자꾸 멈춰요\nGreat price\n", "utf-8")
    code, out, _ = terminal("sentiment", "--input", source, "--plot", picture)
    assert code == 0
    assert len(out.splitlines()) == 3
    with Image.open(picture) as drawn:
        assert (drawn.format, drawn.width) == ("PNG", 900)
        assert {(42, 127, 79), (194, 72, 61)} <= {colour for _, colour in drawn.getcolors(1 << 20) or []}
    code, _, said = terminal("sentiment", "--input", source, "--plot", tmp_path / "none" / "x.png")
    assert code == 1
    assert "쓸 수 없습니다" in said


def test_wrong_use_is_said(terminal: Dapbot, tmp_path: Path) -> None:
    assert terminal("sentiment")[0] == 2
    assert terminal("sentiment", "x", "--output", tmp_path / "o")[0] == 2
    assert terminal("sentiment", "--input", tmp_path / "none.csv")[0] == 1
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    code, _, said = terminal("sentiment", "--input", broken)
    assert code == 1
    assert "Traceback" not in said


def test_plain_lines_and_several_sheets(terminal: Dapbot, tmp_path: Path) -> None:
    plain, book = tmp_path / "후기.txt", tmp_path / "설문.xlsx"
    plain.write_bytes("배송이 빨라서 좋아요\r\n\r\n최악입니다\r\n".encode("cp949"))
    code, out, _ = terminal("sentiment", "--input", plain)
    assert (code, [(line["id"], line["label"]) for line in map(json.loads, out.splitlines())]) == (
        0,
        [(1, "positive"), (3, "negative")],
    )
    workbook = Workbook()
    for name, text in (("1월", "정말 만족합니다"), ("2월", "너무 실망했어요")):
        sheet = workbook.create_sheet(name)
        sheet.append(["후기"])
        sheet.append([text])
    workbook.save(book)
    code, out, _ = terminal("sentiment", "--input", book)
    assert (code, [json.loads(line)["id"] for line in out.splitlines()]) == (0, ["1월!2", "2월!2"])


# --- with a model -----------------------------------------------------------------------------------------------


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., OpenAIServer]]:
    """Starts a provider that gives these answers, and sets the variables that name it."""
    with ExitStack() as servers:

        def start(*answers: Say | Fail) -> OpenAIServer:
            server = servers.enter_context(OpenAIServer(answers))
            monkeypatch.setenv("DAPBOT_LLM", "openai:gpt-4.1-mini")
            monkeypatch.setenv("DAPBOT_LLM_PRICES", "openai:gpt-4.1-mini=1/2")
            monkeypatch.setenv("OPENAI_BASE_URL", server.url)
            return server

        yield start


def judged(*scores: float) -> Say:
    sides = {True: "positive", False: "negative"}
    moods = [
        {"number": number, "label": sides[score > 0], "score": score, "reasons": [], "aspects": []}
        for number, score in enumerate(scores, 1)
    ]
    return Say(json.dumps({"moods": moods}))


def test_a_model_reads_only_where_it_is_asked_to(
    terminal: Dapbot, tmp_path: Path, provider: Callable[..., OpenAIServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAPBOT_LLM_CONCURRENCY", "1")  # the provider's answers come in the order of the file
    source = tmp_path / "a.txt"
    source.write_text("\n".join(f"{n}번 글" for n in range(12)), "utf-8")
    server = provider(judged(*[0.5] * 10), judged(-0.5, 0.25))
    code, out, _ = terminal("sentiment", "--input", source)
    assert (code, server.requests) == (0, [])
    assert "model" not in json.loads(out.splitlines()[0])
    code, out, said = terminal("sentiment", "--input", source, "--with-model")
    lines = [json.loads(line) for line in out.splitlines()]
    assert (code, len(lines), len(server.requests)) == (0, 12, 2)
    assert [line["score"] for line in lines] == [*[0.5] * 10, -0.5, 0.25]
    assert {line["model"] for line in lines} == {"openai:gpt-4.1-mini"}
    assert "언어 모델이 읽은 글 12건 · 토큰: 입력 240, 출력 60 · $" in said


def test_what_the_model_cannot_read_our_own_does(terminal: Dapbot, provider: Callable[..., OpenAIServer]) -> None:
    provider(Fail(500), Fail(500))
    code, out, said = terminal("sentiment", "최악이에요", "--with-model", "--json")
    line = json.loads(out)
    assert (code, line["label"], line["model"]) == (0, "negative", "none")
    assert "작은 모델이 읽었습니다: " in said


def test_without_a_model_it_says_what_to_set(terminal: Dapbot) -> None:
    code, out, said = terminal("sentiment", "최악이에요", "--with-model")
    assert (code, out) == (1, "")
    assert "DAPBOT_LLM" in said


def test_at_the_cap_our_own_reads(
    terminal: Dapbot, tmp_path: Path, provider: Callable[..., OpenAIServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = provider(judged(0.5))
    monkeypatch.setenv("DAPBOT_TOKENS_PER_DAY", "100")
    for expected in ("openai:gpt-4.1-mini", "none"):
        _, out, said = terminal("sentiment", "최악이에요", "--with-model", "--json")
        assert json.loads(out)["model"] == expected
    assert len(server.requests) == 1
    assert "한도를 다 썼습니다" in said
