"""Who did or asked something, as people read it."""

import pytest

from bot.shown import author_name, person_name


@pytest.mark.parametrize(
    ("name", "korean", "english"),
    [
        ("42315090483d2fa987c2398b8d960b9b", "손님 42315090", "guest 42315090"),
        ("local", "이 컴퓨터", "this machine"),
        ("kim@example.com", "kim@example.com", "kim@example.com"),
        ("", "", ""),
    ],
)
def test_guests_are_told_apart_by_a_short_number(name: str, korean: str, english: str) -> None:
    assert (person_name(name, "ko"), person_name(name, "en")) == (korean, english)


def test_whoever_sits_at_the_server_is_not_called_by_a_code_word() -> None:
    assert author_name("local", "ko") == "이 컴퓨터"
    assert author_name("김민수", "ko") == "김민수"
