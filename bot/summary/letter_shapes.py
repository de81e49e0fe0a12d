"""What a model answers that is asked for a mail in three lines."""

from pydantic import BaseModel, Field

LONGEST_WRITTEN = 300
"""Characters of a line."""


class Bilingual(BaseModel):
    """What a model says in the reader's language, and the same in the mail's, where that is another."""

    own: str = Field("", max_length=2 * LONGEST_WRITTEN, description="The same in the language of the mail")


class WrittenLine(Bilingual):
    """One line and the numbers of the sentences it says."""

    text: str = Field(min_length=1, max_length=2 * LONGEST_WRITTEN)
    sentences: list[int] = Field(min_length=1, max_length=8)


class WrittenAction(Bilingual):
    """Something to do: in which sentence it stands, who is to do it and until when, as that says it."""

    what: str = Field(min_length=1, max_length=2 * LONGEST_WRITTEN)
    who: str | None = None
    due: str | None = None
    sentence: int


class WrittenQuestion(Bilingual):
    """A question that waits for an answer, and the number of its sentence."""

    text: str = Field(min_length=1, max_length=2 * LONGEST_WRITTEN)
    sentence: int


class WrittenLetter(BaseModel):
    """What a model answers."""

    lines: list[WrittenLine] = Field(min_length=1, max_length=12)
    actions: list[WrittenAction] = Field(default_factory=list, max_length=20)
    questions: list[WrittenQuestion] = Field(default_factory=list, max_length=20)


class TranslatedLine(WrittenLine):
    """A line in another language than the mail's, and itself in that: words can be compared in one language only."""

    own: str = Field(min_length=1, max_length=2 * LONGEST_WRITTEN, description="The same in the language of the mail")


class TranslatedLetter(WrittenLetter):
    """What a model answers for a reader of another language."""

    lines: list[TranslatedLine] = Field(min_length=1, max_length=12)  # type: ignore[assignment]
