# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright 2026 the wine-rtm authors
"""What has been measured, and what it says."""

import statistics
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Data:
    """A table to measure with."""

    name: str  # "made up" or "Internet"
    family: str  # "IPv4" or "IPv6"
    count: int  # of prefixes, at most
    few: bool = False  # only what is measured of tables of many sizes

    def __str__(self):
        return f"{self.count:,} {self.family} prefixes, {self.name}"


@dataclass
class Spread:
    """A median and what is around it."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values):
        return cls(statistics.median(values), min(values), max(values))


@dataclass
class Run:
    """One run of one program."""

    works: dict = field(default_factory=dict)  # name: ns each, what a busy machine alters least
    clocks: dict = field(default_factory=dict)  # name: ns each, by the clock
    checksums: dict = field(default_factory=dict)  # name: what came out
    figures: dict = field(default_factory=dict)  # name: value
    latencies: dict = field(default_factory=dict)  # name: [[ns, calls]...]

    def add_line(self, line):
        """Takes a line as tests/bench/report.h describes it; others are not for us."""
        kind, *fields = line.rstrip("\n").split("\t")
        if kind == "work":
            self._add_work(*fields)
        elif kind == "figure":
            self.figures.setdefault(fields[0], float(fields[1]))
        elif kind == "latency":
            name, ns, calls = fields
            self.latencies.setdefault(name, []).append([float(ns), int(calls)])

    def _add_work(self, name, ns, cpu_ns, checksum):
        self.clocks.setdefault(name, []).append(float(ns))
        fairest = float(ns) if cpu_ns == "-" else min(float(ns), float(cpu_ns))
        self.works.setdefault(name, []).append(fairest)
        if checksum != "-":
            self.checksums[name] = checksum

    def settle(self):
        """Work that was repeated counts once."""
        self.works = {name: statistics.median(ns) for name, ns in self.works.items()}
        self.clocks = {name: statistics.median(ns) for name, ns in self.clocks.items()}


class Results:
    """All runs, by data and subject; a subject is a form of rtm.dll or a peer."""

    def __init__(self):
        self.runs = {}  # (data, subject): [Run...], by round
        self.missing = {}  # (data, subject): why
        self.failed = False  # a program did not end well

    def add(self, data, subject, run):
        self._compare_answers(data, subject, run)
        self.runs.setdefault((data, subject), []).append(run)

    def _compare_answers(self, data, subject, run):
        """All subjects have to have given the same answers."""
        for (other_data, other), runs in self.runs.items():
            if other_data != data:
                continue
            for name, sum_of_other in runs[0].checksums.items():
                if run.checksums.get(name, sum_of_other) != sum_of_other:
                    raise SystemExit(
                        f"error: {subject} and {other} disagree about '{name}' of {data}"
                    )

    def values(self, data, subject, name):
        """ns or figures, one a round."""
        found = []
        for run in self.runs.get((data, subject), []):
            value = run.works.get(name, run.figures.get(name))
            if value is not None:
                found.append(value)
        return found

    def spread(self, data, subject, name):
        values = self.values(data, subject, name)
        return Spread.of(values) if values else None

    def ratio(self, data, slow, fast):
        """How many times as fast `fast` is as `slow`, each a subject and a work, round by round."""
        pairs = zip(self.values(data, *slow), self.values(data, *fast))
        ratios = [a / b for a, b in pairs]
        return Spread.of(ratios) if ratios else None

    def as_json(self):
        measured = [
            {"data": asdict(data), "subject": subject, "rounds": [vars(run) for run in runs]}
            for (data, subject), runs in self.runs.items()
        ]
        missing = [
            {"data": asdict(data), "subject": subject, "missing": why}
            for (data, subject), why in self.missing.items()
        ]
        return measured + missing

    @classmethod
    def from_json(cls, entries):
        results = cls()
        for entry in entries:
            key = Data(**entry["data"]), entry["subject"]
            if "missing" in entry:
                results.missing[key] = entry["missing"]
            for run in entry.get("rounds", []):
                results.runs.setdefault(key, []).append(Run(**run))
        return results

    def subjects_by_data(self):
        """{data: [subjects]}, in the order in which they were measured."""
        found = {}
        for data, subject in self.runs:
            found.setdefault(data, []).append(subject)
        return found
