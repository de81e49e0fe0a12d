"""The HTML of a mail as the text that a person sees: hidden text and scripts left out, quotes marked, nothing fetched.

Written over ``str.find`` alone: a page takes time in proportion to its length, whatever is in it.
"""

import html
import re
from dataclasses import dataclass, field

LARGEST = 1_500_000
"""Characters of HTML that are read."""

DEEPEST = 200
MOST_QUOTED = 9

_MARK = re.compile(r"<(?=[a-zA-Z/!?])")
_NAME = re.compile(r"[a-z][a-z0-9:-]{0,30}", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-z-]{1,30})\s*=\s*(\"[^\"]{0,4000}\"?|'[^']{0,4000}'?|[^\s\"'>]{1,4000})", re.IGNORECASE)
_SKIPPED = ("script", "style", "head", "title", "svg", "template", "noscript", "object", "iframe", "math")
_BLOCKS = frozenset(
    "p div table tr ul ol dl dt dd h1 h2 h3 h4 h5 h6 section article header footer main aside form fieldset pre center"
    " address blockquote figure figcaption caption tbody thead tfoot".split()
)
_EMPTY = frozenset("br hr img input meta link base area col embed source track wbr o:p".split())
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)"
    r"|font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:;|!|$)|(?:max-)?(?:height|width)\s*:\s*0(?:px)?\s*(?:;|!|$)"
    r"|text-indent\s*:\s*-\d{3,}|left\s*:\s*-\d{4,}",
    re.IGNORECASE,
)
_COLOUR = re.compile(r"(?<![a-z-])(color|background(?:-color)?)\s*:\s*([^;!]{1,60})", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)")
_NAMED = {"white": "ffffff", "black": "000000", "#fff": "ffffff", "#000": "000000"}
_SPACES = re.compile(r"[ \t\r\n\f\u00a0\u200b\u200c\u200d\u2060\ufeff\u00ad]+")
_RULE = "_" * 32
"""A line across: Outlook has one above what it quotes."""


@dataclass(slots=True)
class _Element:
    """An open element; what is inherited stands in each, so that nothing looks through all of them."""

    name: str
    hidden: bool = False
    background: str = "ffffff"
    depth: int = 0
    pre: bool = False
    link: str = ""
    text_from: int = 0


@dataclass(slots=True)
class _Page:
    """The lines that are done, and the pieces of the one that is being written."""

    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    stack: list[_Element] = field(default_factory=lambda: [_Element("")])
    row: bool = False
    last_depth: int = 0
    """How deep the last line is quoted."""

    @property
    def inside(self) -> _Element:
        return self.stack[-1]

    def write(self, text: str) -> None:
        """Add text; spaces and newlines in it are one space, as a browser has it."""
        if self.inside.hidden:
            return
        if self.inside.pre:
            first, *rest = text.replace("\r\n", "\n").split("\n")
            self._add(first)
            for line in rest:
                self.end()
                self._add(line)
            return
        text = _SPACES.sub(" ", text)
        if text[:1] == " " and (not self.line or self.line[-1].endswith(" ")):
            text = text[1:]
        self._add(text)

    def _add(self, text: str) -> None:
        if text:
            self.line.append(text)

    def end(self) -> None:
        """End the line, also where it is empty."""
        self.lines.append(f"{'> ' * self.inside.depth}{''.join(self.line)}".rstrip())
        self.line, self.last_depth = [], self.inside.depth

    def block(self) -> None:
        """Begin a line, where one was begun."""
        if self.line:
            self.end()

    def gap(self) -> None:
        """Leave a line empty, where the one before is not, and it is not the first."""
        if self.lines and self.lines[-1].strip("> ") and self.last_depth == self.inside.depth:
            self.end()


def text_of_html(page: str) -> str:
    """Return what a person sees of a page, as lines; quotes with "> " before them, links with their addresses."""
    page = page[:LARGEST]
    made, at = _Page(), 0
    while at < len(page):
        found = _MARK.search(page, at)
        if found is None:
            made.write(html.unescape(page[at:]))
            break
        begin = found.start()
        if begin > at:
            made.write(html.unescape(page[at:begin]))
        at = _tag(page, begin, made)
    made.block()
    return "\n".join(made.lines).strip("\n")


