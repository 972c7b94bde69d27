// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// How much the routes of a protocol are preferred when their owner does not say: what an
// administrator finds configured on Windows (documented with "netsh routing ip show
// preferenceforprotocol").

#pragma once

#include <cstdint>

namespace rtm
{

constexpr std::uint32_t default_preference(std::uint32_t protocol) noexcept
{
    switch (protocol) {
    case 2: // local
        return 1;
    case 10006: // static
        return 3;
    case 10007: // static that triggers no dial on demand
        return 5;
    case 10002: // autostatic
        return 7;
    case 3: // network management
        return 10;
    case 13: // OSPF
        return 110;
    case 14: // BGP
        return 115;
    case 8: // RIP
        return 120;
    default:
        return 127;
    }
}

} // namespace rtm
