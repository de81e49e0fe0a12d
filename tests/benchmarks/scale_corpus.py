"""Large corpora: sentences recombined, with words of a long tail, so that most words are rare as in real texts.

The sentences are written here; for figures on real language, those of any corpus file can be recombined instead.
"""

import json
import random
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from knowledge.language import Language

TAIL = 200_000
"""Invented words; the n-th is met 1/n as often as the first."""

LENGTH = {"ko": 276, "en": 420}
"""Characters of a passage: what a passage of a Korean handbook has, and as much said in English."""

SUBJECTS: dict[Language, str] = {
    "ko": "환불 배송 교환 적립금 쿠폰 회원등급 세금계산서 예약 구독 포장 계약서 출장비 연차 급여 보험 주차 회의실 "
    "장비 보안 교육 인증서 비밀번호 결재 견적서 창고 재고 납품 검수 수리 보증 설치 점검 약관 개인정보 탈퇴 이벤트",
    "en": "refund delivery exchange credit voucher membership invoice booking subscription wrapping contract travel "
    "leave salary insurance parking meeting equipment security training certificate password approval quotation "
    "warehouse stock shipment inspection repair warranty installation maintenance terms privacy event prize partner",
}
SENTENCES: dict[Language, Sequence[str]] = {
    "ko": (
        "{0} 신청은 {t} 담당 부서에서 접수하며 영업일 기준 {n}일 안에 결과를 알려 드립니다.",
        "{t}에 관한 {0} 규정은 지난해 개정되어 올해부터 모든 지점에 적용됩니다.",
        "{0} 절차를 시작하기 전에 {1} 내역과 {t} 번호를 미리 확인해 주시기 바랍니다.",
        "{t} 고객은 {0} 비용의 {n}퍼센트를 할인받을 수 있으나 {1} 항목은 제외됩니다.",
        "서류가 빠졌거나 {t} 정보가 다르면 {0} 처리가 늦어질 수 있습니다.",
        "{0} 담당자가 자리를 비운 경우에는 {t} 팀의 다른 직원에게 문의하시면 됩니다.",
        "{n}월부터는 {t} 화면에서 {0} 상태를 직접 조회하고 취소할 수 있습니다.",
        "{t} 제품은 {1} 기간이 끝난 뒤에도 {0} 대상에 포함됩니다.",
        "{0} 기준 금액은 {n}만 원이며 {t} 지점에서는 별도 기준을 따릅니다.",
        "자세한 {0} 안내는 {t} 게시판이나 고객센터에서 확인하실 수 있습니다.",
        "{t} 때문에 {0} 요청이 반려되면 사유를 적어 다시 올려 주세요.",
        "{0} 결과는 문자와 이메일로 보내 드리고 {t} 기록은 {n}년 동안 보관합니다.",
    ),
    "en": (
        "A {0} for {t} is handled by the responsible department, which answers within {n} business days.",
        "The rules on {0} that concern {t} were changed last year and now hold for every branch.",
        "Please check the {1} records and the number of the {t} before you ask for a {0}.",
        "Customers of {t} get {n} percent off the {0} fee, except where {1} is part of the order.",
        "If documents are missing or the {t} differs, the {0} may take longer than usual.",
        "While the person in charge of {0} is away, somebody else of the {t} team will help you.",
        "From month {n} on, the state of a {0} can be seen and cancelled on the page of {t}.",
        "Products of {t} remain part of the {0} after the {1} period has come to its end.",
        "The limit of a {0} is {n} euros; the branch in {t} follows rules of its own.",
        "More about {0} is written on the board of {t}, or ask our support.",
        "When a {0} is refused because of {t}, give the reason and hand it in again.",
        "The result of the {0} is sent by mail, and the record of {t} is kept for {n} years.",
    ),
}
QUESTIONS: dict[Language, Sequence[str]] = {
    "ko": ("{t} {0} 신청은 어떻게 하나요?", "{t}의 {0} 기준이 궁금합니다", "{0} 할 때 {t} 때문에 늦어질 수 있나요?"),
    "en": (
        "How do I ask for a {0} of {t}?",
        "What are the rules on {0} for {t}?",
        "Does {t} make the {0} take longer?",
    ),
}
SYLLABLES: dict[Language, Sequence[str]] = {
    "ko": [chr(code) for code in range(0xAC00, 0xD7A4, 28 * 3)],
    "en": [f"{a}{b}" for a in "bcdfghjklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "ol")],
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a generated FAQ."""

    key: str
    question: str
    answer: str

    @property
    def line(self) -> str:
        """The row as a line of JSON."""
        return json.dumps({"id": self.key, "question": self.question, "answer": self.answer}, ensure_ascii=False)


class Generator:
    """Makes entries of one language; the same seed makes the same ones."""

    def __init__(self, language: Language, *, seed: int = 7, source: Path | None = None) -> None:
        self.language = language
        self._chance = random.Random(seed)  # noqa: S311 - a benchmark
        self._real = _sentences(source) if source else ()
        self._subjects = SUBJECTS[language].split()
        self._shares = list(accumulate(1 / rank for rank in range(1, TAIL + 1)))

    def entries(self, count: int, *, length: int = 0) -> Iterator[Entry]:
        """Yield entries whose answers are about ``length`` characters long."""
        length = length or LENGTH[self.language]
        for number in range(count):
            tail, subject = self._rare(), self._chance.choice(self._subjects)
            answer = self._sentence(subject, tail)
            while len(answer) < 0.85 * length:
                answer += " " + self._sentence(self._chance.choice(self._subjects), self._rare())
            question = self._chance.choice(QUESTIONS[self.language]).format(subject, t=tail)
            yield Entry(f"{self.language}{number}", question, answer[: 2 * length])

    def _sentence(self, subject: str, tail: str) -> str:
        if self._real:
            return f"{self._chance.choice(self._real)} {tail}"
        other, number = self._chance.choice(self._subjects), self._chance.randint(1, 30)
        return self._chance.choice(SENTENCES[self.language]).format(subject, other, t=tail, n=number)

    def _rare(self) -> str:
        rank = bisect_left(self._shares, self._chance.random() * self._shares[-1])
        known = SYLLABLES[self.language]
        return "".join(known[(rank * step) % 9973 % len(known)] for step in (1, 7, 131)[: 2 + (rank > len(known))])


def _sentences(source: Path) -> list[str]:
    """Return the sentences of the texts in a corpus of JSON lines."""
    found: dict[str, None] = {}
    for line in source.read_text("utf-8").split("\n"):
        values = json.loads(line) if line.strip() else {}
        text = str(values.get("text") or values.get("answer") or values.get("passage") or "")
        found |= dict.fromkeys(part.strip() for part in re.split(r"(?<=[.!?다])\s+", text) if 20 < len(part) < 150)
    return list(found)
