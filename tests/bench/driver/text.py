# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright 2026 the wine-rtm authors
"""The report in the terminal."""

from typing import NamedTuple

from figures import FIGURES

# What is shown of all subjects, in this order.
WORKS = {
    "add": "add",
    "add_with_ttl": "  with a time to live",
    "add_watched": "  while a change client drains",
    "add_told": "  until the change client has all",
    "add_told_cpu": "    by CPU time of all threads",
    "crowd": "  by 8, and 8 told of all",
    "update": "update",
    "update_by_handle": "  by handle",
    "edit": "  in place, locked",
    "exact": "exact match, info, release",
    "longest": "longest match, info, release",
    "longest_uniform": "  any address",
    "longest_zipf": "  few prefixes often (Zipf)",
    "chain": "  each depends on the last",
    "climb": "to the next less specific",
    "route_info": "route info, release",
    "handle_check": "refuse what is no handle",
    "walk": "walk in order, info, release",
    "walk_dests": "  destinations alone",
    "walk_routes": "  routes alone",
    "one_reader": "reader on a thread",
    "two_readers": "  two of them",
    "reader_beside_writer": "  beside a writer",
    "writer_beside_reader": "  that writer",
    "two_readers_beside_writer": "  two beside a writer",
    "delete": "delete",
    "leave": "leave, each route",
    "expire": "expire, each route",
}
SINGLE_FIGURES = {
    "bytes_private": "bytes a route, by allocator",
    "bytes_resident": "  resident",
    "bytes_after_deleting": "  left when all are deleted",
    "bytes_after_leaving": "  left when all have left",
    "notice_median": "change to callback, ms",
    "notice_p99": "  99 of 100",
    "stall_quiet": "reader's longest stall, ms",
    "stall_leave": "  while the owner leaves",
    "stall_expire": "  while all expire",
}


def number(value):
    """Four figures at most."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def spread_text(spread):
    return f"{number(spread.median)} ({number(spread.low)}-{number(spread.high)})"


def print_subjects(results, data, subjects):
    """A column for each subject: million a second."""
    print(f"\n{data}: millions a second\n")
    print(" " * 34 + "".join(f"{subject:>10}" for subject in subjects))
    print_rows(results, data, subjects, WORKS, lambda ns: 1000 / ns)
    print()
    print_rows(results, data, subjects, SINGLE_FIGURES, lambda value: value)


def print_rows(results, data, subjects, rows, shown):
    for name, title in rows.items():
        spreads = [results.spread(data, subject, name) for subject in subjects]
        if any(spreads):
            cells = [number(shown(s.median)) if s and s.median else "-" for s in spreads]
            print(f"{title:34}" + "".join(f"{cell:>10}" for cell in cells))


def verdict(figure, spread):
    """What holds; the lesser of 'must' and 'goal' that is there to be held."""
    if figure.holds(spread.median, figure.goal):
        return "goal"
    if figure.must is None:
        return "short of goal" if figure.goal is not None else ""
    return "must" if figure.holds(spread.median, figure.must) else "FAILS"


def whole_tables(results):
    """The data with which everything was measured."""
    return [data for data in results.subjects_by_data() if not data.few]


def bound_text(bound, unit):
    return "" if bound is None else f"{bound:g} {unit}"


class FigureRow(NamedTuple):
    """A figure to reach and whether it is, as text."""

    title: str
    ours: str
    peer: str
    ratio: str
    must: str
    goal: str
    holds: str


def figure_rows(results, form):
    """A row for each figure."""
    datas = whole_tables(results)
    for figure in FIGURES:
        data = next((d for d in datas if d.family == figure.family), None)
        spread = data and figure.of(results, data, form)
        bounds = [bound_text(bound, figure.unit) for bound in (figure.must, figure.goal)]
        title = figure.title + (", IPv6" if figure.family == "IPv6" else "")
        if spread:
            ours, peer = figure.ours(results, data, form), figure.peer(results, data, form)
            held = verdict(figure, spread)
            yield FigureRow(title, ours, peer, spread_text(spread), *bounds, held)
        else:
            yield FigureRow(title, "-", "-", "not measured", *bounds, "")


HEADS = FigureRow("", "ours", "peer", "ratio (spread)", "must", "goal", "holds")
WIDTHS = (36, 11, 22, 21, 8, 9, 13)


def print_figures(results, form):
    print(f"\nFigures to reach, {form}\n")
    for row in (HEADS, *figure_rows(results, form)):
        print("".join(f"{cell:<{width}}" for cell, width in zip(row, WIDTHS)).rstrip())


def print_missing(results):
    for (data, subject), why in results.missing.items():
        print(f"not measured: {subject} with {data}: {why}")


def print_all(results, forms):
    for data, subjects in results.subjects_by_data().items():
        print_subjects(results, data, subjects)
    for form in forms:
        print_figures(results, form)
    print()
    print_missing(results)
