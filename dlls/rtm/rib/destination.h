// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// A destination: a prefix, the routes that lead there, and the best of them in each view.
//
// It exists while it has routes, a held route, references, marks or changes to be told; see
// Destinations::end_if_idle. All but `references` and the client's opaque pointers is changed
// under the table's writing lock; members that readers look at without it are atomic, and
// those that belong together are read between two looks at `version`.

#pragma once

#include "chain.h"
#include "compact_pool.h"
#include "prefix.h"
#include "reference_count.h"
#include "route.h"
#include "timers.h"

#include <array>
#include <atomic>
#include <cstring>

namespace rtm
{

struct Destination : Pooled {
    static constexpr Kind kind = Kind::destination;

    /// More routes cannot be kept in one.
    static constexpr std::uint16_t most_routes = 0xffff;

    ReferenceCount references;
    std::atomic<std::uint32_t> version; // odd while it is changed
    std::atomic<Place> first_route;     // best ranked; the others follow by Route::next
    std::array<std::atomic<Place>, view_count> best; // route of each view
    std::atomic<std::uint32_t> pending; // notifications that have not been told, a bit for each
    Place journal_previous;             // destinations changed before and after
    Place journal_next;
    std::atomic<Place> extras; // DestinationExtras
    std::atomic<std::uint32_t> changed_low;
    std::atomic<std::uint32_t> changed_high;
    std::array<std::atomic<std::uint16_t>, view_count> routes; // how many each view has
    std::uint16_t route_objects; // deleted ones that are referenced, too
    std::uint8_t length;         // of the prefix, whose bytes follow

    std::uint8_t* address() noexcept { return &length + 1; }
    const std::uint8_t* address() const noexcept { return &length + 1; }

    static constexpr std::size_t size(Family family) noexcept { return 59 + address_size(family); }

    Prefix prefix(Family family) const noexcept
    {
        Prefix result;
        std::memcpy(result.bytes.data(), address(), address_size(family));
        result.length = length;
        return result;
    }

    /// Whether `other`, of the same family, is inside.
    bool covers(const Prefix& other) const noexcept
    {
        const unsigned whole = length / 8;
        if (length > other.length || std::memcmp(address(), other.bytes.data(), whole) != 0)
            return false;
        return length % 8 == 0 || (address()[whole] ^ other.bytes[whole]) >> (8 - length % 8) == 0;
    }

    /// Routes of which views it has.
    ViewSet belongs_to() const noexcept
    {
        ViewSet set = 0;
        for (unsigned view = 0; view < view_count; ++view)
            if (routes[view].load(std::memory_order_relaxed) != 0)
                set |= ViewSet(1) << view;
        return set;
    }
};

static_assert(sizeof(Destination) == 60, "the address follows the length");
static_assert(Destination::size(Family::ipv4) <= 64, "one of IPv4 is a cache line");

/// A pointer that an entity keeps at a destination.
struct OpaquePointer {
    void* value;
    unsigned slot;
    std::uint32_t holder; // the number of who last asked for it
    OpaquePointer* next;  // of another slot
};

/// What few destinations have.
struct DestinationExtras : Pooled, ChainLink<DestinationExtras> {
    static constexpr Kind kind = Kind::none;

    Place destination;

    // Hold-down, see HoldDown.
    ViewSet armed;
    std::uint32_t hold_time;                         // ms, the largest asked for
    std::array<std::atomic<Place>, view_count> held; // routes
    Timer hold_end;

    std::uint32_t marks; // notifications that it is marked for; in their chain if there are any

    OpaquePointer* opaque; // one for each slot that was asked for; see OpaquePointers
};

} // namespace rtm
