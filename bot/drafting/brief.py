"""What a text is to be: kind, target, subject, tone, length, and how many versions."""

from dataclasses import dataclass
from typing import Final, Literal

from knowledge.language import Language

Kind = Literal["marketing_mail", "complaint_reply", "faq", "notice", "blog", "scene", "copy", "mail", "text"]

KINDS: Final[tuple[Kind, ...]] = (
    "marketing_mail", "complaint_reply", "faq", "notice", "blog", "scene", "copy", "mail", "text",
)  # fmt: skip

Unit = Literal["characters", "words", "sentences", "lines", "paragraphs"]

Part = Literal["target", "topic", "when", "tone", "length"]

ASKED: Final[dict[Kind, tuple[Part, ...]]] = {
    "marketing_mail": ("target", "topic", "tone", "length"),
    "blog": ("target", "topic", "tone", "length"),
    "mail": ("target", "topic", "tone", "length"),
    "text": ("target", "topic", "tone", "length"),
    "copy": ("target", "topic", "tone"),
    "notice": ("target", "topic", "when"),
    "scene": ("topic", "tone", "length"),
    "complaint_reply": ("topic",),
    "faq": ("topic",),
}
"""What a draft of each kind needs to know, in the order in which it is asked. Where a kind has one fitting tone or
length (a notice is formal, an FAQ entry is short), it is not asked for it."""


@dataclass(frozen=True, slots=True)
class Length:
    """How long a text may be: ``low`` to ``high`` of a unit, None where that side is open."""

    low: int | None
    high: int | None
    unit: Unit

    def holds(self, count: int) -> bool:
        """Tell whether so many are right."""
        return (self.low is None or count >= self.low) and (self.high is None or count <= self.high)


@dataclass(frozen=True, slots=True)
class Brief:
    """One order. Texts are "" where nothing was said; ``order`` is all that was said, ``material`` the text given."""

    kind: Kind
    language: Language
    order: str
    target: str = ""
    topic: str = ""
    tone: str = ""
    length: Length | None = None
    length_said: str = ""
    when: str = ""
    versions: int = 1
    material: str = ""

    @property
    def missing(self) -> tuple[Part, ...]:
        """What this kind of text needs to know and nobody has said."""
        return tuple(part for part in ASKED[self.kind] if not self.has(part))

    def has(self, part: Part) -> bool:
        """Tell whether this was said; a long text that came along says what it is about."""
        if part == "length":
            return bool(self.length_said)
        if part == "topic" and self.material:
            return True
        return bool(getattr(self, part))
