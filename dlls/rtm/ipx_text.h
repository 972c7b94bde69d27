// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// RTMv1's table of IPX as a person reads it, in the style of table_text.h.
//
//     table IPX
//     cafe0001 via 00001b2c3d4e dev if2 proto 0x1 ticks 6 hops 2 best
//     cafe0001 via 00001b2c3d4f dev if2 proto 0x2 ticks 6 hops 3

#pragma once

#include "v1/ipx_table.h"

#include <functional>
#include <string_view>

namespace rtm
{

/// As write_text() for other tables. Says nothing of a table without routes.
void write_text(v1::IpxTable& table, const std::function<void(std::string_view)>& say);

} // namespace rtm
