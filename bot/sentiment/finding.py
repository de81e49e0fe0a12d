"""What a stretch of a text says of liking."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of the text and what it says: above 0 liking, below 0 dislike; whether a negation turned it round."""

    text: str
    value: float
    negated: bool = False
