// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The tables of DPDK.

#pragma once

#include "peer.h"

namespace peers
{

std::unique_ptr<Peer> make_rte_rib(std::uint32_t count);
std::unique_ptr<Peer> make_rte_rib6(std::uint32_t count);
std::unique_ptr<Peer> make_rte_fib(std::uint32_t count);
std::unique_ptr<Peer> make_rte_fib6(std::uint32_t count);
std::unique_ptr<Peer> make_rte_lpm(std::uint32_t count);
std::unique_ptr<Peer> make_rte_lpm6(std::uint32_t count);

} // namespace peers
