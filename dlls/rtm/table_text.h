// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Tables as a person reads them, in the style of "ip route".
//
//     table instance 0 AF_INET
//     10.0.0.0/8 via 192.0.2.1 dev if2 proto 0x8/0 preference 120 metric 2 view unicast best
//     unicast 10.1.0.0/16 proto 0x3/0 preference 10 metric 1 view unicast,multicast best
//     unicast,multicast
//             nexthop via 192.0.2.1 dev if2
//             nexthop via 192.0.2.9 dev if3 remote

#pragma once

#include <functional>
#include <string_view>

namespace rtm
{

class Table;

/// Says a table piece by piece, as it is while it is looked at: of what changes meanwhile, much or
/// little may be in it. Throws std::bad_alloc, and what `say` throws.
void write_text(Table& table, const std::function<void(std::string_view)>& say);

} // namespace rtm
