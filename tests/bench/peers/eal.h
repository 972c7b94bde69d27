// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// DPDK's environment, without huge pages, devices, or files that others could see.

#pragma once

#include "peer.h"

namespace peers
{

void start_eal();
/// What the heap of DPDK has handed out.
double eal_allocated_bytes();

} // namespace peers
