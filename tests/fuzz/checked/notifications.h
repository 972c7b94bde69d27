// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Checked calls: change notification.

#pragma once

#include "checked/buffer.h"
#include "checked/session.h"

namespace fuzz
{

bool register_for_changes(Session& session, HANDLE me, RTM_VIEW_SET views, DWORD flags,
                          std::uintptr_t context, bool wants_handle);
bool deregister_from_changes(Session& session, HANDLE me, HANDLE handle);
bool get_changed_dests(Session& session, HANDLE me, HANDLE handle, std::optional<UINT> capacity,
                       bool has_array, Buffer& got, UINT& count);
bool release_changed_dests(Session& session, HANDLE me, HANDLE handle, UINT count, Buffer* infos);
bool ignore_changed_dests(Session& session, HANDLE me, HANDLE handle, UINT count,
                          std::vector<HANDLE>* destinations);
bool mark_dest(Session& session, HANDLE me, HANDLE handle, HANDLE destination, BOOL mark);
bool get_change_status(Session& session, HANDLE me, HANDLE handle, HANDLE destination,
                       bool wants_answer);
bool is_marked(Session& session, HANDLE me, HANDLE handle, HANDLE destination, bool wants_answer);

} // namespace fuzz
