"""What the pages of documents say besides: columns, entries, owners, templates."""

PHRASES: dict[str, tuple[str, str]] = {}
