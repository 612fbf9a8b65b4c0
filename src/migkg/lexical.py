"""Which texts are forms of a datatype, where rdflib and owlrl take more, or any, for one.

https://www.w3.org/TR/xmlschema11-2/#built-in-primitive-datatypes, without white space around them
(https://www.w3.org/TR/rdf11-concepts/#dfn-lexical-space).
"""

from __future__ import annotations

import re

from migkg.namespaces import XSD

_ZONE = r"(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_YEAR = r"-?([1-9][0-9]{3,}|0[0-9]{3})"
_MONTH = r"(0[1-9]|1[0-2])"
_DAY = r"(0[1-9]|[12][0-9]|3[01])"
_INTEGERS = """integer long int short byte nonNegativeInteger positiveInteger unsignedLong
unsignedInt unsignedShort unsignedByte nonPositiveInteger negativeInteger"""
_FORMS = {
    XSD + name: re.compile(form)
    for name, form in {
        **dict.fromkeys(_INTEGERS.split(), r"[+-]?[0-9]+"),
        "decimal": r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)",
        "gYear": _YEAR + _ZONE,
        "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
        "gMonth": f"--{_MONTH}{_ZONE}",
        "gMonthDay": f"--{_MONTH}-{_DAY}{_ZONE}",
        "gDay": f"---{_DAY}{_ZONE}",
    }.items()
}


def is_form(text: str, datatype: str) -> bool:
    """Tell whether a text is a form of a datatype, as far as its letters tell."""
    form = _FORMS.get(datatype)
    return form is None or form.fullmatch(text) is not None
