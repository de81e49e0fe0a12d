"""What the pages of conversations say."""

PHRASES: dict[str, tuple[str, str]] = {}
