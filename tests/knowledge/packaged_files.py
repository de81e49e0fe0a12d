"""Documents that are zip archives of XML, with any text in them: what is hostile is written by hand."""

import io
import zipfile
from collections.abc import Callable

from openpyxl import Workbook
from pptx import Presentation

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN = "application/vnd.openxmlformats-officedocument"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def main_part(name: str, kind: str) -> str:
    return f'<Types><Override PartName="{name}" ContentType="{MAIN}.{kind}.main+xml"/></Types>'


WORD = main_part("/word/document.xml", "wordprocessingml.document")


def zipped(members: dict[str, bytes | str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return file.getvalue()


def docx(body: str, start: str = "", relations: str = "", **more: bytes | str) -> bytes:
    document = f'{start}<w:document xmlns:w="{W}" xmlns:r="{RELATED}"><w:body>{body}</w:body></w:document>'
    name = "http://schemas.openxmlformats.org/package/2006/relationships"
    links = f'<Relationships xmlns="{name}">{relations}</Relationships>'
    members = {"[Content_Types].xml": WORD, "word/document.xml": document, "word/_rels/document.xml.rels": links}
    return zipped(members | {name.replace("__", "/"): content for name, content in more.items()})


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def written(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def xlsx(sheet: str, start: str = "") -> bytes:
    """A workbook as a program writes it, with another sheet in it."""
    file = io.BytesIO()
    Workbook().save(file)
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(file) as source:
        members: dict[str, bytes | str] = {each: source.read(each) for each in source.namelist()}
    return zipped(members | {"xl/worksheets/sheet1.xml": f'{start}<worksheet xmlns="{name}">{sheet}</worksheet>'})


def odt(body: str, start: str = "") -> bytes:
    office, text = "urn:oasis:names:tc:opendocument:xmlns:office:1.0", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    names = f'xmlns:office="{office}" xmlns:text="{text}" xmlns:xlink="http://www.w3.org/1999/xlink"'
    content = f"<office:body><office:text>{body}</office:text></office:body>"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"{start}<office:document-content {names}>{content}</office:document-content>",
        }
    )


def pptx(text: str, start: str = "") -> bytes:
    """A presentation as a program writes it, with another text in its slide."""
    shown, file = Presentation(), io.BytesIO()
    slide = shown.slides.add_slide(shown.slide_layouts[6])
    slide.shapes.add_textbox(0, 0, 9_000_000, 900_000).text_frame.text = "TEXT"
    shown.save(file)
    name = "ppt/slides/slide1.xml"
    with zipfile.ZipFile(file) as source:
        members: dict[str, bytes | str] = {each: source.read(each) for each in source.namelist()}
        inside = source.read(name).decode().partition("?>")[2].replace("TEXT", text)
    return zipped(members | {name: start + inside})


def epub(page: str, start: str = "", href: str = "page.xhtml", **more: str) -> bytes:
    package = (
        f'{start}<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="{href}" '
        'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>'
    )
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="a.opf"/></rootfiles></container>',
            "a.opf": package,
            "page.xhtml": f"{start}<html><body><p>{page}</p></body></html>",
            **more,
        }
    )


FORMATS: dict[str, Callable[[str, str], bytes]] = {
    "docx": lambda start, text: docx(written(text), start),
    "xlsx": lambda start, text: xlsx(f"<sheetData><row r='1'>{cell('A1', text)}</row></sheetData>", start),
    "pptx": lambda start, text: pptx(text, start),
    "odt": lambda start, text: odt(f"<text:p>{text}</text:p>", start),
    "epub": lambda start, text: epub(text, start),
    "html": lambda start, text: f"{start}<html><body><p>{text}</p></body></html>".encode(),
    "xml": lambda start, text: f"{start}<x>{text}</x>".encode(),
}
"""What makes a document of each format: what stands before its XML, and the text in it."""
