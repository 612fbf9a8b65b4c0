"""Times a build of the shipped graph after one entry changed, beside the first one.

.venv/bin/python bench/rebuild.py [RUNS, default 3]
"""

import os
import shutil
import statistics
import sys
import time

from measuring import MIGKG, ROOT, Line, Measured, folder, in_turn, print_table


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    of = os.path.join(folder(), "rebuild")
    os.environ["MIGKG_CACHE"] = os.path.join(of, "cache")
    entry = os.path.join(of, "data", "events.ttl")
    command = {"build": [MIGKG, "--graph", of, "build"]}
    first, again = [], []
    for turn in range(runs):
        shutil.rmtree(of, ignore_errors=True)
        for part in ("ontology", "data", "queries"):
            shutil.copytree(os.path.join(ROOT, part), os.path.join(of, part))
        first.append(in_turn(command, 0, {"build": 1})["build"])
        time.sleep(2.1)  # else the change could be taken for the state before
        with open(entry, encoding="utf-8") as file:
            text = file.read()
        with open(entry, "w", encoding="utf-8") as file:
            file.write(text.replace('"@en', f' {turn}"@en', 1))
        again.append(in_turn(command, 0, {"build": 1})["build"])
    print_table(
        "Building the store of the shipped graph",
        [
            Line("after one entry changed", _median(again), "a few seconds"),
            Line("for the first time", _median(first)),
        ],
    )


def _median(builds: list[Measured]) -> Measured:
    return Measured(
        statistics.median(build.seconds for build in builds),
        max(build.megabytes for build in builds),
        len(builds),
    )


if __name__ == "__main__":
    main()
