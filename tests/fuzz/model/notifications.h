// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Change notification.

#pragma once

#include "batches.h"

namespace model
{

struct MadeNotification {
    Verdict verdict;
    Notification* made = nullptr;
};

MadeNotification watch(World& world, Name registration, ViewSet views, std::uint32_t flags,
                       std::uintptr_t context, bool wants_handle);

Verdict unwatch(World& world, Name registration, Name handle);

/// RtmGetChangedDests. Destinations that changed at the same time come in any order: `got` are the
/// prefixes that were delivered.
Batch<DestinationInfo> get_changes(World& world, Name registration, Name handle,
                                   std::optional<unsigned> capacity, bool has_array,
                                   const std::vector<Prefix>& got);

/// RtmReleaseChangedDests.
Verdict release_changes(World& world, Name registration, Name handle, unsigned count,
                        const std::optional<std::vector<DestinationHandles>>& infos);

/// RtmIgnoreChangedDests; null for a NULL array.
Verdict ignore_changes(World& world, Name registration, Name handle, unsigned count,
                       const std::vector<Name>* destinations);

Verdict mark(World& world, Name registration, Name handle, Name destination, bool mark);

struct YesOrNo {
    Verdict verdict;
    bool yes = false;
};

/// RtmGetChangeStatus.
YesOrNo is_changed(World& world, Name registration, Name handle, Name destination,
                   bool wants_answer);

/// RtmIsMarkedForChangeNotification.
YesOrNo is_marked(World& world, Name registration, Name handle, Name destination,
                  bool wants_answer);

} // namespace model
