"""Electronic books (EPUB): their chapters, in the order of the book, as web pages."""

import posixpath
import re
from urllib.parse import unquote

from knowledge.decoding import clean, decode
from knowledge.entries import Note, Part, Section, UnreadableError
from knowledge.packages import Package
from knowledge.webpages import read_html
from knowledge.xmltree import attribute, local, parse

MOST_CHAPTERS = 2_000
_CONTAINER = "META-INF/container.xml"
_ENCRYPTED = "META-INF/encryption.xml"
_RIGHTS = ("META-INF/rights.xml", "META-INF/license.lcpl", "META-INF/sinf.xml")
_PAGES = ("application/xhtml+xml", "text/html")
_FONTS = re.compile(r"\.(?:otf|ttf|woff2?)$", re.IGNORECASE)
_PICTURE = re.compile(r"<(?:img|image)\b", re.IGNORECASE)
_DECLARED = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")


def read_epub(data: bytes) -> tuple[list[Part], list[Note]]:
    """Return the passages and the prose of a book, and what there is to say about them.

    Raises:
        UnreadableError: it is damaged, made to exhaust the machine, or locked by the shop it comes from.
    """
    package = Package(data, "epub")
    root = parse(package.read(_CONTAINER), "epub")
    place = next((attribute(item, "full-path") for item in root.iter() if local(item) == "rootfile"), "")
    if any(name in package for name in _RIGHTS) or _locked(package):
        raise UnreadableError("read.drm", format="EPUB")
    title, chapters = _chapters(package, place)
    parts: list[Part] = []
    notes: dict[str, Note] = {}
    pictures = 0
    for name in chapters:
        text = decode(package.read(name)).text
        pictures += len(_PICTURE.findall(text))
        some, said = read_html(_DECLARED.sub("", text, count=1))
        parts += [_titled(part, title) for part in some]
        for note in said:
            notes[note.phrase] = note if note.phrase not in notes else _added(notes[note.phrase], note)
    if pictures:
        notes["read.pictures"] = Note("read.pictures", {"count": pictures})
    return parts, list(notes.values())


def _locked(package: Package) -> bool:
    """Tell whether more than fonts is encrypted."""
    if _ENCRYPTED not in package:
        return False
    root = parse(package.read(_ENCRYPTED), "epub")
    places = [attribute(item, "URI") for item in root.iter() if local(item) == "CipherReference"]
    return any(not _FONTS.search(place) for place in places)


def _chapters(package: Package, place: str) -> tuple[str, list[str]]:
    """Return the title of the book and the names of its pages, in their order."""
    root = parse(package.read(place), "epub")
    folder = posixpath.dirname(place)
    items = {
        attribute(item, "id"): posixpath.normpath(posixpath.join(folder, unquote(attribute(item, "href"))))
        for item in root.iter()
        if local(item) == "item"
        and attribute(item, "media-type") in _PAGES
        and "nav" not in attribute(item, "properties").split()
    }
    spine = [items.get(attribute(item, "idref"), "") for item in root.iter() if local(item) == "itemref"]
    names = list(dict.fromkeys(name for name in spine if name and name in package))
    if not names:
        raise UnreadableError("read.broken", format="EPUB")
    if len(names) > MOST_CHAPTERS:
        raise UnreadableError("read.too_many_pages", pages=len(names), limit=MOST_CHAPTERS)
    title = next((item.text or "" for item in root.iter() if local(item) == "title"), "")
    return clean(title).strip(), names


def _titled(part: Part, title: str) -> Part:
    if isinstance(part, Section) and title and title not in part.titles:
        return Section((title, *part.titles), part.text, part.page, part.rows)
    return part


def _added(before: Note, note: Note) -> Note:
    """Return one note for two chapters: counts are added."""
    same = {key: value for key, value in before.values.items() if key not in ("count", "rows")}
    counts = {
        key: before.values[key] + note.values[key]
        for key in ("count", "rows")
        if isinstance(before.values.get(key), int) and isinstance(note.values.get(key), int)
    }
    return Note(before.phrase, {**note.values, **same, **counts})
