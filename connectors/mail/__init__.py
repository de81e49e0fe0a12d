"""E-mail as a channel: mail comes in by SMTP or IMAP, replies go out by SMTP in the same thread."""
