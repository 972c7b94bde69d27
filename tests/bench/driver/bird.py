# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright 2026 the wine-rtm authors
"""BIRD, started for one run in a network namespace, where it finds no device and no kernel route.

Its static protocol has the prefixes as routes, in the order in which others add them. Switching it
on feeds a table, which a pipe copies into another: each route is added, and a client is told of it.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from programs import Unavailable, options_of
from results import Run

CONFIGURATION = """\
log "{directory}/log" {{ fatal, error, bug }};
router id 192.0.2.1;
{family} table fed;
{family} table piped;
protocol pipe copy {{ disabled; table fed; peer table piped; export all; import none; }}
protocol static feed {{
    disabled;
    {family} {{ table fed; import all; }};
    include "{directory}/routes";
}}
"""

PATIENCE = 60  # seconds


class Bird:
    """The peer."""

    name = "bird"

    def __init__(self, setup):
        self.setup = setup

    def measure(self, data):
        run = Run()
        with tempfile.TemporaryDirectory() as directory:
            routes = write_configuration(Path(directory), data, self.setup)
            with Daemon(find_bird(self.setup), Path(directory)) as daemon:
                measure(daemon, run, routes)
        run.settle()
        return run


def find_bird(setup):
    """The program among what was unpacked, or the system's."""
    unpacked = Path(setup.unpacked) / "usr/sbin/bird"
    found = unpacked if unpacked.exists() else shutil.which("bird", path="/usr/sbin:/usr/bin")
    if not found:
        raise Unavailable("bird is not installed")
    return found


def write_configuration(directory, data, setup):
    """Returns how many routes there are."""
    listing = subprocess.run(
        [setup.programs / "print_prefixes", *options_of(data, setup.internet_table)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
    prefixes = [line.split("\t")[1] for line in listing.splitlines() if line.startswith("prefix")]
    with open(directory / "routes", "w", encoding="ascii") as routes:
        routes.writelines(f"route {prefix} blackhole;\n" for prefix in prefixes)
    (directory / "bird.conf").write_text(
        CONFIGURATION.format(directory=directory, family=data.family.lower()), encoding="ascii"
    )
    return len(prefixes)


class Daemon:
    """BIRD while it runs, asked through its control socket."""

    def __init__(self, program, directory):
        alone = ["unshare", "--net"]
        if os.geteuid():
            alone.append("--map-root-user")
        self._path = directory / "control"
        self._process = subprocess.Popen(
            [*alone, program, "-f", "-c", directory / "bird.conf", "-s", self._path,
             "-P", directory / "pid"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            self._socket = self._connect()
        except Unavailable:
            self._process.kill()
            self._process.wait()
            raise
        self._replies = self._socket.makefile("r", encoding="ascii")
        self._reply()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait()
        self._replies.close()
        self._socket.close()

    def _connect(self):
        last = time.monotonic() + PATIENCE
        while self._process.poll() is None and time.monotonic() < last:
            connection = socket.socket(socket.AF_UNIX)
            try:
                connection.connect(str(self._path))
                return connection
            except OSError:
                connection.close()
                time.sleep(0.1)
        raise Unavailable("bird does not start in a network namespace")

    def _reply(self):
        """Lines begin with a number, and that of the last one is followed by a space."""
        lines = []
        for line in self._replies:
            lines.append(line)
            if line[:4].isdigit() and line[4] == " ":
                return "".join(lines)
        raise Unavailable("bird has ended")

    def ask(self, command):
        self._socket.sendall(command.encode("ascii") + b"\n")
        return self._reply()

    def routes(self, protocol, way):
        """How many routes it has imported to its table or exported from it."""
        for line in self.ask(f"show protocols all {protocol}").splitlines():
            words = line.replace(",", "").split()
            if "Routes:" in words and way in words:
                return int(words[words.index(way) - 1])
        return 0

    def resident_bytes(self):
        fields = Path(f"/proc/{self._process.pid}/statm").read_text(encoding="ascii").split()
        return int(fields[1]) * os.sysconf("SC_PAGESIZE")

    def cpu_ns(self):
        return int(Path(f"/proc/{self._process.pid}/schedstat").read_text("ascii").split()[0])


def time_switch(daemon, command, wanted, protocol="feed", way="imported"):
    """From the command until so many routes are there: (ns by the clock, ns of CPU)."""
    began, cpu = time.perf_counter_ns(), daemon.cpu_ns()
    daemon.ask(command)
    while daemon.routes(protocol, way) != wanted:
        if time.perf_counter_ns() - began > PATIENCE * 1e9:
            raise Unavailable(f"bird does not come to {wanted} routes")
        time.sleep(0.005)
    return time.perf_counter_ns() - began, daemon.cpu_ns() - cpu


def measure(daemon, run, routes):
    """Adds without and with the pipe, and takes all out again."""

    def report(work, took):
        run.add_line(f"work\t{work}\t{took[0] / routes}\t{took[1] / routes}\t-")

    def report_clocks(work, took):
        """One by one, where ours works on several threads."""
        run.add_line(f"work\t{work}\t{took[0] / routes}\t-\t-")
        run.add_line(f"work\t{work}_cpu\t{took[1] / routes}\t-\t-")

    run.add_line(f"figure\tprefixes\t{routes}")
    resident = daemon.resident_bytes()
    report("add", time_switch(daemon, "enable feed", routes))
    run.figures["bytes_resident"] = (daemon.resident_bytes() - resident) / routes
    report("leave", time_switch(daemon, "disable feed", 0))
    daemon.ask("enable copy")
    report_clocks("add_told", time_switch(daemon, "enable feed", routes, "copy", "exported"))
