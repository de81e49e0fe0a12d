"""Rich text (RTF): its text with the Korean code page of each font, tables, and what it leaves out.

Written here because the library for it takes a code page from the wrong font, stops at the first pair of bytes that a
program has written half as a sign, and joins surrogates of Unicode wrongly.
"""

import re
from dataclasses import dataclass, replace

from knowledge.entries import Note, Part, UnreadableError, counted
from knowledge.outline import read_outline
from knowledge.rtfpaper import CODE_PAGES, Paper, code_page, decoded

DEEPEST = 500
"""Groups inside each other."""

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?"  # a control word and its number
    rb"|\\'([0-9a-fA-F]{2})"  # a byte of the code page
    rb"|\\([^a-zA-Z'])"  # a control sign
    rb"|([{}])|\r|\n|([^\\{}\r\n]+)|\\"
)
_SIGNS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "emspace": " ", "enspace": " ",
    "qmspace": " ", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
}  # fmt: skip
_ENDS = ("par", "sect", "page", "column")
_UNSEEN = frozenset(
    """fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr footerf
    listtable listoverridetable revtbl rsidtbl generator xmlnstbl themedata colorschememapping datastore latentstyles
    fldinst bkmkstart bkmkend annotation atnid atnauthor atntime atndate atnref atnparent xe tc txe rxe filetbl
    nonshppict shpinst sp sn sv listpicture pgptbl mmathPr objdata objclass template panose falt
    ftnsep ftnsepc aftnsep aftnsepc ftncn aftncn pntxta pntxtb fontemb fontfile userprops wgrffmtfilter""".split()
)
_SEEN_AFTER_ALL = frozenset("shptxt upr ud".split())
"""Destinations inside of unseen ones whose text a person reads."""

_NOTES = ("footnote",)


@dataclass(frozen=True, slots=True)
class _State:
    """What holds in a group: whether its text is seen, its font, and how many bytes stand for a sign of Unicode."""

    seen: bool = True
    font: int = -1
    skip: int = 1
    in_table: bool = False
    hidden: bool = False
    note: bool = False
    level: int = 0


def read_rtf(data: bytes) -> tuple[list[Part], list[Note]]:
    """Return the passages and the prose of a rich text, and what there is to say about them.

    Raises:
        UnreadableError: it is nested too deep.
    """
    reader = _Reader()
    reader.read(data)
    parts, notes = read_outline(reader.paper.lines)
    return parts, [*notes, *counted({"read.pictures": reader.pictures, "read.comments": reader.comments})]