def _tag(page: str, begin: int, made: _Page) -> int:
    """Take the tag that begins here; return where the text goes on."""
    if page.startswith("<!--", begin):
        end = page.find("-->", begin + 4)
        return len(page) if end < 0 else end + 3
    if page.startswith(("<!", "<?"), begin):
        end = page.find(">", begin)
        return len(page) if end < 0 else end + 1
    closing = page.startswith("</", begin)
    found = _NAME.match(page, begin + 1 + closing)
    if found is None:
        made.write("<")
        return begin + 1
    name = found[0].lower()
    end = page.find(">", found.end())
    if end < 0:
        return len(page)
    for _ in range(3):  # a ">" in a value
        inside = page[found.end() : min(end, found.end() + 8_000)]
        further = page.find(">", end + 1, end + 8_000)
        if inside.count('"') % 2 == 0 or further < 0:
            break
        end = further
    if closing:
        _close(name, made)
    elif name in _SKIPPED:
        return _after(page, name, end + 1)
    else:
        _open(name, inside, made)
    return end + 1


def _after(page: str, name: str, at: int) -> int:
    """Return where the text goes on after an element whose content is not shown."""
    end = page.find(f"</{name}", at)
    if end < 0:
        end = page.find(f"</{name.upper()}", at)
    if end < 0:
        return at if name in ("head", "title", "noscript", "object") else len(page)
    close = page.find(">", end)
    return len(page) if close < 0 else close + 1


def _open(name: str, inside: str, made: _Page) -> None:
    values = {key.lower(): html.unescape(value.strip("\"'")) for key, value in _ATTRIBUTE.findall(inside)}
    if name == "br":
        if not made.inside.hidden:
            made.end()
        return
    element = _element(name, values, inside, made)
    if name in _BLOCKS or name == "li":
        made.block()
    if not element.hidden:
        _begin(name, values, made)
    made.row = name in ("td", "th") or (made.row and name != "tr")
    if name not in _EMPTY and len(made.stack) < DEEPEST:
        element.text_from = len(made.line)
        made.stack.append(element)


def _begin(name: str, values: dict[str, str], made: _Page) -> None:
    """Write what stands before an element's text."""
    if name == "p":
        made.gap()
    elif name == "hr":
        made.block()
        made.write(_RULE)
        made.end()
    elif name == "img" and values.get("alt", "").strip():
        made.write(f"[{values['alt'].strip()[:100]}]")
    elif name in ("td", "th") and made.row:
        made.write(" | ")
    elif name == "li":
        made.write("- ")


def _element(name: str, values: dict[str, str], inside: str, made: _Page) -> _Element:
    around, style = made.inside, values.get("style", "")
    colours = {key.lower().split("-")[0]: _colour(value) for key, value in _COLOUR.findall(style)}
    background = colours.get("background") or _colour(values.get("bgcolor", "")) or around.background
    ink = colours.get("color") or (_colour(values.get("color", "")) if name == "font" else "")
    unseen = bool(style and _HIDDEN.search(style)) or (bool(ink) and ink == background)
    unseen = unseen or re.search(r"\shidden(?:[\s=/]|$)", f" {inside} ", re.IGNORECASE) is not None
    link = values.get("href", "").strip() if name == "a" else ""
    return _Element(
        name,
        around.hidden or unseen,
        background,
        min(MOST_QUOTED, around.depth + (name == "blockquote")),
        around.pre or name == "pre",
        link if link.lower().startswith(("http://", "https://", "mailto:")) else "",
    )


def _close(name: str, made: _Page) -> None:
    at = next((at for at in range(len(made.stack) - 1, 0, -1) if made.stack[at].name == name), 0)
    if not at:
        if name == "p":
            made.block()
        return
    element = made.stack[at]
    if element.link and not element.hidden:
        shown = "".join(made.line[element.text_from :]).strip()
        if element.link.lower().startswith("mailto:"):
            address = element.link[7:].partition("?")[0]
            if shown and "@" not in shown and "@" in address:
                made.write(f" <{address[:300]}>")
        elif shown and element.link.rstrip("/") not in (shown.rstrip("/"), f"http://{shown}", f"https://{shown}"):
            made.write(f" ({element.link[:500]})")
    if name in _BLOCKS or name == "li":
        made.block()
    if name == "tr":
        made.row = False
    del made.stack[at:]
    if name == "p" and not element.hidden:
        made.gap()


def _colour(value: str) -> str:
    """Return a colour as six hexadecimal digits, "" where it is none that is understood."""
    value = value.strip().lower().split()[0] if value.strip() else ""
    if value in _NAMED:
        return _NAMED[value]
    if re.fullmatch(r"#[0-9a-f]{6}", value):
        return value[1:]
    if re.fullmatch(r"#[0-9a-f]{3}", value):
        return "".join(sign * 2 for sign in value[1:])
    found = _RGB.match(value)
    return "".join(f"{min(255, int(part)):02x}" for part in found.groups()) if found else ""
