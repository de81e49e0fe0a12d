"""Markdown, plain texts and web pages: questions found where they are clear, prose with its headings elsewhere."""

import time

import pytest

from knowledge.entries import Entry, Section, UnreadableError
from knowledge.reading import read

PAIRS = [("환불은 어떻게 하나요?", "고객센터로 전화해 주세요."), ("배송은?", "사흘 걸려요.")]


def parts(text: str, name: str = "안내.txt") -> tuple[Entry | Section, ...]:
    return read(name, text.encode()).parts


def asked(text: str) -> list[tuple[str, str]]:
    return [(part.question, part.text) for part in parts(text) if isinstance(part, Entry)]


@pytest.mark.parametrize(
    "text",
    [
        "Q1. {q}\nA1. {a}\n\nQ2. {r}\nA2. {b}\n",
        "Q: {q}\nA: {a}\nQ: {r}\nA: {b}\n",
        "[질문] {q}\n[답변] {a}\n\n[질문] {r}\n[답변] {b}\n",
        "질문 1) {q}\n답변) {a}\n질문 2) {r}\n답변) {b}\n",
        "Q. {q} A. {a}\nQ. {r} A. {b}\n",
        "**Q. {q}**\n\nA. {a}\n\n**Q. {r}**\n\nA. {b}\n",
        "# 안내\n\n**{q}**\n\n{a}\n\n**{r}**\n\n{b}\n",
        "## {q}\n\n{a}\n\n## {r}\n{b}\n",
        "### Q1. {q}\n{a}\n### Q2. {r}\n{b}\n",
        "## 질문\n{q}\n## 답변\n{a}\n## 질문\n{r}\n## 답변\n{b}\n",
        "1. {q}\n{a}\n2. {r}\n{b}\n",
        "| 질문 | 답변 |\n|---|---|\n| {q} | {a} |\n| {r} | {b} |\n",
        "- Q. {q}\n- A. {a}\n- Q. {r}\n- A. {b}\n",
    ],
)
def test_questions_and_answers_as_people_write_them(text: str) -> None:
    (q, a), (r, b) = PAIRS
    assert asked(text.format(q=q, a=a, r=r, b=b)) == PAIRS


def test_an_answer_goes_on_and_a_question_too() -> None:
    assert asked("Q. 환불은\n어떻게 하나요?\nA. 전화해 주세요.\n- 평일 9시\n- 주말 휴무\n\nQ. 배송은?\nA. 사흘.\n")[
        0
    ] == (
        "환불은 어떻게 하나요?",
        "전화해 주세요.\n- 평일 9시\n- 주말 휴무",
    )


def test_headings_are_the_title_of_what_is_below() -> None:
    text = "# 쇼핑 안내\n들어가는 말.\n## 배송\n### 며칠 걸리나요?\n보통 **사흘** 걸려요.\n### 배송비\n3,000원입니다.\n"
    assert parts(text) == (
        Section(("쇼핑 안내",), "들어가는 말."),
        Entry("보통 사흘 걸려요.", "며칠 걸리나요?", "쇼핑 안내 > 배송"),
        Section(("쇼핑 안내", "배송", "배송비"), "3,000원입니다."),
    )


def test_underlined_headings_code_and_comments() -> None:
    text = "제목\n====\n<!-- 숨은 말 -->본문 <b>굵게</b> `<b>`\n\n소제목\n----\n```\n# 주석이지 제목이 아님\n```\n"
    assert parts(text, "a.md") == (
        Section(("제목",), "본문 굵게 `<b>`"),
        Section(("제목", "소제목"), "```\n# 주석이지 제목이 아님\n```"),
    )


def test_quotations_templates_and_links_to_nowhere() -> None:
    text = (
        "## 어떻게 시작하나요?\n> [길잡이](/start.html)를 보세요.\n> [누리집](https://example.com)\n"
        "\n## 끝\n{% include a.html %}\n***\n"
    )
    assert parts(text, "a.md") == (Entry("길잡이를 보세요.\n[누리집](https://example.com)", "어떻게 시작하나요?"),)


def test_a_table_that_is_no_faq_keeps_its_names() -> None:
    text = "# 요금\n표입니다.\n\n| 상품 | 가격 |\n|---|---:|\n| 가 | 100원 |\n| 나 | 200원<br>(할인) |\n\n끝.\n"
    assert parts(text) == (
        Section(("요금",), "표입니다."),
        Section(("요금",), "상품: 가, 가격: 100원\n상품: 나, 가격: 200원 (할인)", rows=True),
        Section(("요금",), "끝."),
    )


