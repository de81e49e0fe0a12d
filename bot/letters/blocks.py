"""The lines above a forwarded or quoted mail: who wrote it, when, to whom, about what."""

import re
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.letters.block_words import FORWARDED, GLUED_NAMES, HEAD_NAMES, ORIGINAL, Field
from bot.letters.dates import has_date
from bot.letters.quoting import Line

LONGEST_VALUE = 100_000
MOST_LINES = 60
"""Lines of one head; a mail to hundreds has long ones."""

_DECORATED = re.compile(r"^[^\w]{0,3}[-_=~─━—–―═*+<\[]{2,}\s*(.{3,60}?)\s*[-_=~─━—–―═*+>\]]{2,}\s*(.*)$", re.DOTALL)
_RULE = re.compile(r"^[-_=~─━—–―═*+\s]{3,}$")
_FORM = re.compile(
    r"(?:문의|요청|상담|접수|신청)?\s?(?:내용|본문|사항)\s*[::]|(?:message|content|comments?|details?)\s*:",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"메일|메시지|message|e-?mail|nachricht|mensaje|mensagem|messaggio|bericht|besked|melding|meddelande|viesti|kiri|sõnum"
    r"|levél|üzenet|wiadomość|zpráva|správa|poruka|mesaj|сообщени|повідомлен|письм|лист|ileti|μήνυμα|thư|pesan|ข้อความ"
    r"|メッセージ|メール|邮件|郵件",
    re.IGNORECASE,
)
"""Words for a mail, without which a line across with words is a heading of a text ("--- 전달 사항 ---")."""

_SENT = re.compile(
    r"sent\b|보낸|발신|gesendet|envoy|envia|inviat|verzond|sendt|skickat|lähet|wysł|отправ|odesl|送信|发送|寄件|傳送",
    re.IGNORECASE,
)
_TIME = re.compile(r"\d:\d\d|\d\s?시")
_NAME = re.compile(r"^(\**)[\s■▶※○●◎·•]{0,3}([^\d\W][^::|<>@*]{0,28}?)[\s*]*([::]|\|)\s*\|?\s*(.*)$", re.DOTALL)
_GLUED = re.compile("(" + "|".join(map(re.escape, GLUED_NAMES)) + r")(\s?[::]|(?=\s))", re.IGNORECASE)

