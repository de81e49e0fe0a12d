"""Whether a sentence affirms or denies what its predicates say: "환불됩니다" against "환불되지 않습니다"."""

import re
from collections.abc import Iterator, Sequence

from bot.stop_words import ENGLISH_STOP
from knowledge.tokens import Morpheme, stem

Polarity = dict[str, frozenset[bool]]
"""Predicate -> {True} affirmed, {False} denied, both where the sentence says both."""

_LIGHT = {"하", "되", "있", "없", "받", "이", "가능", "불가능", "불가", "시키", "드리", "주", "이루어지", "어렵"}
KO_OPPOSITES = {
    "불가능": "가능",
    "불가": "가능",
    "금지": "허용",
    "제외": "포함",
    "미포함": "포함",
    "불포함": "포함",
    "불필요": "필요",
    "유료": "무료",
    "닫": "열",
    "휴무": "영업",
    "휴관": "운영",
    "휴점": "영업",
    "거절": "승인",
    "거부": "승인",
}
_CONDITION_ENDINGS = {
    "면",
    "으면",
    "어도",
    "아도",
    "더라도",
    "려면",
    "으려면",
    "ᆯ수록",
    "거든",
    "ᆫ다면",
    "는다면",
    "다면",
    "라면",
}
EN_NEGATORS = re.compile(
    r"\b(?:not|no|never|neither|nor|cannot|without|unable|hardly|none|nobody|nothing)\b|n['’]t\b", re.IGNORECASE
)
EN_OPPOSITES = {
    "unavail": "avail",
    "imposs": "possibl",
    "invalid": "valid",
    "unabl": "abl",
    "exclud": "includ",
    "forbidden": "allow",
    "prohibit": "allow",
    "disallow": "allow",
    "forbid": "allow",
    "ban": "allow",
    "unlimit": "limit",
    "close": "open",
    "closed": "open",
    "disabl": "enabl",
    "reject": "accept",
    "refus": "accept",
    "decline": "accept",
    "declin": "accept",
    "ineligible": "elig",
    "inelig": "elig",
    "unnecessari": "necessari",
    "inactiv": "activ",
    "unpaid": "paid",
    "nonrefund": "refund",
    "unsupport": "support",
}
_EN_SAME = {
    "possible": "possibl",
    "refundable": "refund",
    "refundabl": "refund",
    "available": "avail",
    "permit": "allow",
    "permitted": "allow",
    "eligible": "elig",
    "includes": "includ",
    "transfer": "transfer",
    "transferable": "transfer",
    "free": "free",
}
_EN_PASSED = frozenset(
    [
        "be",
        "been",
        "being",
        "able",
        "to",
        "get",
        "a",
        "an",
        "the",
        "any",
        "yet",
        "have",
        "has",
        "longer",
        "currently",
        "usually",
        "need",
        "it",
        "we",
        "you",
        "they",
        "i",
        "is",
        "are",
        "do",
    ]
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W_]+)?")
REACH = 1
"""Content words after an English negator that it denies; what "or" joins to them is denied as well."""


def plain_form(m: Morpheme) -> str:
    """Return a stem without a space, and without the honorific that Kiwi leaves on some (드시, 드세)."""
    form = m.form.replace(" ", "")
    return form[:-1] if m.tag in ("VV", "VA") and len(form) > 1 and form[-1] in "시세" else form


def korean_polarity(parts: Sequence[Morpheme]) -> Polarity:
    """Return what the predicates of a Korean sentence affirm and deny; conditions (~하지 않으면) count not."""
    found: dict[str, set[bool]] = {}
    for index, part in enumerate(parts):
        if part.tag not in ("VV", "VA", "XSV", "XSA", "VCN", "VCP") and part.form not in KO_OPPOSITES:
            continue
        name = _named(parts, index)
        if name is None or _conditional(parts, index):
            continue
        stem_, affirmed = (KO_OPPOSITES[name], False) if name in KO_OPPOSITES else (name, True)
        if part.form in ("불가", "불가능", "없") or part.tag == "VCN":
            affirmed = not affirmed
        if _denied(parts, index):
            affirmed = not affirmed
        found.setdefault(stem_, set()).add(affirmed)
    return {name: frozenset(sides) for name, sides in found.items()}


