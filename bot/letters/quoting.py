"""The lines of a mail with the depth that they are quoted to, and the lines that say who wrote what is quoted."""

import re
from dataclasses import dataclass

from bot.letters.block_words import BEGINNINGS, WROTE
from bot.letters.dates import has_date
from bot.letters.letter import Address
from bot.letters.people import person

DEEPEST = 30
MOST_LINES = 6
"""Lines that the line above a quote may be broken into."""

LONGEST = 500

_QUOTES = re.compile(r"(?:[ \t]{0,3}>(?!>*\s*(?:wrote|schrieb)))*")
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_VERB = re.compile(
    r"(?<![^\W\d_])(?:" + "|".join(sorted(map(re.escape, WROTE), key=len)[::-1]) + r")(?![^\W\d_])", re.IGNORECASE
)
_KOREAN_VERB = re.compile(
    r"(?:님이|님께서|님의|이\(가\)|[이가])?\s*(?:작성|쓴|씀|글|메일|메시지)[^\s:]{0,6}\s*(?:글|내용|메일)?\s*:?\s*$"
)
_AFTER_VERB = re.compile(r"^[^.!?\n]{0,60}[::]\s*$")
_ZOHO = re.compile(r"^-{2,}\s.{5,300}\s-{2,}$")
_GMT = re.compile(r"^(?:19|20)\d\d-\d\d-\d\d \d\d?:\d\d GMT[+-]\d\d?(?::\d\d)? \S.{0,120}$")
_STARTS_WITH_DATE = re.compile(r"^(?:[^\W\d_]{1,14}[.,]{0,2}\s+(?:den\s+)?)?\(?(?:\d|[^\W\d_]{3,10}\.? \d{1,2},)")
_STARTS_WITH_PERSON = re.compile(r"^[^\s:;!?][^:;!?]{0,80}<?[\w.+-]{1,64}@")
_PERSON = re.compile(
    r"(\"[^\"]{1,80}\"|[^\s,<>\"()][^,<>\"()]{0,80})?\s*[<(]\s*(?:mailto:)?\s*([\w.+%'-]{1,64}@[\w.-]{1,200})\s*[^>)]{0,200}[>)]"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line: how deep it is quoted, and its text without the marks of that."""

    depth: int
    text: str

    @property
    def bare(self) -> str:
        """The text without bold marks and what is not seen, to be compared."""
        return _UNSEEN.sub("", self.text).replace("\xa0", " ").replace("\u3000", " ").replace("*", "").strip()

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return not self.bare


@dataclass(frozen=True, slots=True)
class Attribution:
    """A line above a quote, with the lines that it is broken into: ``begin`` is the first, ``end`` the one after."""

    begin: int
    end: int
    said: str


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text."""
    found = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        marks = _QUOTES.match(_UNSEEN.sub("", line[:200]))
        depth = min(DEEPEST, marks[0].count(">")) if marks else 0
        rest = _UNSEEN.sub("", line[:200])[marks.end() :] + line[200:] if marks and depth else line
        found.append(Line(depth, rest[1:] if depth and rest.startswith(" ") else rest))
    return found


def attribution_ending(lines: list[Line], at: int) -> Attribution | None:
    """Return the line above a quote whose last piece is the line here ("... wrote:")."""
    last = lines[at].bare
    if (
        len(last) > LONGEST
        or not last
        or not (last.endswith((":", ":", "--")) or _ends_korean(last) or _GMT.match(last))
    ):
        return None
    said, fallback = "", None
    for begin in range(at, max(-1, at - MOST_LINES), -1):
        line = lines[begin]
        if line.empty or line.depth != lines[at].depth or len(said) > LONGEST:
            break
        said = f"{line.bare} {said}".strip()
        if _says_who(said):
            if _starts(said):
                return Attribution(begin, at + 1, said)
            if fallback is None and _STARTS_WITH_PERSON.match(said):
                fallback = Attribution(begin, at + 1, said)
    return fallback


def _ends_korean(last: str) -> bool:
    return last.endswith(("작성", "쓴 글", "작성했습니다", "작성하였습니다")) and "@" in last


def _starts(said: str) -> bool:
    small = said.casefold()
    return small.startswith(BEGINNINGS) or _STARTS_WITH_DATE.match(said) is not None or bool(_ZOHO.match(said))


def _says_who(said: str) -> bool:
    """Tell whether a line says who wrote, when; one of both is enough where it has the verb."""
    if _ZOHO.match(said):
        return has_date(said) and _VERB.search(said) is not None
    if _GMT.match(said):
        return True
    address = "@" in said
    verb = next(reversed(list(_VERB.finditer(said))), None)
    if verb and (_AFTER_VERB.match(said[verb.end() :]) or _ends_korean(said)):
        return address or has_date(said) or _weekday_of(said)
    if _KOREAN_VERB.search(said) and (address or has_date(said)):
        return True
    return address and has_date(said) and said.endswith((">:", "):", ">:", "> :")) and _starts(said)


def _weekday_of(said: str) -> bool:
    """Tell whether it is as "On Wed, Dec 9, Mister Example wrote": a date without its year."""
    return re.match(r"^on \w{3,9},? [^\W\d_]{3,9} \d{1,2}\b", said, re.IGNORECASE) is not None


def writer_of(said: str) -> Address:
    """Return who wrote, by the line above a quote."""
    found = next(reversed(list(_PERSON.finditer(said))), None)
    if found:
        name = _name_in(found[1] or "")
        return person(f"{name} <{found[2]}>")
    if "@" in said:
        return Address(address=person(said).address)
    cut = _VERB.split(said)[0] if _VERB.search(said) else said
    return Address(name=_name_in(re.split(r"\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AP]M)?|GMT[+-][\d:]+", cut)[-1]))


def _name_in(said: str) -> str:
    """Return the name at the end of what stands before an address: a date may come first."""
    name = re.split(
        r"\d[.:시]\d{2}(?:\s?[분:]\d{0,2}초?)?(?:\s*[AP]M)?|\b(?:wrote|от|from|skrev|пользователь|schreef)\b", said
    )[-1]
    name = re.sub(r"^(?:에|에서|님|uur|Uhr|\+\d{4})\s+", "", name.strip(" ,;:.\"'"))
    return re.sub(r"(?:님이|님|이\(가\))$", "", name).strip(" ,;:\"'")
