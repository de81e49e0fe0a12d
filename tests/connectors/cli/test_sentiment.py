"""`dapbot sentiment` as an admin types it."""

import json
from pathlib import Path

from PIL import Image

from tests.connectors.cli.conftest import Dapbot


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
