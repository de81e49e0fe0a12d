import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.llm.scripted import ScriptedModel
from bot.messages import Message
from bot.owner import Ownership
from bot.settings import Settings
from bot.wiring import build_bot
from tests.samples import BotMaker
from tests.servers import databases

ASK_COLD = """
import sys
from pathlib import Path
from bot.messages import Message
from bot.settings import Settings
from bot.wiring import build_bot
with build_bot(Settings(data=Path(sys.argv[1]))) as bot:
    assert bot.ask(Message("환불은 얼마나 걸리나요?", "test")).answered
print(*sorted({name.partition(".")[0] for name in sys.modules} & set(sys.argv[2].split(","))))
"""
HEAVY = "torch,chromadb,sentence_transformers,langchain,langchain_core,transformers,alembic,fastapi"


def test_a_folder_that_does_not_exist_is_made(tmp_path: Path) -> None:
    with build_bot(Settings(data=tmp_path / "new" / "data")) as bot:
        assert not bot.ask(Message("환불은 얼마나 걸리나요?", "test")).answered
    assert databases.count(tmp_path / "new" / "data", "answers") == 1


def test_the_lock_is_held_while_the_bot_is_open_and_given_back(tmp_path: Path) -> None:
    with build_bot(Settings(data=tmp_path)) as bot:
        assert bot.ownership.held
        assert not Ownership(tmp_path).take(0)
        with build_bot(Settings(data=tmp_path)) as other:
            assert not other.ownership.held
    with Ownership(tmp_path) as own:
        assert own.take(0)


def test_a_lock_that_was_handed_in_is_not_given_back(tmp_path: Path) -> None:
    with Ownership(tmp_path) as own:
        assert own.take()
        with build_bot(Settings(data=tmp_path), ownership=own) as bot:
            assert bot.ownership.held
        assert own.held


def test_a_model_that_cannot_be_used_stops_answers_and_nothing_else(tmp_path: Path) -> None:
    with build_bot(Settings(data=tmp_path, llm="openai:gpt-4.1-mini")) as bot:
        assert bot.library.documents() == []
        with pytest.raises(SettingsError) as caught:
            bot.ask(Message("환불은 얼마나 걸리나요?", "test"))
    assert "OPENAI_API_KEY" in str(caught.value)


def test_the_clock_is_in_the_zone_of_the_settings(tmp_path: Path) -> None:
    with build_bot(Settings(data=tmp_path, timezone="Asia/Seoul")) as bot:
        assert bot.clock().utcoffset() == timedelta(hours=9)


def test_a_model_that_is_handed_in_goes_before_the_settings(make_bot: BotMaker) -> None:
    model = ScriptedModel(["환불은 영업일 기준 3일 안에 처리됩니다. [1]"])
    bot = make_bot(model, openai_base_url="http://127.0.0.1:9/v1")
    assert bot.ask(Message("환불은 얼마나 걸리나요?", "test")).model == "scripted:model"


def test_a_korean_question_loads_nothing_heavy(korean_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    databases.copy_folder(korean_folder, folder)  # the question is recorded
    ran = subprocess.run(
        [sys.executable, "-c", ASK_COLD, str(folder), HEAVY],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **databases.environment(("--data", folder))},
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.split() == []
