"""What the doctor finds in folders and settings of every kind; it makes nothing that is not there."""

import socket
from pathlib import Path

import pytest

from bot.accounts import Accounts
from bot.database.engine import open_engine
from bot.database.migrating import require_current
from bot.database.opening import opened
from bot.doctor import Check, examine
from bot.owner import Ownership
from bot.settings import load


def found(data: Path, **settings: object) -> dict[str, Check]:
    return {check.name: check for check in examine(load(data=data, **settings))}


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A data folder with a database and nothing in it."""
    engine = open_engine(load(data=tmp_path))
    require_current(engine)
    engine.dispose()
    return tmp_path


def test_no_folder_is_to_be_made_and_is_not_made(tmp_path: Path) -> None:
    checks = found(tmp_path / "none")
    assert checks["data"].state == "todo"
    assert "dapbot database upgrade" in checks["data"].advised("ko")
    assert "database" not in checks
    assert list(tmp_path.iterdir()) == []


def test_no_database_is_to_be_made_and_is_not_made(tmp_path: Path) -> None:
    checks = found(tmp_path)
    assert checks["database"].state == "todo"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert found(tmp_path / "file" / "data")["data"].state == "todo"


@pytest.mark.sqlite
def test_another_programs_file_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "dapbot.sqlite3").write_bytes(b"not a database at all, but long enough to look at" * 20)
    check = found(tmp_path)["database"]
    assert check.state == "todo"
    assert "dapbot.sqlite3" in check.said("en")


def test_an_empty_library_is_to_be_filled(empty: Path) -> None:
    checks = found(empty)
    assert checks["database"].state == "ok"
    assert checks["documents"].state == "todo"
    assert "dapbot knowledge add" in checks["documents"].advised("en")


def test_who_may_change_the_documents_is_said(empty: Path) -> None:
    assert found(empty)["accounts"].state == "note"
    assert "dapbot admin create" in found(empty)["accounts"].advised("ko")
    assert found(empty, public_url="https://faq.example")["accounts"].state == "todo"
    assert found(empty, web_host="0.0.0.0")["accounts"].state == "todo"  # noqa: S104
    with opened(load(data=empty)) as sessions:
        Accounts(sessions).create("boss", "correct horse battery", actor="command:test")
    assert found(empty, web_host="0.0.0.0")["accounts"].state == "ok"  # noqa: S104
    assert found(empty, web_host="0.0.0.0")["encryption"].state == "note"  # noqa: S104
    assert "encryption" not in found(empty, web_host="0.0.0.0", public_url="https://faq.example")  # noqa: S104


def test_models_are_looked_for_and_not_loaded(empty: Path, tmp_path: Path) -> None:
    assert found(empty)["weights"].state == "ok"
    assert found(empty, embedding_model=str(tmp_path))["weights"].state == "ok"
    assert found(empty, embedding_model="/no/such/folder")["weights"].state == "todo"
    assert found(empty, embedding_model="some/model")["weights"].state == "note"


@pytest.mark.parametrize(
    ("llm", "key", "state", "said"),
    [
        ("", None, "note", "extracts"),
        ("openai:gpt-4.1-mini", None, "todo", "OPENAI_API_KEY"),
        ("openai:gpt-4.1-mini", "sk-test", "ok", "openai:gpt-4.1-mini"),
        ("nobody:model", None, "todo", "nobody"),
    ],
)
def test_the_language_model_is_set_up_or_said_to_be_missing(
    llm: str, key: str | None, state: str, said: str, empty: Path
) -> None:
    check = found(empty, llm=llm, openai_api_key=key)["model"]
    assert check.state == state
    assert said in check.said("en")
    assert "sk-test" not in check.said("en") + check.advised("en")


@pytest.mark.parametrize("field", ["llm_small", "llm_fallback", "task_translate_llm"])
def test_each_model_that_is_named_is_looked_at_by_itself(field: str, empty: Path) -> None:
    name = field.replace("task_", "llm_")
    settings = {"llm": "openai:gpt-4.1-mini", "openai_api_key": "sk-test"}
    for model, said in (
        ("groq:llama-3.3-70b-versatile", "langchain-groq"),
        ("anthropic:claude-haiku-4-5", "ANTHROPIC_API_KEY"),
        ("upstage:solar-pro2", "UPSTAGE_API_KEY"),
    ):
        checks = found(empty, **settings, **{field: model})
        assert checks["model"].state == "ok"
        assert checks[name].state == "todo"
        for language in ("ko", "en"):
            assert said in checks[name].said(language)
            assert f"DAPBOT_{field.upper()}" in checks[name].said(language)
    assert found(empty, **settings, **{field: "ollama:exaone3.5"})[name].state == "ok"


def test_the_address_is_free_taken_or_ours(empty: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert found(empty, web_port=port)["address"].state == "note"
    assert found(empty, web_port=port)["address"].state == "ok"
    with Ownership(empty) as ownership:
        assert ownership.take()
        ownership.announce("http://127.0.0.1:8099")
        assert "http://127.0.0.1:8099" in found(empty, web_port=port)["address"].said("ko")
