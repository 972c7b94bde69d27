// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The little that the doors want of Wine itself.

#pragma once

namespace fuzz
{

enum class Debugging {
    off,
    formatted, ///< every message is made, and forgotten
    shown,     ///< and printed to stderr
};

/// What becomes of the messages of the debug channels from now on.
void set_debugging(Debugging debugging);

} // namespace fuzz
