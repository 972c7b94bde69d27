// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// RTMv1: adding and deleting routes.

#include "rtmv1.h"

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

using namespace rtm;

namespace
{

constexpr DWORD longest_life = 2147483; // seconds, so that their milliseconds fit 31 bits

/// False if that is no time to live.
bool read_life(DWORD seconds, std::uint32_t& milliseconds)
{
    if (seconds != INFINITE && seconds > longest_life)
        return false;
    milliseconds = seconds == INFINITE ? forever : seconds * 1000;
    return true;
}

} // namespace

DWORD WINAPI RtmAddRoute(HANDLE client_handle, PVOID route, DWORD time_to_live, DWORD* flags,
                         PVOID cur_best_route, PVOID prev_best_route)
{
    TRACE("(%p, %s, %s, %p, %p, %p)\n", client_handle, describe_route_of(client_handle, route),
          life_text(time_to_live), flags, cur_best_route, prev_best_route);
    return answer(__func__, [&]() -> DWORD {
        const Status status =
            v1_engine().with_client(to_handle(client_handle), [&](auto& table, auto& client) {
                std::uint32_t life;
                if (!route || !flags || !read_life(time_to_live, life))
                    return Status::invalid_parameter;
                v1::BestRouteChange<FamilyOf<decltype(table)>> change;
                const Status added =
                    table.add(client, read_record<RouteOf<decltype(table)>>(route), life, change);
                if (added == Status::ok)
                    write_change(change, *flags, cur_best_route, prev_best_route);
                return added;
            });
        return v1_code(status);
    });
}

DWORD WINAPI RtmDeleteRoute(HANDLE client_handle, PVOID route, DWORD* flags, PVOID cur_best_route)
{
    TRACE("(%p, %s, %p, %p)\n", client_handle, describe_route_of(client_handle, route), flags,
          cur_best_route);
    return answer(__func__, [&]() -> DWORD {
        const Status status =
            v1_engine().with_client(to_handle(client_handle), [&](auto& table, auto& client) {
                if (!route || !flags)
                    return Status::invalid_parameter;
                v1::BestRouteChange<FamilyOf<decltype(table)>> change;
                const Status deleted = table.remove(
                    client, read_record<RouteOf<decltype(table)>>(route), v1::Told::others, change);
                if (deleted == Status::ok)
                    write_change(change, *flags, cur_best_route, nullptr);
                return deleted;
            });
        return v1_code(status);
    });
}

DWORD WINAPI RtmBlockDeleteRoutes(HANDLE client_handle, DWORD enumeration_flags,
                                  PVOID criteria_route)
{
    TRACE("(%p, %s, %s)\n", client_handle, criteria_names(enumeration_flags),
          describe_route_of(client_handle, criteria_route));
    return answer(__func__, [&]() -> DWORD {
        const Status status =
            v1_engine().with_client(to_handle(client_handle), [&](auto& table, auto& client) {
                v1::Criteria<FamilyOf<decltype(table)>> criteria;
                const Status read = read_criteria(enumeration_flags, criteria_route, criteria);
                return read == Status::ok ? v1_engine().remove_all(table, client, criteria) : read;
            });
        return v1_code(status);
    });
}
