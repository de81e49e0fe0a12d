"""What tokens cost: the list prices of some models, and those that the settings name.

An unknown model costs None, never a guess. The list is that of the standard tier; prompts of more than 200,000 tokens,
for which some vendors take more, are not sent (bot/understanding.py).
"""

from dataclasses import dataclass

from bot.messages import Tokens
from bot.setting_values import PRICE

AS_OF = "2026-11"
"""When the table was last compared with what the vendors publish."""

A_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens; ``cached`` of input read from the provider's cache, ``stored`` written to it.

    None: as any other input.
    """

    input: float
    output: float
    cached: float | None = None
    stored: float | None = None

    def of(self, tokens: Tokens) -> float:
        """Return what these tokens cost, in US dollars."""
        cached = self.input if self.cached is None else self.cached
        stored = self.input if self.stored is None else self.stored
        plain = max(0, tokens.input - tokens.cached - tokens.stored)
        read = plain * self.input + tokens.cached * cached + tokens.stored * stored
        return (read + tokens.output * self.output) / A_MILLION


def _anthropic(read: float, written: float) -> Price:
    """Return a price of Anthropic's: what is read from the cache is a tenth, what is written to it a quarter more."""
    return Price(read, written, read * 0.1, read * 1.25)


PRICES: dict[str, Price] = {
    "openai:gpt-4.1": Price(2.00, 8.00, 0.50),
    "openai:gpt-4.1-mini": Price(0.40, 1.60, 0.10),
    "openai:gpt-4.1-nano": Price(0.10, 0.40, 0.025),
    "openai:gpt-4o": Price(2.50, 10.00, 1.25),
    "openai:gpt-4o-mini": Price(0.15, 0.60, 0.075),
    "openai:gpt-5": Price(1.25, 10.00, 0.125),
    "openai:gpt-5-mini": Price(0.25, 2.00, 0.025),
    "openai:gpt-5-nano": Price(0.05, 0.40, 0.005),
    "openai:gpt-5.1": Price(1.25, 10.00, 0.125),
    "openai:gpt-5.2": Price(1.75, 14.00, 0.175),
    "openai:gpt-5.4": Price(2.50, 15.00, 0.25),
    "openai:gpt-5.4-mini": Price(0.75, 4.50, 0.075),
    "openai:gpt-5.4-nano": Price(0.20, 1.25, 0.02),
    "openai:gpt-5.5": Price(5.00, 30.00, 0.50),
    "anthropic:claude-opus-5": _anthropic(5.00, 25.00),
    "anthropic:claude-opus-4-8": _anthropic(5.00, 25.00),
    "anthropic:claude-opus-4-7": _anthropic(5.00, 25.00),
    "anthropic:claude-opus-4-6": _anthropic(5.00, 25.00),
    "anthropic:claude-opus-4-5": _anthropic(5.00, 25.00),
    "anthropic:claude-sonnet-4-6": _anthropic(3.00, 15.00),
    "anthropic:claude-sonnet-4-5": _anthropic(3.00, 15.00),
    "anthropic:claude-haiku-4-5": _anthropic(1.00, 5.00),
    "google_genai:gemini-2.5-pro": Price(1.25, 10.00, 0.125),
    "google_genai:gemini-2.5-flash": Price(0.30, 2.50, 0.03),
    "google_genai:gemini-2.5-flash-lite": Price(0.10, 0.40, 0.01),
}

DATE = 3
"""Digits at the end of a model's name from which on they tell when it was made, and not its version."""


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
        if not _of_a_date(
            parts
        ):  # only a date at the end may be left out: "-mini" is another model, "-9" another version
            return None
        parts.pop()
    return None


def _of_a_date(parts: list[str]) -> bool:
    """Tell whether the last part is a day, a month, a year or all of them at once."""
    digits = [part for part in parts[-3:] if part.isdigit()]
    return parts[-1].isdigit() and any(len(part) >= DATE for part in digits)


def own_prices(text: str) -> dict[str, Price]:
    """Return the prices of ``DAPBOT_LLM_PRICES``; its form was checked where it was read."""
    found = {}
    for name, read, written, cached in PRICE.findall(text):
        found[name] = Price(float(read), float(written), float(cached) if cached else None)
    return found