Kind = Literal["forward", "original", "bare"]


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a mail in the text of another; lines ``begin`` to before ``end``. ``said`` are its values."""

    begin: int
    end: int
    kind: Kind
    depth: int = 0
    said: dict[Field, str] = field(default_factory=dict)
    names: str = ""
    """The names of its lines, by which its language is told."""

    rest: str = ""
    """What stands in its last line after the values."""


def head_at(lines: list[Line], at: int) -> Head | None:
    """Return the head that begins in this line: with the line above it ("Forwarded message"), or the block alone."""
    line = lines[at]
    bare = line.bare
    if len(bare) > LONGEST_VALUE or line.empty:
        return None
    kind = announced(bare)
    if kind is None:
        named = field_of(line)
        if named is None or named[0] in ("cc", "other"):
            return _unknown(lines, at)
        found = _block(lines, at)
        return found if found and _is_sure(found) and "date" in found.said and not _is_form(lines, found.end) else None
    glued = _glued(bare)
    if glued:
        return Head(at, at + 1, kind, line.depth, glued)
    below = _next(lines, at + 1, 4)
    found = _block(lines, below) if below is not None else None
    if found and ("from" in found.said or len(found.said) >= 2):
        return replace(found, begin=at, kind=kind)
    alone = _DECORATED.match(bare) is not None and _MAIL.search(bare) is not None
    return Head(at, at + 1, kind, line.depth) if alone else None


def _unknown(lines: list[Line], at: int) -> Head | None:
    """Return the head below a line that stands between rules, in whatever words."""
    bare = lines[at].bare
    found = _DECORATED.match(bare)
    if found is None or found[2] or len(bare) > 120:
        return None
    below = _next(lines, at + 1, 3)
    block = _block(lines, below) if below is not None else None
    return replace(block, begin=at, kind="original") if block and _is_sure(block) else None


def announced(bare: str) -> Kind | None:
    """Return what a line announces: "---- Forwarded message ----", "Begin forwarded message:"."""
    if len(bare) > 4_000:
        return None
    found = _DECORATED.match(bare)
    small = (found[1] if found else bare).casefold().strip(" :[]-_")
    bracketed = bare[:1] in "[<【(" and bare[-1:] in "]>】)" and len(small) <= 30
    if len(small) > 60 or not (found or bracketed or bare.endswith((":", ":"))):
        return None
    if any(stem in small for stem in FORWARDED):
        return "forward" if found or len(small) <= 45 else None
    if small.startswith("i̇leti") or small in ("begin message", "ileti başlangıcı"):
        return "forward"
    small = small.strip("<>【】()")
    if (found or bracketed) and any(small.startswith(words) or small.endswith(words) for words in ORIGINAL):
        return "original"
    return None


def _next(lines: list[Line], at: int, most: int) -> int | None:
    """Return the next line that is not empty, nor only a rule, within some lines."""
    return next((n for n in range(at, min(len(lines), at + most)) if not lines[n].empty), None)


def field_of(line: Line) -> tuple[Field, str, str] | None:
    """Return which line of a head it is, its value and the name that it has."""
    said = line.shown[:LONGEST_VALUE]
    found = _NAME.match(said)
    if found is None:
        return None
    kind = HEAD_NAMES.get("".join(found[2].casefold().split()).strip("[]()-·•■▶※○●◎"))
    if kind is None:
        return None
    value = found[4]
    for _ in found[1]:
        value = value.removeprefix("*")
    return kind, value.strip(" |\t"), found[2]


def _block(lines: list[Line], at: int) -> Head | None:
    """Read the lines of a head from here on; a value may be broken into several, or stand in the line below."""
    said: dict[Field, str] = {}
    names: list[str] = []
    last: Field | None = None
    depth, n, end = lines[at].depth, at, at
    while n < min(len(lines), at + MOST_LINES):
        line = lines[n]
        if line.empty:
            n += 1
            if last is None or not _goes_on(lines, n, said):
                break
            continue
        if line.depth != depth:
            break
        found = field_of(line)
        if found and (found[0] not in said or found[0] == "other"):
            last = found[0]
            said[last] = found[1]
            names.append(found[2])
        elif last and _continues(lines, n, said, last):
            said[last] = f"{said[last]} {line.bare}".strip()[:LONGEST_VALUE]
        else:
            break
        n += 1
        end = n
    return Head(at, end, "bare", depth, said, " ".join(names)) if said else None


def _is_form(lines: list[Line], at: int) -> bool:
    """Tell whether the lines above are those of a form that was filled in, which names what was written in it too."""
    below = _next(lines, at, 3)
    return below is not None and _FORM.match(lines[below].bare) is not None


def _goes_on(lines: list[Line], at: int, said: dict[Field, str]) -> bool:
    """Tell whether another line of the head comes after an empty line: none is missed once it is whole."""
    if {"from", "date", "subject"} <= set(said) and said["subject"]:
        return False
    below = _next(lines, at, 2)
    found = field_of(lines[below]) if below is not None else None
    return found is not None and found[0] not in said and found[0] != "other"


def _continues(lines: list[Line], at: int, said: dict[Field, str], last: Field) -> bool:
    """Tell whether a line goes on with the value before it."""
    bare = lines[at].bare
    if not said[last] and last in ("from", "date", "subject") and len(said) < 5:
        return last != "date" or (len(bare) <= 60 and has_date(bare))
    if last in ("to", "cc", "other", "from") and (
        (lines[at].text[:1] in " \t" and "@" in bare)
        or re.fullmatch(r"(?:[^<>@]{0,60}<?[\w.+-]{1,64}@[\w.-]{1,100}>?\s*[;,]?\s*){1,50}", bare[:2_000])
    ):
        return True
    if {"from", "date", "subject"} <= set(said):
        below = field_of(lines[at + 1]) if at + 1 < len(lines) else None
        return last == "subject" and below is not None and below[0] in ("to", "cc") and below[0] not in said
    if last not in ("to", "cc", "subject") or (last != "subject" and not said[last].endswith((",", ";"))):
        return False
    for line in lines[at + 1 : at + 3]:
        found = field_of(line) if not line.empty else None
        if line.empty:
            return False
        if found and found[0] not in said:
            return True
    return False


def _is_sure(head: Head) -> bool:
    """Tell whether lines are a head, not a list in a text: "From: Seoul, To: Busan", or how a Korean official letter
    begins ("수신: 전 직원, 발신: 총무팀, 제목: 휴무 안내"), which has neither addresses nor the time of day."""
    said = head.said
    if not said.get("from"):
        return False
    addressed = "@" in said["from"] or "@" in said.get("to", "")
    others = sum(bool(said.get(name)) for name in ("date", "subject", "to"))
    if "@" in said["from"]:
        return others >= 2 or "date" in said or "subject" in said
    timed = _TIME.search(said.get("date", "")) is not None
    return others >= 2 and (
        ("subject" in said and (addressed or timed)) or (timed and _SENT.search(head.names) is not None)
    )


def _glued(bare: str) -> dict[Field, str]:
    """Read a head that stands in one line, as Yahoo writes it: "... From: A <a@b>To: C <c@d>Sent: ...Subject: ..."."""
    found = _DECORATED.match(bare)
    rest = found[2] if found else ""
    if not rest:
        return {}
    said: dict[Field, str] = {}
    places: list[tuple[Field, int, int]] = []
    for match in _GLUED.finditer(rest):
        kind = HEAD_NAMES["".join(match[1].casefold().split())]
        if kind not in said and _is_name(match, rest[match.start() - 1 : match.start()]):
            places.append((kind, match.start(), match.end()))
            said[kind] = ""
    for (kind, _, end), later in zip(places, [*places[1:], None], strict=True):
        said[kind] = rest[end : later[1] if later else len(rest)].strip(" \t,;")
    return said if "from" in said and len(said) >= 3 else {}


def _is_name(match: re.Match[str], before: str) -> bool:
    """Tell whether it is the name of a line, not the end of a word; some forget the colon."""
    name, apart = match[1], before in ("", " ", ">", ";", '"')
    if name[:1].islower() or (len(name) <= 3 and not apart and not (match[2] and name[0] >= "\u3000")):
        return False
    return bool(match[2]) or before == ">" or (len(name) >= 5 and before not in ("", " "))


def is_rule(bare: str) -> bool:
    """Tell whether a line is only a line across."""
    return _RULE.match(bare) is not None
