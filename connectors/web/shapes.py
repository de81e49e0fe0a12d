"""The JSON that the HTTP API takes: checked strictly, described in the OpenAPI page."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def _storable(text: str) -> str:
    """Refuse what no database takes: NUL, and halves of a character (lone surrogates)."""
    if "\0" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise ValueError("web.field.characters")
    return text


LARGEST_NUMBER = 2**31 - 1
"""Of a row: what an INTEGER of PostgreSQL holds."""


def _number(number: int) -> int:
    """Return a number that a row may have: one beyond is nobody's, and no database is asked for it."""
    return min(max(number, 0), LARGEST_NUMBER)


RowNumber = Annotated[int, AfterValidator(_number)]
Text = Annotated[str, AfterValidator(_storable)]
Name = Annotated[str, Field(min_length=1, max_length=150), AfterValidator(_storable)]
Groups = Annotated[list[Name], Field(max_length=100)]

RIGHTS = (
    " Honoured only with a bearer token: an API token (`dapbot admin token create`) speaks for its own groups, the "
    "owner's (`token` in `owner.json` of the data folder) for any; without one the asker is in no group and nobody in "
    "particular."
)
CONVERSATION = (
    "Questions with the same value are turns of one conversation: the `conversation` of an earlier answer, or a name "
    "of your own. Without a name, the answer has one that nobody can guess; it leads back to the conversation from any "
    "address. A name of your own counts for your API token, and without one for the address that you ask from: "
    "programs on one machine, or behind one router, that ask without a token share it."
)
OWNERS = " Honoured only with the owner's bearer token."


class Body(BaseModel):
    """A JSON object; no value is silently turned into another type, fields not named here are ignored."""

    model_config = ConfigDict(strict=True)


class QuestionLine(Body):
    """One question, as in the files of `dapbot ask --input`."""

    question: Text
    id: Name | int | None = Field(None, description="Given back in the answer.")
    conversation: Name | None = Field(None, description=CONVERSATION)
    language: Literal["ko", "en"] | None = Field(None, description="Of the answer; without it, the question's own.")
    audience: Groups | None = Field(None, description="Groups the asker is in." + RIGHTS)
    person: Name | None = Field(None, description="Who asks." + RIGHTS)
    task: Literal["answer", "summarize", "sentiment", "draft", "translate", "tutor"] | None = Field(
        None, description="What is to be done with `question`; without it, its words decide."
    )
    options: dict[Name, Annotated[Text, Field(max_length=2000)]] = Field(
        {}, max_length=20, description="How it is to be done, by name; each task has its own."
    )
    channel: Literal["http", "terminal"] = Field("http", description="Where they ask." + OWNERS)
    record: bool = Field(True, description="False: the conversation is not logged." + OWNERS)


class SearchLine(Body):
    """What to look for."""

    question: Text = Field(min_length=1)
    limit: int = Field(10, ge=1, le=100)
    audience: Groups | None = Field(None, description="Groups the asker is in." + RIGHTS)


class FeedbackLine(Body):
    """What a person thought of an answer; the last word on the same answer counts, 0 takes it back."""

    answer_id: Name
    rating: Literal[1, -1, 0]
    reason: Literal["wrong", "outdated", "incomplete", "other"] | None = None
    comment: Annotated[Text, Field(max_length=2000)] | None = None


class PublishLine(Body):
    """Which staged files to make live."""

    versions: list[RowNumber] = Field(min_length=1, max_length=1000)
    seen: dict[Annotated[str, Field(pattern=r"^[0-9]{1,9}$")], RowNumber] = Field(
        {},
        description="By version: the number of the live version it was compared with, 0 for none (`seen` of the list). "
        "Refused where another one is live by now.",
    )


class RollbackLine(Body):
    """Which version to bring back."""

    version: RowNumber | None = Field(None, description="Its number; without it, the one before the live one.")


class AudienceLine(Body):
    """Who may see a document."""

    audience: Groups | None = Field(description="Groups; null for everyone.")


class AliasLine(Body):
    """Another way to ask for an entry."""

    passage: Name = Field(description="The entry's `passage`.")
    question: Annotated[Text, Field(min_length=1, max_length=500)]


class TryLine(Body):
    """A question to test."""

    question: Text = Field(min_length=1, max_length=4000)
    audience: Groups | None = Field(None, description="Groups to test it for: any for editors, else one's own.")
    line: float | None = Field(None, ge=0, le=1, description="The least confidence; without it, that of the settings.")
    legs: list[Literal["keywords", "vectors"]] | None = Field(
        None, max_length=2, description="The legs of the search that may be used; without it, both."
    )
    read: int = Field(8, ge=1, le=20, description="Passages that the answer may rest on.")
    day: Annotated[date, Field(strict=False)] | None = Field(None, description="The day it is asked on, as YYYY-MM-DD.")
    language: Literal["ko", "en"] | None = Field(None, description="Of the answer; without it, the question's own.")
    model: bool = Field(True, description="False: no language model is asked.")
