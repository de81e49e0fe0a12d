"""What administrators set: checked, kept under the environment, taken up at once or at the next start, taken back."""

from collections.abc import Iterator

import pytest

from bot.changing_settings import ChangingSettings
from bot.database import audit, kept_settings
from bot.database.audit import Wanted
from bot.errors import SettingsError, UserError
from bot.kept_settings import KeptSettings, waiting, with_stored
from bot.messages import Message
from bot.phrases import PHRASES, original, replace_words, say
from bot.setting_rows import form_of
from bot.setting_sections import CHANGEABLE, ITEMS, SECTIONS
from bot.settings import FOR_TESTS, SECRETS, VARIABLES
from bot.wiring import Bot, build_bot
from tests.samples import BotMaker
from tests.servers.databases import settings_of


def kept_of(bot: Bot) -> KeptSettings:
    return KeptSettings(bot.sessions, bot.settings, bot.renew_model)


@pytest.fixture
def bot(make_bot: BotMaker) -> Bot:
    return make_bot()


@pytest.fixture
def changing(bot: Bot) -> ChangingSettings:
    return ChangingSettings(bot.settings, bot.sessions, kept_of(bot).look)


@pytest.fixture(autouse=True)
def _words_as_written() -> Iterator[None]:
    yield
    replace_words({})


def settings_of_bot(bot: Bot) -> tuple[str, int]:
    return bot.settings.line, bot.settings.workers


def refused(changing: ChangingSettings, variable: str, value: str) -> str:
    with pytest.raises(SettingsError) as caught:
        changing.set({variable: value}, "minsu")
    assert changing.kept().values == {}
    return caught.value.phrase


def test_every_setting_stands_in_one_section() -> None:
    named = [item.variable for items in SECTIONS.values() for item in items]
    assert sorted(named) == sorted(set(VARIABLES) - {FOR_TESTS})
    assert all(ITEMS[variable].changes not in CHANGEABLE for variable in SECRETS)


def test_what_can_be_changed_has_a_name_and_its_choices_have_words() -> None:
    names = [item.name for item in ITEMS.values() if item.changes in CHANGEABLE]
    wanted = [f"web.settings.label.{name}" for name in names]
    wanted += [f"web.settings.choice.{name}.{choice}" for name in names for choice in form_of(name).choices]
    assert [key for key in wanted if key not in PHRASES] == []


@pytest.mark.postgresql
def test_a_change_is_taken_up_at_once_noted_and_taken_back(bot: Bot, changing: ChangingSettings) -> None:
    changing.set({"DAPBOT_LLM_DEADLINE": "12.5"}, "minsu")
    assert bot.settings.llm_deadline == 12.5
    changing.set({"DAPBOT_LLM_DEADLINE": None}, "minsu")
    assert bot.settings.llm_deadline == 30
    changing.set({"DAPBOT_LINE": " Eager ", "DAPBOT_KEEP_DAYS": "90"}, "minsu")
    assert (bot.settings.line, bot.settings.keep_days) == ("eager", 90)
    with bot.sessions() as session:
        lines = audit.lines(session, Wanted(action="settings"), limit=2)
    assert {(line.subject, line.detail["after"]) for line in lines} == {
        ("DAPBOT_LINE", "eager"),
        ("DAPBOT_KEEP_DAYS", "90"),
    }
    undone = changing.undo(kept_settings.SETTINGS, 3, "minsu")
    assert undone.values == {}
    assert (bot.settings.line, bot.settings.keep_days) == ("balanced", 180)
    assert changing.undo(kept_settings.SETTINGS, 4, "minsu").values == {"DAPBOT_LINE": "eager", "DAPBOT_KEEP_DAYS": 90}
    assert bot.settings.line == "eager"


@pytest.mark.postgresql
def test_what_another_process_changed_is_taken_up_and_holds_after_a_restart(bot: Bot) -> None:
    ours = kept_of(bot)
    ours.look()
    ChangingSettings(bot.settings, bot.sessions).set({"DAPBOT_LINE": "careful", "DAPBOT_WORKERS": "3"}, "minsu")
    assert settings_of_bot(bot) == ("balanced", 16)
    ours.look()
    assert settings_of_bot(bot) == ("careful", 16), "how many work at once takes a restart"
    kept = ChangingSettings(bot.settings, bot.sessions).kept().values
    assert waiting(bot.settings, kept) == ["DAPBOT_WORKERS"]
    fresh = settings_of(bot.settings.data)
    assert with_stored(fresh).workers == 3
    assert fresh.workers == 16, "the settings that were given stay as they are"


def test_what_is_fixed_elsewhere_stays(make_bot: BotMaker) -> None:
    bot = make_bot(line="careful")
    changing = ChangingSettings(bot.settings, bot.sessions, kept_of(bot).look)
    assert refused(changing, "DAPBOT_LINE", "eager") == "settings.fixed_flag"
    with bot.sessions.begin() as session:
        kept_settings.write(session, kept_settings.SETTINGS, 0, {"DAPBOT_LINE": "eager"})
    kept_of(bot).look()
    assert bot.settings.line == "careful"


def test_the_environment_comes_before_what_is_kept(monkeypatch: pytest.MonkeyPatch, bot: Bot) -> None:
    from bot.settings import load

    ChangingSettings(bot.settings, bot.sessions).set({"DAPBOT_LINE": "eager"}, "minsu")
    monkeypatch.setenv("DAPBOT_LINE", "careful")
    settings = with_stored(load(data=bot.settings.data))
    assert settings.line == "careful"
    assert refused_by_environment(settings, bot) == "settings.fixed_environment"


