"""Documents made to exhaust the machine, to reach beyond it, or to pass for something else."""

import os
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tests.knowledge.archive_files import Packed, archive
from tests.knowledge.hangul_files import compound, hwp, hwpx, paragraph
from tests.knowledge.hangul_files import p as hwpx_paragraph
from tests.knowledge.packaged_files import FORMATS, RELATED, WORD, W, cell, docx, epub, odt, written, xlsx, zipped
from tests.knowledge.pdf_files import Sheet, pdf

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Outside:
    """What no document may reach: a file with a secret in it, and an address that listens."""

    file: str
    url: str


Made = Callable[[Outside], bytes]


def entity(url: str) -> str:
    """Defines ``&e;`` as the content of a file or an address."""
    return f'<!DOCTYPE x [<!ENTITY e SYSTEM "{url}"><!ENTITY % p SYSTEM "{url}"> %p;]>'


def laughs() -> str:
    """Defines ``&e;`` as 10^9 words."""
    lines = ['<!ENTITY l0 "하하">'] + [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)]
    return f'<?xml version="1.0" encoding="utf-8"?><!DOCTYPE x [{"".join(lines)}<!ENTITY e "&l9;">]>'


def _entities() -> dict[str, Made]:
    made: dict[str, Made] = {}
    for name, make in FORMATS.items():
        made[f"{name}: a file as an entity"] = partial(_with_entity, make, "file://{0.file}")
        made[f"{name}: an address as an entity"] = partial(_with_entity, make, "{0.url}")
        made[f"{name}: a billion laughs"] = lambda _, make=make: make(laughs(), "글자 &e;")  # type: ignore[misc]
    return made


def _with_entity(make: Callable[[str, str], bytes], url: str, outside: Outside) -> bytes:
    return make(entity(url.format(outside)), "글자 &e;")


def _raw_pdf(*parts: bytes) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(parts) + 1
    tail = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\n" % (size, table, size)
    return out + tail + b"startxref\n%d\n%%%%EOF" % len(out)


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"


def _stream(content: bytes, about: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (about, len(content), content)


def _pdfs() -> dict[str, Made]:
    pages = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
    zeros = zlib.compress(zlib.compress(bytes(200 * MEGABYTE), 9), 9)
    twice = b"/Filter[/FlateDecode/FlateDecode]"
    deep = b"[" * 200_000 + b"]" * 200_000
    return {
        "pdf: a stream of 200 MB packed twice": lambda _: _raw_pdf(CATALOG, pages, PAGE, _stream(zeros, twice)),
        "pdf: arrays 200,000 deep": lambda _: _raw_pdf(CATALOG, pages, PAGE[:-2] + b"/X " + deep + b">>", _stream(b"")),
        "pdf: dictionaries 100,000 deep": lambda _: _raw_pdf(
            CATALOG, pages, PAGE[:-2] + b"/X" + b"<</X" * 100_000 + b" 1" + b">>" * 100_001, _stream(b"")
        ),
        "pdf: pages in a circle": lambda _: _raw_pdf(
            CATALOG, b"<</Type/Pages/Count 9/Kids[2 0 R 3 0 R]>>", b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R]>>"
        ),
        "pdf: a billion pages": lambda _: _raw_pdf(
            CATALOG, b"<</Type/Pages/Count 1000000000/Kids[3 0 R]>>", PAGE, b"<<>>"
        ),
        "pdf: a million marks on a page": lambda _: _raw_pdf(
            CATALOG, pages, PAGE, _stream(zlib.compress(b"0 0 m 9 9 l S\n" * MEGABYTE, 9), b"/Filter/FlateDecode")
        ),
        "pdf: reaches for a file": lambda o: _raw_pdf(
            CATALOG[:-2] + b"/OpenAction<</S/URI/URI(%s)>>>>" % o.url.encode(),
            pages,
            PAGE[:-2] + b"/Annots[<</Subtype/Link/A<</S/Launch/F(%s)>>>>]>>" % o.file.encode(),
            b"<</F(%s)/Length 0>>stream\n\nendstream" % o.file.encode(),
        ),
        "pdf: ends after a third": lambda _: pdf(Sheet().write(50, 700, "안녕하세요"))[:600],
        "pdf: noise": lambda _: b"%PDF-1.7\n" + os.urandom(MEGABYTE),
    }


