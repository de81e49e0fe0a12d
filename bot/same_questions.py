"""Which entries answer the same question, found without comparing each with each.

What tells questions apart is their subject: the nouns of a Korean question, the content words of an English one, less
the words that every question has (방법, 기간, how long). Entries whose subjects are equal, or differ in one word that
the other one's text says as well, ask the same. One-sided words are never passed over: "반품 배송비" is not "배송비".
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, Protocol, TypeVar

from bot.stop_words import ENGLISH_STOP, KOREAN_LIGHT
from knowledge.language import Language
from knowledge.questions import frame_weight
from knowledge.tokens import Terms, analyze, stems

MOST_IN_GROUP = 30
"""Entries of one subject that are compared each with each; of a larger group each with so many after it."""

Item = TypeVar("Item")

QUESTION = 4
"""Where more entries than these have a subject, it is a topic: their questions must be alike in all their words."""

LIKE = 0.75
FEW = 3
"""Questions of one subject that are held against those of a nearly equal one."""

LONGEST = 200
"""Characters of a question; what is longer is no question."""

_GENERAL_KO: Final = frozenset(
    (
        "기간 기한 시간 시각 일자 날짜 언제 비용 가격 금액 요금 방법 절차 순서 규정 기준 정책 조건 안내 "
        "문의 번호 대표 연락처 매장 가게 회사 상점 고객 손님 우리 저희 상품 제품 물건 물품 사용 이용 가능 "
        "여부 최대 최소 정도 얼마 며칠 몇 개월 안 내 이내 이후 이전 전 후 중 소멸 만료 전화번호 "
        "전화 연락 하루 사람 경우 때 제도 서비스 운영 처리 진행 유효 "
    ).split()
)
_GENERAL_EN: Final = frozenset(
    stem
    for word in (
        "period limit maximum minimum long much many day days hour hours week month time date cost costs "
        "price fee free end start until number way please possible able item items something product thing "
        "things use work works tell know want need like get make take company store shop customer customers "
        "last open opens close closes run runs keep "
    ).split()
    for stem in stems(word)
)


_STOP_EN: Final = ENGLISH_STOP | {stem for word in ENGLISH_STOP for stem in stems(word)}


_FACETS: Final = {
    word: facet
    for facet, words in {
        "time": "기간 기한 시간 시각 일자 날짜 언제 며칠 day hour week month time date period",
        "money": "비용 가격 금액 요금 cost price fee free",
        "way": "방법 절차 순서 way",
        "whom": "번호 전화번호 전화 연락처 phone number",
        "limit": "한도 최대 최소 limit maximum minimum",
    }.items()
    for word in words.split()
}
"""What of its subject a question asks for: the general words that do tell questions apart."""


class Asked(Protocol):
    """What is read of an entry."""

    @property
    def question(self) -> str: ...  # noqa: D102
    @property
    def aliases(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def answer(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def language(self) -> Language: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question is about: ``core`` tells it from others, ``whole`` has its verbs and general words too."""

    core: frozenset[str]
    whole: frozenset[str]

    def like(self, other: "Subject") -> bool:
        """Whether both questions share most of their words."""
        return len(self.whole & other.whole) * 2 >= LIKE * (len(self.whole) + len(other.whole))

    def asks_otherwise(self, other: "Subject") -> bool:
        """Whether one asks for the time, say, and the other one for the price of the same."""
        mine, theirs = ({_FACETS[word] for word in each.whole if word in _FACETS} for each in (self, other))
        return bool(mine and theirs) and mine.isdisjoint(theirs)


def subjects(texts: Iterable[str], language: Language) -> Iterator[Subject]:
    """Yield the subject of each question; analysed in batches."""
    for terms in analyze(text[:LONGEST] for text in texts):
        words = _korean(terms) if language == "ko" else _english(terms)
        general = _GENERAL_KO if language == "ko" else _GENERAL_EN
        yield Subject(words - general or words, frozenset((*words, *_bare(terms.words))))


