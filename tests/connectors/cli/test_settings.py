"""`dapbot settings`: what holds and where it comes from; what is kept holds for the other commands too."""

import json
from functools import partial

import pytest

from tests.connectors.cli.conftest import Dapbot


@pytest.fixture
def settings(terminal: Dapbot) -> Dapbot:
    return partial(terminal, "settings")


def listed(settings: Dapbot, name: str) -> dict[str, object]:
    code, out, err = settings("list", "--json")
    assert (code, err) == (0, "")
    found: dict[str, object] = next(each for each in json.loads(out)["settings"] if each["name"] == name)
    return found


def test_a_value_is_kept_shown_and_taken_back(settings: Dapbot) -> None:
    code, out, _ = settings("set", "dapbot_line", "careful")
    assert (code, out.strip()) == (0, "DAPBOT_LINE을(를) 저장했습니다. 실행 중인 서버에는 몇 초 안에 적용됩니다.")
    assert (listed(settings, "DAPBOT_LINE")["value"], listed(settings, "DAPBOT_LINE")["source"]) == ("careful", "page")
    assert "  DAPBOT_LINE=careful  (여기서 정함)" in settings("list")[1]
    assert settings("undo")[:2] == (0, "되돌렸어요.\n")
    assert listed(settings, "DAPBOT_LINE")["source"] == "default"
    assert "다시 시작하면 적용됩니다" in settings("set", "DAPBOT_WORKERS", "3")[1]
    settings("reset", "DAPBOT_WORKERS")
    assert listed(settings, "DAPBOT_WORKERS")["value"] == "16"


def test_what_cannot_be_kept_is_one_sentence(settings: Dapbot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary-7f3a9b2c5d8e1f4a")
    for name, value in (("DAPBOT_LINE", "bold"), ("OPENAI_API_KEY", "sk-x"), ("DAPBOT_LANGUAGE", "en"), ("HOME", "/")):
        code, out, err = settings("set", name, value)
        assert (code, out, len(err.strip().splitlines())) == (1, "", 1), err
        assert name in err
    assert "환경 변수로 정해져 있습니다" in settings("set", "DAPBOT_LANGUAGE", "en")[2]
    assert listed(settings, "OPENAI_API_KEY")["value"] == "***"
    assert "canary" not in settings("list")[1]


def test_what_is_kept_holds_for_other_commands(terminal: Dapbot, settings: Dapbot) -> None:
    settings("set", "DAPBOT_KEEP_DAYS", "3650")
    assert "3650" in terminal("database", "retain", "--dry-run")[1].replace(",", "")
