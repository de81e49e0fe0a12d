"""Slack: events come in through the inbox, replies go out in the thread of the question."""
