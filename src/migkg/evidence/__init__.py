"""Whether documents bear out what the evidence says: passages, their text, what it states."""
