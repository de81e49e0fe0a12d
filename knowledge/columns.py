"""Which column of a table holds what, by the many names Korean and English tables give them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Role = Literal[
    "question", "answer", "title", "aliases", "keywords", "audience", "from", "until", "period", "key", "text"
]

_NAMES: dict[Role, str] = {
    "question": """
        질문 질문내용 질문사항 질의 질의내용 질의사항 물음 문의 문의내용 문의사항 고객질문 고객문의 예상질문
        대표질문 표준질문 기본질문 자주묻는질문 자주하는질문 faq질문 문 문항 묻는말 q question questions query
        queries faq inquiry enquiry prompt userquestion
    """,
    "answer": """
        답변 답변내용 답변사항 답 회신 회신내용 응답 응답내용 대답 표준답변 기본답변 모범답변 답변안 답변문 안내
        안내내용 안내문 안내멘트 해결방법 해결책 조치방법 처리방법 처리내용 처리결과 조치내용 faq답변 a answer
        answers ans response responses reply replies solution resolution
    """,
    "title": """
        분류 카테고리 구분 유형 대분류 중분류 소분류 세분류 주제 항목 분야 업무 업무구분 서비스 상품 상품명
        제도명 메뉴 대상서비스 문의유형 질문유형 문의분류 질문분류 분류명 category categories subcategory
        maincategory topic topics section group type subject area product service
    """,
    "aliases": """
        유사질문 유사질의 유사문의 유사표현 다른표현 다른질문 관련질문 동의질문 확장질문 파생질문 변형질문 별칭
        aliases alias similarquestions similarquestion alternatives variations variants paraphrases altquestions
        otherquestions
    """,
    "keywords": """
        키워드 핵심어 핵심키워드 검색어 검색키워드 동의어 유의어 태그 해시태그 keywords keyword tags tag
        synonyms searchterms
    """,
    "audience": """
        대상 공개대상 열람대상 대상그룹 공개범위 열람권한 열람범위 공개그룹 audience audiences visibility
        visibleto groups
    """,
    "from": """
        시작일 시작일자 시작 유효시작일 유효기간시작 게시시작일 적용시작일 적용일 시행일 시행일자 validfrom
        startdate start from effectivedate effectivefrom
    """,
    "until": """
        종료일 종료일자 종료 만료일 만료일자 유효종료일 유효기간종료 유효기한 게시종료일 적용종료일 만기일 기한
        validuntil validto enddate end until expires expiry expirydate expirationdate
    """,
    "period": "유효기간 게시기간 적용기간 노출기간 운영기간 기간 validity validperiod period",
    "key": "id 아이디 키 faqid faq코드 코드 관리코드 key code identifier uid docid passageid",
}
_BY_NAME: dict[str, Role] = {name: role for role, names in _NAMES.items() for name in names.split()}
# Names that are a question or an answer beside a surer partner: "제목" and "내용" together are enough, "제목" beside a
# question is its title, and "설명" needs a column that is clearly the question.
_WEAK: dict[str, tuple[Role, int]] = {
    **dict.fromkeys(["제목", "문의제목", "질문제목", "title", "subject", "증상", "문제", "이슈"], ("question", 1)),
    **dict.fromkeys(["problem", "issue", "symptom", "heading", "제목명", "글제목"], ("question", 1)),
    **dict.fromkeys(["내용", "본문", "상세내용", "글내용", "content", "contents", "body", "text"], ("answer", 1)),
    **dict.fromkeys(["설명", "상세", "해설", "지문", "passage", "description", "details"], ("answer", 0)),
}
_PARTS: tuple[tuple[str, Role], ...] = (
    ("유사질문", "aliases"), ("질문", "question"), ("질의", "question"), ("문의", "question"), ("question", "question"),
    ("답변", "answer"), ("회신", "answer"), ("응답", "answer"), ("answer", "answer"), ("카테고리", "title"),
    ("분류", "title"), ("키워드", "keywords"), ("category", "title"),
)  # fmt: skip
# "답변일", "문의번호", "question_id": about the question, not the question itself.
_ABOUT = re.compile(
    r"(번호|순번|일자|일시|날짜|시간|여부|상태|건수|횟수|수|자|자명|자id|담당|담당자|부서|채널|경로|방법|처|만족도|점수|코드|일|id|ids|no|date|time|"
    r"count|by|status|score|author|number|type|lang|language)$"
)
_TITLE_PART = re.compile(r"(유형|분류|구분|종류|category|type)$")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table, by index. Several ``pairs`` of question and answer: one per language, say.

    ``texts`` hold prose, in a table that has no questions.
    """

    pairs: tuple[tuple[int, int], ...]
    titles: tuple[int, ...] = ()
    aliases: tuple[int, ...] = ()
    keywords: tuple[int, ...] = ()
    audience: int | None = None
    valid_from: int | None = None
    valid_until: int | None = None
    period: int | None = None
    key: int | None = None
    texts: tuple[int, ...] = ()

    def used(self) -> set[int]:
        """Return the indexes of all columns that are read."""
        single = (self.audience, self.valid_from, self.valid_until, self.period, self.key)
        several = (*self.texts, *self.titles, *self.aliases, *self.keywords, *(i for pair in self.pairs for i in pair))
        return {*several, *(i for i in single if i is not None)}


