// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Checked calls: routes.

#pragma once

#include "checked/buffer.h"
#include "checked/session.h"
#include "model/routes.h"

namespace fuzz
{

/// An RTM_ROUTE_INFO with room for so many next hops and no more.
Buffer route_buffer(std::size_t next_hops);
/// One filled as a client does.
Buffer route_argument(const model::RouteInfo& info, Name owner);

/// Compares the live structure of a route.
void check_route(Session& session, const RTM_ROUTE_INFO& info, model::Route& route);
/// Compares a copy of it. That leaves out next hops that have ended, as happens if clients release
/// them more often than they should.
void check_route_copy(Session& session, const RTM_ROUTE_INFO& info, model::Route& route);

struct AddingRoute {
    std::optional<HANDLE> handle; ///< what the pointer points at
    std::optional<RTM_NET_ADDRESS> address;
    std::optional<model::RouteInfo> info;
    ULONG time_to_live = INFINITE;
    HANDLE list = nullptr;
    std::optional<DWORD> flags;
};

/// Not called if it would wait for a lock.
bool add_route(Session& session, HANDLE me, const AddingRoute& adding);
bool delete_route(Session& session, HANDLE me, HANDLE handle, bool has_flags);
/// What it fills goes to *got if that is there.
bool get_route_info(Session& session, HANDLE me, HANDLE handle, Buffer* got, bool wants_address);
/// A null pointer is passed as one.
bool release_route_info(Session& session, HANDLE me, Buffer* info);
bool get_route_pointer(Session& session, HANDLE me, HANDLE handle, bool wants_pointer);
bool is_best_route(Session& session, HANDLE me, HANDLE handle, bool wants_views);
bool release_routes(Session& session, HANDLE me, UINT count, std::vector<HANDLE>* handles);

} // namespace fuzz
