"""Texts to order: what is asked for, what is missing, the draft, and what of it must be checked."""
