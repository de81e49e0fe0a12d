"""What is said when a version is tried on real questions before it is published, and of answers that are recalled."""

PHRASES: dict[str, tuple[str, str]] = {}
