"""`dapbot knowledge check` on the terminal, as JSON, and through the server that owns the folder."""

import json
from pathlib import Path

import pytest

from tests.servers.dapbot import serving
from tests.servers.databases import copy_folder, run


@pytest.fixture
def folder(korean_folder: Path, tmp_path: Path) -> Path:
    return copy_folder(korean_folder, tmp_path / "data")


def test_in_words(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAPBOT_LANGUAGE", "ko")
    assert run(["knowledge", "check", "--data", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "한국어 검색" in said
    assert "DAPBOT_EMBEDDING_MODEL" in said


def test_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["knowledge", "check", "--json", "--data", str(folder)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["legs"][0]["language"] == "ko"
    assert found["contradictions"] == []


def test_an_empty_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["knowledge", "check", "--data", str(tmp_path / "none")]) == 0
    assert "knowledge add" in capsys.readouterr().out


def test_while_a_server_runs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(folder) as site:
        site.wait_ready()
        assert run(["knowledge", "check", "--json", "--data", str(folder)]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["legs"][0]["entries"] > 5
        answer = site.post("/api/v1/knowledge/check", {"language": "en"}, authorization=f"Bearer {site.token}")
        assert [kind for kind, _ in answer.events][-1] == "done"
        assert answer.events[-1][1]["words"][0]["text"].startswith("Entries checked")
        assert (
            site.post("/api/v1/knowledge/check", {"language": "fr"}, authorization=f"Bearer {site.token}").status == 422
        )
        assert site.post("/api/v1/knowledge/check", {}, authorization="Bearer wrong").status in (401, 403)
