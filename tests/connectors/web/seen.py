"""What the tests of pages look at."""

import re
from html import unescape

from tests.servers.dapbot import Answer


def text(page: Answer | str) -> str:
    """Return what a page says, without its tags."""
    html = page if isinstance(page, str) else page.text
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
