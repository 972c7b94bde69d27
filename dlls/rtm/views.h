// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What clients mean by a set of views, which depends on the call.

#pragma once

#include "ids.h"
#include "reports.h"

#include <optional>

namespace rtm
{

/// For calls that must know all views that they are given, RTM_VIEW_MASK_ALL being what there
/// is. No value if one is not supported.
constexpr std::optional<ViewSet> known_views(ViewSet views) noexcept
{
    if (views == views_all)
        return views_supported;
    if ((views & ~views_supported) != 0)
        return std::nullopt;
    return views;
}

/// For calls that report: views that are not supported are passed over.
struct ReportedViews {
    explicit ReportedViews(ViewSet asked) noexcept
        : is_any(asked == views_any), views(asked & views_supported)
    {
    }

    /// Whether a destination is there at all, in the eyes of who asks.
    bool show(const Destination& destination) const noexcept
    {
        return is_any || (destination.belongs_to() & views) != 0;
    }

    const bool is_any;
    const ViewSet views; ///< with an entry each
};

/// The protocol whose routes are reported to `client`.
inline std::uint32_t resolved_protocol(const Entity& client, std::uint32_t protocol) noexcept
{
    return protocol == this_protocol ? client.id.protocol : protocol;
}

} // namespace rtm
