// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// All destinations of a table: made, found, kept while they are needed.

#pragma once

#include "destination.h"
#include "prefix_tree.h"
#include "site.h"

namespace rtm
{

class Destinations
{
public:
    explicit Destinations(Site& site) noexcept;
    Destinations(const Destinations&) = delete;
    Destinations& operator=(const Destinations&) = delete;
    ~Destinations();

    // For readers, inside a read section. What is found may be about to end: whoever hands it out
    // refers to it first.

    Destination* find(Handle handle) const noexcept { return pool_.find(handle); }
    Destination& at(Place place) const noexcept { return pool_.at(place); }
    const PrefixTree& tree() const noexcept { return tree_; }
    DestinationExtras* extras(const Destination& destination) const noexcept
    {
        return extras_.at_or_null(destination.extras.load(std::memory_order_acquire));
    }

    /// The held route of a view, 0 if none.
    Place held_route(const Destination& destination, unsigned view) const noexcept
    {
        const DestinationExtras* more = extras(destination);
        return more ? more->held[view].load(std::memory_order_relaxed) : 0;
    }

    /// A reference has been reserved to be taken off. Takes the writing lock if that leaves
    /// nothing to keep the destination for.
    void after_release(Destination& destination) noexcept;

    // While writing.

    /// Throws std::bad_alloc, and then changes nothing. A new one is idle.
    /// `likely_route` is where the first route of a new one is going to be, if all goes well.
    Destination& find_or_make(const Prefix& prefix, Place likely_route);

    /// Throws std::bad_alloc, and then changes nothing.
    DestinationExtras& make_extras(Destination& destination);

    /// Ends a destination that nothing needs any more.
    void end_if_idle(Destination& destination) noexcept;

    void set_last_changed(Destination& destination) noexcept;

    /// Keeps readers from taking a destination that is being changed for whole.
    class Change
    {
    public:
        explicit Change(Destination& destination) noexcept : version_(destination.version)
        {
            version_.store(version_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
            std::atomic_thread_fence(std::memory_order_release);
        }
        ~Change()
        {
            version_.store(version_.load(std::memory_order_relaxed) + 1, std::memory_order_release);
        }
        Change(const Change&) = delete;
        Change& operator=(const Change&) = delete;

    private:
        std::atomic<std::uint32_t>& version_;
    };

private:
    bool is_needed(const Destination& destination) const noexcept;

    Site& site_;
    CompactPool<Destination> pool_;
    CompactPool<DestinationExtras> extras_;
    PrefixTree tree_;
};

} // namespace rtm
