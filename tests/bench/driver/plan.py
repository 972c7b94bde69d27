# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright 2026 the wine-rtm authors
"""What is measured, with what, how often."""

from dataclasses import dataclass

from bird import Bird
from programs import Native, Ours, Peer
from results import Data

PEERS = ("rte_rib", "rte_fib", "rte_lpm", "frr_table", "kernel", "trie", "map", "hash")
GROWTH_SIZES = (1_000, 10_000, 100_000, 1_000_000, 4_000_000)
GROWTH_PEERS = ("rte_rib", "rte_fib", "frr_table", "trie")


@dataclass
class Stage:
    """Runs of some subjects with one table, so many rounds of them."""

    data: Data
    subjects: list
    rounds: int


def all_subjects(setup, forms):
    ours = [Ours(form, setup) for form in forms]
    return ours + [Native(setup), Bird(setup)] + [Peer(name, setup) for name in PEERS]


def growth(setup, forms, largest):
    subjects = [Ours(forms[0], setup)] + [Peer(name, setup) for name in GROWTH_PEERS]
    for size in GROWTH_SIZES:
        if size <= largest:
            yield Stage(Data("made up", "IPv4", size, few=True), subjects, 1)


def full(setup, forms, rounds):
    subjects = all_subjects(setup, forms)
    yield Stage(Data("made up", "IPv4", 1_000_000), subjects, rounds)
    yield Stage(Data("made up", "IPv6", 200_000), subjects, rounds)
    yield from growth(setup, forms, 4_000_000)
    if setup.internet_table:
        yield Stage(Data("Internet", "IPv4", 1_000_000, few=True), subjects, rounds)
        yield Stage(Data("Internet", "IPv6", 1_000_000, few=True), subjects, rounds)


def quick(setup, forms, rounds):
    """The peers of the figures to reach, with smaller tables."""
    wanted = {*forms, "native", "bird", "rte_rib", "rte_fib", "frr_table"}
    subjects = [s for s in all_subjects(setup, forms) if s.name in wanted]
    yield Stage(Data("made up", "IPv4", 200_000), subjects, rounds)
    yield Stage(Data("made up", "IPv6", 100_000), subjects, rounds)
    yield from growth(setup, forms, 100_000)
