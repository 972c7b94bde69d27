# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright 2026 the wine-rtm authors
"""Measures rtm.dll and the tables that it is compared with. tools/bench prepares and starts it."""

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import machine
import plan
import plots
import publish
import text
from programs import Failure, Unavailable
from progress import Progress
from results import Results


@dataclass
class Setup:
    """Where things lie."""

    wine_loader: str
    bench_table: str
    programs: Path  # peers in programs of ours
    native: Path  # ours without Wine
    stage: str  # with rtm.dll in its forms
    unpacked: str  # packages of peers
    internet_table: str


PATHS = (
    "top",
    "wine-loader",
    "bench-table",
    "programs",
    "native",
    "stage",
    "unpacked",
    "output",
)


def parse():
    parser = argparse.ArgumentParser(prog="tools/bench")
    for path in PATHS:
        parser.add_argument(f"--{path}", required=True)
    parser.add_argument("--internet-table", default="")
    parser.add_argument("--form", action="append", required=True)
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--publish", action="store_true")
    parser.add_argument("--results", help="of an earlier run, to be shown again")
    return parser.parse_args()


def measure(stages, save):
    """Interleaved: each round has all subjects, so that what disturbs the machine disturbs all."""
    results = Results()
    progress = Progress(sum(stage.rounds * len(stage.subjects) for stage in stages))
    for stage in stages:
        for number in range(stage.rounds):
            for subject in stage.subjects:
                progress.step(f"{stage.data}, round {number + 1}: {subject.name}")
                measure_once(results, stage.data, subject)
                save(results)
    progress.end()
    return results


def measure_once(results, data, subject):
    if (data, subject.name) in results.missing:
        return
    try:
        results.add(data, subject.name, subject.measure(data))
    except Unavailable as why:
        results.missing[data, subject.name] = str(why)
    except Failure as why:
        results.missing[data, subject.name] = str(why)
        results.failed = True


def measure_all(options, where, file):
    """Measures what is asked for; what there is so far is in the file all the time."""
    setup = Setup(
        options.wine_loader,
        options.bench_table,
        Path(options.programs),
        Path(options.native),
        options.stage,
        options.unpacked,
        options.internet_table,
    )

    def save(results):
        text_of = json.dumps({"machine": where, "results": results.as_json()}, indent=1)
        file.write_text(text_of, encoding="ascii")

    choose = plan.quick if options.quick else plan.full
    rounds = options.rounds or (1 if options.quick else 3)
    return measure(list(choose(setup, options.form, rounds)), save)


def load(file):
    """The machine and the results of an earlier run."""
    saved = json.loads(file.read_text(encoding="ascii"))
    return saved["machine"], Results.from_json(saved["results"])


def main():
    options = parse()
    if options.results:
        file = Path(options.results)
        where, results = load(file)
    else:
        where = machine.describe(options.top)
        file = Path(options.output) / (where["date"].replace(":", "")[:17] + ".json")
        file.parent.mkdir(parents=True, exist_ok=True)
        results = measure_all(options, where, file)
    print(machine.describe_shortly(where))
    text.print_all(results, options.form)
    print("\n", file, sep="")
    print(*plots.draw_all(results, options.form[0], file.with_suffix("")), sep="\n")
    if options.publish:
        publish.publish(Path(options.top), results, options.form[0], where)
    return 1 if results.failed else 0


sys.exit(main())
