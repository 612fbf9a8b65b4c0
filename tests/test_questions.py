"""The questions that queries say they answer, asked on the command line, against their answers.

The answers stand in questions.json beside the documents; where in a result each part of one is to
be found, the table below tells, after the documents and in the words of our labels.
"""

import csv
import io
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from migkg import graph
from migkg.cli import cli
from migkg.queries import catalogue
from migkg.queries.calling import command_line
from migkg.queries.query import Question, StoredQuery, option_name

ROOT = Path(__file__).parent.parent
DOCUMENTS = Path(os.environ.get("MIGKG_DOCUMENTS", ROOT.parent / "shared" / "documents"))
FILE = DOCUMENTS.parent / "questions.json"
QUERIES = catalogue.read(graph.find(str(ROOT), os.getcwd()))
CLAIMED = [
    pytest.param(query, question, id=f"{question.id}-{query.name}")
    for query in QUERIES.values()
    for question in query.questions
]
Cells = Mapping[str, str]


class Expected(NamedTuple):
    """Each part of an answer as rows; a result has these rows, those beyond it, and no others."""

    parts: Mapping[str, Sequence[Cells]]
    beyond: Sequence[Cells] = ()  # what the documents say beyond the answer, in its columns
    where: Cells = MappingProxyType({})  # the rows that count, where no value narrows them so
    among: bool = False  # an answer that tells kinds of things: each is there, beside others


RETURN = "Cooperatives among return migrants in Ethiopia"
PEACE = "Jobs for Peace and Resilience"
BOTH_COUNTRIES = (
    "Participatory research on cooperatives in fair recruitment in India and the Philippines"
)
INDIA = "Participatory research on cooperatives in fair recruitment in India"
PILOT = "Pilot of fair recruitment through workers' cooperatives in the Philippines"
C097 = "Migration for Employment Convention (Revised), 1949 (No. 97)"
C143 = "Migrant Workers (Supplementary Provisions) Convention, 1975 (No. 143)"
MULTILATERAL = "ILO Multilateral Framework on Labour Migration"

