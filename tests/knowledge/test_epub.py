"""Electronic books: chapters in the order of the book, questions in them; locked, damaged and hostile."""

import io
import zipfile

import pytest

from knowledge.entries import Entry, Section, UnreadableError
from knowledge.reading import read

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
PAGE = (
    '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "x.dtd">'
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{}</body></html>'
)


def epub(chapters: dict[str, str], extra: dict[str, str] | None = None, spine: list[str] | None = None) -> bytes:
    names = list(chapters)
    items = "".join(f'<item id="{n}" href="text/{n}.xhtml" media-type="application/xhtml+xml"/>' for n in names)
    refs = "".join(f'<itemref idref="{n}"/>' for n in spine or names)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        book = (
            '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
            f"<dc:title>사용 설명서</dc:title></metadata><manifest>{items}</manifest><spine>{refs}</spine></package>"
        )
        archive.writestr("OEBPS/book.opf", book)
        for name, body in chapters.items():
            archive.writestr(f"OEBPS/text/{name}.xhtml", PAGE.format(body))
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return file.getvalue()


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableError) as error:
        read("책.epub", data)
    return error.value.note.phrase


def test_chapters_in_the_order_of_the_book() -> None:
    data = epub({"b": "<h1>둘째</h1><p>끄는 방법</p>", "a": "<h1>첫째</h1><p>켜는 방법</p><img/>"}, spine=["a", "b"])
    reading = read("책.epub", data)
    assert reading.parts == (
        Section(("사용 설명서", "첫째"), "켜는 방법"),
        Section(("사용 설명서", "둘째"), "끄는 방법"),
    )
    assert any(note.phrase == "read.pictures" for note in reading.described)


def test_faq_tables_and_questions() -> None:
    table = "<table><tr><th>질문</th><th>답변</th></tr><tr><td>켜지나요?</td><td>네, 켜집니다.</td></tr></table>"
    data = epub({"a": table, "b": "<h2>어떻게 끄나요?</h2><p>단추를 누릅니다.</p>"})
    assert [(part.question, part.text) for part in read("책.epub", data).parts if isinstance(part, Entry)] == [
        ("켜지나요?", "네, 켜집니다."),
        ("어떻게 끄나요?", "단추를 누릅니다."),
    ]


def test_locked_books_and_fonts_that_only_are() -> None:
    def locked(place: str) -> dict[str, str]:
        inside = f'<EncryptedData><CipherReference URI="{place}"/></EncryptedData>'
        return {"META-INF/encryption.xml": f"<encryption>{inside}</encryption>"}

    assert refused(epub({"a": "<p>글</p>"}, locked("OEBPS/text/a.xhtml"))) == "read.drm"
    assert refused(epub({"a": "<p>글</p>"}, {"META-INF/rights.xml": "<x/>"})) == "read.drm"
    assert read("책.epub", epub({"a": "<p>글입니다.</p>"}, locked("OEBPS/fonts/a.otf"))).parts


def test_damaged_and_hostile_books() -> None:
    data = epub({"a": "<p>글입니다.</p>"})
    assert refused(data[:200]) == "read.broken"
    assert refused(epub({}, spine=["x"])) == "read.broken"
    laughs = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    file = io.BytesIO(data)
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("OEBPS/book.opf", laughs + "<package>&b;</package>")
    assert refused(file.getvalue()) == "read.entities"
