// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Checked calls: locks of destinations, and editing routes in place. What would wait is not called.

#pragma once

#include "checked/session.h"
#include "model/routes.h"

namespace fuzz
{

bool lock_destination(Session& session, HANDLE me, HANDLE handle, BOOL exclusive, BOOL lock);
bool lock_route(Session& session, HANDLE me, HANDLE handle, BOOL exclusive, BOOL lock,
                bool wants_pointer);

/// What a client may edit in place. Next hops are what the route has unless they are given.
struct Edits {
    std::optional<Name> neighbour;
    std::uint32_t metric = 0;
    std::uint32_t preference = 0;
    model::ViewSet views = 0;
    std::uintptr_t specific = 0;
    std::optional<std::vector<Name>> next_hops;
};

/// Writes to the live route, if `me` has locked it for that: releases the next hops that go and
/// references those that come, as clients have to. Nothing is committed.
bool edit_route(Session& session, HANDLE me, HANDLE handle, const Edits& edits);

/// Undoes what has been edited and not committed of all routes of a destination, as what becomes of
/// that is open once they are unlocked. False if it cannot, as next hops have ended.
bool undo_edits(Session& session, const model::Destination& destination);

bool update_and_unlock(Session& session, HANDLE me, HANDLE handle, ULONG time_to_live, HANDLE list,
                       bool has_flags);

} // namespace fuzz
