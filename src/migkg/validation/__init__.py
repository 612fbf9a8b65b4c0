"""Is an entry, or the whole graph, sound? Shapes, reasoner, checks, and their findings."""
