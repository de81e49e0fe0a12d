"""Prints ``.env.example``: ``python -m bot.example > .env.example``."""

import sys
from textwrap import wrap

from bot.phrases import say
from bot.settings import FOR_TESTS, VARIABLES, Settings


def example() -> str:
    """Return ``.env.example``: every setting with its default, Korean and English."""
    lines = [f"# {say('settings.example', 'ko')}", f"# {say('settings.example', 'en')}", ""]
    for variable, name in VARIABLES.items():
        if variable == FOR_TESTS:
            continue
        default = Settings.model_fields[name].default
        for language in ("ko", "en"):
            lines += [f"# {line}" for line in wrap(say(f"settings.for.{name}", language), 100)]
        lines += [f"#{variable}={'' if default is None else default}", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(example())
