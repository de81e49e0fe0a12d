"""Personal data is taken out of what people wrote before it is kept for others: numbers, addresses, names.

Rules over the forms such data has in Korea and elsewhere, with checksums and dates where it has them, and with the
words beside a number where its form alone would not tell it (an account from an order, a person's telephone from the
company's). What is taken out is replaced by what it was: "[전화번호]". It is meant for a draft that a person reads
before it is used: it finds most of it, and may take out a little too much.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.phrases import say
from knowledge.language import Language

Kind = Literal["resident", "card", "licence", "passport", "phone", "account", "email", "unit", "plate", "birth", "name"]
"""``resident``: a resident registration number; ``unit``: the flat and its house in an address; ``plate``: of a car."""

_PLAIN = str.maketrans("０１２３４５６７８９－‐‑–—−＠．（）", "0123456789------@.()")
"""One character for one, so that places stay what they are."""

_SEP = r"[-\s.]{0,3}"
_RESIDENT = re.compile(
    r"(?<!\d)(?P<day>\d{6})\s?-?\s?(?:(?P<century>[1-8])(?:\d{6}|[*xX●]{1,6}\d{0,6})|[*xX●]{7})(?!\d)"
)
_CARD = re.compile(
    r"(?<![\d-])(?:\d{4}[-\s]?){3}\d{4}(?![\d-])|(?<![\d-])3[47]\d{2}[-\s]?\d{6}[-\s]?\d{5}(?![\d-])"
    r"|(?<!\d)\d{4}[-\s]?\d{2}[\d*xX]{2}[-\s]?[*xX]{4}[-\s]?\d{4}(?!\d)"
)
_LICENCE = re.compile(r"(?<![\d-])\d{2}-\d{2}-\d{6}-\d{2}(?![\d-])")
_PASSPORT = re.compile(r"(?<![A-Za-z0-9])[A-Z](?:\d{8}|\d{3}[A-Z]\d{4})(?![A-Za-z0-9])")
_MOBILE = re.compile(
    rf"(?<![\d-])(?:\+?82{_SEP}\(?0?\)?{_SEP}1[016789]|\(?01[016789]\)?){_SEP}\d{{3,4}}{_SEP}\d{{4}}(?![\d-])"
)
_LANDLINE = re.compile(
    r"(?<![\d-])(?:\+?82[-\s.]{1,3}\(?0?\)?[-\s.]{0,2}|\(?0)(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|50\d?)\)?"
    r"[-\s.]{1,3}\d{3,4}[-\s.]{1,3}\d{4}(?![\d-])"
)
_ABROAD = re.compile(
    r"(?<![\d+])\+(?!82)\d{1,3}(?:[-\s.]?\(?\d{1,4}\)?){2,5}(?!\d)"
    r"|(?<![\d-])\(?[2-9]\d{2}\)?[-\s.]\d{3}[-.]\d{4}(?![\d-])"
)
_ACCOUNT = re.compile(r"(?<![\d-])\d{2,6}-\d{2,6}-\d{2,8}(?:-\d{1,3})?(?![\d-])|(?<![\d-])\d{10,14}(?![\d-])")
_EMAIL = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}")
_UNIT = re.compile(r"(?<!\d)\d{1,4}동\s?\d{1,4}호")
_PLATE = re.compile(r"(?<!\d)\d{2,3}\s?[가-힣]\s?\d{4}(?!\d)")
_BIRTH = re.compile(
    r"(?:생년월일|생일|\bborn\b|birthday|date of birth)[^\d\n]{0,8}"
    r"(?P<day>\d{2,4}\s?[년./-]\s?\d{1,2}\s?[월./-]\s?\d{1,2}일?|\d{8}|\d{6})(?!\d)",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:이름|성함|성명|예금주|수령인|받는 ?(?:분|사람)|보내는 ?(?:분|사람))"
    r"\s{0,2}(?:[:：은는])\s{0,2}(?P<name>[가-힣]{2,4})(?![가-힣])"
)
_FAMILY = (
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민나"
    "진지엄채원천방공현함변염추도소석선설마길연위표명기반왕"
)
_CALLED = re.compile(rf"(?<![가-힣])(?P<name>[{_FAMILY}][가-힣]{{2}})(?=\s?(?:님|씨|고객님|회원님)(?![가-힣]{{3}}))")
_RANKED = re.compile(
    rf"(?<![가-힣])(?P<name>[{_FAMILY}](?:[가-힣]{{2}})?)"
    r"\s(?:대리|과장|차장|부장|팀장|실장|이사|대표|사원|주임|선임|책임|매니저)님?(?![가-힣]{3})"
)
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr)\.?\s(?P<name>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)")
_ROLE = re.compile(
    r"(?:[용청매문의고지행록당술획육호작독발관리입여표]자|[회직합구무내담업시교파투]원|[차대천애치혼기개법본]인"
    r"|객|학생|강생|입생|팀|부|실|스|팅|진|들|분|님|사장|이사|문가|부모)$"
)
"""How words end that tell what somebody is, and no name: 이용자, 조합원, 임차인, 기사."""

_PUBLIC = re.compile(
    r"고객\s?(?:센터|지원)|콜\s?센터|상담|대표\s?(?:번호|전화)|안내\s?(?:데스크|전화)|문의|지원팀|본사|지점|매장|팩스|fax|hotline"
    r"|(?:customer|call|help)\s?(?:service|center|centre|desk|line)|support|office|reception",
    re.IGNORECASE,
)
"""Whose numbers are meant to be known."""

_MAILBOXES = re.compile(
    r"(?:no-?reply|help|support|cs|info|contact|sales|privacy|admin|office|hello|ask|faq|service|hr|it|billing|press)"
    r"(?:[._+-].*)?",
    re.IGNORECASE,
)
_BANK = re.compile(r"은행|뱅크|농협|신협|수협|새마을금고|우체국|계좌|예금주|입금|account|\bbank|iban", re.IGNORECASE)
_NO_ACCOUNT = re.compile(
    r"(?:주문|송장|운송장|사업자|접수|관리|제품|모델|일련|문서|예약|등록)\s?(?:등록\s?)?(?:번호)?\s{0,2}[:：은는]?\s{0,2}$"
    r"|\b(?:order|tracking|invoice|serial|model|booking|ticket)\b.{0,12}$",
    re.IGNORECASE,
)
_CARD_WORD, _PASSPORT_WORD = re.compile(r"카드|card", re.IGNORECASE), re.compile(r"여권|passport", re.IGNORECASE)
_CAR_WORD = re.compile(r"차량|차\s?번호|번호판|주차|제 차|car|plate", re.IGNORECASE)
_NO_FAMILY = frozenset("이한현전주방장원기연위성선명표마반왕길변문손배하도소석설공함차나우신구유")
"""Syllables that are words before a title: "이 과장", "현 대표", "전 부장"."""


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without personal data, and how much of each kind was taken out."""

    text: str
    kinds: Mapping[Kind, int]

    def words(self, language: Language) -> str:
        """Return what was taken out: "전화번호 2, 이름 1"; empty where nothing was."""
        return ", ".join(f"{say(f'redacting.{kind}', language)} {count}" for kind, count in self.kinds.items())


