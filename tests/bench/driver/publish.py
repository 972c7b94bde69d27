# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright 2026 the wine-rtm authors
"""The headline table and the plot of the project's README."""

import machine
import plots
import text

BEGIN = "<!-- written by tools/bench --publish, from here -->\n"
END = "<!-- to here -->\n"
PLOT = "tests/bench/growth.svg"


def table_row(*cells):
    return "| " + " | ".join(cell.strip() for cell in cells) + " |\n"


def table(results, form):
    heads = table_row("", "rtm.dll", "compared with", "times as fast (spread)")
    rows = [heads, "|---|---|---|---|\n"]
    for row in text.figure_rows(results, form):
        if row.ours != "-":
            ratio = row.ratio if row.peer else ""
            rows.append(table_row(row.title, row.ours, row.peer, ratio))
    return "".join(rows)


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
