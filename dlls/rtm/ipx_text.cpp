// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "ipx_text.h"

#include <cstdio>

namespace rtm
{

namespace
{

bool is_best(v1::IpxTable& table, const v1::IpxRoute& route)
{
    v1::IpxRoute best;
    return table.find_best(route.network, best) &&
           v1::key_of<v1::Ipx>(best) == v1::key_of<v1::Ipx>(route);
}

} // namespace

void write_text(v1::IpxTable& table, const std::function<void(std::string_view)>& say)
{
    v1::Walk<v1::Ipx> walk;
    v1::IpxRoute route;
    for (bool is_first = true; table.next(walk, route); is_first = false) {
        if (is_first)
            say("table IPX\n");
        const auto& hop = route.next_hop;
        char text[128];
        std::snprintf(
            text, sizeof(text),
            "%08lx via %02x%02x%02x%02x%02x%02x dev if%lu proto %#lx ticks %u hops %u%s\n",
            static_cast<unsigned long>(route.network), hop[0], hop[1], hop[2], hop[3], hop[4],
            hop[5], static_cast<unsigned long>(route.interface_id),
            static_cast<unsigned long>(route.protocol), route.data.ticks, route.data.hops,
            is_best(table, route) ? " best" : "");
        say(text);
    }
}

} // namespace rtm
