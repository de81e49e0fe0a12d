"""Commands typed as an admin types them, in a folder of their own, in Korean."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from connectors.cli import run

Dapbot = Callable[..., tuple[int, str, str]]
"""Takes the words of a command; returns its exit code, what it wrote, and what it wrote as errors."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "자료"


@pytest.fixture
def terminal(data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Dapbot:
    monkeypatch.setenv("DAPBOT_LANGUAGE", "ko")
    monkeypatch.chdir(data.parent)

    def type_(*arguments: object) -> tuple[int, str, str]:
        code = run([*map(str, arguments), "--data", str(data)])
        return (code, *capsys.readouterr())

    return type_


@pytest.fixture
def database(terminal: Dapbot) -> Dapbot:
    """`dapbot database ...`"""
    return partial(terminal, "database")


@pytest.fixture
def knowledge(terminal: Dapbot) -> Dapbot:
    """`dapbot knowledge ...`"""
    return partial(terminal, "knowledge")
