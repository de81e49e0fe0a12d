"""The mood of a text without a language model: rules and a small model for Korean, a lexicon and rules for English."""
