"""The errors of Dapbot, by who must act.

    DapbotError
    +-- UserError        the person asked for something that cannot be done; told to them in their language
    +-- OperatorError    whoever runs Dapbot must change something
    |   +-- SettingsError    a setting is missing or wrong; the sentence names it and what would do
    |   +-- DataError        the data folder, the database or an index is not usable
    +-- ModelError       the language model failed; the bot answers with an extract instead

Every error carries one sentence that says what to do. ``UserError`` and ``OperatorError`` name a phrase of
``bot/phrases/`` and its values, so that the sentence can be said in either language.
"""


class DapbotError(Exception):
    """Base of all errors that are meant to be shown: a phrase key and the values that fill it in."""

    def __init__(self, phrase: str, /, **values: object) -> None:
        super().__init__(phrase, values)
        self.phrase = phrase
        self.values = values

    def __str__(self) -> str:
        from bot.phrases import say  # here, because phrases may raise these errors

        return say(self.phrase, "en", **self.values)


class UserError(DapbotError):
    """The person asked for something that cannot be done."""


class OperatorError(DapbotError):
    """Whoever runs Dapbot must change something."""


class SettingsError(OperatorError):
    """A setting is missing or wrong."""


class DataError(OperatorError):
    """The data folder, the database or an index cannot be used as it is."""


class ModelError(DapbotError):
    """The language model failed.

    ``retry_after`` is in seconds where the provider named it; ``retryable`` is False where asking again cannot
    help (a wrong key, an unknown model). The phrase is a notice for the asker.
    """

    def __init__(
        self, phrase: str, /, *, retry_after: float | None = None, retryable: bool = True, **values: object
    ) -> None:
        super().__init__(phrase, **values)
        self.retry_after = retry_after
        self.retryable = retryable
