"""Where lines were broken: inside words, between them, at hyphens and quotation marks."""

import pytest

from knowledge.breaks import HYPHEN, Breaks

# A text whose lines a program has broken inside words, and kept no space at their ends.
INSIDE = [
    "고객센터는 평일 오전 아홉 시부터 여섯 시까지 운영합",
    "니다. 주말에는 상담을 하지 않으며 접수된 문의",
    "는 다음 영업일에 처리합니다. 반품은 상품을 받은 날",
    "부터 이레 안에 접수하면 됩니다. 접수를 마치면 기사",
    "가 찾아가 상품을 받아 가고 확인이 끝나면 환불을 처리합",
    "니다. 환불은 사흘 안에 끝나며 카드사에 따라 다를 수",
]
BETWEEN = [
    "고객센터는 평일 오전 아홉 시부터 저녁",
    "여섯 시까지 운영합니다. 접수된 문의는 다음",
    "영업일에 차례대로 처리합니다.",
]
KEPT = [
    "고객센터는 평일 오전 아홉 시부터 저녁 ",
    "여섯 시까지 운영합니다. 접수된 문",
    "의는 다음 영업일에 처리합니다. 반품은 ",
]


@pytest.mark.parametrize(
    ("lines", "before", "after", "joined"),
    [
        (INSIDE, "여섯 시까지 운영합", "니다.", "여섯 시까지 운영합니다."),
        (INSIDE, "접수된 문의", "는 다음 날", "접수된 문의는 다음 날"),
        (BETWEEN, "아홉 시부터 저녁", "여섯 시까지", "아홉 시부터 저녁 여섯 시까지"),
        (KEPT, "접수된 문", "의는 다음", "접수된 문의는 다음"),
        (KEPT, "시부터 저녁 ", "여섯 시까지", "시부터 저녁 여섯 시까지"),
        ([], "the goods that were", "returned", "the goods that were returned"),
        ([], "the deliv-", "ery", f"the deliv{HYPHEN}ery"),
        ([], '그는 "다음', '" 하고 말했다', '그는 "다음" 하고 말했다'),
        ([], "다만,", '"표준"에는', '다만, "표준"에는'),
        ([], "2026년", "3월", "2026년 3월"),
    ],
)
def test_two_lines_as_one(lines: list[str], before: str, after: str, joined: str) -> None:
    assert Breaks(lines).join(before, after) == joined


def test_hyphens_of_words_are_kept() -> None:
    breaks = Breaks(["we print self made and publishing words here", "and the delivery is fast again"])
    assert breaks.clean(f"a self{HYPHEN}made cake") == "a self-made cake"
    assert breaks.clean(f"the deliv{HYPHEN}ery") == "the delivery"
    assert breaks.clean(f"10{HYPHEN}20") == "10-20"
