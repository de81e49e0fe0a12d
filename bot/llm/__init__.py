"""Language models: what the bot expects of one, and the one that the settings name."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from bot.messages import Tokens

if TYPE_CHECKING:
    from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is asked: ``system`` is the bot's own orders, ``user`` the question and the passages as data."""

    system: str
    user: str

    @property
    def whole(self) -> str:
        """Both parts, as the ledger keeps them."""
        return f"{self.system}\n\n---\n\n{self.user}"


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of what the model writes; ``tokens`` is what the provider counted, in some pieces only."""

    text: str = ""
    tokens: Tokens = field(default_factory=Tokens)


class LanguageModel(Protocol):
    """Anything that continues a prompt. One object serves many threads at once."""

    @property
    def name(self) -> str:
        """The model as the settings name it, ``provider:model``."""
        ...

    def stream(self, prompt: Prompt) -> Iterator[Chunk]:
        """Yield the text as it is written.

        Raises ModelError when the provider cannot be reached, refuses, breaks off or sends what cannot be
        read. It may hang: ``bot.llm.deadline.hurried`` is what bounds the time.
        """
        ...

    def warm(self) -> None:
        """Load what the first question needs; it may take seconds."""
        ...

    def cost(self, tokens: Tokens) -> float | None:
        """Return what these tokens cost in US dollars, None where the price is not known."""
        ...


def model_from(settings: "Settings") -> LanguageModel | None:
    """Return the model of ``DAPBOT_LLM``, None where none is set; nothing heavy is imported before it is asked.

    Raises SettingsError naming what to install or set.
    """
    if not settings.llm:
        return None
    from bot.llm.langchain import LangChainModel

    return LangChainModel(settings)
