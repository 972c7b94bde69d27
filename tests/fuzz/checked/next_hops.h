// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Checked calls: next hops.

#pragma once

#include "session.h"

namespace fuzz
{

/// Compares a structure that shows a next hop. `remote` is what it says of the remote destination.
void check_next_hop(Session& session, const RTM_NEXTHOP_INFO& info, const model::NextHop& hop,
                    model::Destination* remote);

/// `handle` is what the pointer points at.
bool add_next_hop(Session& session, HANDLE me, const std::optional<RTM_NEXTHOP_INFO>& info,
                  std::optional<HANDLE> handle, bool has_flags);
bool find_next_hop(Session& session, HANDLE me, const std::optional<RTM_NEXTHOP_INFO>& info,
                   bool wants_handle, bool wants_pointer);
bool delete_next_hop(Session& session, HANDLE me, HANDLE handle,
                     const std::optional<RTM_NEXTHOP_INFO>& info);
/// What it fills goes to *got.
bool get_next_hop_info(Session& session, HANDLE me, HANDLE handle, RTM_NEXTHOP_INFO* got);
bool release_next_hop_info(Session& session, HANDLE me, RTM_NEXTHOP_INFO* info);
bool get_next_hop_pointer(Session& session, HANDLE me, HANDLE handle, bool wants_pointer);
bool lock_next_hop(Session& session, HANDLE me, HANDLE handle, BOOL exclusive, BOOL lock,
                   bool wants_pointer);
bool release_next_hops(Session& session, HANDLE me, UINT count, std::vector<HANDLE>* handles);

/// Edits a next hop through its pointer, if `me` has locked it for that.
bool edit_next_hop(Session& session, HANDLE me, HANDLE handle, USHORT flags,
                   std::uintptr_t specific);

} // namespace fuzz
