"""`dapbot evaluate golden`: exit 1 where a question is not answered as it should be, alone and through a server."""

import json
from pathlib import Path

import pytest

from bot.database import golden
from bot.database.engine import open_engine, sessions_for
from bot.database.golden import NewGolden
from bot.settings import load
from tests.servers.dapbot import serving
from tests.servers.databases import copy_folder, run


@pytest.fixture
def folder(korean_folder: Path, tmp_path: Path) -> Path:
    return copy_folder(korean_folder, tmp_path / "data")


def save(folder: Path, *questions: NewGolden) -> None:
    engine = open_engine(load(data=folder))
    with sessions_for(engine).begin() as session:
        for each in questions:
            golden.add(session, each, None)
    engine.dispose()


def test_alone_and_through_the_server(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAPBOT_LANGUAGE", "ko")
    command = ["evaluate", "golden", "--data", str(folder)]
    assert run(command) == 0
    assert "기준 질문이 없어요" in capsys.readouterr().out
    save(
        folder,
        NewGolden("배송비는 얼마인가요?", "entry", "ko", 1, "delivery"),
        NewGolden("화성에 지점이 있나요?", "none", "ko"),
    )
    assert run(command) == 0
    assert "2개 중 2개 통과" in capsys.readouterr().out
    save(folder, NewGolden("환불은 얼마나 걸리나요?", "entry", "ko", 1, "delivery"))
    assert run(command) == 1
    said = capsys.readouterr().out
    assert "✗ 환불은 얼마나 걸리나요?" in said
    assert "이 항목으로 답해요" in said
    with serving(folder) as site:
        site.wait_ready()
        assert run([*command, "--json"]) == 1
        found = json.loads(capsys.readouterr().out)
        assert (found["asked"], found["passed"], found["failed"]) == (3, 2, 1)
        [failed] = [line for line in found["questions"] if not line["passed"]]
        assert failed["came"]["entries"][0]["passage"] == "refund"
