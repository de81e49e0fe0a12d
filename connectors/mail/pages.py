"""A reply as the two parts of a mail: plain text, and HTML that mail programs show alike and that fetches nothing."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from bot.delivering import NOTICE
from bot.messages import Reply
from bot.phrases import say
from bot.summary.wording import due_shown, opened
from knowledge.language import Language

SOURCES = 5
QUOTE = 300
"""Characters of a sentence that is quoted as evidence."""

_PAGE = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"></head>'
    '<body style="margin:0;padding:16px;background:#ffffff;color:#1c1c1e;font-size:15px;line-height:1.6;'
    "font-family:'Apple SD Gothic Neo','Malgun Gothic','Noto Sans KR',Arial,sans-serif\">"
    '<div style="max-width:640px;word-break:keep-all;overflow-wrap:break-word;word-wrap:break-word">'
    "{content}</div></body></html>"
)
_HEADING = '<p style="margin:20px 0 4px;font-weight:bold;font-size:14px;color:#1f3a5f">{}</p>'
_SMALL = '<p style="margin:12px 0 0;font-size:13px;color:#6b6b70">{}</p>'
_QUOTED = (
    '<details style="margin:2px 0 0;font-size:13px;color:#6b6b70"><summary style="cursor:pointer">{label}</summary>'
    '<blockquote style="margin:4px 0 4px 8px;padding-left:8px;border-left:3px solid #d0d7de">{quote}</blockquote>'
    "</details>"
)


def text_of(reply: Reply) -> str:
    """Return the plain text of a reply."""
    parts = [reply.text.strip() or say("mail.nothing", reply.language)]
    if reply.nearest and not reply.answered:
        parts.append("\n".join([say("web.chat.nearest", reply.language), *(f"- {n.question}" for n in reply.nearest)]))
    if sources := _sources(reply):
        parts.append("\n".join(f"[{at}] {each}" for at, each in enumerate(sources, 1)))
    parts.extend(filter(None, [reply.notice]))
    return "\n\n".join([*parts, f"-- \n{_foot(reply)}"]) + "\n"


def html_of(reply: Reply) -> str:
    """Return the page of a reply; everything that somebody wrote is escaped."""
    content = _summary(reply.summary, reply.language) if reply.summary else _paragraphs(reply.text)
    if reply.nearest and not reply.answered:
        content += _HEADING.format(escape(say("web.chat.nearest", reply.language)))
        content += _list(escape(each.question) for each in reply.nearest)
    if sources := _sources(reply):
        content += _HEADING.format(escape(say("mail.sources", reply.language))) + _list(map(escape, sources))
    if reply.notice:
        content += _SMALL.format(escape(reply.notice))
    content += _SMALL.format(escape(_foot(reply)))
    return _PAGE.format(language=reply.language, content=content)


def _summary(summary: Mapping[str, Any], language: Language) -> str:
    """Return a mail's summary: the lines first, each with its evidence folded."""
    evidence = [*_texts(summary, "evidence"), "", "", ""]
    lines = _opened(summary)
    content = '<ol style="margin:0;padding-left:22px">'
    for line, quote in zip(lines, evidence, strict=False):
        content += f'<li style="margin:0 0 8px">{escape(line)}{_evidence(line, quote, language)}</li>' if line else ""
    content += "</ol>"
    for name in ("actions", "questions", "attachments"):
        if items := [_item(each, language) for each in summary.get(name) or ()]:
            content += _HEADING.format(escape(say(f"mail.{name}", language))) + _list(items)
    mood = str(summary.get("sentiment") or "")
    if mood in ("negative", "neutral", "positive"):
        content += _SMALL.format(escape(say(f"mail.mood.{mood}", language)))
    return content


def _opened(summary: Mapping[str, Any]) -> Sequence[str]:
    """Return the lines, the first with the name of who wrote the mail, unless a model wrote it."""
    lines = list(_texts(summary, "lines"))
    name = str((summary.get("from") or {}).get("name") or "")
    return [opened(lines[0], name), *lines[1:]] if lines and summary.get("extract") else lines


def _evidence(line: str, quote: str, language: Language) -> str:
    if not quote or quote.strip() == line.strip():
        return ""
    shown = quote if len(quote) <= QUOTE else f"{quote[:QUOTE].rstrip()}…"
    return _QUOTED.format(label=escape(say("mail.evidence", language)), quote=escape(shown))


def _item(item: object, language: Language) -> str:
    """Return a thing to do, a question or an attachment as HTML."""
    if not isinstance(item, Mapping):
        return escape(str(item))
    what = str(item.get("what") or item.get("name") or "")
    due = due_shown(str(item.get("due") or ""), str(item.get("said") or ""), language)
    named = (("who", str(item.get("who") or "")), ("due", due), ("note", str(item.get("note") or "")))
    said = [
        value if name == "note" else say(f"summary.{name}", language, value=value) for name, value in named if value
    ]
    more = f' <span style="color:#6b6b70">({escape(", ".join(said))})</span>' if said else ""
    return escape(what) + more


def _paragraphs(text: str) -> str:
    blocks = [each for each in text.split("\n\n") if each.strip()]
    shown = (escape(block.strip()).replace("\n", "<br>") for block in blocks)
    return "".join(f'<p style="margin:0 0 12px">{block}</p>' for block in shown)


def _list(items: Iterable[str]) -> str:
    shown = "".join(f'<li style="margin:0 0 4px">{each}</li>' for each in items)
    return f'<ul style="margin:0;padding-left:22px">{shown}</ul>'


def _sources(reply: Reply) -> list[str]:
    """Return the sources of an answer, each document and place once."""
    named: dict[str, None] = {}
    for source in reply.sources:
        page = say("web.chat.page", reply.language, page=source.page) if source.page else ""
        title = source.title if source.title != source.document else ""
        named[" · ".join(filter(None, [title, source.document, page]))] = None
    return list(named)[:SOURCES]


def _foot(reply: Reply) -> str:
    """Return the last line: that a machine wrote this, and how far its sources back it."""
    checks = say(f"web.chat.checks.{reply.checks}", reply.language) if reply.sources else ""
    written = reply.model not in ("extractive", "none", "") and reply.task != NOTICE
    said = say("mail.by_model" if written else "mail.automatic", reply.language)
    return " · ".join(filter(None, [checks, said]))


def _texts(values: Mapping[str, Any], name: str) -> Sequence[str]:
    return [str(each) for each in values.get(name) or ()]
