"""Where people read the sources of a reply: on our own pages, where the server has a public address."""

from typing import TYPE_CHECKING
from urllib.parse import quote

from bot.database.titles import numbers_of
from bot.messages import Reply, Source
from connectors.slack.blocks import Link

if TYPE_CHECKING:
    from bot.database.engine import Sessions

LONGEST = 400
"""Characters of an address: several of them must fit into what Slack takes in one line."""


def linked(reply: Reply, site: str, sessions: "Sessions") -> Link:
    """Return what tells where a source can be read; ``site`` is the address of our own pages, "" for none."""
    if not site or not reply.sources:
        return lambda _source: ""
    with sessions() as session:
        numbers = numbers_of(session, {source.document for source in reply.sources})

    def link(source: Source) -> str:
        number = numbers.get(source.document)
        address = f"{site.rstrip('/')}/documents/{number}/entry?key={quote(source.passage, safe='')}"
        return address if number is not None and len(address) <= LONGEST else ""

    return link
