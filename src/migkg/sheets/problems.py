"""What can be wrong with a cell, in English, French and Spanish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migkg.namespaces import LANGUAGES
from migkg.sheets.words import WORDS
from migkg.validation.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from migkg.entry.place import Place

SOURCE = "spreadsheet"
_MESSAGES = {
    "formula": (
        "A formula: what it comes to is not what was written. Copy the cell and paste it as a "
        "value.",
        "Une formule : son résultat n'est pas ce qui a été écrit. Copiez la cellule et collez-la "
        "comme valeur.",
        "Una fórmula: su resultado no es lo que se escribió. Copie la celda y péguela como valor.",
    ),
    "error": (
        "{} is the error of a calculation: write the value.",
        "{} est l'erreur d'un calcul : écrivez la valeur.",
        "{} es el error de un cálculo: escriba el valor.",
    ),
    "merged": (
        "{} are merged: split them, and fill each cell.",
        "{} sont fusionnées : séparez-les, et remplissez chaque cellule.",
        "{} están combinadas: sepárelas, y rellene cada celda.",
    ),
    "hidden-row": (
        "Row {} is hidden or filtered out: show it, or delete it.",
        "La ligne {} est masquée ou filtrée : affichez-la, ou supprimez-la.",
        "La fila {} está oculta o filtrada: muéstrela, o elimínela.",
    ),
    "hidden-column": (
        "Column {} is hidden: show it, or delete it.",
        "La colonne {} est masquée : affichez-la, ou supprimez-la.",
        "La columna {} está oculta: muéstrela, o elimínela.",
    ),
    "hidden-sheet": (
        "The sheet is hidden: show it, or delete it.",
        "La feuille est masquée : affichez-la, ou supprimez-la.",
        "La hoja está oculta: muéstrela, o elimínela.",
    ),
    "unknown-sheet": (
        "No sheet of an entry: its second row does not begin with a class such as mk:Project. "
        "Restore the two heading rows as migkg new KIND --sheet makes them, or delete the sheet.",
        "Ce n'est pas la feuille d'une entrée : sa deuxième ligne ne commence pas par une classe "
        "comme mk:Project. Rétablissez les deux lignes de titre telles que les fait migkg new KIND "
        "--sheet, ou supprimez la feuille.",
        "No es la hoja de una entrada: su segunda fila no empieza por una clase como mk:Project. "
        "Restablezca las dos filas de títulos como las hace migkg new KIND --sheet, o elimine la "
        "hoja.",
    ),
    "sheet-twice": (
        "Another sheet has rows of the same class: put them into one.",
        "Une autre feuille a des lignes de la même classe : réunissez-les en une seule.",
        "Otra hoja tiene filas de la misma clase: reúnalas en una.",
    ),
    "unknown-column": (
        "No column of this sheet: “{}” in the second row is no property that it has{}. Correct it, "
        "or delete the column.",
        "Ce n'est pas une colonne de cette feuille : « {} » dans la deuxième ligne n'est pas une "
        "de ses propriétés{}. Corrigez-le, ou supprimez la colonne.",
        "No es una columna de esta hoja: «{}» en la segunda fila no es una de sus propiedades{}. "
        "Corríjalo, o elimine la columna.",
    ),
    "no-heading": (
        "The column has no property in its second row, so that nobody knows what this is: write it "
        "there, or delete the cell.",
        "La colonne n'a pas de propriété dans sa deuxième ligne, si bien que nul ne sait ce que "
        "c'est : écrivez-la là, ou supprimez la cellule.",
        "La columna no tiene propiedad en su segunda fila, así que nadie sabe qué es esto: "
        "escríbala allí, o elimine la celda.",
    ),
    "wrong": (
        "“{}” is not what belongs here: write {}.",
        "« {} » n'est pas ce qui est attendu ici : écrivez {}.",
        "«{}» no es lo que corresponde aquí: escriba {}.",
    ),
    "number-as-text": (
        "“{}” is text, not a number: format the cell as a number and type it again.",
        "« {} » est du texte, non un nombre : donnez à la cellule le format nombre et retapez-le.",
        "«{}» es texto, no un número: dé a la celda formato de número y escríbalo de nuevo.",
    ),
    "digits": (
        "{} has more digits than a sheet keeps (15): write the entry in Turtle.",
        "{} a plus de chiffres qu'une feuille n'en garde (15) : écrivez l'entrée en Turtle.",
        "{} tiene más cifras de las que guarda una hoja (15): escriba la entrada en Turtle.",
    ),
    "date-as-number": (
        "{} is a number, not a date: format the cell as a date, or type 2019-03-31 as text.",
        "{} est un nombre, non une date : donnez à la cellule le format date, ou tapez 2019-03-31 "
        "comme texte.",
        "{} es un número, no una fecha: dé a la celda formato de fecha, o escriba 2019-03-31 como "
        "texto.",
    ),
    "not-text": (
        "{} is no text to the spreadsheet, which may have changed it: format the cell as text and "
        "type it again.",
        "{} n'est pas du texte pour le tableur, qui a pu le changer : donnez à la cellule le "
        "format texte et retapez-le.",
        "{} no es texto para la hoja de cálculo, que pudo cambiarlo: dé a la celda formato de "
        "texto y escríbalo de nuevo.",
    ),
    "unknown": (
        "Nothing that fits here is called “{}”{}. Choose from the list, or describe the new thing "
        "in its own sheet.",
        "Rien qui convienne ici ne s'appelle « {} »{}. Choisissez dans la liste, ou décrivez la "
        "nouvelle ressource dans sa propre feuille.",
        "Nada que convenga aquí se llama «{}»{}. Elija de la lista, o describa el recurso nuevo en "
        "su propia hoja.",
    ),
    "ambiguous": (
        "“{}” may be any of {}: write one of these.",
        "« {} » peut être {} : écrivez l'un d'eux.",
        "«{}» puede ser {}: escriba uno de ellos.",
    ),
    "percent": (
        "The cell is formatted as a percentage, and holds {}: format it as a number, and type the "
        "figure that is meant.",
        "La cellule a le format pourcentage, et contient {} : donnez-lui le format nombre, et "
        "tapez le chiffre voulu.",
        "La celda tiene formato de porcentaje, y contiene {}: déle formato de número, y escriba la "
        "cifra que se quiere decir.",
    ),
    "long": (
        "“{}…” has more than the 32,767 characters of a cell: shorten it.",
        "« {}… » a plus que les 32 767 caractères d'une cellule : raccourcissez-le.",
        "«{}…» tiene más que los 32 767 caracteres de una celda: acórtelo.",
    ),
    "one-only": (
        "{} takes one value: keep one, and remove the others.",
        "{} ne prend qu'une valeur : gardez-en une, et supprimez les autres.",
        "{} admite un solo valor: deje uno, y elimine los demás.",
    ),
    "no-name": (
        "The row has no name, so that nothing can refer to it: fill its name or its identifier.",
        "La ligne n'a pas de nom, si bien que rien ne peut y renvoyer : remplissez son nom ou son "
        "identifiant.",
        "La fila no tiene nombre, así que nada puede remitir a ella: rellene su nombre o su "
        "identificador.",
    ),
    "bad-name": (
        "“{}” is no identifier: write one such as {}, or leave the cell empty.",
        "« {} » n'est pas un identifiant : écrivez-en un comme {}, ou laissez la cellule vide.",
        "«{}» no es un identificador: escriba uno como {}, o deje la celda vacía.",
    ),
    "twice": (
        "{} stands in {} already: keep one of the two rows, or give this one another identifier.",
        "{} figure déjà en {} : gardez l'une des deux lignes, ou donnez à celle-ci un autre "
        "identifiant.",
        "{} figura ya en {}: deje una de las dos filas, o dé a esta otro identificador.",
    ),
    "same-row": (
        "The row says the same as the one at {}: delete one of the two.",
        "La ligne dit la même chose que celle en {} : supprimez l'une des deux.",
        "La fila dice lo mismo que la de {}: elimine una de las dos.",
    ),
    "no-such-value": (
        "{} has no value “{}”: write a value as it stands in its row, or leave the cell empty.",
        "{} n'a pas de valeur « {} » : écrivez une valeur telle qu'elle figure dans sa ligne, ou "
        "laissez la cellule vide.",
        "{} no tiene el valor «{}»: escriba un valor como figura en su fila, o deje la celda "
        "vacía.",
    ),
}
_NEAR = (" (did you mean {}?)", " (vouliez-vous dire {} ?)", " (¿quiso decir {}?)")


def problem(place: Place, what: str, *values: object) -> Finding:
    """Tell what is wrong with a cell, and what to do."""
    shown = [str(value)[:80] for value in values]
    said = (text.format(*shown) for text in _MESSAGES[what])
    messages = dict(zip(LANGUAGES, said, strict=True))
    return Finding("Violation", None, None, None, messages, SOURCE, place=place)


def nearest(text: str, known: Iterable[str]) -> list[str]:
    """List what is spelt nearly like this."""
    from difflib import get_close_matches

    return get_close_matches(text, list(known), 3, 0.6)


def unlike(place: Place, what: str, text: str, near: list[str]) -> Finding:
    """Tell that nothing is called like this, and what is called nearly so."""
    shown = ", ".join(near)
    messages = {
        language: message.format(text[:80], asked.format(shown) if near else "")
        for language, message, asked in zip(LANGUAGES, _MESSAGES[what], _NEAR, strict=True)
    }
    return Finding("Violation", None, None, None, messages, SOURCE, place=place)


def of_form(place: Place, value: object, form: str) -> Finding:
    """Tell that a value has not the form that its column has."""
    messages = {
        language: message.format(str(value)[:80], WORDS[language].forms[form])
        for language, message in zip(LANGUAGES, _MESSAGES["wrong"], strict=True)
    }
    return Finding("Violation", None, None, None, messages, SOURCE, place=place)
