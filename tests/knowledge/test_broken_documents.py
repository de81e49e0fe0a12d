"""Documents of every kind with bytes changed, inside and outside: a text or a sentence, never another error."""

import io
import random
import zipfile
from collections.abc import Callable

import pytest

from bot.phrases import PHRASES
from knowledge.entries import UnreadableError
from knowledge.reading import read
from tests.knowledge import test_epub, test_opendocument, test_rtf, test_slides, test_word
from tests.knowledge.hangul_files import box, hwp, hwp_table, hwpx, note, p, paragraph, table
from tests.knowledge.pdf_files import Sheet, pdf

CELLS = [(0, 0, 1, 1, [paragraph("질문")]), (0, 1, 1, 1, [paragraph("답변")]), (1, 0, 1, 2, [paragraph("가나?")])]
SAMPLES: dict[str, Callable[[], bytes]] = {
    "hwp": lambda: hwp(
        [
            paragraph("본문\x01", note("각주")),
            paragraph("\x01", hwp_table(CELLS, 2, 2)),
            paragraph("\x01", box("상자")),
        ],
        compressed=False,
    ),
    "hwpx": lambda: hwpx(p("제목", shape=1) + p(table([["질문", "답변"], ["되나요?", "됩니다."]], {(0, 0): (2, 1)}))),
    "docx": lambda: test_word.raw(
        test_word.p("제목", '<w:outlineLvl w:val="0"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>')
        + f"<w:tbl><w:tr><w:tc>{test_word.p('질문')}</w:tc><w:tc>{test_word.p('답변')}</w:tc></w:tr></w:tbl>",
        styles=f'<w:styles {test_word.W}><w:style w:styleId="a"/></w:styles>',
    ),
    "pptx": lambda: test_slides.saved(test_slides.Presentation()),
    "odt": lambda: test_opendocument.odf(f"<table:table>{test_opendocument.row('질문', '답변')}</table:table>"),
    "epub": lambda: test_epub.epub({"a": "<h1>제목</h1><table><tr><td>질문</td></tr></table>"}),
    "rtf": lambda: test_rtf.rtf(r"\trowd\cellx1\intbl " + test_rtf.coded("질문") + r"\cell\row{\footnote x}\par"),
    "pdf": lambda: pdf(
        Sheet().write(60, 700, "자주 묻는 질문").grid([50, 200, 400], [720, 690, 660]), bookmarks=[(1, "글")]
    ),
}
INSIDE = (b"</", b"1", b"-1", b"99999999", b"\xff\xfe", b"<x>", b"&", b"\x00", b'"', b"{", b"}", b"[", b">>")


def changed(data: bytes, chance: random.Random) -> bytes:
    """Some bytes replaced, cut out or put in."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(out) + 1) - 1
        kind = chance.randrange(3)
        if kind == 0 and out:
            out[at] = chance.randrange(256)
        elif kind == 1:
            del out[at : at + chance.randint(1, 30)]
        else:
            out[at:at] = chance.choice(INSIDE)
    return bytes(out)


def changed_inside(data: bytes, chance: random.Random) -> bytes:
    """One member of a zip changed, the zip itself whole."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(file, "w") as target:
        names = source.namelist()
        chosen = chance.choice([name for name in names if name != "mimetype"])
        for name in names:
            content = source.read(name)
            target.writestr(name, changed(content, chance) if name == chosen and content else content)
    return file.getvalue()


@pytest.mark.parametrize("kind", SAMPLES)
def test_changed_bytes(kind: str) -> None:
    data = SAMPLES[kind]()
    phrases = set()
    for seed in range(60):
        chance = random.Random(seed)  # noqa: S311 - the same changes every time
        inside = data.startswith(b"PK") and seed % 4
        try:
            read(f"x.{kind}", changed_inside(data, chance) if inside else changed(data, chance))
        except UnreadableError as error:
            phrases.add(error.note.phrase)
    assert phrases <= set(PHRASES)
