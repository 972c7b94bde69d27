// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Checked calls: entities and methods. All return whether the call succeeded.

#pragma once

#include "session.h"

namespace fuzz
{

/// Compares what was written to *info.
void check_entity_info(Session& session, const RTM_ENTITY_INFO& info, const model::Entity& entity);

struct Registering {
    std::optional<RTM_ENTITY_INFO> info;
    std::optional<std::vector<bool>> methods; ///< false for a NULL entry
    bool has_callback = false;
    bool reserve_slot = false;
    bool wants_profile = true;
    bool wants_handle = true;
};

bool register_entity(Session& session, const Registering& registering);
bool deregister_entity(Session& session, HANDLE me);

bool get_registered_entities(Session& session, HANDLE me, std::optional<UINT> capacity,
                             bool wants_handles, bool wants_infos, std::vector<HANDLE>& got);
bool release_entities(Session& session, HANDLE me, UINT count, std::vector<HANDLE>* handles);
bool get_entity_info(Session& session, HANDLE me, HANDLE entity, bool wants_info);
bool release_entity_info(Session& session, HANDLE me, bool has_info);

bool get_entity_methods(Session& session, HANDLE me, HANDLE entity, std::optional<UINT> capacity,
                        bool has_array);
/// `output` is the size of the buffer. Not called if it would wait.
bool invoke_method(Session& session, HANDLE me, HANDLE entity, std::optional<DWORD> methods,
                   std::optional<UINT> output, bool has_buffer);
bool block_methods(Session& session, HANDLE me, HANDLE target, UCHAR type, DWORD flag);

} // namespace fuzz
