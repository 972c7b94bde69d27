// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Checked calls: looking for routes.

#pragma once

#include "checked/routes.h"
#include "model/queries.h"

namespace fuzz
{

/// `question` has the match flags and all that goes with them. What it fills goes to *got.
bool exact_match_route(Session& session, HANDLE me, const std::optional<RTM_NET_ADDRESS>& address,
                       const model::Question& question, RTM_VIEW_SET views, bool wants_handle,
                       Buffer* got);

} // namespace fuzz
