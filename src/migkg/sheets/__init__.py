"""Entries as spreadsheets: written for people to fill, read with findings that name the cell."""
