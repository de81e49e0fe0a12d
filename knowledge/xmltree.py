"""XML to a tree of elements, without entities of the document's own and without depth that would exhaust a walk."""

from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from knowledge.entries import UnreadableError

DEEPEST = 200
"""Elements inside each other: tables in tables in text boxes are some dozens."""

MOST_ELEMENTS = 5_000_000


class _Builder(TreeBuilder):
    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self._depth = self._count = 0

    def start(self, tag: Any, attrs: Any, /) -> Any:
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST or self._count > MOST_ELEMENTS:
            raise UnreadableError("read.too_deep", format=self._kind)
        return super().start(tag, attrs)

    def end(self, tag: Any, /) -> Any:
        self._depth -= 1
        return super().end(tag)

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        raise UnreadableError("read.entities", format=self._kind)


def parse(data: bytes, kind: str) -> Element:
    """Return the root of an XML file of a document of this ``kind`` (for the words of an error).

    Raises:
        UnreadableError: it is damaged, has a document type (and so perhaps entities), or is nested too deep.
    """
    parser = XMLParser(target=_Builder(kind.upper()))  # noqa: S314 - the builder refuses document types and depth
    try:
        parser.feed(data)
        root = parser.close()
    except (ParseError, LookupError, ValueError) as error:
        raise UnreadableError("read.broken", format=kind.upper()) from error
    if not isinstance(root, Element):
        raise UnreadableError("read.broken", format=kind.upper())
    return root


def local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    tag = element.tag
    return tag[tag.rfind("}") + 1 :]


def attribute(element: Element, name: str, default: str = "") -> str:
    """Return an attribute by its name without namespace."""
    for key, value in element.attrib.items():
        if key == name or key.endswith("}" + name):
            return value
    return default
