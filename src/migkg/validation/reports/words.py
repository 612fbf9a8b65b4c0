"""The words of reports in the three working languages of the ILO."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migkg.validation import naming
from migkg.validation.severity import SEVERITIES, counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from migkg.validation.finding import Finding, Report

Words = dict[str, str]

WORDS: dict[str, Words] = {
    "en": {
        "Violation": "Error",
        "Warning": "Warning",
        "Info": "Note",
        "colon": ": ",
        "holds": "holds",
        "title": "Validation report",
        "checks": "Checks",
        "check": "Check",
        "outcome": "Outcome",
        "counted": "Looked at",
        "where": "line {}, column {}",
        "property": "Property",
        "value": "Value",
        "rule": "Rule",
        "repair": "How to mend it",
        "instead": "Instead of",
        "write": "write",
        "add": "Add",
        "add in": "Add, in {}",
        "remove": "Remove",
        "remove in": "Remove, in {}",
        "example": "The values are an example: put your own in their place.",
        "choice": "What stays is for you to decide.",
        "nowhere": "Not in a file",
        "before": "Wrong before already, and not counted",
        "fixed": "Mended by this entry",
        "found": "{} in {}; {}.",
        "found nowhere": "{}; {}.",
        "none": "All is as it should be: {}.",
        "more": "{} more are not shown; -f json lists all.",
        "annotations": "GitHub shows at most 10 annotations of each kind; all are in this log.",
    },
    "fr": {
        "Violation": "Erreur",
        "Warning": "Avertissement",
        "Info": "Remarque",
        "colon": " : ",
        "holds": "respecté",
        "title": "Rapport de validation",
        "checks": "Contrôles",
        "check": "Contrôle",
        "outcome": "Résultat",
        "counted": "Ce qui a été examiné",
        "where": "ligne {}, colonne {}",
        "property": "Propriété",
        "value": "Valeur",
        "rule": "Règle",
        "repair": "Comment corriger",
        "instead": "Au lieu de",
        "write": "écrivez",
        "add": "Ajoutez",
        "add in": "Ajoutez, dans {}",
        "remove": "Supprimez",
        "remove in": "Supprimez, dans {}",
        "example": "Les valeurs sont un exemple : mettez les vôtres à leur place.",
        "choice": "À vous de décider ce qui reste.",
        "nowhere": "Hors fichier",
        "before": "Déjà signalé auparavant, et non compté",
        "fixed": "Corrigé par cette contribution",
        "found": "{} dans {} ; {}.",
        "found nowhere": "{} ; {}.",
        "none": "Tout est en ordre : {}.",
        "more": "{} autres ne sont pas affichés ; -f json les donne tous.",
        "annotations": "GitHub affiche au plus 10 annotations de chaque type ; "
        "toutes figurent dans ce journal.",
    },
    "es": {
        "Violation": "Error",
        "Warning": "Advertencia",
        "Info": "Nota",
        "colon": ": ",
        "holds": "se cumple",
        "title": "Informe de validación",
        "checks": "Comprobaciones",
        "check": "Comprobación",
        "outcome": "Resultado",
        "counted": "Lo examinado",
        "where": "línea {}, columna {}",
        "property": "Propiedad",
        "value": "Valor",
        "rule": "Regla",
        "repair": "Cómo corregirlo",
        "instead": "En lugar de",
        "write": "escriba",
        "add": "Añada",
        "add in": "Añada, en {}",
        "remove": "Elimine",
        "remove in": "Elimine, en {}",
        "example": "Los valores son un ejemplo: ponga los suyos en su lugar.",
        "choice": "Usted decide qué se queda.",
        "nowhere": "Fuera de archivo",
        "before": "Ya señalado antes, y no contado",
        "fixed": "Corregido por esta contribución",
        "found": "{} en {}; {}.",
        "found nowhere": "{}; {}.",
        "none": "Todo está en orden: {}.",
        "more": "{} más no se muestran; -f json los da todos.",
        "annotations": "GitHub muestra como máximo 10 anotaciones de cada tipo; "
        "todas están en este registro.",
    },
}

_NUMBERED: dict[str, dict[str, tuple[str, str]]] = {
    "en": {
        "Violation": ("{} error", "{} errors"),
        "Warning": ("{} warning", "{} warnings"),
        "Info": ("{} note", "{} notes"),
        "finding": ("{} finding", "{} findings"),
        "thing": ("{} thing judged", "{} things judged"),
        "file": ("{} file", "{} files"),
    },
    "fr": {
        "Violation": ("{} erreur", "{} erreurs"),
        "Warning": ("{} avertissement", "{} avertissements"),
        "Info": ("{} remarque", "{} remarques"),
        "finding": ("{} constat", "{} constats"),
        "thing": ("{} ressource examinée", "{} ressources examinées"),
        "file": ("{} fichier", "{} fichiers"),
    },
    "es": {
        "Violation": ("{} error", "{} errores"),
        "Warning": ("{} advertencia", "{} advertencias"),
        "Info": ("{} nota", "{} notas"),
        "finding": ("{} hallazgo", "{} hallazgos"),
        "thing": ("{} recurso examinado", "{} recursos examinados"),
        "file": ("{} archivo", "{} archivos"),
    },
}
_THOUSANDS = {"en": ",", "fr": "\u202f", "es": "\u202f"}  # as the three style guides have it


def number(count: int, language: str) -> str:
    """Write a number with its thousands apart as the language has it, from five digits on."""
    return f"{count:,}".replace(",", _THOUSANDS[language]) if count > 9999 else str(count)


def numbered(what: str, count: int, language: str) -> str:
    """Say how many there are of findings, things, files or a severity."""
    one, many = _NUMBERED[language][what]
    alone = count == 1 or (count == 0 and language == "fr")
    return (one if alone else many).format(number(count, language))


def counts(findings: Iterable[Finding], language: str) -> str:
    """Count findings by their severity, in words: ``3 errors, 1 warning``."""
    found = counted(findings)
    return ", ".join(numbered(name, found[name], language) for name in SEVERITIES if found[name])


def summary(report: Report, language: str) -> str:
    """Sum a report up in one line: what was found, in how many files, among how many things."""
    words = WORDS[language]
    things = numbered("thing", report.judged, language)
    if not report.findings:
        return words["none"].format(things)
    said = counts(report.findings, language)
    files = {finding.place.file for finding in report.findings if finding.place}
    if not files:
        return words["found nowhere"].format(said, things)
    return words["found"].format(said, numbered("file", len(files), language), things)


def severity(finding: Finding, language: str) -> str:
    """Name a severity; one of a shape's own as the shape has it."""
    return WORDS[language].get(finding.severity) or naming.short(finding.severity)


def spoken(finding: Finding, language: str) -> tuple[str, str]:
    """Give the message in the language, else in English, else in any, and in which it is."""
    said = finding.messages
    at_hand: Sequence[str] = [tag for tag in (language, "en", *said) if said.get(tag)]
    return (said[at_hand[0]], at_hand[0]) if at_hand else ("", "")
