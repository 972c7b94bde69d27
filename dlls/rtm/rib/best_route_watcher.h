// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// How RTMv1 follows a table: it sees the best unicast route of a destination before and after each
// change, and may tell of a change nothing that the table could not: so it is called while writing.

#pragma once

#include "ids.h"
#include "prefix.h"
#include "records.h"

#include <array>
#include <atomic>

namespace rtm
{

/// What there is to see of a route from outside: plain values, without references.
struct RouteSight {
    EntityId owner;
    Place owner_place; ///< tells owners apart while both are there
    PrefInfo pref;
    std::uint8_t flags1;
    void* entity_specific;
    FileTime changed; ///< when its destination was
    bool has_next_hop;
    std::uint32_t interface_index; ///< of the first next hop, as is:
    std::array<std::uint8_t, 16> next_hop;
};

class BestRouteWatcher
{
public:
    /// Who asked for a change; null if nobody did that the watcher knows.
    class Cause
    {
    protected:
        ~Cause() = default;
    };

    bool is_watching() const noexcept { return watching_.load(std::memory_order_acquire); }

    /// Before a change that may still fail. Throws std::bad_alloc, and then nothing is changed.
    virtual void prepare() = 0;

    /// The change of a route at this destination is done; null for no best route. Both may be
    /// alike.
    virtual void changed(const Prefix& prefix, const RouteSight* before, const RouteSight* after,
                         Cause* cause) noexcept = 0;

    /// A route of that owner does not have the owner's private data any more.
    virtual void forget(Place owner, void* entity_specific) noexcept = 0;

protected:
    ~BestRouteWatcher() = default;

    void set_watching(bool watching) noexcept
    {
        watching_.store(watching, std::memory_order_release);
    }

private:
    std::atomic<bool> watching_{false};
};

} // namespace rtm
