# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright 2026 the wine-rtm authors
"""Where and with what it was measured."""

import datetime
import os
import platform
import subprocess
from pathlib import Path


def cpu_name():
    for line in Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def first_line(*command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return (done.stdout or done.stderr).splitlines()[0].strip()
    except (OSError, subprocess.CalledProcessError, IndexError):
        return "none"


def package_version(package):
    found = first_line("dpkg-query", "-W", "-f", "${Version}", package)
    if found == "none":
        policy = subprocess.run(
            ["apt-cache", "policy", package], capture_output=True, text=True, check=False
        ).stdout
        found = next((l.split()[1] for l in policy.splitlines() if "Candidate:" in l), "none")
    return found


def describe(top):
    return {
        "date": datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
        "commit": first_line("git", "-C", str(top), "describe", "--always", "--dirty"),
        "cpu": cpu_name(),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGESIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "linux": platform.release(),
        "load": os.getloadavg(),
        "wine": first_line("wine", "--version"),
        "versions": {
            name: package_version(package)
            for name, package in {
                "BIRD": "bird2",
                "FRR": "frr",
                "DPDK": "libdpdk-dev",
                "libloc-database": "libloc-database",
            }.items()
        },
    }


def describe_shortly(machine):
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items())
    return (
        f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_gb']} GB, "
        f"Linux {machine['linux']}, {machine['wine']}, {versions}; "
        f"commit {machine['commit']}, {machine['date'][:10]}, "
        f"load {machine['load'][0]:.1f} at the start"
    )
