# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright 2026 the wine-rtm authors
"""The figures to reach: what of ours is held against what of whom."""

from dataclasses import dataclass

from results import Spread


@dataclass(frozen=True)
class Figure:
    """One of them. `of` gives a Spread of it, or None where it was not measured."""

    title: str
    family: str
    of: object
    ours: object  # what is shown of our side
    peer: object  # and of the other
    must: float
    goal: float
    is_limit: bool = False  # the less, the better
    unit: str = "x"

    def holds(self, value, bound):
        if bound is None:
            return None
        return value <= bound if self.is_limit else value >= bound


def rate(subject, work):
    """Shows it in millions a second."""

    def show(results, data, form):
        spread = results.spread(data, subject or form, work)
        return f"{1000 / spread.median:.2f} M/s" if spread else "-"

    return show


def value(subject, name, unit):
    def show(results, data, form):
        spread = results.spread(data, subject or form, name)
        return f"{spread.median:.1f} {unit}" if spread else "-"

    return show


def nothing(_results, _data, _form):
    return ""


def against(title, work, peer, must, goal, family="IPv4", shown=None):
    """The same work of a peer."""
    return Figure(
        title,
        family,
        lambda results, data, form: results.ratio(data, (peer, work), (form, work)),
        rate(None, work),
        lambda results, data, form: f"{rate(peer, work)(results, data, form)} {shown or peer}",
        must,
        goal,
    )


def against_own(title, work, own_work, must, goal):
    """Other work of ours."""
    return Figure(
        title,
        "IPv4",
        lambda results, data, form: results.ratio(data, (form, own_work), (form, work)),
        rate(None, work),
        lambda results, data, form: f"{rate(None, own_work)(results, data, form)} alone",
        must,
        goal,
    )


def at_most(title, names, unit, must, goal):
    """The largest of some figures."""

    def worst(results, data, form):
        rounds = list(zip(*(results.values(data, form, name) for name in names)))
        return Spread.of([max(values) for values in rounds]) if rounds else None

    def show(results, data, form):
        spread = worst(results, data, form)
        return f"{spread.median:.1f} {unit}" if spread else "-"

    return Figure(title, "IPv4", worst, show, nothing, must, goal, True, unit)


COLLECTION_MS = 20  # NotificationDelay where the registry does not say otherwise

FIGURES = [
    against("add, a change client draining", "add_told", "bird", 1.0, 1.5, shown="BIRD pipe"),
    against("  by CPU time of all threads", "add_told_cpu", "bird", None, None, shown="BIRD pipe"),
    at_most("memory for each route", ["bytes_resident", "bytes_private"], "B", 220, 160),
    against("longest match, info, release", "longest", "rte_rib", 5, 10),
    against("  beside the fastest index", "longest", "rte_fib", None, 0.25),
    against("exact match, info, release", "exact", "frr_table", 1.3, 2, shown="FRR lookup"),
    against("walk in order, info, release", "walk", "frr_table", 1, 2, shown="FRR next"),
    against("delete", "delete", "rte_rib", 1.5, 3),
    against_own("reader beside a writer", "reader_beside_writer", "one_reader", 0.5, 0.7),
    against_own("two readers", "two_readers", "one_reader", 1.5, 1.9),
    against("longest match, info, release", "longest", "rte_rib", 3, 5, family="IPv6"),
    at_most("change to callback, 99 of 100", ["notice_p99"], "ms", 2 * COLLECTION_MS, None),
    at_most("a reader's longest stall", ["stall_leave", "stall_expire"], "ms", 20, 5),
]
