"""A SPARQL engine elsewhere: asking it, and loading it."""
