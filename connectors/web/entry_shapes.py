"""The JSON that the HTTP API takes of entries, columns and owners."""

from typing import Annotated, Any

from pydantic import Field

from connectors.web.shapes import Body, Groups, Name, RowNumber, Text

Key = Annotated[Text, Field(min_length=1, max_length=200)]
Question = Annotated[Text, Field(max_length=2_000)]
Answer = Annotated[Text, Field(max_length=30_000)]
Aliases = Annotated[list[Annotated[Text, Field(max_length=500)]], Field(max_length=100)]
Day = Annotated[Text, Field(max_length=20)]
SEEN = "`seen` of the entry as it was looked at: refused where it says something else by now."


class EntryPatch(Body):
    """What an entry is to say; fields that are not given stay as they are."""

    passage: Key = Field(description="The entry's `passage`.")
    seen: RowNumber = Field(description=SEEN)
    question: Question | None = None
    answer: Answer | None = None
    title: Annotated[Text, Field(max_length=300)] | None = None
    aliases: Aliases | None = None
    audience: Groups | None = Field(None, description="Groups; null for everyone.")
    valid_from: Day | None = Field(None, description="YYYY-MM-DD, or null.")
    valid_until: Day | None = Field(None, description="YYYY-MM-DD, or null.")


class NewEntry(Body):
    """An entry that is added at the end of a document."""

    question: Annotated[Text, Field(min_length=1, max_length=2_000)]
    answer: Annotated[Text, Field(min_length=1, max_length=30_000)]
    passage: Key | None = Field(None, description="Its key; without it, one is made of the question.")
    title: Annotated[Text, Field(max_length=300)] = ""
    aliases: Aliases = Field([])
    audience: Groups | None = Field(None, description="Groups; null for everyone.")
    valid_from: Day | None = Field(None, description="YYYY-MM-DD, or null.")
    valid_until: Day | None = Field(None, description="YYYY-MM-DD, or null.")


class OwnerLine(Body):
    """Who sees to a document."""

    owner: Name | None = Field(description="The name of an account; null for nobody.")


class ColumnsLine(Body):
    """Which file is to be read, and how: one of `version`, `document` and `file` is given."""

    version: RowNumber | None = Field(None, description="A version that waits to be published.")
    document: RowNumber | None = Field(None, description="A live document.")
    file: Annotated[Text, Field(max_length=40)] | None = Field(
        None, description="`unread` of an upload that could not be read."
    )
    plan: dict[str, Any] = Field(
        description='`{"sheets": [{"roles": ["question", "answer", ""], "header": 0, "names": ["Q", "A", "B"]}], '
        '"encoding": "CP949", "delimiter": ";"}`: as the look at the file gives it. `header` null: no row names the '
        "columns, and entries begin in row `start`, from 0."
    )