EXPECTED = {
    "cq-001": Expected(
        {"164 million": [{"value": "164000000", "unit": "persons"}]},
    ),
    "cq-003": Expected({"68 million": [{"value": "68000000", "unit": "persons"}]}),
    "cq-004": Expected({"94 million USD": [{"amount": "94000000", "unit": "US dollars"}]}),
    "cq-006": Expected(
        {
            part: [{"organization": name, "role": "partner"}]
            for part, name in {
                "International Finance Corporation": "International Finance Corporation",
                "ILO": "International Labour Organization",
                "UNHCR": "United Nations High Commissioner for Refugees",
                "UNICEF": "United Nations Children's Fund",
                "World Bank": "World Bank",
            }.items()
        }
    ),
    "cq-008": Expected(
        {
            "enabling environment for socio-economic inclusion": [
                {"objective": "enabling environment for socio-economic inclusion"}
            ],
            "access to education and protection for vulnerable children on the move": [
                {
                    "objective": "education and protection within reach of vulnerable children "
                    "on the move"
                }
            ],
            "resilience of host communities": [{"objective": "resilience of host communities"}],
        }
    ),
    "cq-010": Expected({"189,300": [{"value": "189300", "period": "2016"}]}),
    "cq-012": Expected({"2016": [{"how": "signatory", "year": "2016"}]}),
    "cq-016": Expected(
        {
            "International Co-operative Alliance Global Conference and General Assembly": [
                {
                    "event": "International Co-operative Alliance Global Conference and "
                    "General Assembly, 2017"
                }
            ],
            "Kuala Lumpur, Malaysia": [{"city": "Kuala Lumpur", "country": "Malaysia"}],
            "14-17 November 2017": [{"when": "14 to 17 November 2017"}],
        },
        where={
            "document": "Activating Cooperatives for Migrant & Refugee Response: An ILO Approach"
        },
    ),
    "cq-018": Expected(
        {
            "11.5 million": [
                {"value": "11500000", "lower": "", "upper": "", "bounds": "", "unit": "persons"}
            ],
            "more than 73%": [
                {
                    "value": "",
                    "lower": "73",
                    "upper": "",
                    "bounds": "bounds excluded, as in 'more than' or 'less than'",
                    "unit": "per cent",
                }
            ],
        }
    ),
    "cq-020": Expected(
        {
            "269 million": [{"value": "269000000", "unit": "jobs"}],
            "investment in education, health and social work doubled by 2030": [
                {
                    "condition": "twice as much invested in education, health and social work "
                    "by 2030",
                    "until": "by 2030",
                }
            ],
        }
    ),
    "cq-022": Expected(
        {
            part: [{"member": name, "role": "member"}]
            for part, name in {
                "IOM": "International Organization for Migration",
                "UNESCO": "United Nations Educational, Scientific and Cultural Organization",
                "IOE": "International Organisation of Employers",
                "ITUC": "International Trade Union Confederation",
            }.items()
        },
        beyond=[{"member": "International Labour Organization", "role": "initiator"}],  # with it
    ),
    "cq-024": Expected(
        {"25 million to 1 billion": [{"lower": "25000000", "upper": "1000000000"}]},
    ),
    "cq-026": Expected(
        {
            role: [{"role": role}]
            for role in (
                "risk mitigation through micro-insurance",
                "training and learning",
                "women's empowerment",
                "reconciliation and mediation",
                "sustainable livelihoods",
                "access to markets and bargaining power",
                "care services",
                "job creation",
                "advice and counselling",
                "micro-credit",
            )
        }
    ),
    "cq-028": Expected(
        {
            "(international) NGOs": [{"kind": "national and international NGOs"}],
            "cooperative movement": [{"kind": "cooperative movement"}],
            "supportive organizations (trade unions, BDS)": [
                {"kind": "supportive organizations (trade unions, BDS providers etc.)"}
            ],
            "UN system including ILO": [{"kind": "United Nations system, including the ILO"}],
            "governments including local": [{"kind": "governments, local ones included"}],
        },
        beyond=[  # 000 tells of local ones in PROSPECTS
            {"kind": "local SME BDS provider"},
            {"kind": "local SME support organization"},
            {"kind": "local cooperative BDS provider"},
            {"kind": "local cooperative support organization"},
        ],
    ),
    "cq-030": Expected(
        {
            "joining existing cooperatives as members": [
                {"way": "joining existing cooperatives as members"}
            ],
            "refugees-only cooperatives": [{"way": "forming refugees-only cooperatives"}],
            "mixed refugee-host cooperatives": [
                {"way": "forming mixed cooperatives with the host community"}
            ],
            "existing cooperatives employing refugees": [
                {"way": "being employed by existing cooperatives"}
            ],
            "returning refugees rebuilding communities": [
                {"way": "rebuilding communities through cooperatives on return"}
            ],
        }
    ),
    "cq-031": Expected(
        {
            "binding: C097": [{"force": "binding", "instrument": C097}],
            "binding: C143": [{"force": "binding", "instrument": C143}],
            "non-binding: ILO Multilateral Framework on Labour Migration": [
                {"force": "non-binding", "instrument": MULTILATERAL}
            ],
        }
    ),
    "cq-033": Expected(
        {
            "Ethiopia return migrant cooperatives: Ethiopia": [
                {"project": RETURN, "country": "Ethiopia"}
            ]
        },
        beyond=[  # that it is part of; where that one runs is not said
            {
                "project": "Larger project on the economic reintegration of return migrants",
                "country": "",
            }
        ],
    ),
    "cq-035": Expected(
        {
            f"{document}: {status}": [{"document": document, "status": status}]
            for document, status in {
                "000": "planning",
                "001": "starting",
                "002": "starting",
            }.items()
        }
    ),
    "cq-037": Expected(
        {region: [{"region": region}] for region in ("North Africa", "Middle East", "South Asia")}
    ),
    "cq-039": Expected(
        {country: [{"country": country}] for country in ("Ethiopia", "Ukraine", "Lebanon")}
    ),
    "cq-041": Expected(
        {
            "assess the scope for the cooperative model to be an option for improved recruitment "
            "of migrant workers": [
                {
                    "objective": "an assessment whether the cooperative model can make the "
                    "recruitment of migrant workers better"
                }
            ],
            "if so, start pilot testing where unscrupulous practices of labour intermediaries are "
            "a major challenge to worker rights": [
                {
                    "objective": "pilot tests, if it can, where unscrupulous intermediaries "
                    "gravely endanger workers' rights"
                }
            ],
        }
    ),
    "cq-043": Expected(
        {
            benefit: [{"benefit": benefit}]
            for benefit in (
                "easier to find qualified staff",
                "fair and effective recruitment",
                "skills and jobs matching",
            )
        }
    ),
    "cq-045": Expected(
        {
            "training": [{"benefit": "access to training"}],
            "compete for jobs and wages commensurate with skills": [
                {"benefit": "competing for jobs and wages commensurate with skills"}
            ],
            "regular migration channels": [{"benefit": "access to regular migration channels"}],
            "formal jobs": [{"benefit": "access to jobs in the formal market"}],
            "fairer chances including on return": [
                {"benefit": "fairer chances on the labour market, also after return"}
            ],
        }
    ),
    "cq-047": Expected(
        {
            "debt bondage": [{"consequence": "bonded labour"}],
            "forced labour": [{"consequence": "forced labour"}],
            "human trafficking": [{"consequence": "human trafficking"}],
        },
        beyond=[{"consequence": ""}],  # the row of the cause of the fees
    ),
    "cq-049": Expected(
        {
            part: [{"with": name}]
            for part, name in {
                "IGAD": "Intergovernmental Authority on Development",
                "ECOWAS": "Economic Community of West African States",
                "ASEAN": "Association of Southeast Asian Nations",
                "Pacific islands": "Pacific islands",
            }.items()
        }
    ),
    "cq-051": Expected(
        {
            "technical assistance to Quito Process countries": [
                {
                    "work": "Technical assistance to the countries of the Quito Process",
                    "role": "implementing",
                    "with": "Quito Process",
                }
            ],
            "co-coordinator of the Socioeconomic and Cultural Integration Sector of R4V": [
                {
                    "work": "Socioeconomic and Cultural Integration Sector of the R4V Platform",
                    "role": "co-coordinator",
                    "with": "",
                }
            ],
            "Regional Strategy with UNDP": [
                {
                    "work": "Regional Strategy for Venezuelan refugees and migrants",
                    "role": "partner",
                    "with": "United Nations Development Programme",
                }
            ],
        },
    ),
    "cq-053": Expected(
        {
            "Policy Brief: Protecting migrant workers (30 April 2020)": [
                {
                    "resource": "Protecting migrant workers during the COVID-19 pandemic. "
                    "Recommendations for Policy-makers and Constituents",
                    "issued": "2020-04-30",
                }
            ],
            "ILO Monitor third edition (29 April 2020)": [
                {
                    "resource": "ILO Monitor: COVID-19 and the world of work, third edition",
                    "issued": "2020-04-29",
                }
            ],
            "Social protection responses brief (23 April 2020)": [
                {
                    "resource": "Social protection responses to the COVID-19 crisis: Country "
                    "responses and policy considerations",
                    "issued": "2020-04-23",
                }
            ],
        }
    ),
    "cq-055": Expected(
        {
            "cooperatives": [{"form": "cooperative"}],
            "mutual benefit societies": [{"form": "mutual benefit society"}],
            "associations": [{"form": "association"}],
            "foundations": [{"form": "foundation"}],
            "social enterprises": [{"form": "social enterprise"}],
        }
    ),
    "cq-057": Expected(
        {
            "002: 65.6 million (deck of 2017)": [{"first": "65600000"}],
            "000: 70.8 million (source of 2020)": [{"second": "70800000"}],
            "difference: 5.2 million (+7.9%)": [{"difference": "5200000", "percent": "7.9"}],
        }
    ),
    "cq-059": Expected(
        {
            f"{country}: {part}": [{"country": country, "project": project}]
            for country, part, project in (
                ("Ethiopia", "PROSPECTS", "PROSPECTS"),
                ("Ethiopia", "Jobs for Peace and Resilience", PEACE),
                ("Ethiopia", "return migrant cooperatives", RETURN),
                ("Lebanon", "PROSPECTS", "PROSPECTS"),
                ("Lebanon", "Jobs for Peace and Resilience", PEACE),
                ("Jordan", "PROSPECTS", "PROSPECTS"),
                (
                    "Jordan",
                    "Jordan cooperatives pilot",
                    "Cooperatives helping refugees to formalize their work in Jordan",
                ),
                ("India", "fair recruitment research (000)", INDIA),
                ("India", "India and Philippines research (001/002)", BOTH_COUNTRIES),
                ("Philippines", "fair recruitment pilot (000)", PILOT),
                ("Philippines", "India and Philippines research (001/002)", BOTH_COUNTRIES),
            )
        }
    ),
    "cq-061": Expected(
        {
            deficit: [{"deficit": deficit}]
            for deficit in (
                "discrimination",
                "food insecurity",
                "worsening working conditions",
                "non-payment of wages",
                "inadequate living conditions",
                "restrictions on movement",
                "violence and harassment",
                "forced return",
            )
        }
    ),
    "cq-063": Expected(
        {
            "Africa: 5": [{"region": "Africa", "countries": "5"}],
            "Arab region: 3": [{"region": "Arab region", "countries": "3"}],
        }
    ),
    "cq-065": Expected(
        {
            "about 111.4 million (67.9% of 164 million)": [
                {"number": "111356000", "percent": "67.9", "whole": "164000000"}
            ]
        },
        where={"area": "high-income countries"},
    ),
    "cq-067": Expected(  # 164,000,000 / 1.09 = 150,458,715.6
        {
            "about 150 million (164/1.09)": [
                {"now": "164000000", "growth": "9", "approximatelyBefore": "150000000"}
            ]
        }
    ),
    "cq-069": Expected(
        {
            f"{part} ({', '.join(documents)})": [
                {"title": title, "document": document} for document in documents
            ]
            for part, title, documents in (
                ("C097", C097, ["000", "001", "002", "003"]),
                ("C143", C143, ["000", "001", "002", "003"]),
                (MULTILATERAL, MULTILATERAL, ["001", "002", "003"]),
            )
        },
        beyond=[  # spoken of as a whole, apart from those named one by one
            {"title": "International Labour Standards", "document": document}
            for document in ("000", "003", "004")
        ],
    ),
    "cq-071": Expected(
        {
            "shared: text slides on deficits, ILO approaches, activity types and pilots; "
            "introductory sentences to the two diagrams": [
                {"toldIn": "both", "thing": thing}
                for thing in (
                    "Many migrant workers work in the informal economy",
                    "ILO approach to labour migration: jobs and protection",
                    "ILO approach to refugee situations",
                    "Migrants and refugees as members of existing cooperatives",
                    RETURN,
                    "Types of cooperative working with migrants and refugees in destination "
                    "countries",
                    "Organizations supporting cooperatives for migrants and refugees in "
                    "destination and host countries",
                )
            ],
            "only_001: diagrams: 8 activities, 8 cooperative types, 5 supporting organization "
            "types; citation of the unpublished 2016 literature review; R205 link": [
                {
                    "toldIn": "the first alone",
                    "thing": "Activities that cooperatives undertake for migrants and refugees",
                },
                {"toldIn": "the first alone", "thing": "Cooperatives and Refugees"},
            ],
            "only_002: cover, contents, statistics, contact details": [
                {"toldIn": "the other alone", "thing": thing}
                for thing in (
                    "Kuala Lumpur",
                    "Simel Esim",
                    "refugees resettled in 2016 (talk of 2017)",
                )
            ],
        },
        among=True,
    ),
    "cq-073": Expected(
        {
            "not stated: the documents list partners only": [
                {"funder": "not stated", "participant": name}
                for name in (
                    "International Finance Corporation",
                    "International Labour Organization",
                    "United Nations High Commissioner for Refugees",
                    "United Nations Children's Fund",
                    "World Bank",
                )
            ]
        }
    ),
    "cq-075": Expected(
        {
            "not stated: sentence is broken": [
                {"figure": "2200000000", "percent": "", "missing": "lost"}
            ]
        }
    ),
    "cq-077": Expected(
        {
            "Philippines: workers' cooperatives providing labour intermediation": [
                {
                    "project": PILOT,
                    "country": "Philippines",
                    "role": "labour intermediation",
                    "cooperatives": "workers' cooperative",
                }
            ],
            "India: research on cooperative practices in recruitment": [
                {
                    "project": INDIA,
                    "country": "India",
                    "role": "fair recruitment of workers",
                    "cooperatives": "",
                }
            ],
        },
        beyond=[  # 001 and 002: research in both countries
            {
                "project": BOTH_COUNTRIES,
                "country": country,
                "role": "fair recruitment of workers",
                "cooperatives": "",
            }
            for country in ("India", "Philippines")
        ],
    ),
    "cq-079": Expected(
        {
            "i: members of existing cooperatives (taxi, domestic worker)": [
                {
                    "way": "joining existing cooperatives as members",
                    "model": "migrants and refugees joining existing cooperatives",
                    "sector": sector,
                }
                for sector in ("taxi", "domestic work")
            ],
            "iv: work in existing cooperatives (agriculture, housing)": [
                {
                    "way": "being employed by existing cooperatives",
                    "model": "migrants and refugees working in existing cooperatives",
                    "sector": sector,
                }
                for sector in ("agriculture", "housing")
            ],
            "v: return migrants and refugees rebuild communities": [
                {
                    "way": "rebuilding communities through cooperatives on return",
                    "model": "return migrants and refugees rebuilding communities through "
                    "cooperatives",
                    "sector": "",
                }
            ],
            "ii: producer/worker or service cooperatives of migrants and refugees": [
                {"way": "forming refugees-only cooperatives", "model": model, "sector": ""}
                for model in (
                    "producer and worker cooperatives of migrants and refugees",
                    "service cooperatives by migrants and refugees",
                )
            ],
        },
        beyond=[  # iii, which has no counterpart
            {
                "way": "forming mixed cooperatives with the host community",
                "model": "",
                "sector": "",
            }
        ],
    ),
}


