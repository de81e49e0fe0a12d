"""What a text speaks of: delivery, price, service ..., and the clauses that speak of it."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from knowledge.language import Language

KOREAN: Mapping[str, str] = {
    "배송": r"배송|배달|택배|출고|도착|발송|운송",
    "가격": r"가격|값(?!지)|비싸|비싼|비쌌|저렴|가성비|할인|쿠폰|요금|수수료|돈(?=[이을도만 ])|(?<!\d)\d+원",
    "응대": r"응대|상담|고객\s?센터|직원|친절|서비스|문의|답변|전화|기사님|사장님|매장",
    "품질": r"품질|고장|불량|하자|파손|튼튼|마감|재질|내구|성능|작동|흠집|깨[지졌진져]|망가",
    "환불": r"환불|반품|교환|취소|해지|보상|위약금",
    "앱": r"앱(?![가-힣]{3})|어플|로그인|화면|업데이트|홈페이지|사이트|웹|오류|버그|접속|비밀번호|인증",
    "포장": r"포장|박스|상자|뽁뽁이|완충재",
    "디자인": r"디자인|색상|색감|색이|모양|예쁘|예뻐|예쁜|이쁘|이뻐|이쁜|사진",
    "크기": r"사이즈|크기|치수|작아요|커요",
    "맛": r"맛(?=[이은도을있없 ])|향(?=[이은도을 ])|신선|음식|간이",
    "설치": r"설치|조립|설명서|사용법",
    "결제": r"결제|카드|계좌|입금|청구|영수증|구독",
}
ENGLISH: Mapping[str, str] = {
    "delivery": r"deliver\w*|shipp\w+|courier|arriv\w+|parcel|dispatch\w*",
    "price": r"pric\w+|cost\w*|expensive|cheap\w*|affordable|fees?|money|overpriced|discount\w*|coupon\w*",
    "service": r"service|support|agents?|staff|rep|representatives?|phone|call(?:ed|s)?|hold|rude|polite|friendly",
    "quality": r"quality|broke\w*|defect\w*|faulty|sturdy|durable|damaged|flimsy|material|zipper|works?|working",
    "refund": r"refund\w*|return(?:s|ed)?|exchange\w*|cancel\w*|replacement",
    "app": r"app|website|site|log ?in|logging in|login|password|screen|update[ds]?|crash\w*|bugs?|buggy|version",
    "packaging": r"packag\w+|box(?:es)?|wrapp\w+",
    "design": r"design\w*|colou?rs?|looks?|style",
    "size": r"size[sd]?|fits?|small|large|tight",
    "taste": r"tast\w+|flavou?r\w*|fresh|delicious|food|aroma",
    "setup": r"set ?up|setting (?:it )?up|install\w*|assembl\w+|manual|instructions",
    "payment": r"pay(?:ment|ments|ing)?|paid|card|charged?|billing|billed|invoice|receipt|subscription",
}
TWINS: Mapping[str, str] = dict(zip(KOREAN, ENGLISH, strict=True))
"""What each Korean aspect is called in English."""

_KOREAN_NAMES = {english: korean for korean, english in TWINS.items()}

_BREAKS: Mapping[Language, re.Pattern[str]] = {
    "ko": re.compile(r"[.,!?;\n]+|(?<=[가-힣])(?:[는은한던운쁜린픈싼큰긴]데|지만|니까|으나|면서|고|며)(?=\s)"),
    "en": re.compile(r"[.,!?;\n]+|\b(?:but|however|although|though|while|and|because)\b", re.IGNORECASE),
}


def in_language(name: str, language: Language) -> str:
    """Return an aspect as it is called in ``language``, itself where it has no name there."""
    return TWINS.get(name, name) if language == "en" else _KOREAN_NAMES.get(name, name)


def aspects_of(text: str, language: Language) -> list[str]:
    """Return the aspects that a text names, in its language, in the order they come."""
    found = {name: match.start() for name, pattern in _patterns(language) if (match := pattern.search(text))}
    return sorted(found, key=found.__getitem__)


def clauses(text: str, language: Language) -> Iterator[str]:
    """Yield the clauses of a text, each with the joint that ends it."""
    start = 0
    for match in _BREAKS[language].finditer(text):
        yield text[start : match.end()]
        start = match.end()
    if start < len(text):
        yield text[start:]


@cache
def _patterns(language: Language) -> tuple[tuple[str, re.Pattern[str]], ...]:
    if language == "ko":
        return tuple((name, re.compile(pattern)) for name, pattern in KOREAN.items())
    return tuple((name, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)) for name, pattern in ENGLISH.items())
