"""What a reply says, made safe for Slack: nobody is called by it, nothing in it is fetched, only known links open."""

import re
import unicodedata

LINK = re.compile(r"!?\[([^\[\]\n]{0,500})\]\((?:<([^<>\s]{1,2000})>|([^()\s]{1,2000}))(?:\s+\"[^\"\n]*\")?\)")
_ENDS = "com|net|org|info|biz|xyz|top|site|shop|online|link|click|app|dev|ai|io|co|me|ly|gl|kr|cn|ru|jp"
URL = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]\"'`“”‘’「」『』]+", re.IGNORECASE)
BARE = re.compile(
    rf"(?<![a-z0-9@./_-])(?:[a-z0-9-]{{1,63}}\.){{1,4}}(?:{_ENDS})(?![a-z0-9_-])(?:[:/?#][^\s<>()\[\]\"'`“”‘’「」『』]*)?",
    re.IGNORECASE,
)
"""A host without a scheme: Slack makes links of these too. What ends like a file (``FAQ.xlsx``) is none."""
_FENCE = re.compile(r"(```.*?(?:```|\Z)|`[^`\n]+`)", re.DOTALL)
_CALLS = re.compile(r"<(?=[!@#]|https?:|mailto:)", re.IGNORECASE)
_AT = re.compile(r"(?<![\w@])@(channel|here|everyone)\b", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn the direction of writing: with them a text shows as another one."""
_BOLD = re.compile(
    r"```.*?(?:```|\Z)|(?P<mark>\*\*|__)(?=\S)(?P<inner>(?:`[^`\n]{1,200}`|[^*`\n]){1,300}?)(?<=\S)(?P=mark)|`[^`\n]+`",
    re.DOTALL,
)
_MARKUP = str.maketrans({"*": "∗", "~": "∼", "`": "ˋ"})
_EDGE = re.compile(r"(?<![^\W_])_+|_+(?![^\W_])")
_SIGN = re.compile(r":(?=[a-z0-9_+'-]{1,60}:)")
_AFTER = ".,;:!?…)"
_PARTICLE = re.compile(r"(?<=[A-Za-z0-9])[가-힣]+$")
"""Korean right behind a letter or a digit; behind a slash it is part of the address."""


def neutral(text: str, known: str = "", *, trusted: bool = False) -> str:
    """Return standard Markdown in which no mention works and only links open that stand in ``known``.

    Other links keep their words; a bare one is shown as code, which does not open. ``trusted``: the text is taken from
    the documents word for word, so that its links are theirs. Pictures become their words: a picture is fetched by
    whoever reads, which tells its server so.
    """
    parts = _FENCE.split(_UNSEEN.sub("", text))
    return bold("".join(part if at % 2 else _prose(part, known, trusted) for at, part in enumerate(parts)))


def bold(text: str) -> str:
    """Return Markdown whose bold words are bold also where a Korean particle follows: ``**환불(전액)**은``.

    Standard Markdown ends nothing between a sign and a letter; a joiner that nobody sees stands between them then.
    """
    return _BOLD.sub(_joined, text)


def _joined(found: re.Match[str]) -> str:
    mark, inner = found["mark"], found["inner"]
    if mark is None:
        return found[0]
    text, start, end = found.string, found.start(), found.end()
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    if mark == "__":  # bold for no reader between letters; inside a word of a program it is a name
        if _is_letter(before) or not _is_letter(after) or after.isascii():
            return found[0]
        mark = "**"
    left = "\u2060" if _is_letter(before) and _is_sign(inner[0]) else ""
    right = "\u2060" if _is_letter(after) and _is_sign(inner[-1]) else ""
    return f"{mark}{left}{inner}{right}{mark}"


def _is_letter(character: str) -> bool:
    return character.isalnum()


def _is_sign(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _prose(text: str, known: str, trusted: bool) -> str:
    def opened(link: str) -> bool:
        return link.lower().startswith(("http://", "https://", "mailto:")) and (trusted or _stands_in(link, known))

    kept: list[str] = []

    def hold(markdown: str) -> str:
        kept.append(markdown)
        return f"\x00{len(kept) - 1}\x00"

    def linked(found: re.Match[str]) -> str:
        label, target = found[1], found[2] or found[3]
        if found[0].startswith("!") or not opened(target):
            return label
        return hold(f"[{label}]({target})")

    def bare(found: re.Match[str]) -> str:
        url, rest = _ended(found[0])
        return hold(url if opened(url) else f"`{url}`") + rest

    def host(found: re.Match[str]) -> str:
        url, rest = _ended(found[0])
        return hold(url if _stands_in(url, known) else f"`{url}`") + rest  # the checks look at whole addresses only

    text = BARE.sub(host, URL.sub(bare, _CALLS.sub("<\u2060", LINK.sub(linked, text))))
    text = _AT.sub("@\u2060\\1", text)
    return re.sub(r"\x00(\d+)\x00", lambda found: kept[int(found[1])], text)


def _stands_in(link: str, known: str) -> bool:
    """Tell whether a link stands in the text as a whole, or with more of its path: not as the head of another host."""
    return re.search(rf"(?<![\w@./-]){re.escape(link)}(?![\w@]|[.-]\w|:\d)", known, re.ASCII) is not None


def _ended(url: str) -> tuple[str, str]:
    """Return the address and what follows it without a space: punctuation, and a Korean particle."""
    address = url.rstrip(_AFTER)
    address = _PARTICLE.sub("", address)
    return address, url[len(address) :]


def plain(text: str, limit: int) -> str:
    """Return a text for notifications and screen readers: no Markdown, no mentions, at most ``limit`` characters."""
    text = re.sub(r"[*_`~#]{1,3}|^>+ ?", "", LINK.sub(r"\1", _UNSEEN.sub("", text)), flags=re.MULTILINE)
    text = _AT.sub("@\u2060\\1", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def escaped(text: str) -> str:
    """Return a text for a field in Slack's own markup, in which nothing of it is markup."""
    text = _AT.sub("@\u2060\\1", _UNSEEN.sub("", text)).translate(_MARKUP)
    text = _SIGN.sub(":\u2060", _EDGE.sub(lambda found: "＿" * len(found[0]), text))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unmarked(text: str) -> str:
    """Return a text for a field of plain text, in which nothing calls anybody should Slack read it after all."""
    return _CALLS.sub("<\u2060", _AT.sub("@\u2060\\1", _UNSEEN.sub("", text)))


def pieces(text: str, most: int) -> list[str]:
    """Return the text in pieces of up to ``most`` characters, cut between paragraphs, else lines, sentences, words."""
    found: list[str] = []
    while len(text) > most:
        window = text[: most + 1]
        cut = next((at for mark in ("\n\n", "\n", "다. ", ". ", " ") if (at := window.rfind(mark)) > most // 2), 0)
        cut = cut + (2 if cut and window[cut : cut + 2] == "다." else 1 if cut and window[cut] == "." else 0) or most
        found.append(text[:cut].rstrip())
        text = text[cut:].lstrip("\n ")
    return [*found, text] if text or not found else found
