"""Language models: what the bot expects of one, and the one that the settings name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from bot.messages import Tokens

if TYPE_CHECKING:
    from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is asked: ``system`` is the bot's own orders, ``user`` the question and the passages as data.

    ``temperature`` is how freely it writes: 0 the likeliest words, 1 as the provider's default. ``schema`` is the JSON
    Schema that the answer has to fit (bot/llm/structured.py), for the providers that hold a model to one. ``stable`` is
    how many characters at the beginning of ``system`` are the same in every such prompt: providers can keep them.
    """

    system: str
    user: str
    temperature: float = 0.0
    schema: Mapping[str, Any] | None = None
    stable: int = 0

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


@runtime_checkable
class Gateway(Protocol):
    """A model that knows which one does which task, and which one stands in for it."""

    @property
    def fallback(self) -> LanguageModel | None:
        """The model that is asked where this one fails; None where there is none."""
        ...

    def for_task(self, task: str) -> LanguageModel:
        """Return the model that does ``task``."""
        ...


def model_for(task: str, model: LanguageModel) -> LanguageModel:
    """Return the model that does ``task``: ``model`` itself, where it knows of no other."""
    return model.for_task(task) if isinstance(model, Gateway) else model


def fallback_of(model: LanguageModel) -> LanguageModel | None:
    """Return the model that is asked where ``model`` fails."""
    return model.fallback if isinstance(model, Gateway) else None


def model_from(settings: "Settings") -> LanguageModel | None:
    """Return the model of ``DAPBOT_LLM`` with the others that the settings name behind it, None where none is set.

    Nothing heavy is imported before it is asked. Raises SettingsError naming what to install or set.
    """
    if not settings.llm:
        return None
    from bot.llm.gateway import gateway

    return gateway(settings)