def same_questions(entries: Sequence[Asked], language: Language) -> Iterator[tuple[int, int]]:
    """Yield the places of entries that answer the same question, each pair once; all are of ``language``."""
    asked = [(place, text) for place, entry in enumerate(entries) for text in _questions(entry)]
    found = [
        (place, subject) for (place, _), subject in zip(asked, subjects((t for _, t in asked), language), strict=True)
    ]
    seen: set[tuple[int, int]] = set()
    for pair, differing in _candidates(found):
        if pair in seen:
            continue
        if not differing or _says([entries[at] for at in pair], differing, language):
            seen.add(pair)
            yield pair


def _questions(entry: Asked) -> list[str]:
    return [text for text in dict.fromkeys((entry.question, *entry.aliases)) if text and len(text) <= LONGEST]


def _korean(terms: Terms) -> frozenset[str]:
    """Return the nouns, foreign words and numbers; the verbs where there is nothing else."""
    nouns = [term for term in terms.words if "/" not in term or term.endswith(("/N", "/X"))]
    return _bare(nouns) or _bare(terms.words)


def _bare(terms: Iterable[str]) -> frozenset[str]:
    words = (term.partition("/")[0] for term in terms if frame_weight(term) > 0.7)
    return frozenset(word for word in words if word not in KOREAN_LIGHT)


def _english(terms: Terms) -> frozenset[str]:
    return frozenset(word for word in terms.words if word not in _STOP_EN and len(word) > 1)


def _candidates(found: Sequence[tuple[int, Subject]]) -> Iterator[tuple[tuple[int, int], frozenset[str]]]:
    """Yield pairs of equal subject, then pairs that differ in one word at most on each side, with those words."""
    groups: dict[frozenset[str], list[int]] = defaultdict(list)
    for at, (_, subject) in enumerate(found):
        if subject.core:
            groups[subject.core].append(at)
    for some in groups.values():
        topic = len({found[at][0] for at in some}) > QUESTION
        for one, other in _within(some):
            if _may_be(found[one], found[other]) and (not topic or found[one][1].like(found[other][1])):
                yield _ordered(found[one][0], found[other][0]), frozenset()
    for one_core, other_core in _nearly_equal(groups):
        for one, other in product(groups[one_core][:FEW], groups[other_core][:FEW]):
            if _may_be(found[one], found[other]):
                yield _ordered(found[one][0], found[other][0]), one_core ^ other_core


def _may_be(one: tuple[int, Subject], other: tuple[int, Subject]) -> bool:
    """Whether these are questions of two entries that do not ask for different things of their subject."""
    return one[0] != other[0] and not one[1].asks_otherwise(other[1])


def _nearly_equal(cores: Iterable[frozenset[str]]) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Yield the subjects that differ in one word at most on each side."""
    nearly: dict[frozenset[str], list[frozenset[str]]] = defaultdict(list)
    for core in cores:
        nearly[core].append(core)
        for word in core if len(core) > 1 else ():
            nearly[core - {word}].append(core)
    for some in nearly.values():
        yield from _within(some)


def _within(some: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    for at, one in enumerate(some):
        for other in some[at + 1 : at + 1 + MOST_IN_GROUP]:
            yield one, other


def _ordered(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def may_be_same(one: Asked, other: Asked) -> bool:
    """Whether nothing in their questions tells two entries apart; an entry without a question may be about anything."""
    if not one.question or not other.question or one.language != other.language:
        return True
    first, second = subjects((one.question, other.question), one.language)
    return _says((one, other), first.core ^ second.core, one.language)


def _says(pair: Iterable[Asked], differing: frozenset[str], language: Language) -> bool:
    """Whether each word that only one question has stands in what the other entry says."""
    texts = [" ".join((entry.question, entry.answer, *entry.aliases)).lower() for entry in pair]
    if language == "en":
        texts = [" ".join(stems(text)) for text in texts]
    return all(word in text for text in texts for word in differing)
