"""What a portal, a triple store, a search engine and a browser take, as a folder of files."""