@lru_cache(maxsize=4_096)
def role_of(header: str) -> tuple[Role, int] | None:
    """Return what a column of this name holds and how surely: 3 by its name, 2 by a part of it, 1 or 0 if need be."""
    for name in _forms(header):
        if name in _BY_NAME:
            return _BY_NAME[name], 3
    for name in _forms(header):
        if name in _WEAK:
            return _WEAK[name]
    name = _forms(header)[0]
    if len(name) > 20:
        return None
    if _TITLE_PART.search(name) and any(part in name for part, _ in _PARTS):
        return "title", 2
    if _ABOUT.search(name):
        return None
    for part, role in _PARTS:
        if part in name:
            return role, 2
    return None


def map_columns(headers: Sequence[str]) -> Columns | None:
    """Return the columns of a FAQ table with these names, None where no question or no answer is among them."""
    found = {index: role for index, header in enumerate(headers) if (role := role_of(header)) is not None}
    questions, answers = _surest(found, "question"), _surest(found, "answer")
    if not questions or not answers or found[questions[0]][1] + found[answers[0]][1] < 2:
        return None

    def having(*roles: Role) -> tuple[int, ...]:
        return tuple(i for i, (role, _) in found.items() if role in roles)

    def first(role: Role) -> int | None:
        return next(iter(having(role)), None)

    paired = len(questions) == len(answers)
    pairs = tuple(zip(questions, answers, strict=True)) if paired else ((questions[0], answers[0]),)
    also_titles = [i for i in having("question") if found[i][1] < 2 and i not in questions]
    return Columns(
        pairs=pairs,
        titles=tuple(sorted([*having("title"), *also_titles])),
        aliases=(*having("aliases"), *(() if paired else questions[1:])),
        keywords=having("keywords"),
        audience=first("audience"),
        valid_from=first("from"),
        valid_until=first("until"),
        period=first("period"),
        key=first("key"),
    )


def _surest(found: dict[int, tuple[Role, int]], wanted: Role) -> list[int]:
    """Return the columns that hold ``wanted``: of those named most surely."""
    best = max((sure for role, sure in found.values() if role == wanted), default=0)
    return [i for i, (role, sure) in found.items() if role == wanted and sure == best]


def _forms(header: str) -> list[str]:
    """Return the header without spaces, marks and case: whole, without its parentheses, and what is in them."""
    text = unicodedata.normalize("NFKC", header).casefold()
    outside = re.sub(r"[(\[].*?[)\]]", "", text)
    inside = re.findall(r"[(\[](.*?)[)\]]", text)
    forms = [re.sub(r"[\W_]+|(?<=\D)\d+$", "", form) for form in (text, outside, *inside)]
    return [form for form in dict.fromkeys(forms) if form] or [""]
