"""What a contributor adds: the nodes of a kind, their properties, and the values to choose from."""
