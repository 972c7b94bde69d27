# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright 2026 the wine-rtm authors
"""The programs that measure, each in a process of its own for each run."""

import os
import subprocess
from pathlib import Path

from results import Run

UNAVAILABLE = 77  # what bench_peer exits with when it cannot do what it is asked for


class Unavailable(Exception):
    """A peer that cannot be had here, or cannot do this; the others can be measured."""


class Failure(Exception):
    """A program that did not end well. The others are measured; but all is not well."""


def options_of(data, table):
    """What a program is told of the data; `table` is the file with the Internet's."""
    options = ["--count", str(data.count)]
    if data.family == "IPv6":
        options.append("--ipv6")
    if data.few:
        options.append("--few")
    if data.name == "Internet":
        options += ["--table", table]
    return options


def run_lines(command, env=None):
    """Runs it; what it says becomes a Run."""
    run = Run()
    with subprocess.Popen(
        command,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        for line in process.stdout:
            run.add_line(line)
        said = process.stderr.read().strip()
    if process.returncode == UNAVAILABLE:
        raise Unavailable(said.splitlines()[-1])
    if process.returncode:
        raise Failure(f"{' '.join(map(str, command))} fails: {said}")
    run.settle()
    return run


class Ours:
    """A form of rtm.dll, called by a Windows program."""

    def __init__(self, form, setup):
        self.name = form
        self.setup = setup

    def measure(self, data):
        setup = self.setup
        command = [setup.wine_loader, setup.bench_table]
        options = options_of(data, f"Z:{setup.internet_table}")
        return run_lines(command + options, {"WINEDLLPATH": f"{setup.stage}/{self.name}"})


class Peer:
    """Somebody else's table in a program of ours."""

    def __init__(self, name, setup):
        self.name = name
        self.setup = setup

    def measure(self, data):
        setup = self.setup
        command = [setup.programs / "bench_peer", "--peer", self.name]
        options = options_of(data, setup.internet_table)
        return run_lines(command + options, {"RTM_BENCH_LIBFRR": str(libfrr(setup))})


class Native:
    """The doors of rtm.dll and its engine without Wine."""

    name = "native"

    def __init__(self, setup):
        self.setup = setup

    def measure(self, data):
        program = self.setup.native / "bench_native"
        if not program.exists():
            raise Unavailable("built without Google Benchmark")
        return run_lines([program, *options_of(data, self.setup.internet_table)])


def libfrr(setup):
    """FRR's library among what was unpacked; or else a name for the system's."""
    found = sorted(Path(setup.unpacked).glob("usr/lib/*/frr/libfrr.so.0"))
    return found[0] if found else "libfrr.so.0"
