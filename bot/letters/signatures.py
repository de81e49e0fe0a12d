"""What stands below a mail and is not its message: the signature, what telephones add, the warnings of companies.

What might be a request is never cut: in doubt a line stays.
"""

import re

from bot.letters.signature_words import ASKING, CLOSINGS, DEVICES, LABELS, TITLES, WARNINGS

MOST_LINES = 40
"""Lines from the end in which a signature is looked for."""

LONGEST_LINE = 400

_MARKED = re.compile(r"^(?:--|—|– ?–|__|-- ?--)\s*$")
_DEVICE_LINE = re.compile(rf"^[\s<(\[\"'“*_-]*(?:{DEVICES})", re.IGNORECASE)
_WARNING = re.compile(WARNINGS, re.IGNORECASE)
_LABEL = re.compile(LABELS, re.IGNORECASE)
_PHONE = re.compile(r"(?<!\d)(?:\+?\d{1,3}[-.) ]{1,2})?\(?0?\d{1,3}\)?[-.) ]{1,2}\d{3,4}[-. ]\d{4}(?!\d)")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w.-]{3,100}|\bwww\.[\w.-]{3,80}|https?://\S{3,200}", re.IGNORECASE)
_TITLE = re.compile(rf"{TITLES}(?:님)?(?:[\s|/,·]|$)")
_PLACE = re.compile(
    r"[가-힣]{1,6}(?:특별시|광역시|시|도)\s?.{0,20}[가-힣0-9]{1,10}(?:구|군|로|길|동)\b.{0,40}|\b\d{5}\b.{0,30}[가-힣]"
)
_CLOSING = re.compile(rf"^{CLOSINGS}$", re.IGNORECASE)
_KOREAN_CLOSING = re.compile(
    r"^(?![-*•·]|.*(?:께|쿠폰|사은품|선물|할인|무료|증정|혜택|포인트|적립|\d|반올림|끌어올림))"
    r"(?!.*[?.,].*\s).{0,40}?\s?(?:드림|올림|배상|拜上|拝)[.\s]*$"
)
_ASKING = re.compile(ASKING, re.IGNORECASE)
_SENTENCE = re.compile(r"(?:[다요죠까]|니다|세요|시오)[.!?~]*\s*$|[.?!]\s*$")
_BY_WHEN = re.compile(
    r"(?:오늘|내일|모레|요일|\d월|\d일|이번 주|다음 주|금주|차주|주말|월말|연말|\d시).{0,12}(?:까지|안에|중으로|이내)"
    r"|\bby (?:mon|tue|wed|thu|fri|sat|sun|tomorrow|today|next|the end|eod|\d)",
    re.IGNORECASE,
)
_KOREAN_SENTENCE = re.compile(r"[가-힣].*(?:니다|[어아해세]요|시오)[.!?~]*\s*$")
_REQUEST = re.compile(r"(?:부탁|주세요|주실|주십시오|까요|나요|\?\s*$)")
_OF_WARNINGS = re.compile(
    r"수신|발신|송신|전송|삭제|폐기|기밀|비밀|유출|누설|인쇄|환경|오류|잘못|타인|무단|[A-Za-z]{3}.*\?\s*$"
)
_EXCUSE = re.compile(r"excuse|typo|brevity|sorry|brief|에서 보|gesendet|http", re.IGNORECASE)
_COMPANY = re.compile(r"\b(?:ltd|inc|co|corp|llc|gmbh|s\.?a)\.\s*$", re.IGNORECASE)
_BANNER = re.compile(
    r"(?:caution|warning|주의|external)\b.{0,40}(?:originated (?:from )?outside|external (?:sender|e-?mail)|외부)"
    r"|외부에서 (?:발송|수신|전송)된 ?(?:메일|이메일).{0,30}니다|^\W*(?:외부 ?메일|external (?:e-?mail|sender))\W*$",
    re.IGNORECASE,
)
_RULE = re.compile(r"^[-_=~*─━—–+\s]{3,}$")
_LIST = re.compile(r"mailing list|@lists?\.|/listinfo/|unsubscribe", re.IGNORECASE)