@pytest.fixture(scope="module")
def asked() -> dict[str, dict[str, Any]]:
    if not FILE.is_file():
        pytest.skip(f"{FILE} is not at hand (MIGKG_DOCUMENTS names the documents beside it)")
    return {entry["id"]: entry for entry in json.loads(FILE.read_text(encoding="utf-8"))}


def answered(query: StoredQuery, question: Question) -> list[dict[str, str]]:
    """Ask on the command line, as the help of the query tells."""
    words = ["query", query.name, "-f", "csv"]
    for parameter, values in question.values:
        words += [word for value in values for word in (f"--{option_name(parameter)}", value)]
    ran = CliRunner().invoke(cli, ["--graph", str(ROOT), *words], catch_exceptions=False)
    assert ran.exit_code == 0
    return list(csv.DictReader(io.StringIO(ran.stdout)))


def parts(answer: Any) -> list[str]:
    """List what an answer consists of."""
    if isinstance(answer, list):
        return [str(part) for part in answer]
    return [
        f"{key}: {value}"
        for key, values in answer.items()
        for value in (values if isinstance(values, list) else [values])
    ]


@pytest.mark.parametrize(("query", "question"), CLAIMED)
@pytest.mark.usefixtures("shipped")
def test_each_question_that_a_query_claims_has_an_answer(
    query: StoredQuery, question: Question
) -> None:
    assert answered(query, question)


