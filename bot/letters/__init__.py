"""E-mails understood: from the bytes of a mail to who wrote what, and what the reader wants done with it."""
