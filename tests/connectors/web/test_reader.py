"""Which language a page and its errors are in."""

import pytest

from connectors.web.reader import preferred


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "ko"),
        ("*", "ko"),
        ("ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7", "ko"),
        ("en-US,en;q=0.9,ko;q=0.8", "en"),
        ("en;q=0.4, ko;q=0.5", "ko"),
        ("fr-FR,fr;q=0.9", "en"),
        ("fr, ko;q=0.1", "ko"),
        ("EN-gb", "en"),
        ("ko;q=0, en;q=0.1", "en"),
        ("ko;q=nonsense,en", "en"),
        ("ko;q=1.5", "ko"),
        ("ko;q=²", "en"),
        (";;;,,,=,q", "en"),
        ("ko," * 5000, "ko"),
    ],
)
def test_accept_language_is_weighed(header: str, language: str) -> None:
    assert preferred(header) == language
