// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Checked calls: route lists, and references of any kind.

#pragma once

#include "checked/session.h"

namespace fuzz
{

bool create_route_list(Session& session, HANDLE me, bool wants_handle);
bool insert_in_route_list(Session& session, HANDLE me, HANDLE list, UINT count,
                          std::vector<HANDLE>* routes);
bool delete_route_list(Session& session, HANDLE me, HANDLE list);

bool reference_handles(Session& session, HANDLE me, UINT count, std::vector<HANDLE>* handles);

} // namespace fuzz
