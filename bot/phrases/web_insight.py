"""What the pages of figures say, and the weekly report."""

PHRASES: dict[str, tuple[str, str]] = {}
