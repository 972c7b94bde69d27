# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright 2026 the wine-rtm authors
"""Measures rtm.dll and the tables that it is compared with. tools/bench prepares and starts it."""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import machine
import plan
import plots
import publish
import text
from programs import Unavailable
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
    output: Path


def parse():
    parser = argparse.ArgumentParser(prog="tools/bench")
    for path in ("top", "wine-loader", "bench-table", "programs", "native", "stage", "unpacked", "output"):
        parser.add_argument(f"--{path}", required=True)
    parser.add_argument("--internet-table", default="")
    parser.add_argument("--form", action="append", required=True)
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--publish", action="store_true")
    return parser.parse_args()


def measure(stages):
    """Interleaved: each round has all subjects, so that what disturbs the machine disturbs all."""
    results = Results()
    progress = Progress(sum(stage.rounds * len(stage.subjects) for stage in stages))
    for stage in stages:
        for number in range(stage.rounds):
            for subject in stage.subjects:
                progress.step(f"{stage.data}, round {number + 1}: {subject.name}")
                measure_once(results, stage.data, subject)
    progress.end()
    return results


def measure_once(results, data, subject):
    if (data, subject.name) in results.missing:
        return
    try:
        results.add(data, subject.name, subject.measure(data))
    except Unavailable as why:
        results.missing[data, subject.name] = str(why)


def report(results, stages, forms):
    whole = [stage.data for stage in stages if not stage.data.few]
    for stage in stages:
        text.print_subjects(results, stage.data, [subject.name for subject in stage.subjects])
    for form in forms:
        text.print_figures(results, whole, form)
    print()
    text.print_missing(results)


def main():
    options = parse()
    setup = Setup(
        options.wine_loader,
        options.bench_table,
        Path(options.programs),
        Path(options.native),
        options.stage,
        options.unpacked,
        options.internet_table,
        Path(options.output),
    )
    setup.output.mkdir(parents=True, exist_ok=True)
    where = machine.describe(options.top)
    choose = plan.quick if options.quick else plan.full
    rounds = options.rounds or (1 if options.quick else 3)
    stages = list(choose(setup, options.form, rounds))
    results = measure(stages)
    print(machine.describe_shortly(where))
    report(results, stages, options.form)
    name = where["date"].replace(":", "")[:17]
    file = setup.output / f"{name}.json"
    file.write_text(json.dumps({"machine": where, "results": results.as_json()}, indent=1))
    drawn = plots.draw_all(results, stages, options.form[0], setup.output / name)
    print(f"\n{file}", *drawn, sep="\n")
    if options.publish:
        publish.publish(Path(options.top), results, stages, options.form[0], where)


main()
