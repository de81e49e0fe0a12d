"""List prices of some models, for the cost shown in reports. An unknown model costs None, never a guess."""

from dataclasses import dataclass

AS_OF = "2026-11"
"""When the table was last compared with the vendors' public price lists (standard tier, no caching discount)."""


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens."""

    input: float
    output: float


PRICES: dict[str, Price] = {
    "openai:gpt-4.1": Price(2.00, 8.00),
    "openai:gpt-4.1-mini": Price(0.40, 1.60),
    "openai:gpt-4.1-nano": Price(0.10, 0.40),
    "openai:gpt-4o": Price(2.50, 10.00),
    "openai:gpt-4o-mini": Price(0.15, 0.60),
    "openai:gpt-5": Price(1.25, 10.00),
    "openai:gpt-5-mini": Price(0.25, 2.00),
    "openai:gpt-5-nano": Price(0.05, 0.40),
    "openai:gpt-5.4-mini": Price(0.75, 4.50),
    "openai:gpt-5.4-nano": Price(0.20, 1.25),
    "anthropic:claude-opus-4-5": Price(5.00, 25.00),
    "anthropic:claude-sonnet-4-5": Price(3.00, 15.00),
    "anthropic:claude-haiku-4-5": Price(1.00, 5.00),
    "google_genai:gemini-2.5-pro": Price(1.25, 10.00),
    "google_genai:gemini-2.5-flash": Price(0.30, 2.50),
    "google_genai:gemini-2.5-flash-lite": Price(0.10, 0.40),
}


def price_of(name: str) -> Price | None:
    """Return the price of ``provider:model``; a dated name (``gpt-4.1-2025-04-14``) costs what its family does.

    Models of one's own machine (``ollama:``) are free.
    """
    if name.startswith("ollama:"):
        return Price(0.0, 0.0)
    provider, _, model = name.partition(":")
    parts = model.split("-")
    while parts:
        price = PRICES.get(f"{provider}:{'-'.join(parts)}")
        if price is not None:
            return price
        if not parts[-1].isdigit():  # only a date at the end may be left out: "-mini" is another model
            return None
        parts.pop()
    return None
