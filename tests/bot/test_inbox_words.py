"""Why a row went wrong, in words an administrator understands."""

import pytest

from bot.inbox_words import error_in_words
from bot.phrases import say


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (None, ""),
        ("limit", "보낸 사람이 한도에 이르러 답하지 않았습니다"),
        ("there is no channel slack here", "slack 채널이 설정되어 있지 않습니다. 설정을 확인해 주세요"),
        ("there is no job digest here", "이 버전에는 digest 예약 작업이 없습니다"),
        ("ModelError: model.slow", say("model.slow", "ko")),
        ("DataError: database.cannot_write", "DataError: database.cannot_write"),  # its values were not kept
        ("KeyError at translate.py:12", "KeyError at translate.py:12"),
        ("account_inactive", "account_inactive"),
        (": ", ": "),
        ("x: inbox.error.{0}", "x: inbox.error.{0}"),
    ],
)
def test_in_korean(error: str | None, said: str) -> None:
    assert error_in_words(error, "ko") == said


def test_in_english() -> None:
    assert error_in_words("crashed", "en") == "the program kept ending while it worked on this"
    assert error_in_words("there is no channel mail here", "en").startswith("the channel mail is not set up here")
