// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// RTMv1: walks over a table, with a handle and without.

#include "rtmv1.h"

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

using namespace rtm;

namespace
{

/// The first route of a walk; in `walk` where it goes on.
template <class Table, class WalkOfTable>
Status store_next(Table& table, WalkOfTable walk, void* to)
{
    RouteOf<Table> route;
    if (!table.next(walk, route))
        return Status::not_found;
    if (to)
        write_record(to, route);
    return Status::ok;
}

} // namespace

HANDLE WINAPI RtmCreateEnumerationHandle(DWORD protocol_family, DWORD enumeration_flags,
                                         PVOID criteria_route)
{
    TRACE("(%s, %s, %s)\n", rtm::family_name(protocol_family), criteria_names(enumeration_flags),
          describe_route(protocol_family, criteria_route));
    Handle made = 0;
    const DWORD code = answer(__func__, [&]() -> DWORD {
        return v1_code(with_table(protocol_family, [&](auto& table) {
            v1::Walk<FamilyOf<decltype(table)>> walk;
            const Status read = read_criteria(enumeration_flags, criteria_route, walk.criteria);
            if (read != Status::ok)
                return read;
            const Status status = store_next(table, walk, nullptr);
            if (status == Status::ok)
                made = v1_engine().begin(walk);
            return status;
        }));
    });
    if (code != NO_ERROR)
        SetLastError(code);
    return to_win32(made);
}

DWORD WINAPI RtmEnumerateGetNextRoute(HANDLE enumeration_handle, PVOID route)
{
    TRACE("(%p, %p)\n", enumeration_handle, route);
    return answer(__func__, [&]() -> DWORD {
        if (!route)
            return v1_engine().is_enumeration(to_handle(enumeration_handle))
                       ? ERROR_INVALID_PARAMETER
                       : ERROR_INVALID_HANDLE;
        return v1_code(v1_engine().next(to_handle(enumeration_handle),
                                        [&](const auto& found) { write_record(route, found); }));
    });
}

DWORD WINAPI RtmCloseEnumerationHandle(HANDLE enumeration_handle)
{
    TRACE("(%p)\n", enumeration_handle);
    return answer(__func__, [&]() -> DWORD {
        return v1_engine().end(to_handle(enumeration_handle)) ? NO_ERROR : ERROR_INVALID_HANDLE;
    });
}

DWORD WINAPI RtmGetFirstRoute(DWORD protocol_family, DWORD enumeration_flags, PVOID route)
{
    TRACE("(%s, %s, %s)\n", rtm::family_name(protocol_family), criteria_names(enumeration_flags),
          describe_route(protocol_family, route));
    return answer(__func__, [&]() -> DWORD {
        return v1_code(with_table(protocol_family, [&](auto& table) {
            v1::Walk<FamilyOf<decltype(table)>> walk;
            if (!route)
                return Status::invalid_parameter;
            const Status read = read_criteria(enumeration_flags, route, walk.criteria);
            return read == Status::ok ? store_next(table, walk, route) : read;
        }));
    });
}

DWORD WINAPI RtmGetNextRoute(DWORD protocol_family, DWORD enumeration_flags, PVOID route)
{
    TRACE("(%s, %s, %s)\n", rtm::family_name(protocol_family), criteria_names(enumeration_flags),
          describe_route(protocol_family, route));
    return answer(__func__, [&]() -> DWORD {
        return v1_code(with_table(protocol_family, [&](auto& table) {
            using Family = FamilyOf<decltype(table)>;
            v1::Walk<Family> walk;
            if (!route)
                return Status::invalid_parameter;
            const Status read = read_criteria(enumeration_flags, route, walk.criteria);
            walk.last = v1::key_of<Family>(read_record<typename Family::Route>(route));
            if (read != Status::ok || !walk.last)
                return Status::invalid_parameter;
            return store_next(table, walk, route);
        }));
    });
}