class _Reader:
    """Goes through the tokens of a rich text."""

    def __init__(self) -> None:
        self.paper = Paper()
        self.pictures = self.comments = 0
        self._state = _State()
        self._stack: list[_State] = []
        self._code_page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._default_font = -1
        self._bytes = bytearray()
        self._left = 0  # bytes still to be skipped after a sign of Unicode
        self._first = False  # the next word is the first of its group and may name a destination
        self._starred = False
        self._merged = False  # the cell that is being defined goes on with the one above it
        self._high = 0  # the first half of a pair of surrogates

    def read(self, data: bytes) -> None:
        """Read all of it."""
        at = 0
        while at < len(data):
            found = _TOKEN.match(data, at)
            if found is None:
                break
            at = found.end()
            word, number, byte, sign, brace, text = found.groups()
            if word is not None:
                at += self._word(word.decode(), int(number) if number else None)
            elif byte is not None:
                self._add(bytes.fromhex(byte.decode()))
            elif text is not None:
                self._add(text)
            elif sign is not None:
                self._sign(sign)
            elif brace is not None:
                self._brace(brace)
                if brace == b"}" and not self._stack:
                    break  # what follows the document is none of it
        self._flush()
        self.paper.paragraph(in_table=False, level=0)

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._left = 0
        self._first = brace == b"{"
        self._starred = False
        if brace == b"{":
            if len(self._stack) >= DEEPEST:
                raise UnreadableError("read.too_deep", format="RTF")
            self._stack.append(self._state)
        elif self._stack:
            note, self._state = self._state.note, self._stack.pop()
            if note and not self._state.note:
                self._write(")")

    def _add(self, text: bytes) -> None:
        """Take bytes of text, less those that stand for a sign already given in Unicode."""
        self._first = False
        skipped = min(self._left, len(text))
        self._left -= skipped
        if self._state.seen and not self._state.hidden:
            self._bytes += text[skipped:]

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._starred = True
            return
        if sign in b"\r\n":
            self._ended("par")
            return
        self._flush()
        self._write({b"~": " ", b"_": "-", b"-": "", b"\\": "\\", b"{": "{", b"}": "}"}.get(sign, ""))

    def _word(self, word: str, number: int | None) -> int:
        """Follow a control word; return how many bytes after it are no text."""
        first, starred = self._first, self._starred
        self._first = self._starred = False
        if word == "u" and number is not None:
            self._flush()
            self._unicode(number & 0xFFFF)
            return 0
        self._flush()
        self._left = 0
        if word == "bin":
            return max(0, number or 0)
        if first and self._destination(word, starred=starred):
            return 0
        if word in _SIGNS:
            self._write(_SIGNS[word])
        elif word in _ENDS or word in ("cell", "nestcell", "row", "nestrow"):
            self._ended(word)
        else:
            self._format(word, number)
        return 0

    def _destination(self, word: str, *, starred: bool) -> bool:
        """Enter a group that is not read as text; return whether the word named one."""
        self.pictures += word == "pict" and self._state.seen
        self.comments += word == "annotation"
        if word in _SEEN_AFTER_ALL:
            self._state = replace(self._state, seen=True)
        elif word in _NOTES:
            self._write(" (")
            self._state = replace(self._state, note=True)
        elif word in _UNSEEN or (starred and word not in ("shppict", "pn")):
            self._state = replace(self._state, seen=False)
        else:
            return False
        return True

    def _format(self, word: str, number: int | None) -> None:
        state = self._state
        if word == "ansicpg" and number:
            self._code_page = code_page(number)
        elif word == "deff":
            self._default_font = number or 0
        elif word == "f" or word == "af":
            self._state = replace(state, font=number or 0)
        elif word == "fcharset" and number in CODE_PAGES:
            self._fonts[state.font] = CODE_PAGES[number]
        elif word == "uc":
            self._state = replace(state, skip=max(0, min(number or 0, 10)))
        elif word == "pard":
            self._state = replace(state, in_table=False, level=0)
        elif word == "intbl":
            self._state = replace(state, in_table=True)
        elif word == "outlinelevel":
            self._state = replace(state, level=(number or 0) + 1 if (number or 0) < 9 else 0)
        elif word == "plain":
            self._state = replace(state, font=self._default_font, hidden=False)
        elif word in ("v", "deleted"):
            self._state = replace(state, hidden=number != 0)
        else:
            self._define_row(word)

    def _define_row(self, word: str) -> None:
        if word == "trowd":
            self.paper.continued = []
        elif word == "clvmrg":
            self._merged = True
        elif word == "cellx":
            self.paper.continued.append(self._merged)
            self._merged = False

    def _unicode(self, code: int) -> None:
        self._left = self._state.skip
        if 0xD800 <= code < 0xDC00:
            self._high = code
            return
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + (self._high - 0xD800 << 10) + code - 0xDC00 if self._high else 0xFFFD
        self._high = 0
        self._write(chr(code))

    def _ended(self, word: str) -> None:
        if not self._state.seen:
            return
        if self._state.note or word.startswith("nest"):
            self._write("\n" if word == "nestrow" else " ")
        elif word == "cell":
            self.paper.close_cell()
        elif word == "row":
            self.paper.close_row()
        else:
            self.paper.paragraph(in_table=self._state.in_table, level=self._state.level)

    def _write(self, text: str) -> None:
        if self._state.seen and not self._state.hidden:
            self.paper.text.append(text)

    def _flush(self) -> None:
        """Decode the bytes gathered so far: a sign of two bytes may be written half as a code and half as a letter."""
        if not self._bytes:
            return
        data = bytes(self._bytes)
        self._bytes.clear()
        self.paper.text.append("".join(decoded(data, self._fonts.get(self._state.font, ""), self._code_page)))
