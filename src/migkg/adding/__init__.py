"""Putting an entry into the files of a graph."""
