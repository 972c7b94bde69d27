// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The routing table of Linux, in a network namespace that goes with the process.

#pragma once

#include "peer.h"

namespace peers
{

std::unique_ptr<Peer> make_kernel_fib(std::uint16_t family);

} // namespace peers
