"""What the page of trying a question says, and that of golden questions."""

PHRASES: dict[str, tuple[str, str]] = {}
