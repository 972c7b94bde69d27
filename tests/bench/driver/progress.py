# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright 2026 the wine-rtm authors
"""What is going on, on stderr."""

import sys
import time


class Progress:
    """Counts steps; on a terminal one line that redraws itself."""

    def __init__(self, steps):
        self._steps = steps
        self._done = 0
        self._began = time.monotonic()
        self._redraws = sys.stderr.isatty()

    def step(self, text):
        percent = 100 * self._done // self._steps
        self._done += 1
        line = f"    {percent:3} %  {time.monotonic() - self._began:4.0f} s  {text}"
        if self._redraws:
            sys.stderr.write(f"\r\033[K{line:.100}")
        else:
            sys.stderr.write(f"{line}\n")
        sys.stderr.flush()

    def end(self):
        if self._redraws:
            sys.stderr.write("\r\033[K")
