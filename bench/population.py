"""People displaced by origin, asylum and year: UNHCR's bilateral table, or one of its shape."""

import csv
import os
import random
from collections.abc import Iterator
from typing import NamedTuple

KINDS = {  # a column of the table: the population in English, Spanish and French
    "refugees": ("refugees", "refugiados", "réfugiés"),
    "asylum_seekers": ("asylum-seekers", "solicitantes de asilo", "demandeurs d'asile"),
    "returned_refugees": ("returned refugees", "refugiados retornados", "réfugiés rentrés"),
    "idps": ("internally displaced", "desplazados internos", "déplacés internes"),
    "returned_idps": ("returned displaced", "desplazados retornados", "déplacés rentrés"),
    "stateless": ("stateless persons", "apátridas", "apatrides"),
    "ooc": ("others of concern", "otros de interés", "autres personnes"),
    "oip": ("others in need", "otras personas necesitadas", "autres dans le besoin"),
    "hst": ("host communities", "comunidades de acogida", "communautés d'accueil"),
}
TABLE = "unhcr_population.csv"
_SEED = 1951


class Count(NamedTuple):
    """How many people of one kind from one country another hosts in one year."""

    origin: str
    asylum: str
    year: str
    kind: str
    people: int


def counts(tables: str) -> list[Count]:
    """Read all counts above zero from the folder of tables, else make up as many of that shape."""
    path = os.path.join(tables, TABLE)
    found = list(_read(path)) if os.path.isfile(path) else list(_made_up())
    # whole series come after each other, so that few of them are a sample of the shape of all
    return sorted(found, key=lambda count: (_drawn(count), count))


def _drawn(count: Count) -> float:
    return random.Random(f"{_SEED} {count.origin} {count.asylum}").random()


def _read(path: str) -> Iterator[Count]:
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for kind in KINDS:
                if (people := int(row[kind] or 0)) > 0:
                    yield Count(row["coo_iso"], row["coa_iso"], row["year"], kind, people)


def _made_up() -> Iterator[Count]:
    """As in the table: 217 origins, 196 asylums, 9,000 pairs of 23 counts, more of them of late."""
    draw = random.Random(_SEED)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    codes = ["Q" + first + second for first in letters for second in letters[:9]][:217]
    pairs = {(draw.choice(codes), draw.choice(codes[:196])) for _ in range(10_000)}
    for origin, asylum in sorted(pairs):
        for kind, chance in (("refugees", 0.9), ("asylum_seekers", 0.65), ("ooc", 0.1)):
            first = 2025 - int(min(74, draw.expovariate(1 / 16)))
            if draw.random() < chance:
                for year in range(first, 2026):
                    people = int(draw.paretovariate(0.6) * 5)
                    yield Count(origin, asylum, str(year), kind, people)
