"""What the pages of settings say."""

PHRASES: dict[str, tuple[str, str]] = {}
