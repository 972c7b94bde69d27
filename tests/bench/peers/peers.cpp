// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The list of the peers.

#include "baselines.h"
#include "frr.h"
#include "kernel.h"
#include "peer.h"

#ifdef HAVE_DPDK
#include "dpdk.h"
#include "eal.h"
#endif

#include <malloc.h>

namespace peers
{

double malloc_bytes()
{
    const struct mallinfo2 now = mallinfo2();
    return static_cast<double>(now.uordblks) + static_cast<double>(now.hblkhd);
}

double Peer::allocated_bytes() const
{
    return malloc_bytes() - allocated_before_;
}

void prepare([[maybe_unused]] std::string_view name)
{
#ifdef HAVE_DPDK
    if (name.starts_with("rte_"))
        start_eal();
#endif
}

std::unique_ptr<Peer> make_peer(std::string_view name, std::uint16_t family, std::uint32_t count)
{
    if (name == "map")
        return make_map();
    if (name == "hash")
        return make_hash_per_length();
    if (name == "trie")
        return make_trie();
    if (name == "frr_table")
        return make_frr_table(family);
    if (name == "kernel")
        return make_kernel_fib(family);
#ifdef HAVE_DPDK
    const bool is_ipv6 = family == AF_INET6;
    if (name == "rte_rib")
        return is_ipv6 ? make_rte_rib6(count) : make_rte_rib(count);
    if (name == "rte_fib")
        return is_ipv6 ? make_rte_fib6(count) : make_rte_fib(count);
    if (name == "rte_lpm")
        return is_ipv6 ? make_rte_lpm6(count) : make_rte_lpm(count);
#endif
    throw Unavailable("built without " + std::string(name));
}

} // namespace peers
