// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "rtmv1.h"

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

namespace rtm
{

namespace
{

unsigned long ul(std::uint32_t value) noexcept
{
    return value;
}

using Bytes = std::uint8_t[4];

const char* describe(const v1::IpNetwork& network) noexcept
{
    Bytes number;
    std::memcpy(number, &network.number, sizeof(number));
    if (const auto prefix = v1::Ip::network_of(network))
        return wine_dbg_sprintf("%u.%u.%u.%u/%u", number[0], number[1], number[2], number[3],
                                prefix->length);
    Bytes mask;
    std::memcpy(mask, &network.mask, sizeof(mask));
    return wine_dbg_sprintf("%u.%u.%u.%u mask %u.%u.%u.%u", number[0], number[1], number[2],
                            number[3], mask[0], mask[1], mask[2], mask[3]);
}

const char* describe(const v1::IpRoute& route) noexcept
{
    Bytes hop;
    std::memcpy(hop, &route.next_hop.number, sizeof(hop));
    return wine_dbg_sprintf("{%s via %u.%u.%u.%u on interface %lu, protocol %lu, metric %lu}",
                            describe(route.network), hop[0], hop[1], hop[2], hop[3],
                            ul(route.interface_id), ul(route.protocol), ul(route.data.metric));
}

const char* describe(const v1::IpxRoute& route) noexcept
{
    const auto& hop = route.next_hop;
    return wine_dbg_sprintf("{%08lx via %02x%02x%02x%02x%02x%02x on interface %lu, protocol %lu, "
                            "ticks %u, hops %u}",
                            ul(route.network), hop[0], hop[1], hop[2], hop[3], hop[4], hop[5],
                            ul(route.interface_id), ul(route.protocol), route.data.ticks,
                            route.data.hops);
}

const char* change_name(DWORD flags) noexcept
{
    switch (flags) {
    case RTM_ROUTE_ADDED:
        return "RTM_ROUTE_ADDED";
    case RTM_ROUTE_DELETED:
        return "RTM_ROUTE_DELETED";
    default:
        return "RTM_ROUTE_CHANGED";
    }
}

template <class Change> void trace_best_route(const Change& change) noexcept
{
    if (change.flags == RTM_NO_CHANGE)
        return;
    TRACE("%s: %s was %s\n", change_name(change.flags),
          change.flags & RTM_CURRENT_BEST_ROUTE ? describe(change.current) : "none",
          change.flags & RTM_PREVIOUS_BEST_ROUTE ? describe(change.previous) : "none");
}

} // namespace

void trace_change(const v1::BestRouteChange<v1::Ip>& change) noexcept
{
    trace_best_route(change);
}

void trace_change(const v1::BestRouteChange<v1::Ipx>& change) noexcept
{
    trace_best_route(change);
}

DWORD v1_code(Status status) noexcept
{
    switch (status) {
    case Status::not_found: // ERROR_NO_ROUTES, ERROR_NO_MORE_ROUTES, ERROR_NO_SUCH_ROUTE
        return ERROR_NO_ROUTES;
    case Status::bad_configuration: // which RTMv1 has no code for
        return ERROR_NO_SYSTEM_RESOURCES;
    default:
        return win32_code(status);
    }
}

const char* family_name(DWORD family) noexcept
{
    switch (family) {
    case RTM_PROTOCOL_FAMILY_IP:
        return "IP";
    case RTM_PROTOCOL_FAMILY_IPX:
        return "IPX";
    default:
        return wine_dbg_sprintf("family %lu", ul(family));
    }
}

const char* describe_route(DWORD family, const void* route) noexcept
{
    if (!route)
        return "(null)";
    if (family == RTM_PROTOCOL_FAMILY_IP)
        return describe(read_record<v1::IpRoute>(route));
    if (family == RTM_PROTOCOL_FAMILY_IPX)
        return describe(read_record<v1::IpxRoute>(route));
    return wine_dbg_sprintf("%p", route);
}

const char* describe_route_of(HANDLE client, const void* route) noexcept
{
    const char* text = wine_dbg_sprintf("%p", route);
    if (route)
        v1_engine().with_client(to_handle(client), [&](auto& table, auto& its_client) {
            auto record = read_record<RouteOf<decltype(table)>>(route);
            record.protocol = its_client.protocol; // whatever the client says there
            text = describe(record);
            return Status::ok;
        });
    return text;
}

const char* describe_network(DWORD family, const void* network) noexcept
{
    if (network && family == RTM_PROTOCOL_FAMILY_IP)
        return describe(read_record<v1::IpNetwork>(network));
    if (network && family == RTM_PROTOCOL_FAMILY_IPX)
        return wine_dbg_sprintf("%08lx", ul(read_record<std::uint32_t>(network)));
    return wine_dbg_sprintf("%p", network);
}

const char* life_text(DWORD seconds) noexcept
{
    return seconds == INFINITE ? "for ever" : wine_dbg_sprintf("for %lu s", ul(seconds));
}

const char* criteria_names(DWORD flags) noexcept
{
    if (flags == 0)
        return "all";
    const DWORD others = flags & ~v1::only::defined;
    return wine_dbg_sprintf("%s%s%s%s%s", flags & RTM_ONLY_THIS_NETWORK ? "network " : "",
                            flags & RTM_ONLY_THIS_INTERFACE ? "interface " : "",
                            flags & RTM_ONLY_THIS_PROTOCOL ? "protocol " : "",
                            flags & RTM_ONLY_BEST_ROUTES ? "best" : "",
                            others != 0 ? wine_dbg_sprintf(" %#lx", ul(others)) : "");
}

} // namespace rtm
