// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Looking for routes by what they have in common with another one.

#pragma once

#include "routes.h"

namespace model
{

struct Question {
    std::uint32_t flags = 0; // RTM_MATCH_*
    std::optional<RouteInfo> info;
    Name owner = 0; // in it
    std::uint32_t interface_index = 0;
};

Criteria criteria_of(const Question& question);
bool matches(const Route& route, const Criteria& criteria);

/// RtmGetExactMatchRoute.
FoundRoute exact_match_route(World& world, Name registration, const std::optional<Address>& address,
                             const Question& question, ViewSet views, bool wants_handle);

} // namespace model
