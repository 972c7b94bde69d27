# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright 2026 the wine-rtm authors
"""The headline table and the plot of the project's README."""

import machine
import plots
import text

BEGIN = "<!-- written by tools/bench --publish, from here -->\n"
END = "<!-- to here -->\n"
PLOT = "tests/bench/growth.svg"


def table(results, form):
    heads = ("", "rtm.dll", "compared with", "times (spread)", "must", "goal", "holds")
    rows = [heads, tuple("---" for _ in heads), *text.figure_rows(results, form)]
    return "".join("| " + " | ".join(cell.strip() for cell in row) + " |\n" for row in rows)


def publish(top, results, form, where):
    readme = top / "README.md"
    before, rest = readme.read_text(encoding="utf-8").split(BEGIN)
    _, after = rest.split(END)
    tables = "; ".join(str(data) for data in text.whole_tables(results))
    block = (
        f"{table(results, form)}\n"
        f"Measured with {tables} ({form} form). {machine.describe_shortly(where)}.\n\n"
        f"![rate of longest matches by size of the table]({PLOT})\n"
    )
    readme.write_text(before + BEGIN + block + END + after, encoding="utf-8")
    plots.draw_growth(results, str(top / PLOT), "longest", "longest match")
    print(f"README.md and {PLOT} are written anew")
