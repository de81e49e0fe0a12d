"""What the chat's page says."""

PHRASES: dict[str, tuple[str, str]] = {}
