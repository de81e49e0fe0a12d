"""The words of numbers and units, Korean and English."""

import re
from decimal import Decimal
from typing import Final

SCALES: Final[dict[str, int]] = {
    "천만": 10**7,
    "백만": 10**6,
    "십만": 10**5,
    "만": 10**4,
    "천": 10**3,
    "백": 10**2,
    "억": 10**8,
    "조": 10**12,
}

SINO: Final[dict[str, int]] = dict(zip("일이삼사오육칠팔구", range(1, 10), strict=True))

NATIVE: Final[dict[str, int]] = {
    "한": 1,
    "두": 2,
    "세": 3,
    "네": 4,
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
    "여덟": 8,
    "아홉": 9,
    "열": 10,
    "열한": 11,
    "열두": 12,
    "열세": 13,
    "열네": 14,
    "열다섯": 15,
    "스무": 20,
    "스물": 20,
    "서른": 30,
    "마흔": 40,
    "쉰": 50,
    "하나": 1,
}

_DAY = 24 * 60

KOREAN_DURATIONS: Final[dict[str, tuple[int, str]]] = {
    "하루": (_DAY, "minute"),
    "이틀": (2 * _DAY, "minute"),
    "사흘": (3 * _DAY, "minute"),
    "나흘": (4 * _DAY, "minute"),
    "닷새": (5 * _DAY, "minute"),
    "엿새": (6 * _DAY, "minute"),
    "이레": (7 * _DAY, "minute"),
    "열흘": (10 * _DAY, "minute"),
    "보름": (15 * _DAY, "minute"),
    "일주일": (7 * _DAY, "minute"),
    "이주일": (14 * _DAY, "minute"),
    "반년": (6, "month"),
}
"""Words for spans of time: minutes, or months."""

ENGLISH_NUMBERS: Final[dict[str, int]] = {
    **{
        w: n
        for n, w in enumerate(
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen".split(),
            1,
        )
    },
    **{w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)},
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "dozen": 12,
}

MONTHS: Final[dict[str, int]] = {
    **{
        m: n
        for n, m in enumerate(
            "january february march april may june july august september october november december".split(), 1
        )
    },
    **{m: n for n, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)},
    "sept": 9,
}

WEEKDAYS: Final[dict[str, int]] = {
    **{d: n for n, d in enumerate("월화수목금토일", 1)},
    **{d: n for n, d in enumerate("monday tuesday wednesday thursday friday saturday sunday".split(), 1)},
}

CURRENCY_SIGNS: Final[dict[str, str]] = {
    "$": "USD",
    "₩": "KRW",
    "￦": "KRW",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "USD": "USD",
    "KRW": "KRW",
    "EUR": "EUR",
    "US$": "USD",
}

_UNIT_WORDS: Final[dict[tuple[str, int], str]] = {
    ("minute", 1): "분 분간 minute minutes min mins",
    ("minute", 60): "시간 hour hours hr hrs h",
    (
        "minute",
        _DAY,
    ): "일 일간 영업일 근무일 day days business·day business·days working·day working·days calendar·days",
    ("minute", 7 * _DAY): "주 주일 주간 week weeks",
    ("second", 1): "초 second seconds sec secs",
    ("month", 1): "개월 개월간 달 달간 month months",
    ("month", 12): "년 년간 year years yr yrs",
    ("KRW", 1): "원 won krw",
    ("USD", 1): "달러 불 dollar dollars usd",
    ("EUR", 1): "유로 euro euros eur",
    ("JPY", 1): "엔 yen jpy",
    ("GBP", 1): "파운드 pounds",
    ("%", 1): "% 퍼센트 프로 percent per·cent ％",
    ("%p", 1): "%p 퍼센트포인트 percentage·points",
    ("person", 1): "명 인 사람 people persons person guests employees students",
    ("times", 1): "회 번 차례 times",
    ("piece", 1): "개 pieces items",
    ("volume", 1): "권 books",
    ("sheet", 1): "장 매 sheets pages",
    ("case", 1): "건",
    ("machine", 1): "대",
    ("age", 1): "살 세",
    ("floor", 1): "층",
    ("point", 1): "점 포인트 points",
    ("fold", 1): "배",
    ("night", 1): "박 night nights",
    ("credit", 1): "학점 credits",
    ("term", 1): "학기 terms semesters semester",
    ("character", 1): "자 글자 자리 characters character digits",
    ("g", 1): "g 그램 grams",
    ("g", 1000): "kg 킬로 킬로그램 킬로그램 kilograms kilos",
    ("m", 1): "m 미터 meters metres",
    ("m", 1000): "km 킬로미터 kilometers kilometres",
    ("mm", 10): "cm 센티미터 센티",
    ("mm", 1): "mm",
    ("ml", 1): "ml",
    ("ml", 1000): "l 리터 liters litres",
    ("MB", 1): "mb 메가",
    ("MB", 1024): "gb 기가",
    ("MB", 1024**2): "tb 테라",
    ("KB", 1): "kb",
    ("sqm", 1): "㎡ 제곱미터",
    ("degree", 1): "도 ℃",
    ("item", 1): "가지 종류 kinds",
}
"""(canonical unit, factor) and how it is written; a middle dot stands for a space."""

UNITS: Final[dict[str, tuple[str, Decimal]]] = {
    word.replace("·", " "): (unit, Decimal(factor))
    for (unit, factor), words in _UNIT_WORDS.items()
    for word in words.split()
}

BUSINESS: Final = frozenset({"영업일", "근무일", "business day", "business days", "working day", "working days"})

LOWER: Final = (
    re.compile(r"\s*(?:이상|초과|넘|부터|or more|and (?:over|above|up)|or older|\+)"),
    re.compile(r"(?:최소|적어도|at least|more than|over|minimum(?: of)?|no less than|above|from|older than)\s*[₩$]?$"),
)
UPPER: Final = (
    re.compile(r"\s*(?:이하|미만|이내|안에|까지|내에|or (?:less|fewer|under)|at most|or younger)"),
    re.compile(
        r"(?:최대|많아야|up to|at most|less than|under|within|maximum(?: of)?|no more than|below|younger than|until|"
        r"by)\s*[₩$]?$"
    ),
)
"""What makes a number a lower or an upper bound: after it, before it."""
