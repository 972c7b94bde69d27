// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "destinations.h"

#include "opaque_pointers.h"

namespace rtm
{

Destinations::Destinations(Site& site) noexcept
    : site_(site), pool_(site.directory, site.sections, site.regions, site.table,
                         Destination::size(site.family)),
      extras_(site.directory, site.sections, site.regions, site.table, sizeof(DestinationExtras)),
      tree_(site.family, site.directory, site.sections, site.regions)
{
}

Destinations::~Destinations()
{
    tree_.walk(Prefix{}, true, [&](Destination& destination) {
        if (DestinationExtras* more = extras(destination))
            OpaquePointers::free(*more);
        return true;
    });
}

Destination& Destinations::find_or_make(const Prefix& prefix, Place likely_route)
{
    if (Destination* found = tree_.find(prefix))
        return *found;
    Destination& made = pool_.take();
    made.references.begin();
    made.first_route.store(0, std::memory_order_relaxed);
    made.route_objects = 0;
    for (unsigned view = 0; view < view_count; ++view) {
        made.best[view].store(0, std::memory_order_relaxed);
        made.routes[view].store(0, std::memory_order_relaxed);
    }
    made.pending.store(0, std::memory_order_relaxed);
    made.journal_previous = made.journal_next = 0;
    made.extras.store(0, std::memory_order_relaxed);
    made.length = prefix.length;
    std::memcpy(made.address(), prefix.bytes.data(), address_size(site_.family));
    // Even: not under change. Goes on counting from life to life.
    made.version.store((made.version.load(std::memory_order_relaxed) | 1) + 1,
                       std::memory_order_relaxed);
    set_last_changed(made);
    pool_.publish(made);
    try {
        tree_.insert(made, likely_route);
    } catch (...) {
        pool_.retire(made);
        throw;
    }
    return made;
}

DestinationExtras& Destinations::make_extras(Destination& destination)
{
    if (DestinationExtras* there = extras(destination))
        return *there;
    DestinationExtras& made = extras_.take();
    made.destination = destination.place;
    made.armed = 0;
    made.hold_time = 0;
    for (auto& held : made.held)
        held.store(0, std::memory_order_relaxed);
    made.hold_end.reset(TimerPurpose::hold_end, &destination);
    made.marks = 0;
    made.opaque = nullptr;
    destination.extras.store(made.place, std::memory_order_release);
    return made;
}

bool Destinations::is_needed(const Destination& destination) const noexcept
{
    if (destination.route_objects != 0 || destination.pending.load(std::memory_order_relaxed) != 0)
        return true;
    const DestinationExtras* more = extras(destination);
    if (!more)
        return false;
    if (more->marks != 0)
        return true;
    for (const auto& held : more->held)
        if (held.load(std::memory_order_relaxed) != 0)
            return true;
    return false;
}

void Destinations::end_if_idle(Destination& destination) noexcept
{
    if (is_needed(destination) || !destination.references.try_leave_table())
        return;
    tree_.erase(destination);
    if (DestinationExtras* more = extras(destination)) {
        OpaquePointers::free(*more);
        extras_.retire(*more);
    }
    pool_.retire(destination);
}

void Destinations::after_release(Destination& destination) noexcept
{
    destination.references.settle();
    // The writer that takes the last route looks at the references after that; so one of the two
    // sees that nothing is left.
    if (destination.references.count() == 0 &&
        destination.first_route.load(std::memory_order_seq_cst) == 0) {
        WritingLock lock(site_.writing);
        // Somebody else may have ended it meanwhile.
        if (destination.references.is_in_table())
            end_if_idle(destination);
    }
}

void Destinations::set_last_changed(Destination& destination) noexcept
{
    const std::uint64_t now = site_.host.wall_clock();
    destination.changed_low.store(static_cast<std::uint32_t>(now), std::memory_order_relaxed);
    destination.changed_high.store(static_cast<std::uint32_t>(now >> 32),
                                   std::memory_order_relaxed);
}

} // namespace rtm
