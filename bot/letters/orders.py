"""What a subject says besides its subject: that the mail was forwarded or answers one, and what the bot is to do."""

import re
from dataclasses import dataclass
from typing import Literal

from bot.letters.block_words import FORWARD_PREFIXES, REPLY_PREFIXES

Tag = Literal["", "summarize", "translate", "draft", "sentiment", "answer", "tutor", "help"]
Kind = Literal["", "forward", "reply"]

_TAGS: dict[Tag, str] = {
    "summarize": "요약|요약 요청|3줄 요약|세 줄 요약|요약해줘|summary|summarize|summarise|tldr|tl;dr",
    "translate": "번역|번역 요청|번역해줘|translate|translation",
    "draft": "답장 초안|답변 초안|회신 초안|초안|draft reply|draft|reply draft",
    "sentiment": "감정|감정 분석|분위기|기분|mood|sentiment|tone",
    "answer": "질문|문의|question|ask|faq",
    "tutor": "설명|설명해줘|배우기|explain|tutor|learn",
    "help": "도움말|도움|사용법|help|usage",
}
TAGS: dict[str, Tag] = {
    "".join(word.casefold().split()): tag for tag, words in _TAGS.items() for word in words.split("|")
}

_BRACKETED = re.compile(r"[\[【\uff3b〔]\s*([^\[\]【】\uff3b\uff3d〔〕]{1,24}?)\s*[\]】\uff3d〕]")
_PREFIX = re.compile(
    r"^\s*([^\W\d_][^\s:\uff1a\[\](){}]{0,18}?)\.?\s*(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,2})?\s*[:\uff1a]\s*"
)
_PREFIX_IN_BRACKETS = re.compile(r"^\s*[\[(<【]\s*([^\W\d_][^\[\]()]{0,12}?)\s*[\])>】]\s*[:\uff1a]?\s*")
_STAMP = re.compile(r"^\s*[\[(<]\s*(?:external|ext|외부 ?메일|외부|spam|스팸|의심)\s*[\])>]\s*", re.IGNORECASE)
"""What a company's gateway writes before a subject."""

_KOREAN = re.compile(r"^\s*(전달|전송|재전송|답장|회신|답변)\s*>\s*")


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject without what stands before it. ``kind`` is what its first prefix says; ``tag`` what was asked there."""

    text: str
    kind: Kind = ""
    tag: Tag = ""


def subject_of(said: str, inner: str = "") -> Subject:
    """Tell a subject apart. ``inner`` is the subject of the forwarded mail: a tag that stands there too is its own."""
    said = " ".join(said[:1_000].replace("\xa0", " ").split())
    said, tag = _without_tag(said, inner)
    kind: Kind = ""
    for _ in range(12):
        stamp = _STAMP.match(said)
        found, length = _prefix(said[stamp.end() :]) if stamp else _prefix(said)
        if not length:
            break
        kind = kind or found
        said = said[length + (stamp.end() if stamp else 0) :]
    return Subject(said.strip(), kind, tag)


def tag_in(text: str) -> tuple[str, Tag]:
    """Return words without the tag that they begin with, and that."""
    found = _BRACKETED.match(text.lstrip())
    tag = TAGS.get("".join(found[1].casefold().split()), "") if found else ""
    return (text.lstrip()[found.end() :].lstrip(" :\n"), tag) if found and tag else (text, "")


def _without_tag(said: str, inner: str) -> tuple[str, Tag]:
    """Return a subject without its tag: the first in brackets that names a task and is none of the forwarded mail's."""
    for found in _BRACKETED.finditer(said):
        word = "".join(found[1].casefold().split())
        tag = TAGS.get(word)
        if tag is None or found[0] in inner:
            continue
        return f"{said[: found.start()]} {said[found.end() :]}".strip(), tag
    return said, ""


def _prefix(said: str) -> tuple[Kind, int]:
    """Return what the first prefix says, and its length; 0 where there is none."""
    for pattern in (_PREFIX, _PREFIX_IN_BRACKETS, _KOREAN):
        found = pattern.match(said)
        if not found:
            continue
        word = found[1].casefold().rstrip(". ")
        single = len(word) == 1 and not found[1].isupper()
        if word in FORWARD_PREFIXES and not single:
            return ("" if word == "vs" else "forward"), found.end()
        if word in REPLY_PREFIXES and not single:
            return "reply", found.end()
    return "", 0