def test_articles_of_a_korean_contract() -> None:
    text = (
        "제1장 총칙\n제1조(목적) 이 약관은 목적을 정한다.\n제2조(정의)\n다음과 같다.\n제3조에 따라 정한다.\n"
        "■ 부칙\n시행한다.\n"
    )
    assert parts(text) == (
        Section(("제1장 총칙", "제1조(목적)"), "이 약관은 목적을 정한다."),
        Section(("제1장 총칙", "제2조(정의)"), "다음과 같다.\n제3조에 따라 정한다."),
        Section(("제1장 총칙", "제2조(정의)", "부칙"), "시행한다."),
    )


@pytest.mark.parametrize(
    "text",
    [
        "왜 우리일까요? 우리는 다릅니다.\n그래서 좋습니다.\n",
        "1. 회사 소개\n2. 연혁\n3. 오시는 길\n",
        "A. 첫째 방법\nB. 둘째 방법\n",
        "## How to install\n\nRun it.\n\n## Do not panic\n\nCall us.\n",
    ],
)
def test_what_is_not_clearly_a_question_stays_prose(text: str) -> None:
    assert asked(text) == []


def test_a_long_article_under_a_question_is_split_as_prose() -> None:
    assert asked("## 왜 그럴까요?\n" + "긴 설명입니다. " * 600) == []


PAGE = """<!doctype html><html><head><title>보기 상점</title><style>p{}</style><script>alert("지움")</script></head>
<body><nav><a href="/">메뉴</a></nav><main><h1>배송 안내</h1><p>보통 <b>사흘</b> 걸려요. <a href="https://example.com/t">조회</a>
<a href="javascript:alert(1)">누르기</a></p><ul><li>제주 닷새</li><li>도서 이레</li></ul>
<table><tr><th>질문</th><th>답변</th></tr><tr><td>환불되나요?</td><td>네<br>됩니다</td></tr></table>
<table><tr><th>지역</th><th>기간</th></tr><tr><td>서울</td><td>이틀</td></tr></table>
<details><summary>교환은 되나요?</summary><p>네, 됩니다.</p></details><p style="display:none">숨은 글</p></main>
<footer>꼬리말</footer></body></html>"""


def test_a_page_without_what_surrounds_it() -> None:
    reading = read("page.html", PAGE.replace("<head>", '<head><meta charset="euc-kr">').encode("cp949"))
    assert reading.kind == "html"
    assert Entry("네\n됩니다", "환불되나요?") in reading.parts
    assert Entry("네, 됩니다.", "교환은 되나요?", "배송 안내") in reading.parts
    text = "\n".join(part.text for part in reading.parts)
    for word in ("사흘", "[조회](https://example.com/t)", "누르기", "- 제주 닷새", "지역: 서울, 기간: 이틀"):
        assert word in text
    for word in ("메뉴", "꼬리말", "지움", "숨은 글", "javascript"):
        assert word not in text


def test_a_table_of_an_old_shop_system_that_calls_itself_xls() -> None:
    page = (
        "<table border=1><tr><td>문의</td><td>회신</td></tr><tr><td rowspan=2>환불?</td><td>네</td></tr>"
        "<tr><td>7일</td></tr></table>"
    )
    assert read("faq.xls", page.encode("cp949")).parts == (Entry("네", "환불?"), Entry("7일", "환불?"))


def test_a_table_that_only_lays_out_the_page() -> None:
    page = "<table><tr><td><h2>배송</h2><p>사흘.</p><table><tr><td>가</td></tr></table></td><td>옆</td></tr></table>"
    text = "\n".join(part.text for part in read("a.html", page.encode()).parts)
    assert "사흘." in text
    assert "|" not in text


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + "x" + "</div>" * 100_000,
        "".join(f"<font size={n}>" for n in range(2_000)) + "<p>x" * 100_000,
    ],
)
def test_pages_made_to_exhaust_the_parser(page: str) -> None:
    start = time.monotonic()
    with pytest.raises(UnreadableError) as refused:
        read("a.html", page.encode())
    assert refused.value.note.phrase == "read.page_too_deep"
    assert time.monotonic() - start < 5


def test_spans_that_claim_the_world() -> None:
    page = f"<table><tr><td rowspan={10**9} colspan={10**9}>가</td><td>나</td></tr><tr><td>다</td></tr></table>"
    assert "가" in "\n".join(part.text for part in read("a.html", page.encode()).parts)


def test_sloppy_html_is_read() -> None:
    text = "\n".join(p.text for p in read("a.html", "<p>첫째<p>둘째 <b>굵게<ul><li>가<li>나</ul><td>칸".encode()).parts)
    for word in ("첫째", "둘째", "굵게", "- 가", "- 나", "칸"):
        assert word in text