def _named(parts: Sequence[Morpheme], index: int) -> str | None:
    """Return the name of a predicate: its stem, or for a light verb the noun before it ("환불 가능": 환불)."""
    part = parts[index]
    if part.form not in _LIGHT and part.tag not in ("XSV", "XSA", "VCN", "VCP"):
        return plain_form(part)
    for earlier in reversed(parts[max(0, index - 4) : index]):
        if earlier.tag in ("NNG", "NNP", "XR", "VV", "VA") and earlier.form not in _LIGHT:
            return earlier.form
        if earlier.tag in ("EC", "EF", "SF", "SP"):
            return None
    return None


def _denied(parts: Sequence[Morpheme], index: int) -> bool:
    """Whether 안 or 못 stands before the predicate, or 않다, 못하다, 수 없다 after it."""
    start = index
    while start > 0 and parts[start - 1].tag in ("NNG", "XR") and parts[index].tag in ("XSV", "XSA"):
        start -= 1
    before = start > 0 and parts[start - 1].tag == "MAG" and parts[start - 1].form in ("안", "못")
    return before != _denied_after(parts, index)


def _denied_after(parts: Sequence[Morpheme], index: int) -> bool:
    for offset, later in enumerate(parts[index + 1 : index + 7]):
        if later.tag in ("VX", "VV") and later.form in ("않", "못하", "말", "아니하"):
            return True
        if later.form == "없" and parts[index + offset].form in ("수", "리", "도", "는"):
            return True
        if later.tag in ("VV", "VA", "EF", "SF", "SP", "XSV", "XSA") or (
            later.tag == "EC" and later.form not in ("지", "게", "어", "아")
        ):
            return False
    return False


def _conditional(parts: Sequence[Morpheme], index: int) -> bool:
    """Whether the predicate only sets a condition or describes a noun ("신청하지 않은 분")."""
    for later in parts[index + 1 : index + 8]:
        if later.tag == "EC" and later.form not in ("지", "어", "아", "게"):
            return later.form in _CONDITION_ENDINGS
        if later.tag in ("EF", "SF"):
            return False
        if later.tag == "ETM":
            follower = next((p for p in parts if p.start >= later.start and p.tag == "NNB"), None)
            return follower is None or follower.form not in ("수", "것", "거", "줄", "리")
    return False


def english_polarity(text: str) -> Polarity:
    """Return what the words of an English sentence affirm and deny; clauses with if or unless count for neither."""
    found: dict[str, set[bool]] = {}
    for clause in re.split(r"[,;.]|\b(?:but|because|so|while|although|and)\b", re.sub(r"(\d)[.,](\d)", r"\1\2", text)):
        kept = re.split(r"\b(?:if|unless|in case|except|until|where|who|that)\b", clause, flags=re.IGNORECASE)[0]
        for name, affirmed in _english_sides(kept):
            found.setdefault(name, set()).add(affirmed)
    return {name: frozenset(sides) for name, sides in found.items()}


def _english_sides(clause: str) -> Iterator[tuple[str, bool]]:
    denied_left, denied_last = 0, False
    for word in _WORD.findall(clause.lower().replace("’", "'")):
        if EN_NEGATORS.search(word):
            denied_left = REACH
        elif word in ("or", "nor"):
            denied_left = REACH if denied_last else denied_left
        elif word not in ENGLISH_STOP and word not in _EN_PASSED:
            denied_last = denied_left > 0
            denied_left = max(0, denied_left - 1)
            root = _EN_SAME.get(word, _EN_SAME.get(stem(word), stem(word)))
            opposite = EN_OPPOSITES.get(word) or EN_OPPOSITES.get(root)
            yield (opposite, denied_last) if opposite else (root, not denied_last)
