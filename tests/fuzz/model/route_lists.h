// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Clients' own lists of routes.

#pragma once

#include "world.h"

namespace model
{

struct MadeList {
    Verdict verdict;
    RouteList* list = nullptr;
};

MadeList create_list(World& world, Name registration, bool wants_handle);

/// Null for a NULL array.
Verdict insert_in_list(World& world, Name registration, Name list, unsigned count,
                       const std::vector<Name>* routes);

Verdict delete_list(World& world, Name registration, Name list);

/// Moves a route to a list, or out of any.
void put_in_list(World& world, Route& route, RouteList* list);

} // namespace model
