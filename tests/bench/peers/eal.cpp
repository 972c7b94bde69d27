// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "eal.h"

#include <rte_eal.h>
#include <rte_malloc.h>

#include <iterator>

namespace peers
{

void start_eal()
{
    char arguments[][24] = {"bench_peer",     "--no-huge",         "--no-shconf", "--no-pci",
                            "--no-telemetry", "--log-level=error", "-m",          "6144"};
    char* argv[std::size(arguments)];
    for (std::size_t i = 0; i < std::size(arguments); ++i)
        argv[i] = arguments[i];
    if (rte_eal_init(static_cast<int>(std::size(arguments)), argv) < 0)
        throw Unavailable("DPDK does not start here");
}

double eal_allocated_bytes()
{
    rte_malloc_socket_stats stats{};
    rte_malloc_get_socket_stats(0, &stats);
    return static_cast<double>(stats.heap_allocsz_bytes);
}

} // namespace peers
