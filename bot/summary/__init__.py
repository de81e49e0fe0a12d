"""Any text in three lines, each with the sentence behind it; with a language model or without."""