def without_signature(text: str, sender: str = "") -> tuple[str, str]:
    """Return a message without what stands below it, and that.

    ``sender`` is the name of who wrote it: a card that begins with it is theirs.
    """
    lines = text.strip("\n").split("\n")
    end = len(lines)
    while True:
        before = end
        end = _without_blank(lines, end)
        for cut in (_device, _warning, _marked, _closed):
            end = _without_blank(lines, cut(lines, end))
        end = _without_blank(lines, _card(lines, end, sender))
        if end >= before or end == 0:
            break
    if end == 0 and any(line.strip() for line in lines):
        return _only_signature(lines)
    return "\n".join(lines[:end]).strip(), "\n".join(lines[end:]).strip("\n ")


def without_closing(text: str) -> str:
    """Return words without the thanks and the greeting below them, and without what a gateway wrote above them."""
    lines = [line for line in text.strip().split("\n") if len(line) > LONGEST_LINE or not _BANNER.search(line)]
    while lines and (not lines[-1].strip() or _CLOSING.match(lines[-1].strip())):
        lines.pop()
    return "\n".join(lines).strip()


def _only_signature(lines: list[str]) -> tuple[str, str]:
    """Return nothing for a mail that is only a signature or what a telephone adds, the whole for any other."""
    text = "\n".join(lines).strip()
    plain = [line for line in lines if line.strip() and not _RULE.match(line)]
    marked = any(_MARKED.match(line) for line in lines[:1]) or all(_is_device(line) for line in plain)
    carded = any(_is_card(line) or _WARNING.search(line) for line in plain) or len(text) <= 20
    named = carded and all(_may_be_card(line) or _KOREAN_CLOSING.match(line.strip()) for line in plain)
    return ("", text) if marked or named or any(_WARNING.search(line) for line in plain) else (text, "")


def _without_blank(lines: list[str], end: int) -> int:
    while end and (not lines[end - 1].strip() or _RULE.match(lines[end - 1])):
        end -= 1
    return end


def _device(lines: list[str], end: int) -> int:
    """Cut lines at the end like "Sent from my iPhone"."""
    while end and len(lines[end - 1]) <= 160 and _is_device(lines[end - 1].strip()):
        end = _without_blank(lines, end - 1)
    return end


def _is_device(line: str) -> bool:
    """Tell whether a line is what a telephone adds, not a sentence that begins so ("Sent from my desk, as ...")."""
    if len(line) > 160 or not _DEVICE_LINE.match(line):
        return False
    return len(line.split()) < 8 or not re.search(r"[.!?]\s*$", line) or _EXCUSE.search(line) is not None


def _warning(lines: list[str], end: int) -> int:
    """Cut the end of a last paragraph that warns of confidence, or asks to spare paper, from where it begins to."""
    begin = _paragraph(lines, end)
    warns = _first_warning(lines[begin:end]) if end - begin <= MOST_LINES else None
    if warns is None or any(_asks_something_else(line[:LONGEST_LINE]) for line in lines[begin + warns : end]):
        return end
    return begin + warns


def _asks_something_else(line: str) -> bool:
    """Tell whether a line in a warning asks what no warning does: by when, or with no word that warnings have."""
    if _BY_WHEN.search(line) and _ASKING.search(line):
        return True
    return _REQUEST.search(line) is not None and _OF_WARNINGS.search(line) is None and not _WARNING.search(line)


def _first_warning(lines: list[str]) -> int | None:
    """Return the line in which a warning begins; it may go on in the next ones."""
    lines = [line[:LONGEST_LINE] for line in lines]
    found = _WARNING.search(" ".join(lines))
    if found is None:
        return None
    length = 0
    for n, line in enumerate(lines):
        length += len(line) + 1
        if length > found.start():
            return n
    return None


