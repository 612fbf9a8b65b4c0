"""The checks that are no queries: one rule a file, ``<rule>.py``.

Each is about what SPARQL does not see (the text of files, the queries, the documents), and has a
function ``check(context) -> Outcome``. :mod:`migkg.validation.checking` runs them.
"""
