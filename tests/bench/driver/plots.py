# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright 2026 the wine-rtm authors
"""Plots, by gnuplot."""

import shutil
import subprocess

import text

TITLES = {
    "winelib": "rtm.dll, winelib",
    "pe": "rtm.dll, PE",
    "native": "rtm.dll without Wine",
    "rte_rib": "DPDK rte_rib",
    "rte_fib": "DPDK rte_fib",
    "frr_table": "FRR route_table",
    "trie": "plain trie",
}

STYLE = """\
set terminal svg size 760,460 font 'sans-serif,12' background rgb 'white'
set output '{output}'
set title "{title}"
set xlabel '{xlabel}'
set ylabel '{ylabel}'
set logscale x
set grid lc rgb '#d0d0d0'
set key {key}
set autoscale xfix
set format x "{format}"
{more}
"""


def draw(output, settings, curves):
    """Draws curves, {title: [(x, y)...]}, into an SVG file."""
    script = STYLE.format(output=output, **settings)
    plots = []
    for index, (title, points) in enumerate(curves.items()):
        rows = "\n".join(f"{x} {y}" for x, y in points)
        script += f"$data{index} << EOD\n{rows}\nEOD\n"
        width = 3 if index == 0 else 1.5
        title = TITLES.get(title, title).replace("_", "\\\\_")
        plots.append(f"$data{index} using 1:2 with {settings['with']} lw {width} title \"{title}\"")
    script += "plot " + ", ".join(plots) + "\n"
    subprocess.run(["gnuplot"], input=script, text=True, check=True, stdout=subprocess.DEVNULL)
    return output


def growth_curves(results, work):
    """Millions a second against the number of prefixes."""
    curves = {}
    for data, subjects in results.subjects_by_data().items():
        if data.few and data.name == "made up":
            for subject in subjects:
                spread = results.spread(data, subject, work)
                if spread:
                    curves.setdefault(subject, []).append((data.count, 1000 / spread.median))
    return curves


def draw_growth(results, output, work, title):
    """Returns the file; None if there is nothing to be seen in it."""
    curves = growth_curves(results, work)
    if not any(len(points) > 1 for points in curves.values()):
        return None
    settings = {
        "title": f"{title}: rate by size of the table",
        "xlabel": "IPv4 prefixes",
        "ylabel": "million a second",
        "format": "%.0s %c",
        "key": "outside right",
        "with": "linespoints pt 7 ps 0.6",
        "more": "set logscale y",
    }
    return draw(output, settings, curves)


def latency_curve(run, name):
    """Which share of the calls takes longer: [(seconds, share)...]."""
    steps = run.latencies.get(name, [])
    left = total = sum(calls for _, calls in steps)
    points = []
    for ns, calls in steps:
        left -= calls
        points.append((ns / 1e9, max(left, 0.5) / total))
    return points


LATENCIES = {
    "longest": "longest match, info, release",
    "add": "add",
    "delete": "delete",
    "notice": "from a change to the callback",
}


def draw_latencies(results, data, form, output):
    runs = results.runs.get((data, form))
    if not runs:
        return None
    settings = {
        "title": f"How long single calls take ({form}, {data})",
        "xlabel": "time of a call",
        "ylabel": "share of calls that take longer",
        "format": "%.0s %cs",
        "key": "inside right top",
        "with": "steps",
        "more": "set logscale y; set format y '10^{%L}'",
    }
    curves = {title: latency_curve(runs[-1], name) for name, title in LATENCIES.items()}
    return draw(output, settings, {title: points for title, points in curves.items() if points})


def draw_all(results, form, prefix):
    """Returns the files."""
    if not shutil.which("gnuplot"):
        return ["no plots: gnuplot is missing"]
    drawn = []
    for work, title in (
        ("longest", "longest match"),
        ("exact", "exact match"),
        ("add", "add"),
        ("delete", "delete"),
        ("walk", "walk in order"),
    ):
        drawn.append(draw_growth(results, f"{prefix}-{work}.svg", work, title))
    for data in text.whole_tables(results):
        output = f"{prefix}-latency-{data.family.lower()}.svg"
        drawn.append(draw_latencies(results, data, form, output))
    return [file for file in drawn if file]
