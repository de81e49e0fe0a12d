"""`dapbot knowledge try`: on the terminal, as JSON, and through the server that owns the folder."""

import json
from pathlib import Path

import pytest

from tests.servers.dapbot import serving
from tests.servers.databases import copy_folder, run

OLD = "질문,답변\n셔틀버스는 언제 오나요?,매시 정각에 옵니다.\n"


@pytest.fixture
def folder(korean_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A folder with a version that waits, of a document that was asked."""
    data, file = copy_folder(korean_folder, tmp_path / "data"), tmp_path / "shuttle.csv"
    file.write_text(OLD, "utf-8")
    assert run(["knowledge", "add", str(file), "--data", str(data)]) == 0
    assert run(["ask", "셔틀버스는 언제 오나요?", "--data", str(data)]) == 0
    file.write_text(OLD.replace("매시 정각에", "30분마다"), "utf-8")
    assert run(["knowledge", "add", str(file), "--stage", "--data", str(data)]) == 0
    capsys.readouterr()
    return data


def waiting(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["knowledge", "staged", "--json", "--data", str(folder)]) == 0
    return str(json.loads(capsys.readouterr().out)[0]["version"])


def test_in_words_and_as_json(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    version = waiting(folder, capsys)
    monkeypatch.setenv("DAPBOT_PUBLISHING", "tried")
    assert run(["knowledge", "publish", version, "--data", str(folder)]) == 1
    assert f"knowledge try {version}" in capsys.readouterr().err
    monkeypatch.setenv("DAPBOT_LANGUAGE", "ko")
    assert run(["knowledge", "try", version, "--data", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "답 1개가 바뀌어요." in said
    assert "공개하면: 30분마다 옵니다." in said
    assert run(["knowledge", "try", version, "--json", "--questions", "0", "--data", str(folder)]) == 0
    assert json.loads(capsys.readouterr().out)["figures"]["questions"] == 0
    assert run(["knowledge", "publish", version, "--data", str(folder)]) == 0
    assert run(["knowledge", "try", version, "--data", str(folder)]) == 1
    assert run(["knowledge", "try", "9999", "--data", str(folder)]) == 1


@pytest.mark.soak
def test_while_a_server_runs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    version = waiting(folder, capsys)
    with serving(folder) as site:
        site.wait_ready()
        assert run(["knowledge", "try", version, "--json", "--data", str(folder)]) == 0
        found = json.loads(capsys.readouterr().out)
        assert (found["state"], [case["kind"] for case in found["cases"]]) == ("done", ["changed"])
        assert run(["knowledge", "try", "9999", "--data", str(folder)]) == 1
