"""Run by CKAN's own Python: prints what its harvester makes of catalogues, as JSON.

python ckan_reading.py PROFILE FORMAT FILE [PROFILE FORMAT FILE]...

For each file the data sets, and those of their tags that CKAN refuses to store.
"""

import json
import sys
from pathlib import Path

from ckan.common import config
from ckan.logic.validators import tag_length_validator, tag_name_validator
from ckan.plugins.toolkit import Invalid
from ckanext.dcat.processors import RDFParser


def read(profile: str, syntax: str, path: str) -> dict[str, object]:
    parser = RDFParser([profile])
    parser.parse(Path(path).read_text("utf-8"), syntax)
    datasets = list(parser.datasets())
    tags = {tag["name"] for dataset in datasets for tag in dataset["tags"]}
    return {"datasets": datasets, "refused": sorted(filter(refused, tags))}


def refused(tag: str) -> bool:
    try:
        tag_length_validator(tag_name_validator(tag, {}), {})
    except (Invalid, RuntimeError):  # outside an application it has no words for it
        return True
    return False


config["ckan.locale_default"] = "en"  # as where nobody sets it
arguments = sys.argv[1:]
json.dump([read(*arguments[at : at + 3]) for at in range(0, len(arguments), 3)], sys.stdout)
