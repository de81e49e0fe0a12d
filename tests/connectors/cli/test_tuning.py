"""`dapbot knowledge tune` in a terminal."""

import json
from pathlib import Path

from tests.bot.test_tuning import entries
from tests.connectors.cli.conftest import Dapbot


def test_learned_shown_and_undone(terminal: Dapbot, tmp_path: Path) -> None:
    (tmp_path / "faq.jsonl").write_bytes(entries())
    assert terminal("knowledge", "add", tmp_path / "faq.jsonl")[0] == 0
    code, out, err = terminal("knowledge", "tune")
    assert code == 0, err
    assert "60개" in out
    assert "낱말만" in out
    assert "--undo" in out
    code, out, _ = terminal("knowledge", "tune", "--undo", "--json")
    assert (code, json.loads(out)) == (0, {"used": False})


def test_too_few_questions_are_said_in_a_sentence(terminal: Dapbot) -> None:
    code, out, err = terminal("knowledge", "tune")
    assert (code, out) == (1, "")
    assert err.startswith("답을 아는 한국어 질문이 0개입니다.")
