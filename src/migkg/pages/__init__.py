"""Pages that tell people what a store says: a page is made of a term, a language and links."""
