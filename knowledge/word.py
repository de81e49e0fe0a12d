"""Word documents (DOCX) as web pages (mammoth), which then are read as such."""

import io
import re

import mammoth  # type: ignore[import-untyped]

from knowledge.entries import Note, Part, UnreadableError
from knowledge.packages import FAULTS, Package
from knowledge.webpages import read_html
from knowledge.xmltree import attribute, local, parse

_STYLES = "word/styles.xml"
_TITLE = re.compile(r"^(?:Title|제목|문서 ?제목|표제)$", re.IGNORECASE)
_NAMED = re.compile(r"^(?:Heading|제목|개요) ?([1-9])$", re.IGNORECASE)
_COMMENT = re.compile(rb"<w:comment\s")
_FAULTS = (*FAULTS, AttributeError, TypeError, IndexError, SyntaxError, RecursionError)
"""What the library raises on files that are not as it expects."""


def read_docx(data: bytes) -> tuple[list[Part], list[Note]]:
    """Return the passages and the prose of a Word document, and what there is to say about them.

    Raises:
        UnreadableError: it is damaged, or made to exhaust the machine.
    """
    package = Package(data, "docx")
    pictures = 0

    @mammoth.images.img_element  # type: ignore[untyped-decorator]
    def leave_out(_image: object) -> dict[str, str]:
        nonlocal pictures
        pictures += 1
        return {"src": ""}

    try:
        page = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=_style_map(package),
            include_embedded_style_map=False,
            convert_image=leave_out,
            ignore_empty_paragraphs=True,
        ).value
    except _FAULTS as error:
        raise UnreadableError("read.broken", format="DOCX") from error
    parts, notes = read_html(f"<html><body>{page}</body></html>")
    if pictures:
        notes.append(Note("read.pictures", {"count": pictures}))
    comments = sum(
        len(_COMMENT.findall(package.read(name))) for name in package.names if name.endswith("/comments.xml")
    )
    if comments:
        notes.append(Note("read.comments", {"count": comments}))
    return parts, notes


def _style_map(package: Package) -> str:
    """Return which paragraph styles are headings: by their names, and by the outline level they have or inherit."""
    if _STYLES not in package:
        return ""
    levels: dict[str, int] = {}
    based: dict[str, str] = {}
    for style in parse(package.read(_STYLES), "docx"):
        if local(style) != "style" or attribute(style, "type") != "paragraph":
            continue
        key, level = attribute(style, "styleId"), 0
        for about in style.iter():
            value = attribute(about, "val").strip()
            name = local(about)
            if name == "basedOn":
                based[key] = value
            elif name == "name" and _TITLE.match(value):
                level = level or 1
            elif name == "name" and (named := _NAMED.match(value)):
                level = int(named[1])
            elif name == "outlineLvl" and value.isdigit():
                level = level or int(value) + 1
        if level:
            levels[key] = level
    for key in based:
        levels[key] = _inherited(key, levels, based)
    lines = [f"p.{key} => h{min(level, 6)}:fresh" for key, level in levels.items() if 0 < level < 10]
    return "\n".join(line for line in lines if re.match(r"^p\.[\w-]+ ", line))


def _inherited(key: str, levels: dict[str, int], based: dict[str, str]) -> int:
    for _ in range(20):
        if key in levels:
            return levels[key]
        key = based.get(key, "")
    return 0
