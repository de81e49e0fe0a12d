"""How people say above a forwarded mail what they want of it, Korean and English."""

import re

from bot.routing import BUILT, kind_of, wanted
from bot.translating.request import code_of
from knowledge.language import language_of
from knowledge.tokens import sentences

_LOOKED_AT = 1_000
"""Characters of the words that are looked through."""

_REPLY_KO = (
    r"(?:답장|답신|회신|답\s?메일|회답|답변\s?(?:초안|메일|문안|글|이?메일)|답변(?=을\s?(?:써|작성|준비|만들|적어)))"
)
_REPLY_EN = r"(?:(?:a|the|my|your|our)\s+)?(?:\w+\s+){0,3}?(?:reply|response|answer\s+(?:mail|e-?mail))"
_RULES: tuple[tuple[str, str], ...] = (
    ("help", r"^\W*(?:도움말|사용법|도움|help|usage)\W*$"),
    (
        "draft",
        rf"{_REPLY_KO}[^\n.?!]{{0,30}}?(?:써|쓰|작성|만들|준비|초안|문안|부탁|해\s?(?:줘|주)|뽑아|적어|드려|보내)|{_REPLY_KO}\W*$|"
        rf"\b(?:draft|write|compose|prepare|suggest)\b(?:\s+me)?\s+{_REPLY_EN}|^\W*(?:please\s+)?reply\b|\breply\s+draft\b|"
        r"\b(?:please|can you|could you)\s+(?:reply|respond|answer (?:him|her|them))\b|거절\s?메일|사과\s?메일",
    ),
    ("translate", r"번역|영작|(?:국문|영문|한국어|영어)(?:으로|로)\s?(?:옮겨|바꿔)|\btranslat(?:e|ion)\b"),
    (
        "sentiment",
        r"감정|기분|분위기|어조|뉘앙스|(?:화가?|짜증이?)\s?(?:났|난|나)|불만이?\s?(?:있|많|큰)|\b(?:mood|tone|sentiment|angry|upset)\b",
    ),
    (
        "answer",
        r"(?:질문|문의)(?:에|를|을)?\s?(?:대해\s?|대한\s?)?답|답변\s?(?:해|좀|알려|찾아|부탁)|FAQ|"
        r"\banswer (?:this|the|his|her|their|its)\b(?: \w+)?|\bfrom (?:the|our) faq\b",
    ),
    ("summarize", r"요약|정리|추려|간추|핵심|줄로|\bsummar(?:y|i[sz]e)\b|\btl;?dr\b|\bkey points?\b"),
)
_COMPILED = tuple((task, re.compile(pattern, re.IGNORECASE | re.MULTILINE)) for task, pattern in _RULES)
_INTO = re.compile(
    r"(?<![가-힣])(?P<ko>[가-힣]{1,5}(?:어|문|글|말))(?:로|으로)|\b(?:in|into|to)\s(?P<en>[a-z]{4,12})(?:\s(?P<then>[a-z]{4,12}))?\b",
    re.IGNORECASE,
)

_LANGUAGE_ALONE = re.compile(
    r"^\W*(?:please\s)?(?:in \w+|[가-힣]{2,5}로)(?:\s?(?:요|좀|부탁\S*|please))?\W*$", re.IGNORECASE
)
_QUESTION = re.compile(
    r"[?\uff1f][\"'”’)\]]*$|(?:나요|까요|가요|는지요|습니까|니까|는가|죠)[.!]?$|"
    r"(?:지|여부|내용|방법)(?:를|도|가|에 대해)?\s?(?:궁금|알고 싶|알려|문의|여쭙|확인)[가-힣 ]*[.!]?$|"
    r"^(?:could|can|would) you (?:please )?(?:tell|let) (?:me|us)\b|"
    r"\bi(?:'d| would) like to know\b|\bi(?:'m| am) wondering\b",
    re.IGNORECASE,
)
_READ = 20_000
"""Characters of a letter in which its questions are looked for."""

MOST_QUESTIONS = 3


def questions_in(text: str) -> list[str]:
    """Return the sentences of a text that ask something, as they stand there."""
    said = (sentence for line in text[:_READ].splitlines() for sentence in sentences(line, language_of(line)))
    found = (" ".join(sentence.split()) for sentence in said if _QUESTION.search(sentence.strip()))
    return list(dict.fromkeys(found))[:MOST_QUESTIONS]


def task_in(words: str) -> str:
    """Return the task that words above a letter ask for; "summarize" where they only say what to look for, or nothing.

    "영어로" asks for the lines in English, "일본어로", which no lines are written in, for a translation.
    """
    return _named(words) or ("translate" if into_of(words) not in ("", "ko", "en") else "summarize")


def orders_in(words: str) -> bool:
    """Whether words name a task themselves."""
    return bool(_named(words))


def into_of(words: str) -> str:
    """Return the code of the language that words ask for ("en"), "" where they name none."""
    for found in _INTO.finditer(words[:_LOOKED_AT]):
        for name in found.groups():
            if name and (code := code_of(name)):
                return code
    return ""


def _named(words: str) -> str:
    words = words[:_LOOKED_AT].strip()
    if not words:
        return ""
    if kind_of(words) == "help":
        return "help"
    for task, pattern in _COMPILED:
        if pattern.search(words):
            return task
    if _LANGUAGE_ALONE.match(words):
        return ""
    for line in words.splitlines():
        task = wanted(f"{line}\n-", language_of(line)).task
        if task in BUILT - {"answer", "smalltalk", "preferences"}:
            return task
    return ""
