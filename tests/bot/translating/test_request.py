"""Into which language, and how."""

import pytest

from bot.preferences import Preferences
from bot.translating.request import code_of, request_of, usual_target


@pytest.mark.parametrize(
    ("order", "material", "target"),
    [
        ("영어로 번역해줘", "안녕하세요", "en"),
        ("번역해줘", "안녕하세요", "en"),
        ("번역해줘", "Hello there", "ko"),
        ("translate this", "Bonjour, comment puis-je annuler ma commande", "ko"),
        ("일본어로 옮겨줘", "안녕하세요", "ja"),
        ("Translate to Japanese please", "Hello", "ja"),
        ("put this in formal Korean", "Hello", "ko"),
        ("영작해줘", "안녕하세요", "en"),
        ("중국어로 뭐라고 해", "안녕", "zh"),
    ],
)
def test_the_language(order: str, material: str, target: str) -> None:
    assert request_of(order, material, {}, Preferences()).target == target


def test_an_option_comes_first() -> None:
    assert request_of("영어로 번역해줘", "안녕", {"to": "ja"}, Preferences()).target == "ja"
    assert request_of("번역", "안녕", {"to": "klingon"}, Preferences()).target == "en"


def test_tone_and_politeness() -> None:
    request = request_of("반말로 한국어로 번역해줘", "Hello", {}, Preferences(politeness="hasipsio"))
    assert request.politeness == "banmal"
    assert request_of("번역해줘", "Hello", {}, Preferences(politeness="hasipsio")).politeness == "hasipsio"
    assert request_of("격식 있게 영어로", "안녕", {}, Preferences()).tone == "formal"


@pytest.mark.parametrize(
    ("said", "code"), [("EN", "en"), ("영어", "en"), ("Japanese", "ja"), ("", None), ("elvish", None)]
)
def test_codes(said: str, code: str | None) -> None:
    assert code_of(said) == code


def test_usually() -> None:
    assert (usual_target("안녕"), usual_target("hi")) == ("en", "ko")
