// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The way that data of a source come: what reverse path forwarding (RPF) wants to know.

#pragma once

#include "flow.h"

namespace rtm::mgm
{

struct Upstream {
    InterfaceId incoming;
    Address neighbour = 0;

    // The route to the source.
    std::uint32_t route_protocol = 0;
    Address route_network = 0;
    Address route_mask = 0;

    bool operator==(const Upstream&) const = default;
};

} // namespace rtm::mgm
