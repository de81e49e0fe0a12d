"""Any model that LangChain can reach, by ``provider:model``; the only file that imports it."""

import logging
from collections.abc import Iterator
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from bot.errors import ModelError, SettingsError
from bot.llm import Chunk, Prompt
from bot.llm.prices import price_of
from bot.messages import Tokens

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from bot.settings import Settings

log = logging.getLogger("dapbot.llm")

PROVIDERS: dict[str, tuple[str, str]] = {
    "openai": ("langchain_openai", "OPENAI_API_KEY"),
    "anthropic": ("langchain_anthropic", "ANTHROPIC_API_KEY"),
    "google_genai": ("langchain_google_genai", "GOOGLE_API_KEY"),
    "upstage": ("langchain_openai", "UPSTAGE_API_KEY"),
    "openrouter": ("langchain_openrouter", "OPENROUTER_API_KEY"),
    "groq": ("langchain_groq", "GROQ_API_KEY"),
    "mistralai": ("langchain_mistralai", "MISTRAL_API_KEY"),
    "ollama": ("langchain_ollama", ""),
}
"""The package each provider needs, and the name of its key ("": none). Others work too, once installed."""

SPEAKS_OPENAI = {"upstage": "https://api.upstage.ai/v1"}
"""Vendors reached with OpenAI's protocol, and where: langchain-upstage wants a tokenizers that nothing else takes."""

FIXED_TEMPERATURE = ("o1", "o3", "o4", "gpt-5")
"""OpenAI models that refuse any temperature but their own."""

LAST_WORDS = ("finish_reason", "stop_reason", "done_reason")
"""Where providers say why they stopped; OpenAI's protocol always says it, so a stream without it was cut."""

CUT_SHORT = frozenset({"length", "max_tokens", "MAX_TOKENS", "content_filter"})

RETRYABLE = frozenset({408, 409, 425, 429})


class LangChainModel:
    """A model that the settings name. Making it checks them; the library loads at the first question."""

    def __init__(self, settings: "Settings", name: str, variable: str = "DAPBOT_LLM") -> None:
        """``variable`` is the setting that names the model, for the sentence that says what is missing."""
        self.provider, _, self.model = name.partition(":")
        self.name = name
        self._settings = settings
        _check(self.provider, self.model, settings, variable)

    def cost(self, tokens: Tokens) -> float | None:
        """Return the cost in US dollars; None for unknown models and for servers of one's own."""
        if self.provider == "openai" and self._settings.openai_base_url:
            return None
        price = price_of(self.name)
        return None if price is None else (tokens.input * price.input + tokens.output * price.output) / 1_000_000

    def stream(self, prompt: Prompt) -> Iterator[Chunk]:
        """Yield the text as it comes; every failure of the provider is a ModelError."""
        finished = self.provider != "openai" and self.provider not in SPEAKS_OPENAI
        try:
            for message in self._chat.stream([("system", prompt.system), ("human", prompt.user)]):
                reason = next((r for k in LAST_WORDS if (r := message.response_metadata.get(k))), None)
                finished = finished or bool(reason)
                if reason in CUT_SHORT:
                    raise ModelError("model.cut")
                yield Chunk(message.text, _tokens(message))
        except ModelError:
            raise
        except Exception as error:  # each provider's library has its own tree of errors
            log.warning("%s failed: %s", self.name, type(error).__name__)
            raise _model_error(error) from error
        if not finished:
            raise ModelError("model.cut")

    def warm(self) -> None:
        """Load the library and build the client now, so that the first question does not wait for it."""
        try:
            _ = self._chat
        except Exception as error:  # noqa: BLE001 - whatever the provider's library raises; the first answer tells it
            log.warning("%s cannot be loaded: %s", self.name, error)

    @cached_property
    def _chat(self) -> "BaseChatModel":
        from langchain.chat_models import init_chat_model

        # Retries are ours (one, inside the deadline); the client's own limit only ends reads left behind.
        options: dict[str, Any] = {"timeout": self._settings.llm_deadline, "max_retries": 0}
        if not self.model.startswith(FIXED_TEMPERATURE):
            options["temperature"] = 0
        key = self._settings.model_key(PROVIDERS.get(self.provider, ("", ""))[1])
        if key:
            options["api_key"] = key
        if self.provider == "ollama":
            options["client_kwargs"] = {"timeout": self._settings.llm_deadline}
        if self.provider == "openai":
            options["stream_usage"] = True
            if self._settings.openai_base_url:
                options |= {"base_url": self._settings.openai_base_url, "api_key": key or "none"}
        name = self.name
        if self.provider in SPEAKS_OPENAI:
            name = f"openai:{self.model}"
            options |= {"stream_usage": True, "base_url": SPEAKS_OPENAI[self.provider]}
        model: BaseChatModel = init_chat_model(name, **options)
        return model


def _check(provider: str, model: str, settings: "Settings", variable: str) -> None:
    if not provider or not model:
        raise SettingsError("settings.llm", name=variable, value=f"{provider}:{model}")
    package, key_name = PROVIDERS.get(provider, (f"langchain_{provider}", ""))
    if find_spec(package) is None:
        if provider not in PROVIDERS:
            raise SettingsError(
                "model.provider_unknown", variable=variable, provider=provider, known=", ".join(PROVIDERS)
            )
        values = {"variable": variable, "provider": provider, "package": package.replace("_", "-")}
        raise SettingsError("model.package_missing", **values)
    own_server = provider == "openai" and settings.openai_base_url
    if key_name and not own_server and not settings.model_key(key_name):
        raise SettingsError("model.key_missing", variable=variable, key=key_name, name=f"{provider}:{model}")


def _tokens(message: Any) -> Tokens:
    usage = message.usage_metadata
    return Tokens(usage["input_tokens"], usage["output_tokens"]) if usage else Tokens()


def _model_error(error: Exception) -> ModelError:
    """Tell apart what the asker and the retry must know: limited, refused, slow, down, or unreadable."""
    status = getattr(error, "status_code", None) or getattr(error, "code", None)
    names = " ".join(kind.__name__ for kind in type(error).__mro__)
    if status == 429 or "RateLimit" in names:
        return ModelError("model.limited", retry_after=_retry_after(error))
    if isinstance(status, int) and 400 <= status < 500 and status not in RETRYABLE:
        return ModelError("model.refused", retryable=False, status=status)
    if "Timeout" in names:
        return ModelError("model.slow")
    if isinstance(status, int) or any(word in names for word in ("Connect", "Protocol", "OSError", "ReadError")):
        return ModelError("model.down")
    return ModelError("model.broken")


def _retry_after(error: Exception) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", {})
    for name, scale in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            return max(0.0, float(headers[name]) * scale)
        except (KeyError, TypeError, ValueError):
            continue  # absent, or a date: then the usual pause
    return None
