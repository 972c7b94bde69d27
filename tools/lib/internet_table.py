# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright 2026 the wine-rtm authors
"""Prints the prefixes that a database of libloc knows to be announced, one a line, with the number
of the network that announces it: '1.1.1.0/24 13335'. A router's neighbours tell of them in no
order, so they are shuffled, the same way each time."""

import hashlib
import sys

import location


def announced(path):
    """What has a network. The rest are ranges that are given out and not announced."""
    for network in location.Database(path).networks:
        if network.asn:
            yield f"{network} {network.asn}"


def place(line):
    return hashlib.blake2b(line.encode(), digest_size=8).digest()


for line in sorted(announced(sys.argv[1]), key=place):
    print(line)
