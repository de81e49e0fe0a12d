"""What a question asks, without the way it is asked: two questions of one key are given the same answer.

Endings, spacing, particles, honorifics, fillers and the order of the words make no difference. Numbers with their
units, negation and what it denies, question words, past and obligation, direction (from, to, to whom) and what stands
between quotation marks do, and so does every content word: words of like meaning are not equated, since one word is
all that tells opposites apart (업그레이드, 다운그레이드).``python -m tests.benchmarks.same_question``
prints how many of the same questions have one key, and how many of the different ones.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bot.polarity import plain_form
from bot.stop_words import ENGLISH_STOP
from knowledge.language import Language
from knowledge.tokens import Morpheme, morphemes, normalise, stem

LONGEST = 400
"""Characters of a question that has a key: a longer one tells a story of its own."""

_FILLERS: Final = frozenset("너무 정말 정말로 진짜 참 되게 좀 조금 매우 아주 굉장히 엄청 혹시 그냥 막 자꾸".split())
_LIGHT: Final = frozenset(
    (
        "하 되 있 주 드리 말하 알리 가르치 궁금 궁금하 가능 가능하 관련 문의 안내 설명 정보 여부 뜻 의미 부탁 부탁드리"
    ).split()
)
"""Verbs and nouns of the frame: "알려 주세요", "궁금합니다", "가능한가요"."""

_ASKED: Final = {
    form: name
    for name, forms in {
        "what": "뭐 뭘 뭔 무엇 무슨 어떤",
        "how": "어떻 어떻게 어떡하 어떻하 어떠하 방법",
        "how much": "얼마 얼마나",
        "how many": "몇",
        "why": "왜 이유",
        "when": "언제",
        "where": "어디",
        "who": "누구",
    }.items()
    for form in forms.split()
}
_DENYING: Final = frozenset("않 못하 없 아니 말 아니하".split())
_SPEAKERS: Final = frozenset("저 나 저희 우리 제 내 당신 너 이거 그거 이것 그것 거 것".split())
_OBLIGED: Final = frozenset(("어야", "아야", "어야지", "아야지"))
_HEDGED: Final = {"같": ("것", "거", "게"), "좋": ("면",)}
"""What softens what is said, after which words: "고장 난 것 같아요", "어떻게 하면 좋을까요"."""
_TO_WHOM: Final = frozenset(("에게", "한테", "께"))
_FROM: Final = frozenset(("부터", "에서"))
_BOUNDS: Final = frozenset(("까지", "부터", "만", "마다", "밖에", "보다"))
_MODE: Final = frozenset(("다고", "라고", "자고", "냐고", "어도", "아도", "면"))

_QUOTED = re.compile(r"['\"‘’“”「『〈《<]([^'\"‘’“”」』〉》>\n]{1,60})['\"‘’“”」』〉》>]")
_WANTS_TO_KNOW = re.compile(r"알고\s*싶(?:어요?|습니다|은데요?|네요?)\W*$")
_ENGLISH_DENIED = re.compile(r"(?<=\bca)n(?:['’]t|not)\b|(?<=\w)n['’]t\b")
_ENGLISH_S = re.compile(r"(?<=\w)['’]s\b")
_ENGLISH_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_ENGLISH_KEPT: Final = frozenset(
    "no not never what which who whom whose when where why how must should can could may out off up down over under "
    "before after without with more most only all any both either into from to until during while".split()
)
"""Words that say nothing elsewhere and tell questions apart."""
_ENGLISH_SAME: Final = {"could": "can", "may": "can", "whom": "who", "ca": "can"}
_ENGLISH_FRAME: Final = frozenset("please tell know let like just really very can i my me we our".split())


def question_key(text: str, language: Language) -> str:
    """Return what tells this question from others, "" where nothing does: it is empty, too long or all filler."""
    text = normalise(text.encode(errors="ignore").decode()).lower().strip()  # without halves of characters
    if not text or len(text) > LONGEST:
        return ""
    said = set(_korean(_unhedged(morphemes(_asked(text)))) if language == "ko" else _english(text))
    if not any(each[0] not in "!?+" for each in said):
        return ""
    if "?how" in said:
        said.discard("+must")  # "how do I" and "how must I" are one
    quoted = {f'"{" ".join(each.split())}' for each in _QUOTED.findall(text)}
    return "\n".join([language, *sorted(said | quoted)])


def _asked(text: str) -> str:
    """Return a Korean question without the mark and the wish to know at its end."""
    return _WANTS_TO_KNOW.sub("", text.rstrip(" .?!~…？")) or text


def _unhedged(parts: Sequence[Morpheme]) -> list[Morpheme]:
    """Return the morphemes without what only softens them."""
    pairs = zip(parts, [*parts[1:], None], strict=True)
    left: list[Morpheme] = []
    for part, after in pairs:
        if after is not None and part.form in _HEDGED.get(after.form, ()) and after.tag == "VA":
            next(pairs)
        else:
            left.append(part)
    return left


def _korean(parts: Sequence[Morpheme]) -> Iterator[str]:
    """Yield the content, each with what is said of it: ``!`` denied, ``?`` asked for, ``+`` past and obligation."""
    moved = any(part.form in _FROM and part.tag[0] == "J" for part in parts)
    acted = any(part.tag == "JKS" for part in parts)
    last = ""
    denied = False
    for part, after in zip(parts, [*parts[1:], None], strict=True):
        form = plain_form(part)
        if part.tag == "MAG" and form in ("안", "못"):
            denied = after is not None and after.tag in ("VV", "VA") and after.bare not in _LIGHT
            if not denied:
                yield f"!{last}"
        elif part.tag == "VCN" or (part.tag[0] == "V" and form in _DENYING):
            yield f"!{last}"
        elif form in _ASKED:
            yield f"?{_ASKED[form]}"
        elif part.tag in ("NR", "MM", "SN"):
            yield f"#{form}{after.bare if after is not None and after.tag == 'NNB' else ''}"
        elif part.tag == "NP":
            yield from () if form in _SPEAKERS else (form,)
        elif part.is_content and form not in _LIGHT and form not in _FILLERS:
            yield form
            last = form
            if denied:
                yield f"!{form}"
            denied = False
            yield from _role(part, after, moved=moved, acted=acted)
        else:
            yield from _manner(part)


def _role(part: Morpheme, after: Morpheme | None, *, moved: bool, acted: bool) -> Iterator[str]:
    """Yield which part a noun has, where another one could have it: to whom, from where, what it is done to."""
    if after is None or not part.is_noun:
        return
    if after.form in _TO_WHOM or (acted and after.tag == "JKO"):
        yield f"{part.bare}>"
    elif moved and after.form in _FROM:
        yield f"{part.bare}<"


def _manner(part: Morpheme) -> Iterator[str]:
    """Yield what an ending or a particle adds to what is asked."""
    if part.form in _BOUNDS and part.tag[0] == "J":
        yield f"+{part.form}"
    elif part.tag == "EC" and part.form in _OBLIGED:
        yield "+must"
    elif (part.tag == "EC" and part.form in _MODE) or (part.tag == "XSN" and part.form == "째"):
        yield f"+{part.form}"
    elif part.tag == "EP" and part.form in ("었", "았"):
        yield "+past"
    elif part.tag == "VX" and part.form in ("싶", "버리"):
        yield f"+{part.form}"


def _english(text: str) -> Iterator[str]:
    """Yield the stems that count, with what they are from and to, and what is denied."""
    before = ""
    for word in _ENGLISH_WORD.findall(_ENGLISH_S.sub("", _ENGLISH_DENIED.sub(" not", text))):
        word = _ENGLISH_SAME.get(word, word)
        if word in _ENGLISH_FRAME or (word in ENGLISH_STOP and word not in _ENGLISH_KEPT):
            continue
        root = stem(word)
        if before in ("from", "to"):
            yield f"{root}{'<' if before == 'from' else '>'}"
        if before in ("not", "no", "never", "without"):
            yield f"!{root}"
        elif word not in ("from", "to", "not", "no", "never"):
            yield f"?{root}" if word in ("what", "which", "who", "whose", "when", "where", "why", "how") else root
        before = word
