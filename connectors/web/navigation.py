"""What leads from page to page: the bar above every page, and the tabs of administrators."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class Reader(Protocol):
    """Whoever looks at a page."""

    def may(self, role: str) -> bool:
        """Whether they have this role or one above it."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """A page that is led to: the address, its name's phrase, and the role that may open it ("": everybody)."""

    path: str
    phrase: str
    role: str = ""
    beside: str = ""
    """Another address of its pages, whose names do not begin with the first."""

    def is_open(self, path: str) -> bool:
        """Whether ``path`` is this page, or one below it."""
        roots = [each for each in (self.path, self.beside) if each]
        return any(path == root or (root != "/" and path.startswith(f"{root}/")) for root in roots)


BAR = (
    Place("/", "web.nav.chat"),
    Place("/documents", "web.nav.documents", "viewer"),
    Place("/questions", "web.unanswered.nav", "editor"),
    Place("/insight", "web.nav.insight", "editor"),
    Place("/conversations", "web.nav.conversations", "admin", "/people"),
    Place("/admin", "web.nav.admin", "editor"),
)
TABS = (
    Place("/admin/accounts", "web.admin.accounts", "admin"),
    Place("/admin/tokens", "web.admin.tokens", "admin"),
    Place("/admin/settings", "web.settings.title", "admin"),
    Place("/admin/checks", "web.checks.title", "admin"),
    Place("/admin/handovers", "web.chat.handed", "editor"),
    Place("/admin/inbox", "web.admin.inbox", "admin"),
    Place("/admin/audit", "web.admin.audit", "admin"),
)


def seen_by(places: Sequence[Place], who: Reader | None) -> list[Place]:
    """Return the places that somebody may open; where it is not known who asks (an error's page), all readers'."""
    if who is None:
        return [place for place in places if place.role in ("", "viewer")]
    return [place for place in places if not place.role or who.may(place.role)]
