"""Every setting as it is shown: the value that holds, the one from the next start on, and where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from bot.kept_settings import default_of, with_kept
from bot.setting_complaints import bounds, shown
from bot.setting_sections import CHANGEABLE, ITEMS, SECTIONS, Changes, Item
from bot.settings import SECRETS, Settings, set_by

if TYPE_CHECKING:
    from bot.database.kept_settings import Kept

KEPT, DEFAULT = "page", "default"
"""Where a value comes from, beside the environment, the files and flags: it was set here; nobody has set it."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a value is typed: one of ``choices``, a number between ``lowest`` and ``highest``, or a text."""

    kind: Literal["choice", "number", "text"]
    choices: tuple[str, ...] = ()
    lowest: float | None = None
    highest: float | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A setting. ``value`` holds now, ``later`` from the next start on; of secrets neither is more than ``***``.

    ``source``: ``environment``, ``.env``, ``dapbot.toml``, ``flag``, ``page`` or ``default``.
    """

    variable: str
    name: str
    section: str
    value: str
    later: str
    default: str
    source: str
    changes: Changes
    form: Form

    @property
    def changeable(self) -> bool:
        """Whether the page may change it."""
        return self.changes in CHANGEABLE and self.source in (KEPT, DEFAULT)

    @property
    def pending(self) -> bool:
        """Whether another value holds from the next start on."""
        return self.value != self.later


def rows(settings: Settings, kept: "Kept", section: str = "") -> list[Row]:
    """Return the settings of a section, or all of them."""
    free = {v: kept.values.get(v, default_of(v)) for v, i in ITEMS.items() if i.changes in CHANGEABLE}
    wanted = with_kept(settings, free)
    return [
        _row(item, name, settings, wanted, kept.values)
        for name, items in SECTIONS.items()
        if section in ("", name)
        for item in items
    ]


def _row(item: Item, section: str, settings: Settings, wanted: Settings, kept: Mapping[str, Any]) -> Row:
    source = set_by(settings, item.variable) or (KEPT if item.variable in kept else DEFAULT)
    secret = item.variable in SECRETS
    value, later = (_text(getattr(each, item.name), secret=secret) for each in (settings, wanted))
    default = _text(default_of(item.variable), secret=False)
    return Row(item.variable, item.name, section, value, later, default, source, item.changes, form_of(item.name))


def _text(value: Any, *, secret: bool) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "***" if secret or shown(value) == "***" else str(value)


@cache
def form_of(name: str) -> Form:
    """Return how the value of a field is typed."""
    field = Settings.model_fields[name]
    if get_origin(field.annotation) is Literal:
        return Form("choice", tuple(map(str, get_args(field.annotation))))
    if field.annotation in (int, float):
        lowest, highest = bounds(field)
        return Form("number", (), lowest, highest, whole=field.annotation is int)
    return Form("text")


def row_line(row: Row) -> dict[str, Any]:
    """Return a row as programs get it."""
    return {
        "name": row.variable,
        "section": row.section,
        "value": row.value,
        "default": row.default,
        "source": row.source,
        "changeable": row.changeable,
        "takes_effect": row.changes if row.changes in CHANGEABLE else "server",
        "from_next_start": row.later if row.pending else None,
    }
