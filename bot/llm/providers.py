"""The providers of language models: what each needs, and how its client is made."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.errors import SettingsError
from bot.llm import Prompt

if TYPE_CHECKING:
    from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Provider:
    """What a provider needs: ``package`` to import, ``key`` its variable ("": none).

    ``address`` is the field of the settings that names another server, ``speaks_openai`` where one speaks OpenAI's
    protocol and where it is, ``says_why`` whether a stream always ends with a reason, so that one without was cut.
    """

    package: str
    key: str
    address: str = ""
    speaks_openai: str = ""
    says_why: bool = True


PROVIDERS: dict[str, Provider] = {
    "openai": Provider("langchain_openai", "OPENAI_API_KEY", "openai_base_url"),
    "anthropic": Provider("langchain_anthropic", "ANTHROPIC_API_KEY", "anthropic_base_url"),
    "google_genai": Provider("langchain_google_genai", "GOOGLE_API_KEY", "google_gemini_base_url"),
    # langchain-upstage wants a tokenizers that nothing else takes
    "upstage": Provider("langchain_openai", "UPSTAGE_API_KEY", "upstage_base_url", "https://api.upstage.ai/v1"),
    "ollama": Provider("langchain_ollama", "", "ollama_host"),
    "openrouter": Provider("langchain_openrouter", "OPENROUTER_API_KEY", says_why=False),
    "groq": Provider("langchain_groq", "GROQ_API_KEY", says_why=False),
    "mistralai": Provider("langchain_mistralai", "MISTRAL_API_KEY", says_why=False),
}
"""Others work too, once their package is installed."""

FIXED_TEMPERATURE = ("o1", "o3", "o4", "gpt-5")
"""OpenAI models that refuse any temperature but their own."""

OLLAMA_PORT = 11434


def provider_of(name: str) -> Provider:
    """Return what the provider called ``name`` needs."""
    return PROVIDERS.get(name) or Provider(f"langchain_{name}", "", says_why=False)


def check(name: str, settings: "Settings", variable: str) -> None:
    """Raise the SettingsError that says what is missing for the model called ``name``, which ``variable`` names."""
    provider, _, model = name.partition(":")
    if not provider or not model:
        raise SettingsError("settings.llm", name=variable, value=name)
    needs = provider_of(provider)
    if find_spec(needs.package) is None:
        if provider not in PROVIDERS:
            raise SettingsError(
                "model.provider_unknown", variable=variable, provider=provider, known=", ".join(PROVIDERS)
            )
        package = needs.package.replace("_", "-")
        raise SettingsError("model.package_missing", variable=variable, provider=provider, package=package)
    own_server = provider == "openai" and own_address(provider, settings)
    if needs.key and not own_server and not settings.model_key(needs.key):
        raise SettingsError("model.key_missing", variable=variable, key=needs.key, name=name)


def own_address(provider: str, settings: "Settings") -> str:
    """Return the server that the settings name for a provider, empty where it is the provider's own."""
    field = provider_of(provider).address
    address = str(getattr(settings, field)) if field else ""
    if address and provider == "ollama":  # as Ollama itself reads its variable: host, host:port or a whole address
        address = address if "://" in address else f"http://{address}"
        address = address if urlsplit(address).port else f"{address}:{OLLAMA_PORT}"
    return address


def client_options(name: str, settings: "Settings", temperature: float | None) -> tuple[str, dict[str, Any]]:
    """Return the name and the options with which LangChain makes the client of a model.

    ``temperature`` None: the provider's own. Retries are ours, inside the deadline; the client's own time limit only
    ends reads that were left behind.
    """
    provider, _, model = name.partition(":")
    needs, limit, address = provider_of(provider), settings.llm_deadline, own_address(provider, settings)
    options: dict[str, Any] = {} if temperature is None else {"temperature": temperature}
    if key := settings.model_key(needs.key):
        options["api_key"] = key
    if address := address or needs.speaks_openai:
        options["base_url"] = address
    if provider == "ollama":
        # one connection a call: its library never closes those that it keeps
        return name, options | {"client_kwargs": {"timeout": limit, "headers": {"Connection": "close"}}}
    options |= {"timeout": limit, "max_retries": 0}
    if provider == "google_genai":
        options["max_retries"] = 1  # it counts the first try too
    if provider == "openai" or needs.speaks_openai:
        options |= {"stream_usage": True, "api_key": options.get("api_key", "none")}
        name = f"openai:{model}"
    return name, options


def held_to(provider: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return what goes along with a request so that the provider holds the model to ``schema``; empty where it cannot.

    The schema stands in the prompt as well: a provider that refuses this is asked without it (bot/llm/langchain.py).
    """
    form = {"type": "json_schema", "json_schema": {"name": "answer", "schema": dict(schema)}}
    if provider == "openai" or provider_of(provider).speaks_openai:
        return {"extra_body": {"response_format": form}}  # as an option of its own, the library would parse the answer
    if provider == "anthropic":
        return {"response_format": form}
    if provider == "google_genai":
        return {"response_mime_type": "application/json", "response_json_schema": dict(schema)}
    return {"format": dict(schema)} if provider == "ollama" else {}


def messages_of(provider: str, prompt: Prompt) -> list[tuple[str, Any]]:
    """Return the prompt as messages. What is the same in every prompt of the kind stands first, so that providers that
    keep the beginnings of prompts find it again; Anthropic wants to be told up to where."""
    if provider != "anthropic" or not prompt.stable:
        return [("system", prompt.system), ("human", prompt.user)]
    kept, rest = prompt.system[: prompt.stable].rstrip(), prompt.system[prompt.stable :].strip()
    parts: list[dict[str, Any]] = [{"type": "text", "text": kept, "cache_control": {"type": "ephemeral"}}]
    if rest:
        parts.append({"type": "text", "text": rest})
    return [("system", parts), ("human", prompt.user)]