def _paragraph(lines: list[str], end: int) -> int:
    begin = end
    while begin and lines[begin - 1].strip() and not _RULE.match(lines[begin - 1]):
        begin -= 1
    return begin


def _marked(lines: list[str], end: int) -> int:
    """Cut at a line that is only "-- ", unless something is asked below it."""
    for at in range(max(0, end - MOST_LINES), end):
        if not _MARKED.match(lines[at]):
            continue
        below = [line for line in lines[at + 1 : end] if line.strip()]
        if lines[at].startswith("__") and not any(_LIST.search(line) for line in below):
            continue
        if not _asks(below):
            return at
    return end


def _asks(lines: list[str]) -> bool:
    """Tell whether one of these lines may be a message: a sentence that asks, or is Korean, and no warning nor card."""
    lines = [line[:LONGEST_LINE] for line in lines]
    warns = _first_warning(lines)
    if warns is not None and any(_asks_something_else(line) for line in lines[warns:]):
        return True
    return any(
        (_ASKING.search(line) or _KOREAN_SENTENCE.search(line))
        and _SENTENCE.search(line)
        and not _is_device(line)
        and not _is_card(line)
        for line in lines[:warns]
    )


def _closed(lines: list[str], end: int) -> int:
    """Cut from "김민수 드림" on, where only a card follows it."""
    for at in range(max(0, end - 20), end):
        if len(lines[at]) > 60 or not _KOREAN_CLOSING.match(lines[at].strip()):
            continue
        below = [line for line in lines[at + 1 : end] if line.strip() and not _RULE.match(line)]
        if all(_may_be_card(line) for line in below):
            return at
    return end


def _card(lines: list[str], end: int, sender: str) -> int:
    """Cut a card at the end: lines with telephone, address, title, below a closing, a line across or the own name."""
    begin = end
    while begin and end - begin < 14 and (not lines[begin - 1].strip() or _may_be_card(lines[begin - 1])):
        if _CLOSING.match(lines[begin - 1].strip()):
            break
        begin -= 1
    found = [line for line in lines[begin:end] if line.strip()]
    if not found or sum(_is_card(line) for line in found) < 1:
        return end
    for at in range(begin, end):
        rest = [line for line in lines[at:end] if line.strip() and not _RULE.match(line)]
        strength = sum(_is_card(line) for line in rest)
        if strength == 0:
            return end
        if _begins_card(lines, at, sender):
            return at
    return end


def _begins_card(lines: list[str], at: int, sender: str) -> bool:
    above = next((lines[n].strip() for n in range(at - 1, -1, -1) if lines[n].strip()), "")
    if not lines[at].strip():
        return False
    return bool(_CLOSING.match(above) or _RULE.match(above) or _names(lines[at], sender))


def _names(line: str, sender: str) -> bool:
    """Tell whether a short line begins with the name of who wrote the mail."""
    name = re.split(r"[(/|,]", sender)[0].strip()
    plain = line.strip().strip("-–—*|[]「」 ")
    return len(name) >= 2 and len(plain) <= 60 and "".join(plain.split()).startswith("".join(name.split()))


def _is_card(line: str) -> bool:
    """Tell whether a line is one that only a card has."""
    line = line[:LONGEST_LINE].strip()
    if len(line) > 120 or (_SENTENCE.search(line.rstrip("0123456789")) and not _ADDRESS.search(line)):
        return False
    return bool(_PHONE.search(line) or (_LABEL.search(line) and re.search(r"[\d@.]", line)) or _ADDRESS.fullmatch(line))


def _may_be_card(line: str) -> bool:
    """Tell whether a line can stand in a card: a name, a title, a company, a place, a telephone."""
    line = line.strip()[:LONGEST_LINE]
    if _is_card(line) or _RULE.match(line) or _PLACE.search(line) or (_TITLE.search(line) and len(line) <= 40):
        return True
    ends = _SENTENCE.search(line) is not None and _COMPANY.search(line) is None
    return len(line) <= 45 and not ends and not _ASKING.search(line) and not line.endswith((":", ","))
