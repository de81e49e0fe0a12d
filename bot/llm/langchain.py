"""Any model that LangChain can reach, by ``provider:model``; the only file that imports it."""

import logging
from collections.abc import Iterator
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from bot.errors import ModelError
from bot.llm import Chunk, Prompt
from bot.llm.failures import model_error, status_of
from bot.llm.prices import own_prices, price_of
from bot.llm.providers import (
    FIXED_TEMPERATURE,
    check,
    client_options,
    held_to,
    messages_of,
    own_address,
    provider_of,
)
from bot.messages import Tokens

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from bot.settings import Settings

log = logging.getLogger("dapbot.llm")

LAST_WORDS = ("finish_reason", "stop_reason", "done_reason")
"""Where providers say why they stopped."""

CUT_SHORT = frozenset({"length", "max_tokens", "MAX_TOKENS"})
"""What they say where the answer became too long."""

WITHHELD = frozenset({"content_filter", "refusal", "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII"})
"""What they say where they would not let the answer out."""

NOT_AS_ASKED = frozenset({400, 422})
"""Statuses of a request with an option that the model does not take."""


class _Takes(NamedTuple):
    """The options that a model does not refuse, as far as is known."""

    temperature: bool = True
    schema: bool = True


class LangChainModel:
    """A model that the settings name. Making it checks them; the library loads at the first question."""

    def __init__(self, settings: "Settings", name: str, variable: str = "DAPBOT_LLM") -> None:
        """``variable`` is the setting that names the model, for the sentence that says what is missing."""
        check(name, settings, variable)
        self.provider, _, self.model = name.partition(":")
        self.name = name
        self._settings = settings
        self._price = own_prices(settings.llm_prices).get(name)
        if self._price is None and (self.provider == "ollama" or not own_address(self.provider, settings)):
            self._price = price_of(name)
        self._chats: dict[float | None, BaseChatModel] = {}
        self._making = Lock()
        self._takes = _Takes(temperature=not self.model.startswith(FIXED_TEMPERATURE))

    def cost(self, tokens: Tokens) -> float | None:
        """Return the cost in US dollars; None for unknown models, and for servers of one's own without a price set."""
        return None if self._price is None else self._price.of(tokens)

    def stream(self, prompt: Prompt) -> Iterator[Chunk]:
        """Yield the text as it comes; every failure of the provider is a ModelError.

        A model that refuses a temperature, or to be held to a schema, is asked without; and from then on.
        """
        takes = self._takes
        while True:
            begun = False
            try:
                for chunk in self._asked(prompt, takes):
                    begun, self._takes = True, takes
                    yield chunk
            except ModelError:
                raise
            except Exception as error:  # each provider's library has its own tree of errors
                fewer = self._fewer(takes, error, prompt)
                if begun or fewer == takes:
                    log.warning("%s failed: %s", self.name, type(error).__name__)
                    raise model_error(error) from error
                takes = fewer
            else:
                return

    def _fewer(self, takes: _Takes, error: Exception, prompt: Prompt) -> _Takes:
        """Return with which options to ask again after this error; the same: there is nothing to leave out."""
        if status_of(error) not in NOT_AS_ASKED:
            return takes
        if takes.temperature and "temperature" in str(error):
            return takes._replace(temperature=False)
        return takes._replace(schema=False) if _held(self.provider, prompt) else takes

    def _asked(self, prompt: Prompt, takes: _Takes) -> Iterator[Chunk]:
        """Yield what the model writes; errors are those of its library, and ModelError where it was cut."""
        options = _held(self.provider, prompt) if takes.schema else {}
        chat = self._chat(prompt.temperature if takes.temperature else None)
        finished = not provider_of(self.provider).says_why
        for message in chat.stream(messages_of(self.provider, prompt), **options):
            reason = next((r for k in LAST_WORDS if (r := message.response_metadata.get(k))), None)
            finished = finished or bool(reason)
            if reason in CUT_SHORT:
                raise ModelError("model.cut")
            if reason in WITHHELD:
                raise ModelError("model.refused", retryable=False)
            yield Chunk(message.text, _tokens(message))
        if not finished:
            raise ModelError("model.cut")

    def warm(self) -> None:
        """Load the library and build the client now, so that the first question does not wait for it."""
        try:
            self._chat(0.0 if self._takes.temperature else None)
        except Exception as error:  # noqa: BLE001 - whatever the provider's library raises; the first answer tells it
            log.warning("%s cannot be loaded: %s", self.name, error)

    def _chat(self, temperature: float | None) -> "BaseChatModel":
        """Return the client that writes at a temperature; None: at the provider's own."""
        # Whole, and first: the providers' libraries look at it in sys.modules, where another thread (the vector store
        # loads beside this) may be in the midst of importing it.
        import httpx  # noqa: F401
        from langchain.chat_models import init_chat_model

        with self._making:
            if temperature not in self._chats:
                name, options = client_options(self.name, self._settings, temperature)
                self._chats[temperature] = init_chat_model(name, **options)
            return self._chats[temperature]


def _held(provider: str, prompt: Prompt) -> dict[str, Any]:
    return {} if prompt.schema is None else held_to(provider, prompt.schema)


def _tokens(message: Any) -> Tokens:
    usage = message.usage_metadata
    if not usage:
        return Tokens()
    details = usage.get("input_token_details") or {}
    stored = sum(details.get(name) or 0 for name in STORED)
    return Tokens(usage["input_tokens"], usage["output_tokens"], details.get("cache_read") or 0, stored)


STORED = ("cache_creation", "ephemeral_5m_input_tokens", "ephemeral_1h_input_tokens")
"""Where the tokens written to a provider's cache are counted."""