def refused_by_environment(settings: object, bot: Bot) -> str:
    with pytest.raises(SettingsError) as caught:
        ChangingSettings(settings, bot.sessions).set({"DAPBOT_LINE": "eager"}, "minsu")  # type: ignore[arg-type]
    return caught.value.phrase


@pytest.mark.parametrize(
    ("variable", "value", "phrase"),
    [
        ("DAPBOT_LINE", "bold", "settings.choice"),
        ("DAPBOT_KEEP_DAYS", "0", "settings.number"),
        ("DAPBOT_KEEP_DAYS", "9" * 5_000, "settings.number"),
        ("DAPBOT_COST_PER_DAY", "nan", "settings.number"),
        ("DAPBOT_TIMEZONE", "../etc", "settings.timezone"),
        ("DAPBOT_LLM", "gpt", "settings.llm"),
        ("DAPBOT_LLM", "openai:gpt-5-mini", "model.key_missing"),
        ("DAPBOT_LLM", "openai:sk-proj-7f3a9b2c", "settings.looks_secret"),
        ("OPENAI_API_KEY", "sk-7f3a9b2c5d8e1f4a", "settings.not_here_secret"),
        ("OPENAI_BASE_URL", "http://evil.example", "settings.not_here_trust"),
        ("DAPBOT_DATA", "/", "settings.not_here_start"),
        ("PATH", "/", "settings.no_such"),
        ("DAPBOT_FAULT", "x", "settings.no_such"),
    ],
)
def test_what_cannot_be_used_changes_nothing(
    changing: ChangingSettings, variable: str, value: str, phrase: str
) -> None:
    assert refused(changing, variable, value) == phrase


def test_who_comes_second_is_told(changing: ChangingSettings) -> None:
    changing.set({"DAPBOT_LINE": "eager"}, "minsu", seen=0)
    with pytest.raises(UserError, match="meanwhile"):
        changing.set({"DAPBOT_LINE": "careful"}, "jimin", seen=0)
    assert changing.kept().values == {"DAPBOT_LINE": "eager"}


def test_a_model_is_taken_up_without_a_restart(make_bot: BotMaker) -> None:
    bot = make_bot(ollama_host="127.0.0.1:9", llm_deadline=1.0)
    changing = ChangingSettings(bot.settings, bot.sessions, kept_of(bot).look)
    question = Message("환불은 얼마나 걸리나요?", "terminal")
    assert bot.ask(question).model == "extractive"
    changing.set({"DAPBOT_LLM": "ollama:tiny"}, "minsu")
    assert bot.llm is not None
    assert bot.llm.name == "ollama:tiny"
    assert bot.ask(question).failed, "it is asked from now on, and is not there"
    changing.set({"DAPBOT_LLM": ""}, "minsu")
    assert not bot.ask(question).failed


def test_a_kept_value_that_cannot_be_used_any_more_does_not_keep_a_server_from_starting(bot: Bot) -> None:
    with bot.sessions.begin() as session:
        kept = {"DAPBOT_LLM": "openai:gpt-5-mini", "DAPBOT_KEEP_DAYS": -1, "DAPBOT_GONE": 1, "DAPBOT_LINE": "eager"}
        kept_settings.write(session, kept_settings.SETTINGS, 0, kept)
    with build_bot(settings_of(bot.settings.data)) as again:
        assert (again.settings.llm, again.settings.keep_days, again.settings.line) == ("", 180, "eager")


def test_own_words_are_said_checked_and_taken_back(bot: Bot, changing: ChangingSettings) -> None:
    key = "answer.unknown"
    changing.say(key, {"ko": "그건 제가 몰라요. 총무팀(내선 100)에 물어봐 주세요.", "en": ""}, "minsu")
    assert bot.ask(Message("달의 뒷면은 어떻게 생겼나요?", "terminal")).text.startswith("그건 제가 몰라요.")
    assert say(key, "en") == original(key, "en"), "the language without own words keeps the original"
    changing.undo(kept_settings.WORDS, 1, "minsu")
    assert say(key, "ko") == original(key, "ko")


@pytest.mark.parametrize(
    ("key", "text", "phrase"),
    [
        ("answer.nothing_near", "{x} 몰라요", "words.braces"),
        ("answer.nothing_near", "{몰라요", "words.braces"),
        ("answer.part_unknown", "몰라요", "words.placeholders"),
        ("answer.part_unknown", "{question.__class__} {question}", "words.braces"),
        ("answer.part_unknown", "{question!r:>9}", "words.braces"),
        ("answer.part_unknown", "가" * 601 + "{question}", "words.long"),
        ("web.title", "우리 봇", "words.unknown"),
    ],
)
def test_words_that_cannot_be_said(changing: ChangingSettings, key: str, text: str, phrase: str) -> None:
    with pytest.raises(UserError) as caught:
        changing.say(key, {"ko": text}, "minsu")
    assert caught.value.phrase == phrase
    assert changing.kept(kept_settings.WORDS).values == {}


def test_how_answers_speak_is_what_people_chose_before_what_is_set(make_bot: BotMaker) -> None:
    from bot.llm.scripted import ScriptedModel

    model = ScriptedModel(["환불은 영업일 기준 3일 안에 처리됩니다. [1]"])
    bot = make_bot(model, politeness="hasipsio")
    bot.ask(Message("환불은 얼마나 걸리나요?", "terminal"))
    assert say("preferences.politeness.hasipsio", "ko") in model.asked[-1].whole