@pytest.mark.parametrize(("query", "question"), CLAIMED)
def test_help_shows_each_question_with_its_command(query: StoredQuery, question: Question) -> None:
    ran = CliRunner().invoke(cli, ["--graph", str(ROOT), "query", query.name, "--help"])
    assert question.ask in " ".join(ran.stdout.split())
    assert f"    {command_line(query, question.values)}\n" in ran.stdout, (
        "in one line, to be copied"
    )


@pytest.mark.parametrize(("query", "question"), CLAIMED)
@pytest.mark.usefixtures("shipped")
def test_a_question_is_answered_as_the_documents_answer_it(
    asked: dict[str, dict[str, Any]], query: StoredQuery, question: Question
) -> None:
    """Every part of the answer is in the result, and nothing that the documents do not say."""
    if question.id not in asked:
        assert not question.id.startswith("cq-"), "no such question: our own have other ids"
        return
    entry = asked[question.id]
    assert question.ask == entry["question"]
    assert question.id in EXPECTED, "tell in EXPECTED where in the result the answer stands"
    expected = EXPECTED[question.id]
    assert sorted(expected.parts) == sorted(parts(entry["answer"]))
    found = [row for row in answered(query, question) if expected.where.items() <= row.items()]
    wanted = [cells for rows in expected.parts.values() for cells in rows] + [*expected.beyond]
    for columns in {tuple(cells) for cells in wanted}:
        told = {tuple(row[column] for column in columns) for row in found}
        meant = {tuple(cells.values()) for cells in wanted if tuple(cells) == columns}
        assert meant <= told if expected.among else meant == told


def test_every_question_has_a_query(asked: dict[str, dict[str, Any]]) -> None:
    claimed = {question.id for query in QUERIES.values() for question in query.questions}
    assert asked.keys() <= claimed
    assert EXPECTED.keys() == asked.keys()
