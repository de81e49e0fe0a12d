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
        ("[여기][1]\n\n[1]: https://evil.example/x", "[여기][1]\n\n[1]: `https://evil.example/x`"),
        ("<a href='https://evil.example'>x</a>", "<a href='`https://evil.example`'>x</a>"),
        ("evil-site.com에서 받으세요", "`evil-site.com`에서 받으세요"),
        ("여기는evil.co.kr/x?a=1", "여기는`evil.co.kr/x?a=1`"),
        ("FAQ.xlsx, a@evil.com", "FAQ.xlsx, a@evil.com"),
        ("\u202e거꾸로\u2066 \x07벨", "거꾸로 벨"),
    ],
)
def test_what_a_reply_must_not_do(said: str, shown: str) -> None:
    assert neutral(said) == shown


def test_links_of_the_sources_open() -> None:
    known = "자세한 내용은 https://help.example/ship 에 있습니다."
    assert neutral("https://help.example/ship에서 보세요.", known) == "https://help.example/ship에서 보세요."
    assert neutral("[배송](https://help.example/ship)", known) == "[배송](https://help.example/ship)"
    assert neutral("https://help.example/문서", "https://help.example/문서") == "https://help.example/문서"


@pytest.mark.parametrize(
    "link", ["https://help.ex", "https://help.example.evil", "https://help.example/sh", "elp.example"]
)
def test_a_part_of_a_known_link_is_another_link(link: str) -> None:
    assert f"`{link}`" in neutral(f"{link} 로 가세요", "https://help.example/ship") or "http" not in link


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("**환불**은 3일", "**환불**은 3일"),
        ("**환불(전액)**은 3일", f"**환불(전액){J}**은 3일"),
        ("이것은**“환불”**입니다", f"이것은**{J}“환불”{J}**입니다"),
        ("__환불__은 3일", "**환불**은 3일"),
        ("foo__bar__baz, __init__", "foo__bar__baz, __init__"),
        ("**`코드`**는", f"**`코드`{J}**는"),
        ("```\n**a()**가\n```", "```\n**a()**가\n```"),
        ("`**a()**가`", "`**a()**가`"),
        (
            "| 항목 | 값 |\n|---|---|\n| **배송비(원)**은 | 3,000 |",
            f"| 항목 | 값 |\n|---|---|\n| **배송비(원){J}**은 | 3,000 |",
        ),
        ("1. 하나\n   - 둘\n     - 셋", "1. 하나\n   - 둘\n     - 셋"),
    ],
)
def test_bold_words_are_bold_before_a_particle(said: str, shown: str) -> None:
    assert neutral(said) == shown


def test_what_is_taken_word_for_word_keeps_its_links() -> None:
    assert neutral("https://other.example/a", trusted=True) == "https://other.example/a"
    assert neutral("[x](javascript:alert)", trusted=True) == "x"
    assert neutral("other.com/a", trusted=True) == "`other.com/a`"
    assert neutral("other.com/a에서", "자세히: other.com/a/b", trusted=True) == "other.com/a에서"


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
    assert escaped("*긴급* _초안_ ~취소~ `코드` :fire: FAQ_2026.xlsx 12:30") == (
        f"∗긴급∗ ＿초안＿ ∼취소∼ ˋ코드ˋ :{J}fire: FAQ_2026.xlsx 12:30"
    )
    assert plain("**굵게** [x](https://a.example) <!here>", 100) == "굵게 x &lt;!here&gt;"
    assert plain("가" * 50, 10) == "가" * 9 + "…"


def test_hostile_text_takes_no_time() -> None:
    neutral("[" * 20_000 + "](" * 20_000)
    neutral("`" * 40_000)
    neutral("https://" * 5_000)
    for each in ("**", "__", "__a ", "**a", "**`", "a.com/", "a.", "a-", "*_~`:", "\u202e", "![", "<!"):
        neutral(each * (40_000 // len(each)), "https://a.com/" * 1_000)
        escaped(each * (40_000 // len(each)))
        plain(each * (40_000 // len(each)), 1_000)
