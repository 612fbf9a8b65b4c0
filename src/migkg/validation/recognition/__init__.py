"""What an entry names and the graph does not know, and what it says that the graph has already."""