def redacted(text: str, language: Language) -> Redacted:
    """Return the text with its personal data replaced by what it was, in the language; linear in the text's length."""
    plain = text.translate(_PLAIN)
    taken: list[tuple[int, int, Kind]] = []
    covered = bytearray(len(plain))
    for kind, spans in _RULES:
        for start, end in spans(plain):
            if not any(covered[start:end]):
                covered[start:end] = b"\x01" * (end - start)
                taken.append((start, end, kind))
    parts, at = [], 0
    for start, end, kind in sorted(taken):
        parts += [text[at:start], f"[{say(f'redacting.{kind}', language)}]"]
        at = end
    counts = Counter(kind for _, _, kind in sorted(taken))
    return Redacted("".join([*parts, text[at:]]), dict(counts))


def with_roles(text: str, people: Mapping[str, str]) -> str:
    """Return the text with the names of people replaced by what they are in it ("민수님" -> "문의자님").

    A name that may be another word too (two syllables, "지연") only counts before 님, 씨 or a title of work.
    """
    for name in sorted(people, key=len, reverse=True):
        plain = name.strip()
        if len(plain) < 2:
            continue
        short = bool(re.fullmatch(r"[가-힣]{2}", plain))
        after = (
            r"(?=\s?(?:님|씨|대리|과장|차장|부장|팀장|사원|주임|선임|책임|매니저|프로|선생)(?![가-힣]{3}))"
            if short
            else ""
        )
        before = r"(?<![가-힣\w])" if plain[0].isalnum() else ""
        limit = r"(?![A-Za-z0-9])" if plain[-1].isascii() else ""
        role = people[name]
        text = re.sub(f"{before}{re.escape(plain)}{limit}{after}", lambda _found, role=role: role, text)  # type: ignore[misc]
    return text


