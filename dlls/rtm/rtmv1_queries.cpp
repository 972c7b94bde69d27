// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// RTMv1: questions that anyone may ask.

#include "rtmv1.h"

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

using namespace rtm;

namespace
{

constexpr std::uint64_t ticks_per_second = 10000000; // of FILETIME

std::uint64_t ticks_of(DWORD low, DWORD high)
{
    return static_cast<std::uint64_t>(high) << 32 | low;
}

/// Routes are stamped with a clock that may be a little ahead.
bool read_age(const FileTime& stamp, ULONG& seconds)
{
    FILETIME time;
    GetSystemTimeAsFileTime(&time);
    const std::uint64_t now = ticks_of(time.dwLowDateTime, time.dwHighDateTime);
    const std::uint64_t then = ticks_of(stamp.low, stamp.high);
    if (then == 0 || then > now + ticks_per_second)
        return false;
    const std::uint64_t age = then < now ? (now - then) / ticks_per_second : 0;
    seconds = static_cast<ULONG>(age);
    return age < INFINITE;
}

/// The result of a function whose FALSE means a failure only with a last error other than 0.
BOOL found_or_error(DWORD code, bool found)
{
    if (!found)
        SetLastError(code);
    return found;
}

} // namespace

BOOL WINAPI RtmIsRoute(DWORD protocol_family, PVOID network, PVOID best_route)
{
    TRACE("(%s, %s, %p)\n", rtm::family_name(protocol_family),
          describe_network(protocol_family, network), best_route);
    bool found = false;
    const DWORD code = answer(__func__, [&]() -> DWORD {
        return v1_code(with_table(protocol_family, [&](auto& table) {
            using Family = FamilyOf<decltype(table)>;
            if (!network || !best_route)
                return Status::invalid_parameter;
            const auto key = Family::network_of(read_record<typename Family::Network>(network));
            if (!key)
                return Status::invalid_parameter;
            typename Family::Route best;
            found = table.find_best(*key, best);
            if (found)
                write_record(best_route, best);
            return Status::ok;
        }));
    });
    return found_or_error(code, found);
}

BOOL WINAPI RtmLookupIPDestination(DWORD address, PRTM_IP_ROUTE route)
{
    const v1::IpNetwork host{address, ~std::uint32_t(0)};
    TRACE("(%s, %p)\n", describe_network(RTM_PROTOCOL_FAMILY_IP, &host), route);
    bool found = false;
    const DWORD code = answer(__func__, [&]() -> DWORD {
        if (!route)
            return ERROR_INVALID_PARAMETER;
        v1::IpRoute best;
        found = v1_engine().ip().find_best_for(*v1::Ip::network_of(host), best);
        if (found)
            write_record(route, best);
        return NO_ERROR;
    });
    return found_or_error(code, found);
}

ULONG WINAPI RtmGetNetworkCount(DWORD protocol_family)
{
    TRACE("(%s)\n", rtm::family_name(protocol_family));
    ULONG count = 0;
    const DWORD code = answer(__func__, [&]() -> DWORD {
        return v1_code(with_table(protocol_family, [&](auto& table) {
            count = table.count_networks();
            return Status::ok;
        }));
    });
    if (count == 0)
        SetLastError(code);
    return count;
}

ULONG WINAPI RtmGetRouteAge(PVOID route)
{
    TRACE("(%p)\n", route);
    ULONG age = 0;
    const DWORD code = answer(__func__, [&]() -> DWORD {
        // Of either family: both begin with the time.
        return route && read_age(read_record<FileTime>(route), age) ? NO_ERROR
                                                                    : ERROR_INVALID_PARAMETER;
    });
    if (code == NO_ERROR)
        return age;
    SetLastError(code);
    return INFINITE;
}
