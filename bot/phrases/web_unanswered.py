"""What the page of unanswered questions says, and what people are told when there is an answer."""

PHRASES: dict[str, tuple[str, str]] = {}