def _packages() -> dict[str, Made]:
    spaces = " " * (60 * MEGABYTE)
    many = [Packed(b"word/%d.xml" % n) for n in range(100_000)]
    body = f'<w:document xmlns:w="{W}"><w:body>{written("안녕")}</w:body></w:document>'.encode()
    types = WORD
    shared = body + os.urandom(90_000)
    first = Packed(b"[Content_Types].xml", types.encode())
    external = (
        '<Relationship Id="r1" Type="{0}/image" Target="{1}/a.png" TargetMode="External"/>'
        '<Relationship Id="r2" Type="{0}/attachedTemplate" Target="{1}/t.dotm" TargetMode="External"/>'
        '<Relationship Id="r3" Type="{0}/footnotes" Target="file://{2}" TargetMode="External"/>'
        '<Relationship Id="r4" Type="{0}/header" Target="../../../../..{2}"/>'
    )
    far = cell("XFD1048576", "a")
    row = f"<sheetData><row r='1'>{cell('A1', '안녕하세요')}</row></sheetData>"
    return {
        "docx: 60 MB of spaces in 60 kB": lambda _: docx(written("안녕") + spaces),
        "docx: 100,000 members": lambda _: archive(first, Packed(b"word/document.xml", body), *many),
        "docx: a member larger than it says": lambda _: archive(
            first, Packed(b"word/document.xml", body + b" " * 30 * MEGABYTE, claimed=len(body))
        ),
        "docx: one member under 2,000 names": lambda _: archive(
            first,
            Packed(b"word/document.xml", shared, method=0),
            *[Packed(b"word/%d.xml" % n, shared, method=0, at=500) for n in range(2_000)],
        ),
        "docx: relations to elsewhere": lambda o: docx(
            written("안녕하세요"), relations=external.format(RELATED, o.url, o.file)
        ),
        "docx: 100,000 deep": lambda _: docx("<w:p>" * 100_000 + "</w:p>" * 100_000),
        "docx: tables in tables": lambda _: docx(
            "<w:tbl><w:tr><w:tc>" * 60 + written("a") + "</w:tc></w:tr></w:tbl>" * 60
        ),
        "docx: a cell over a million columns": lambda _: docx(
            f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>{written("a")}</w:tc></w:tr></w:tbl>'
        ),
        "docx: macros": lambda _: (
            docx(written("안녕"), word__vbaProject_bin=b"x")
            and zipped({"[Content_Types].xml": types, "word/document.xml": body, "word/vbaProject.bin": b"x"})
        ),
        "docx: member names that point outside": lambda o: zipped(
            {"[Content_Types].xml": types, "word/document.xml": body, f"../../../../../..{o.file}": b"x", o.file: b"x"}
        ),
        "docx: encrypted members": lambda _: archive(first, Packed(b"word/document.xml", body, flags=1)),
        "xlsx: one cell at the end of the sheet": lambda _: xlsx(
            f'<sheetData><row r="1048576">{far}</row></sheetData>'
        ),
        "xlsx: the whole sheet merged": lambda _: xlsx(
            row + '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
        "xlsx: texts that are not there": lambda _: xlsx(
            '<sheetData><row r="1"><c r="A1" t="s"><v>4000000000</v></c></row></sheetData>'
        ),
        "xlsx: lies about its size": lambda _: xlsx('<dimension ref="A1:XFD1048576"/>' + row),
        "odt: text from a file": lambda o: odt(
            f'<text:section><text:section-source xlink:href="file://{o.file}"/></text:section><text:p>안녕</text:p>'
        ),
        "odt: a billion spaces": lambda _: odt('<text:p>a<text:s text:c="1000000000"/>b</text:p>'),
        "odt: 100,000 deep": lambda _: odt("<text:span>" * 100_000 + "</text:span>" * 100_000),
        "epub: a page outside": lambda o: epub("안녕", href=f"../../../../../../..{o.file}"),
        "epub: a page at an address": lambda o: epub(
            f'<img src="{o.url}"/><iframe src="file://{o.file}"/>안녕', href=o.url
        ),
        "hwpx: 60 MB of spaces": lambda _: hwpx(hwpx_paragraph("안녕") + spaces),
        "hwpx: a member outside": lambda o: hwpx(hwpx_paragraph("안녕하세요"), extra={f"../..{o.file}": b"x"}),
        "zip in zip in zip": lambda _: zipped({"a.zip": zipped({"b.zip": zipped({"c.txt": "안녕"})})}),
        "zip: broken behind its start": lambda _: b"PK\x03\x04" + os.urandom(MEGABYTE),
    }


def _hangul() -> dict[str, Made]:
    header = b"HWP Document File".ljust(32, b"\0") + struct.pack("<II", 0x05010000, 1)
    packing = zlib.compressobj(9, wbits=-15)
    start = packing.compress(bytes(MEGABYTE)) + packing.flush(zlib.Z_FULL_FLUSH)
    zeros = start * 300 + packing.flush()
    good = hwp([paragraph("안녕하세요. 배송은 이틀 걸립니다.")])

    def damaged(seed: int) -> bytes:
        at = 512 + seed * 977 % (len(good) - 512)
        return good[:at] + os.urandom(64) + good[at + 64 :]

    circle = bytearray(good)
    circle[512:1024] = struct.pack("<128I", *[1] * 128)
    return {
        "hwp: a section of 300 MB": lambda _: compound(
            {("FileHeader",): header, ("DocInfo",): zeros[:100], ("BodyText", "Section0"): zeros}
        ),
        "hwp: records longer than the file": lambda _: compound(
            {("FileHeader",): header[:36] + bytes(4), ("DocInfo",): b"", ("BodyText", "Section0"): b"\xff" * 100_000}
        ),
        "hwp: sectors in a circle": lambda _: bytes(circle),
        "hwp: ends in the middle": lambda _: good[: len(good) // 2],
        **{f"hwp: damaged {seed}": lambda _, seed=seed: damaged(seed) for seed in range(6)},  # type: ignore[misc]
        "ole: noise": lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + os.urandom(MEGABYTE),
    }


def _texts() -> dict[str, Made]:
    big = MEGABYTE // 2
    texts: dict[str, str] = {
        "html: 10,000 deep": "<html><body>" + "<div>" * 10_000 + "안녕" + "</div>" * 10_000,
        "html: 100,000 lists deep": "<html><body>" + "<ul><li>" * 100_000,
        "html: bold and links deep": "<html><body>" + "<b><a>" * 50_000 + "x",
        "html: tables deep": "<html><body>" + "<table><tr><td>" * 20_000 + "x",
        "html: a cell over a million columns": "<html><table><tr><td colspan=1000000 rowspan=1000000>x</table>",
        "html: comments without end": "<html>" + "<!--" * (big // 4),
        "html: attributes": "<html><p " + "a='1' " * (big // 6) + ">안녕",
        "rtf: 200,000 deep": "{\\rtf1 " + "{" * 200_000 + "안녕" + "}" * 200_000,
        "rtf: binary beyond the end": "{\\rtf1 hello \\bin999999999 x}",
        "rtf: a picture of a file": "{\\rtf1 hello {\\field{\\*\\fldinst INCLUDEPICTURE a.png}}{\\object\\objdata 00}}",
        "rtf: control words": "{\\rtf1 " + "\\a" * (big // 2) + "}",
        "md: brackets": "# a\n\n" + "[" * big,
        "md: links": "# a\n\n" + "[a](" * (big // 4),
        "md: stars": "# a\n\n" + "*a_ " * (big // 4),
        "md: backticks": "# a\n\n" + "`" * big,
        "md: quotes": "# a\n\n" + "> " * (big // 2),
        "md: a table without end": "# a\n\n" + "|" * big,
        "txt: spaces": "안녕하세요" + " " * big + "네",
        "txt: newlines": "안녕\n" + "\n \t" * (big // 3) + "네",
        "txt: one question again and again": "Q. 환불?\nA. 네\n" * 10_000,
        "txt: one syllable": "가" * big,
        "txt: accents": "a" + "\u0301" * big,
        "txt: marks": "Q." * (big // 2),
        "csv: quotation marks": "question,answer\n" + '"' * big,
        "csv: one quotation mark": "question,answer\n\"" + "a,b\n" * 10_000,
        "csv: commas": "question,answer\n" + "," * big,
        "csv: rows of two letters": "question,answer\n" + "a,b\n" * 30_000,
        "json: 500,000 deep": "[" * big,
        "json: objects deep": '{"a":' * (big // 5),
        "json: a number of 500,000 digits": "[" + "9" * big + "]",
        "jsonl: lines of nothing": "{}\n" * (big // 3),
    }  # fmt: skip
    return {name: lambda _, text=text: text.encode() for name, text in texts.items()} | {  # type: ignore[misc]
        "txt: bytes that are no text": lambda _: bytes(range(256)) * 2_000,
        "txt: zeros": lambda _: bytes(big),
        "html: addresses": lambda o: (
            f'<html><head><link rel=stylesheet href="{o.url}"><meta http-equiv=refresh content="0;url={o.url}"></head>'
            f'<body><img src="{o.url}"><iframe src="file://{o.file}"></iframe><script src="{o.url}"></script>안녕하세요'
        ).encode(),
        "md: pictures and files": lambda o: f"# 안내\n\n![a]({o.url}) <file://{o.file}> 안녕하세요".encode(),
    }


def _disguised() -> dict[str, Made]:
    page = "<html><body><h1>배송</h1><p>이틀 걸립니다</p></body></html>".encode()
    return {
        "an exe as .pdf": lambda _: b"MZ\x90\x00" + bytes(60) + b"PE\x00\x00" + os.urandom(500),
        "a page as .txt": lambda _: page,
        "pdf and zip at once": lambda _: pdf(Sheet().write(50, 700, "안녕하세요")) + zipped({"a.txt": "압축"}),
        "a picture and a page": lambda _: b"GIF89a/*\x01\x02*/" + page,
        "zip and pdf at once": lambda _: zipped({"a.txt": "%PDF-1.7"}),
        "a program in a text": lambda _: b"#!/bin/sh\nrm -rf /\n",
    }


def hostile() -> dict[str, Made]:
    """Return what makes each document; by name."""
    return _entities() | _packages() | _pdfs() | _hangul() | _texts() | _disguised()
