"""How people and programs read what a validation found, one format a module."""
