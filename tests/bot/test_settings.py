"""The settings: where they come from, what is said when they are wrong, and that secrets are never said."""

import logging
import re
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.example import example
from bot.phrases import PHRASES, say
from bot.settings import SECRETS, VARIABLES, Settings, load, unknown_names

ROOT = Path(__file__).parents[2]

CANARY = "sk-canary-7f3a9b2c5d8e1f4a6b7c8d9e0f1a2b3c"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def wrong(**overrides: object) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        load(**overrides)
    for language in ("ko", "en"):
        said = say(caught.value.phrase, language, **caught.value.values)
        assert "{name}" not in said
    return caught.value


def test_the_defaults_need_nothing() -> None:
    settings = load()
    assert settings.data == Path("data")
    assert (settings.web_host, settings.web_port, settings.timezone) == ("127.0.0.1", 8080, "Asia/Seoul")
    assert settings.llm == ""
    assert settings.database_url is None


def test_a_flag_comes_before_the_environment_before_env_before_toml(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("dapbot.toml").write_text('DAPBOT_LINE = "careful"\nDAPBOT_DATA = "toml"\nDAPBOT_WEB_PORT = 1\n', "utf-8")
    assert load().web_port == 1
    Path(".env").write_text("DAPBOT_WEB_PORT=2\nDAPBOT_DATA=env-file\n", "utf-8")
    assert load().web_port == 2
    monkeypatch.setenv("DAPBOT_WEB_PORT", "3")
    monkeypatch.setenv("DAPBOT_DATA", "environment")
    assert load().web_port == 3
    settings = load(web_port=4, data=Path("flag"), line=None)
    assert (settings.web_port, settings.data, settings.line) == (4, Path("flag"), "careful")


def test_empty_means_the_default_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("dapbot.toml").write_text('DAPBOT_DATABASE_URL = ""\nDAPBOT_LINE = ""\n', "utf-8")
    Path(".env").write_text("DAPBOT_SECRET=\nDAPBOT_WEB_PORT=\n", "utf-8")
    monkeypatch.setenv("DAPBOT_TIMEZONE", "")
    assert load() == Settings()
    assert (load().line, load().secret, load().database_url) == ("balanced", None, None)


def test_home_is_understood_and_words_may_be_written_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAPBOT_DATA", "~/답봇")
    monkeypatch.setenv("DAPBOT_LOG_LEVEL", "DEBUG")
    monkeypatch.setenv("DAPBOT_LANGUAGE", " KO ")
    settings = load()
    assert settings.data == Path.home() / "답봇"
    assert (settings.log_level, settings.language) == ("debug", "ko")


@pytest.mark.parametrize(
    ("variable", "value", "what_would_do"),
    [
        ("DAPBOT_LINE", "brave", "careful, balanced, eager"),
        ("DAPBOT_LANGUAGE", "fr", "ko, en"),
        ("DAPBOT_LOG_LEVEL", "loud", "debug, info, warning, error"),
        ("DAPBOT_WEB_PORT", "팔천", "from 0 to 65535"),
        ("DAPBOT_WEB_PORT", "70000", "from 0 to 65535"),
        ("DAPBOT_WEB_PORT", "80.5", "from 0 to 65535"),
        ("DAPBOT_LLM_DEADLINE", "0", "from 1 to 600"),
        ("DAPBOT_LLM_DEADLINE", "nan", "from 1 to 600"),
        ("DAPBOT_LLM_DEADLINE", "soon", "from 1 to 600"),
        ("DAPBOT_TIMEZONE", "Asia/Seul", "Asia/Seoul"),
        ("DAPBOT_TIMEZONE", "../../etc/passwd", "Asia/Seoul"),
        ("DAPBOT_TIMEZONE", "Asia", "Asia/Seoul"),
        ("DAPBOT_CHROMA_URL", "chroma:8000", "http://host:port"),
        ("DAPBOT_CHROMA_URL", "http://host:port", "http://host:port"),
        ("DAPBOT_CHROMA_URL", "http://[::1", "http://host:port"),
        ("OPENAI_BASE_URL", "localhost", "http://host:port"),
        ("DAPBOT_LLM", "gpt-4.1-mini", "provider:model"),
        ("DAPBOT_LLM", "openai: gpt", "provider:model"),
    ],
)
def test_a_wrong_value_is_named_with_what_would_do(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, what_would_do: str
) -> None:
    monkeypatch.setenv(variable, value)
    said = str(wrong())
    assert said.startswith(f"{variable}={value} ")
    assert what_would_do in said


def test_the_file_of_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("dapbot.toml").write_text('DAPBOT_LINE = "brave"\n', "utf-8")
    assert str(wrong()).startswith("DAPBOT_LINE (dapbot.toml)=brave ")
    Path(".env").write_text("DAPBOT_LINE=bold\n", "utf-8")
    assert str(wrong()).startswith("DAPBOT_LINE (.env)=bold ")
    monkeypatch.setenv("DAPBOT_LINE", "wild")
    assert str(wrong()).startswith("DAPBOT_LINE=wild ")
    assert str(wrong(line="daring")).startswith("DAPBOT_LINE=daring ")


def test_a_value_of_the_wrong_kind_in_toml_is_named() -> None:
    Path("dapbot.toml").write_text("[DAPBOT_TIMEZONE]\nseoul = true\n\n[[DAPBOT_WEB_PORT]]\nx = 1\n", "utf-8")
    assert "dapbot.toml" in str(wrong())


def test_a_huge_value_is_shortened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAPBOT_LINE", "x" * 100_000)
    assert len(str(wrong())) < 400


# --- secrets ----------------------------------------------------------------------------------------------------


def test_every_key_and_address_with_a_password_is_a_secret() -> None:
    endings = ("_KEY", "_SECRET", "_TOKEN", "DATABASE_URL", "IMAP_URL", "SMTP_URL")
    assert {v for v in VARIABLES if v.endswith(endings)} == SECRETS


@pytest.mark.parametrize("variable", sorted(VARIABLES))
@pytest.mark.parametrize("source", ["environment", ".env", "dapbot.toml"])
def test_a_secret_is_never_shown(
    variable: str, source: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Not even where it was written behind the wrong name."""
    caplog.set_level(logging.DEBUG)
    if source == "environment":
        monkeypatch.setenv(variable, CANARY)
        monkeypatch.setenv("DAPBOT_SECRETT", CANARY)
    elif source == ".env":
        Path(".env").write_text(f"{variable}={CANARY}\nDAPBOT_SECRETT={CANARY}\n", "utf-8")
    else:
        Path("dapbot.toml").write_text(f'{variable} = "{CANARY}"\nDAPBOT_SECRETT = "{CANARY}"\n', "utf-8")
    try:
        settings = load()
    except SettingsError as error:
        shown = [str(error), repr(error), repr(error.values), repr(error.__cause__), repr(error.__context__)]
    else:
        shown = [repr(settings), str(settings), str(settings.model_dump())] if variable in SECRETS else []
    assert CANARY not in "".join(shown) + caplog.text


def test_a_short_secret_is_refused_without_showing_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAPBOT_SECRET", "hunter2")
    error = wrong()
    assert "DAPBOT_SECRET" in str(error)
    assert "hunter2" not in str(error) + repr(error.values)


def test_a_password_in_an_address_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAPBOT_CHROMA_URL", "htp://admin:hunter2@chroma:8000")
    assert "hunter2" not in repr(wrong())


def test_a_broken_line_of_toml_is_not_quoted_with_its_secret() -> None:
    Path("dapbot.toml").write_text(f'OPENAI_API_KEY = "{CANARY}\n', "utf-8")
    error = wrong()
    assert CANARY not in str(error) + repr(error.values)


# --- files ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [".env", "dapbot.toml"])
@pytest.mark.parametrize("encoding", ["cp949", "utf-16"])
def test_a_file_in_another_encoding_is_one_sentence(name: str, encoding: str) -> None:
    Path(name).write_bytes('DAPBOT_DATA="자료"  # 한글 설명\n'.encode(encoding))
    said = str(wrong())
    assert name in said
    assert "UTF-8" in said


@pytest.mark.parametrize("name", [".env", "dapbot.toml"])
def test_the_mark_that_editors_on_windows_put_in_front_is_read_over(name: str) -> None:
    Path(name).write_bytes('\ufeffDAPBOT_DATA="자료"\r\nDAPBOT_WEB_PORT=1\r\n'.encode())
    assert (load().data, load().web_port) == (Path("자료"), 1)
    assert unknown_names() == []


@pytest.mark.parametrize("text", ["DAPBOT_LINE: careful\n", "[", 'DAPBOT_LINE = "a"\nDAPBOT_LINE = "b"\n', "\x00\x01"])
def test_broken_toml_is_one_sentence(text: str) -> None:
    Path("dapbot.toml").write_text(text, "utf-8")
    said = str(wrong())
    assert said.startswith("dapbot.toml cannot be read")
    assert "\n" not in said


def test_a_folder_called_env_is_not_read() -> None:
    Path(".env").mkdir()
    assert load().line == "balanced"


# --- names that are not known -----------------------------------------------------------------------------------


def test_names_that_set_nothing_are_said_with_the_nearest_right_one(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("DAPBOT_LIME", "careful")
    monkeypatch.setenv("DAPBOT_LANGUAGE", "en")
    Path(".env").write_text("DAPBOT_DATBASE_URL=x\nHOME_PAGE=other programs write here too\n", "utf-8")
    Path("dapbot.toml").write_text('llm = "openai:gpt-4.1-mini"\nDAPBOT_ZZZ = 1\n', "utf-8")
    assert load().llm == ""
    assert {(n.name, n.where, n.nearest) for n in unknown_names()} == {
        ("DAPBOT_LIME", "environment", "DAPBOT_LINE"),
        ("DAPBOT_DATBASE_URL", ".env", "DAPBOT_DATABASE_URL"),
        ("llm", "dapbot.toml", "DAPBOT_LLM"),
        ("DAPBOT_ZZZ", "dapbot.toml", ""),
    }
    assert "DAPBOT_LIME in the environment is not a setting that is known here" in caplog.text
    assert "Did you mean DAPBOT_LINE?" in caplog.text
    monkeypatch.setenv("DAPBOT_LANGUAGE", "ko")
    caplog.clear()
    load()
    assert "환경 변수에 적힌 DAPBOT_LIME" in caplog.text


def test_right_names_are_not_complained_about(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        monkeypatch.setenv(variable, "x")
    monkeypatch.setenv("dapbot_line", "careful")
    assert unknown_names() == []


# --- the documents ----------------------------------------------------------------------------------------------


def test_the_example_in_the_repository_is_the_one_these_settings_give() -> None:
    assert (ROOT / ".env.example").read_text("utf-8") == example(), "run: python -m bot.example > .env.example"


def test_the_example_can_be_used_as_it_is() -> None:
    Path(".env").write_text(re.sub(r"^#(?=[A-Z_]+=)", "", example(), flags=re.MULTILINE), "utf-8")
    assert load().model_dump() == Settings(_env_file=None).model_dump()
    assert unknown_names() == []


def test_every_setting_is_explained_in_both_languages() -> None:
    explained = {key.removeprefix("settings.for.") for key in PHRASES if key.startswith("settings.for.")}
    assert explained == set(Settings.model_fields) - {"fault"}
