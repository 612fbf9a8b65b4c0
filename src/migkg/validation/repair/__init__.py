"""Repairs: changes of an entry that take a finding away and bring no other, each tried out."""
