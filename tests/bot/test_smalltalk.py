"""What the bot says where nothing is asked: short, in the language, and honest about what it is."""

from typing import get_args

import pytest

from bot.phrases import PHRASES
from bot.small_words import PATTERNS, Kind
from bot.tasks.smalltalk import WITH_EXAMPLES, reply
from knowledge.language import Language, language_of

QUESTIONS = {
    "ko": ["환불은 어떻게 하나요?", "배송비는 얼마인가요?", "세 번째"],
    "en": ["How do I return an item?", "What is shipping?", "third"],
}


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_kind_has_a_short_reply_in_each_language(kind: Kind, language: Language) -> None:
    said = reply(kind, language, QUESTIONS[language])
    assert language_of(said) == language
    assert len(said) < 420
    assert "{" not in said
    assert (QUESTIONS[language][1] in said) == (kind in WITH_EXAMPLES)
    assert QUESTIONS[language][2] not in said


def test_every_pattern_has_its_phrase() -> None:
    assert {f"smalltalk.{kind}" for kind in PATTERNS} <= set(PHRASES)


def test_without_documents_there_are_no_examples() -> None:
    assert reply("greeting", "ko") == PHRASES["smalltalk.greeting"][0]


def test_someone_in_danger_is_told_where_help_is() -> None:
    korean, english = reply("crisis", "ko"), reply("crisis", "en")
    for said in (korean, english):
        assert "109" in said
        assert "119" in said
        assert "1393" not in said


def test_it_says_what_it_is() -> None:
    assert "프로그램" in reply("who", "ko")
    assert "program" in reply("who", "en")
    assert "출처" in reply("help", "ko")
    assert "source" in reply("help", "en")
