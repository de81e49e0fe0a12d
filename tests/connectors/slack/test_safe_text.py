"""Nobody is called by a reply, nothing in it is fetched, and only links of its sources open."""

import pytest

from connectors.slack.safe_text import escaped, neutral, pieces, plain

J = "\u2060"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("<!channel> 공지", f"<{J}!channel> 공지"),
        ("@channel @here @everyone", f"@{J}channel @{J}here @{J}everyone"),
        ("<@U123> 님", f"<{J}@U123> 님"),
        ("me@everyone.example", "me@everyone.example"),
        ("![그림](https://evil.example/p.png)", "그림"),
        ("[여기](https://evil.example)를 보세요", "여기를 보세요"),
        ("https://evil.example/a에서", "`https://evil.example/a`에서"),
        ("<https://evil.example|여기>", f"<{J}`https://evil.example|여기`>"),
        ("javascript: [x](javascript:alert)", "javascript: x"),
        ("`<!here>` 코드", "`<!here>` 코드"),
    ],
)
def test_what_a_reply_must_not_do(said: str, shown: str) -> None:
    assert neutral(said) == shown


def test_links_of_the_sources_open() -> None:
    known = "자세한 내용은 https://help.example/ship 에 있습니다."
    assert neutral("https://help.example/ship에서 보세요.", known) == "https://help.example/ship에서 보세요."
    assert neutral("[배송](https://help.example/ship)", known) == "[배송](https://help.example/ship)"
    assert neutral("https://help.example/문서", "https://help.example/문서") == "https://help.example/문서"


def test_what_is_taken_word_for_word_keeps_its_links() -> None:
    assert neutral("https://other.example/a", trusted=True) == "https://other.example/a"
    assert neutral("[x](javascript:alert)", trusted=True) == "x"


def test_long_texts_are_cut_between_paragraphs_and_nothing_is_lost() -> None:
    text = "\n\n".join(f"{n}번째 문단입니다. 내용이 있습니다." for n in range(2_000))
    cut = pieces(text, 11_000)
    assert all(0 < len(piece) <= 11_000 for piece in cut)
    assert "".join("".join(cut).split()) == "".join(text.split())
    assert all(piece.startswith(tuple("0123456789")) for piece in cut)


def test_a_text_without_a_space_is_cut_too() -> None:
    assert [len(piece) for piece in pieces("가" * 25_000, 11_000)] == [11_000, 11_000, 3_000]
    assert pieces("", 10) == [""]


def test_fields_in_slacks_own_markup() -> None:
    assert escaped("<b> & @here") == f"&lt;b&gt; &amp; @{J}here"
    assert plain("**굵게** [x](https://a.example) <!here>", 100) == "굵게 x &lt;!here&gt;"
    assert plain("가" * 50, 10) == "가" * 9 + "…"


def test_hostile_text_takes_no_time() -> None:
    neutral("[" * 20_000 + "](" * 20_000)
    neutral("`" * 40_000)
    neutral("https://" * 5_000)
