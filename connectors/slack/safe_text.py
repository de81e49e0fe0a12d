"""What a reply says, made safe for Slack: nobody is called by it, nothing in it is fetched, only known links open."""

import re

LINK = re.compile(r"!?\[([^\[\]\n]{0,500})\]\((?:<([^<>\s]{1,2000})>|([^()\s]{1,2000}))(?:\s+\"[^\"\n]*\")?\)")
URL = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]\"'`“”‘’「」『』]+", re.IGNORECASE)
_FENCE = re.compile(r"(```.*?(?:```|\Z)|`[^`\n]+`)", re.DOTALL)
_CALLS = re.compile(r"<(?=[!@#]|https?:|mailto:)", re.IGNORECASE)
_AT = re.compile(r"(?<![\w@])@(channel|here|everyone)\b", re.IGNORECASE)
_AFTER = ".,;:!?…)"
_PARTICLE = re.compile(r"(?<=[A-Za-z0-9])[가-힣]+$")
"""Korean right behind a letter or a digit; behind a slash it is part of the address."""


def neutral(text: str, known: str = "", *, trusted: bool = False) -> str:
    """Return standard Markdown in which no mention works and only links open that stand in ``known``.

    Other links keep their words; a bare one is shown as code, which does not open. ``trusted``: the text is taken from
    the documents word for word, so that its links are theirs. Pictures become their words: a picture is fetched by
    whoever reads, which tells its server so.
    """
    parts = _FENCE.split(text)
    return "".join(part if at % 2 else _prose(part, known, trusted) for at, part in enumerate(parts))


def _prose(text: str, known: str, trusted: bool) -> str:
    def opened(link: str) -> bool:
        return link.lower().startswith(("http://", "https://", "mailto:")) and (trusted or link in known)

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

    text = text.replace("\x00", "")
    text = URL.sub(bare, _CALLS.sub("<\u2060", LINK.sub(linked, text)))
    text = _AT.sub("@\u2060\\1", text)
    return re.sub(r"\x00(\d+)\x00", lambda found: kept[int(found[1])], text)


def _ended(url: str) -> tuple[str, str]:
    """Return the address and what follows it without a space: punctuation, and a Korean particle."""
    address = url.rstrip(_AFTER)
    address = _PARTICLE.sub("", address)
    return address, url[len(address) :]


def plain(text: str, limit: int) -> str:
    """Return a text for notifications and screen readers: no Markdown, no mentions, at most ``limit`` characters."""
    text = re.sub(r"[*_`~#]{1,3}|^>+ ?", "", LINK.sub(r"\1", text), flags=re.MULTILINE)
    text = _AT.sub("@\u2060\\1", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def escaped(text: str) -> str:
    """Return a text for a field in Slack's own markup, in which nothing of it is markup."""
    text = _AT.sub("@\u2060\\1", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


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
