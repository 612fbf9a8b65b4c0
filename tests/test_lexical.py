"""Which texts are forms of a datatype."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from migkg.lexical import is_form
from migkg.namespaces import XSD
from migkg.reasoning.datatypes import fits

FORMS = Path(__file__).parent / "clients" / "forms.py"
TEXTS = (
    *(
        "0",
        "7",
        "-7",
        "+7",
        "007",
        "1_0",
        "1e6",
        "1.5",
        ".5",
        "5.",
        ".",
        "-",
        "NaN",
        "INF",
        "three",
    ),
    *("٣", "2024", "24", "02024", "2O24", "12024", "-0044", "2024Z", "2024+01:00", "2024+14:00"),
    *("2024+15:00", "2024-13:59", "2024-01", "2024-13", "2024-1", "--02-29", "--13", "--12"),
    *("---31", "---32", "---07Z", "--12-01+02:00", "0000", "0000-01"),
)
_NAMES = ("integer", "decimal", "nonNegativeInteger", "gYear", "gYearMonth", "gMonth", "gMonthDay")
DATATYPES = (*_NAMES, "gDay")


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        *((text, "gYear") for text in ("last year", "24", "2O24", "2024-01", "02024", "٢٠٢٤")),
        *((text, "gYear") for text in (" 2024 ", "2024\n", "")),
        *(
            (text, "decimal")
            for text in ("NaN", "INF", "1_000", "\uff11\uff12", "1e6", "1,5", " 1")
        ),
        *((text, "integer") for text in ("1_0", "٣", "3.5", "three", "")),
    ],
)
def test_what_is_no_form_of_its_datatype_is_a_misfit(text: str, datatype: str) -> None:
    assert not is_form(text, XSD + datatype)
    assert not fits(text, XSD + datatype)


def test_forms_are_those_of_another_engine(tmp_path: Path) -> None:
    """Of texts without white space around them, which Jena lets pass; days are days of a month."""
    chosen = random.Random(0)
    letters = "0123456789-+.:Z_eE"
    texts = [
        *TEXTS,
        *("".join(chosen.choices(letters, k=chosen.randint(1, 8))) for _ in range(3000)),
    ]
    pairs = [(datatype, text) for text in texts for datatype in DATATYPES]
    lines = "".join(f"{XSD}{datatype}\t{text}\n" for datatype, text in pairs)
    asked = [sys.executable, str(FORMS), str(tmp_path)]
    done = subprocess.run(asked, input=lines, capture_output=True, text=True, check=True)
    told = [flag == "1" for flag in done.stdout.split()]
    assert any(told)
    differing = [
        (pair, jena)
        for pair, jena in zip(pairs, told, strict=True)
        if fits(pair[1], XSD + pair[0]) is not jena
    ]
    assert differing == []