# --- what each rule finds


def _residents(text: str) -> Iterator[tuple[int, int]]:
    for found in _RESIDENT.finditer(text):
        day = found["day"]
        if 1 <= int(day[2:4]) <= 12 and 1 <= int(day[4:6]) <= 31 and _is_day(day, found["century"]):
            yield found.span()


def _is_day(day: str, century: str | None) -> bool:
    year = int(day[:2]) + (1900 if century in ("1", "2", "5", "6", None) else 2000)
    try:
        date(year, int(day[2:4]), int(day[4:6]))
    except ValueError:
        return False
    return True


def _cards(text: str) -> Iterator[tuple[int, int]]:
    for found in _CARD.finditer(text):
        digits = re.sub(r"\D", "", found[0])
        masked = len(digits) < 15
        if masked or _luhn(digits) or _CARD_WORD.search(_before(text, found.start())):
            yield found.span()


def _luhn(digits: str) -> bool:
    total = 0
    for at, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if at % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0 and len(set(digits)) > 1


def _passports(text: str) -> Iterator[tuple[int, int]]:
    return (each.span() for each in _PASSPORT.finditer(text) if _PASSPORT_WORD.search(_before(text, each.start())))


def _phones(text: str) -> Iterator[tuple[int, int]]:
    yield from (each.span() for each in _MOBILE.finditer(text))
    for pattern in (_LANDLINE, _ABROAD):
        for found in pattern.finditer(text):
            enough = sum(map(str.isdigit, found[0])) >= 9
            if enough and not _PUBLIC.search(_before(text, found.start())):
                yield found.span()


def _accounts(text: str) -> Iterator[tuple[int, int]]:
    for found in _ACCOUNT.finditer(text):
        groups = found[0].split("-")
        digits = sum(map(len, groups))
        before, after = _before(text, found.start()), text[found.end() : found.end() + 20]
        named = bool(_BANK.search(before) or _BANK.search(after))
        if not 10 <= digits <= 14 or _NO_ACCOUNT.search(before):
            continue
        company = [len(each) for each in groups] == [3, 2, 5]
        dated = len(groups[0]) == 4 and groups[0].startswith(("19", "20"))
        telephone = groups[0].startswith("0")  # one that is the company's, or it were taken already
        if named or (len(groups) > 2 and not company and not dated and not telephone):
            yield found.span()


def _emails(text: str) -> Iterator[tuple[int, int]]:
    return (each.span() for each in _EMAIL.finditer(text) if not _MAILBOXES.fullmatch(each[0].partition("@")[0]))


def _plates(text: str) -> Iterator[tuple[int, int]]:
    return (each.span() for each in _PLATE.finditer(text) if _CAR_WORD.search(_before(text, each.start())))


def _births(text: str) -> Iterator[tuple[int, int]]:
    return (each.span("day") for each in _BIRTH.finditer(text))


def _names(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_LABELLED, _TITLED):
        yield from (each.span("name") for each in pattern.finditer(text))
    for ranked in _RANKED.finditer(text):
        if ranked["name"] not in _NO_FAMILY and not _ROLE.search(ranked["name"]):
            yield ranked.span("name")
    yield from (each.span("name") for each in _CALLED.finditer(text) if not _ROLE.search(each["name"]))


def _all_of(pattern: re.Pattern[str]) -> Callable[[str], Iterator[tuple[int, int]]]:
    return lambda text: (found.span() for found in pattern.finditer(text))


def _before(text: str, at: int) -> str:
    return text[max(0, at - 25) : at]


_RULES: Sequence[tuple[Kind, Callable[[str], Iterator[tuple[int, int]]]]] = (
    ("email", _emails),
    ("resident", _residents),
    ("card", _cards),
    ("licence", _all_of(_LICENCE)),
    ("passport", _passports),
    ("phone", _phones),
    ("account", _accounts),
    ("unit", _all_of(_UNIT)),
    ("plate", _plates),
    ("birth", _births),
    ("name", _names),
)
"""In this order: what one has taken, a later one leaves."""
