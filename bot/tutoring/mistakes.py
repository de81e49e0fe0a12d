"""Mistakes of spelling and grammar that can be told without a model: few, and each of them surely one."""

import re
from dataclasses import dataclass
from typing import Final

from knowledge.language import Language

_KOREAN: Final[tuple[tuple[str, str, str, str], ...]] = (
    (r"몇일", "며칠", "‘몇일’로 적지 않고 소리 나는 대로 ‘며칠’로 적습니다.", "It is always written 며칠."),
    (r"어떻해", "어떡해", "‘어떻게 해’가 줄면 ‘어떡해’입니다.", "어떻게 해 contracts to 어떡해."),
    (r"(?<![가-힣])금새(?=[\s,])", "금세", "‘금시에’가 준 말이라 ‘금세’입니다.", "It comes from 금시에: 금세."),
    (r"왠만", "웬만", "‘웬만하다’가 맞습니다. ‘왠’은 ‘왠지’에만 씁니다.", "왠 is used in 왠지 only."),
    (r"왠일", "웬일", "‘웬일’이 맞습니다. ‘왠’은 ‘왠지’에만 씁니다.", "왠 is used in 왠지 only."),
    (r"웬지", "왠지", "‘왜인지’가 준 말이라 ‘왠지’입니다.", "It comes from 왜인지: 왠지."),
    (r"(?<![가-힣])역활", "역할", "‘역할’이 맞습니다.", "The word is 역할."),
    (r"오랫만", "오랜만", "‘오래간만’이 준 말이라 ‘오랜만’입니다.", "It comes from 오래간만: 오랜만."),
    (r"설레임", "설렘", "‘설레다’의 명사형은 ‘설렘’입니다.", "The noun of 설레다 is 설렘."),
    (r"바램(?=이|은|을|입|대로)", "바람", "‘바라다’의 명사형은 ‘바람’입니다.", "The noun of 바라다 is 바람."),
    (r"희안(?=한|하)", "희한", "‘희한하다’가 맞습니다.", "The word is 희한하다."),
    (r"않되", "안 되", "‘안’은 ‘아니’가 준 말이고 다음 말과 띄어 씁니다.", "안 is short for 아니 and stands apart."),
    (r"않돼", "안 돼", "‘안’은 ‘아니’가 준 말이고 다음 말과 띄어 씁니다.", "안 is short for 아니 and stands apart."),
    (r"(?<=[하되]지 )안(?=[았는고을은습아])", "않", "‘-지’ 뒤에는 ‘아니하’가 준 ‘않’을 씁니다.", "After -지 it is 않, short for 아니하."),
    (r"(?<![가-힣])안되(?=요(?:[\s.!?]|$))", "안 돼", "‘안’은 띄어 쓰고, ‘되어요’가 줄면 ‘돼요’입니다.", "안 stands apart, and 되어요 contracts to 돼요."),
    (r"(?<![가-힣])안돼(?=요|서|[\s.!?]|$)", "안 돼", "‘안’은 ‘아니’가 준 말이고 다음 말과 띄어 씁니다.", "안 is short for 아니 and stands apart."),
    (r"되(?=요(?:[\s.!?]|$))", "돼", "‘되어요’가 줄면 ‘돼요’입니다.", "되어요 contracts to 돼요."),
    (r"됬", "됐", "‘되었’이 줄면 ‘됐’입니다.", "되었 contracts to 됐."),
    (r"할께", "할게", "소리는 [께]여도 ‘할게’로 적습니다.", "It is written 할게, though it sounds like 께."),
    (r"(?<=[가-힣])께요(?<=갈께요|줄께요|볼께요|올께요|될께요|낼께요|릴께요|을께요)", "게요", "소리는 [께]여도 ‘-ㄹ게요’로 적습니다.", "It is written -ㄹ게요, though it sounds like 께."),
    (r"(?<![가-힣])구지(?![가-힣])", "굳이", "‘굳이’로 적고 [구지]로 읽습니다.", "It is written 굳이."),
    (r"일일히", "일일이", "‘일일이’가 맞습니다.", "The word is 일일이."),
    (r"깨끗히", "깨끗이", "‘깨끗이’가 맞습니다.", "The word is 깨끗이."),
    (r"솔직이", "솔직히", "‘솔직히’가 맞습니다.", "The word is 솔직히."),
    (r"도데체", "도대체", "‘도대체’가 맞습니다.", "The word is 도대체."),
    (r"요컨데", "요컨대", "‘요컨대’가 맞습니다.", "The word is 요컨대."),
    (r"(?<=[았었였겠갔했왔됐있없됬])읍니다", "습니다", "‘-읍니다’가 아니라 ‘-습니다’로 적습니다.", "It is written -습니다."),
    (r"뵈요", "봬요", "‘뵈어요’가 줄면 ‘봬요’입니다.", "뵈어요 contracts to 봬요."),
)  # fmt: skip
_BEGIN = r"(?:^|(?<=[.!?] ))"
"""A verb is told by its subject only where the sentence begins: "did he go" is right."""
_THIRD = _BEGIN + r"(he|she|it)"
_NOW = r"(?![^.!?\n]{0,200}\b(?:yesterday|ago|last (?:night|week|month|year|\w{3,6}day)|in (?:19|20)\d\d)\b)"
"""Nothing says that it was in the past, where the verb would be another."""
_ENGLISH: Final[tuple[tuple[str, str, str, str], ...]] = (
    (r"\b(I) am (go|come|work|eat|study|live|like|want)\b" + _NOW, r"\1 \2", "‘am’ 뒤에는 동사원형을 쓰지 않습니다. 습관이면 ‘I \\2’, 지금 하는 일이면 ‘I am’에 -ing를 씁니다.", "No base form after “am”: “I \\2” for a habit, “I am” with -ing for what happens now."),
    (rf"{_THIRD} don'?t\b{_NOW}", r"\1 doesn't", "주어가 3인칭 단수이면 doesn't를 씁니다.", "With he, she or it: doesn't."),
    (rf"{_THIRD} have\b{_NOW}", r"\1 has", "주어가 3인칭 단수이면 has를 씁니다.", "With he, she or it: has."),
    (rf"{_THIRD} (go|do)\b{_NOW}", r"\1 \2es", "주어가 3인칭 단수이면 동사에 -es를 붙입니다.", "With he, she or it the verb takes -es."),
    (rf"{_THIRD} (like|want|need|work|live|come|know|think|make|take|say|eat|speak|read|write)\b{_NOW}", r"\1 \2s", "주어가 3인칭 단수이면 동사에 -s를 붙입니다.", "With he, she or it the verb takes -s."),
    (rf"{_THIRD} were\b(?! to)", r"\1 was", "주어가 단수이면 was를 씁니다.", "In the singular: was."),
    (rf"{_BEGIN}(I) (?:is|are)\b", r"\1 am", "I 뒤에는 am을 씁니다.", "After I: am."),
    (rf"{_BEGIN}(you|we|they) (?:is|am)\b", r"\1 are", "you, we, they 뒤에는 are를 씁니다.", "After you, we and they: are."),
    (rf"{_BEGIN}(you|we|they) was\b", r"\1 were", "you, we, they 뒤에는 were를 씁니다.", "After you, we and they: were."),
    (r"\b(did(?:n'?t| not)) (?:went)\b", r"\1 go", "did 뒤에는 동사원형을 씁니다.", "After did: the base form."),
    (r"\b(did(?:n'?t| not)) (?:saw)\b", r"\1 see", "did 뒤에는 동사원형을 씁니다.", "After did: the base form."),
    (r"\b(can|could|would|should|must) to (?=[a-z])", r"\1 ", "조동사 뒤에는 to 없이 동사원형을 씁니다.", "No “to” after a modal verb."),
    (r"\b(look(?:ing)? forward to) (see|hear|meet)\b", r"\1 \2ing", "look forward to 뒤에는 -ing를 씁니다.", "After “look forward to”: -ing."),
    (r"\bmore (better|easier|faster|bigger|cheaper)\b", r"\1", "비교급 앞에 more를 겹쳐 쓰지 않습니다.", "No “more” before a comparative."),
    (r"\b(discuss(?:ed|ing)?) about\b", r"\1", "discuss 뒤에는 about을 쓰지 않습니다.", "No “about” after discuss."),
    (r"\b(informations)\b", "information", "information은 셀 수 없는 명사입니다.", "Information has no plural."),
    (r"\b(advices)\b", "advice", "advice는 셀 수 없는 명사입니다.", "Advice has no plural."),
    (r"\ba (?=(?:apple|hour|hours|email|idea|example|office|order|answer|umbrella|egg|orange|error|issue)\b)", "an ", "모음 소리 앞에는 an을 씁니다.", "Before a vowel sound: an."),
    (r"\ban (?=(?:book|user|university|company|customer|problem|question|day|new|good)\b)", "a ", "자음 소리 앞에는 a를 씁니다.", "Before a consonant sound: a."),
    (r"\b(recieve)", "receive", "철자는 receive입니다.", "It is spelt receive."),
    (r"\b(seperate)", "separate", "철자는 separate입니다.", "It is spelt separate."),
    (r"\b(definately)", "definitely", "철자는 definitely입니다.", "It is spelt definitely."),
    (r"\b(the|a|an|of|and) \1\b", r"\1", "같은 말이 두 번 적혔습니다.", "The word stands there twice."),
)  # fmt: skip

RULES: Final[tuple[tuple[re.Pattern[str], str, str, str], ...]] = (
    *((re.compile(pattern), right, ko, en) for pattern, right, ko, en in _KOREAN),
    *((re.compile(pattern, re.IGNORECASE | re.MULTILINE), right, ko, en) for pattern, right, ko, en in _ENGLISH),
)
LONGEST = 20_000
"""Characters that are looked through."""


@dataclass(frozen=True, slots=True)
class Change:
    """A part that is wrong, how it is right, and why."""

    wrong: str
    right: str
    why: str


def mended(text: str, language: Language) -> tuple[str, tuple[Change, ...]]:
    """Return the text with its surest mistakes mended, and each of them; the whys in ``language``."""
    changes: dict[tuple[str, str], Change] = {}
    head, rest = text[:LONGEST], text[LONGEST:]
    for pattern, right, korean, english in RULES:
        for found in pattern.finditer(head):
            new, why = found.expand(right), found.expand(korean if language == "ko" else english)
            changes.setdefault((found[0], new), Change(found[0].strip(), new.strip(), why))
        head = pattern.sub(right, head)
    return head + rest, tuple(changes.values())
