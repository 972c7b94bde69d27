// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Destinations: what is reported of them, finding them, their opaque pointers.

#pragma once

#include "world.h"

namespace model
{

constexpr std::uint32_t best_protocol = 0;
constexpr std::uint32_t this_protocol = 0xffffffff;

struct ViewInfo {
    unsigned view = 0;
    unsigned routes = 0;
    Route* route = nullptr;
    Route* hold = nullptr;
};

/// What an RTM_DEST_INFO says.
struct DestinationInfo {
    Destination* destination = nullptr;
    ViewSet belongs_to = 0;
    std::vector<ViewInfo> views;
};

/// What `me` is told of a destination. `views` is none of ours to judge: unsupported ones are
/// left out.
DestinationInfo describe(Destination& destination, const Entity& me, std::uint32_t protocol,
                         ViewSet views);

/// References for all that it shows.
void hand_out_info(const DestinationInfo& info);

/// Whether somebody who asks for these views sees it. ANY (0) sees all.
bool is_visible(const Destination& destination, ViewSet views);

struct AskedDestination {
    Verdict verdict;
    DestinationInfo info;
};

AskedDestination destination_info(World& world, Name registration, Name handle,
                                  std::uint32_t protocol, ViewSet views, bool wants_info);

enum class Search { exact, most_specific };

/// RtmGetExactMatchDestination, RtmGetMostSpecificDestination.
AskedDestination find_destination(World& world, Name registration, Search search,
                                  const std::optional<Address>& address, std::uint32_t protocol,
                                  ViewSet views, bool wants_info);

/// RtmGetLessSpecificDestination.
AskedDestination less_specific(World& world, Name registration, Name handle, std::uint32_t protocol,
                               ViewSet views, bool wants_info);

/// The handles in an RTM_DEST_INFO: the destination's, and three for each view.
struct DestinationHandles {
    struct View {
        Name route = 0;
        Name owner = 0;
        Name hold = 0;
    };
    Name destination = 0;
    std::vector<View> views;
};

/// RtmReleaseDestInfo, RtmReleaseDests; none for a NULL array.
Verdict release_destinations(World& world, Name registration, unsigned count,
                             const std::optional<std::vector<DestinationHandles>>& infos);

/// Checks `handles` and, if all are good, gives them back.
void release_checked(Verdict& verdict, World& world, const Table& table,
                     const std::vector<DestinationHandles>& infos);

struct OpaqueSlot {
    Verdict verdict;
    Slot* slot = nullptr;
};

OpaqueSlot opaque_slot(World& world, Name registration, Name handle, bool wants_pointer);

/// The destination of a prefix, made if there is none.
Destination& destination_of(World& world, Table& table, const Prefix& prefix);

} // namespace model
