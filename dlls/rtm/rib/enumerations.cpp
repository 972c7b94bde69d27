// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "enumerations.h"

#include "fields.h"

#include <algorithm>
#include <array>
#include <thread>

namespace rtm
{

namespace
{

Destination* prefetched(Destination& destination) noexcept
{
    __builtin_prefetch(&destination);
    __builtin_prefetch(&destination.pending);
    return &destination;
}

bool is_unchanged(const Destination& destination, std::uint32_t version) noexcept
{
    std::atomic_thread_fence(std::memory_order_acquire);
    return version % 2 == 0 && destination.version.load(std::memory_order_relaxed) == version;
}

} // namespace

// ---- criteria

RouteCriteria RouteCriteria::from(std::uint32_t flags, const RouteInfo* info,
                                  std::uint32_t interface_index) noexcept
{
    RouteCriteria criteria;
    criteria.flags = flags & match::defined;
    criteria.interface_index = interface_index;
    if (!info || (criteria.flags & ~match::interface_index) == 0)
        return criteria;
    // Only what is compared: the rest need not be anything.
    if ((criteria.flags & match::owner) != 0)
        criteria.owner = info->owner;
    if ((criteria.flags & match::neighbour) != 0)
        criteria.neighbour = info->neighbour;
    if ((criteria.flags & match::preference) != 0)
        criteria.pref = info->pref;
    if ((criteria.flags & match::next_hop) != 0 && info->next_hop_count != 0)
        criteria.next_hop = info->next_hops[0];
    return criteria;
}

bool RouteCriteria::matches(const Routes& routes, const NextHops& next_hops,
                            const Route& route) const noexcept
{
    const RouteInfo& info = route.info;
    if ((flags & match::owner) != 0 && routes.owner(route).handle != owner)
        return false;
    if ((flags & match::neighbour) != 0 && read_field(info.neighbour) != neighbour)
        return false;
    if ((flags & match::preference) != 0 && (read_field(info.pref.preference) != pref.preference ||
                                             read_field(info.pref.metric) != pref.metric))
        return false;
    const auto hops = next_hops_of(info, routes.most_next_hops());
    if ((flags & match::next_hop) != 0) {
        const bool has = std::any_of(hops.begin(), hops.end(), [&](const Handle& hop) {
            return read_field(hop) == next_hop;
        });
        if (next_hop == 0 ? !hops.empty() : !has)
            return false;
    }
    return (flags & match::interface_index) == 0 ||
           std::any_of(hops.begin(), hops.end(), [&](const Handle& hop) {
               const NextHop* found = next_hops.find(read_field(hop));
               return found && found->info.interface_index == interface_index;
           });
}

// ---- making and ending

Enumeration& Enumerations::make(Entity& owner, Enumeration::Subject subject)
{
    return enumerations_.create(owner, subject);
}

/// The writing lock is held.
Status Enumerations::publish(Enumeration& made, Handle& handle) noexcept
{
    Entity& owner = made.owner;
    if (owner.possessions.is_leaving) {
        enumerations_.discard(made);
        return Status::invalid_handle;
    }
    owner.possessions.enumerations.append(made);
    owner.held.add(Kind::enumeration, 1);
    enumerations_.publish(made);
    handle = made.handle;
    return Status::ok;
}

Status Enumerations::begin_destinations(Entity& owner, const DestQuery& query, Handle& handle)
{
    Enumeration& made = make(owner, Enumeration::Subject::destinations);
    made.views = query.views;
    made.protocol = query.protocol;
    made.own_ = query.own;
    made.range_ = query.range;
    made.position_.at = query.range.start;
    WritingLock lock(site_.writing);
    return publish(made, handle);
}

Status Enumerations::begin_routes(Entity& owner, Destination* only, const RouteQuery& query,
                                  Handle& handle)
{
    Enumeration& made = make(owner, Enumeration::Subject::routes);
    made.views = query.views;
    made.own_ = query.own;
    made.range_ = query.range;
    made.position_.at = query.range.start;
    made.criteria_ = query.criteria;
    WritingLock lock(site_.writing);
    if (only && !only->references.try_add()) {
        enumerations_.discard(made);
        return Status::invalid_handle;
    }
    made.only_ = only;
    const Status status = publish(made, handle);
    if (status != Status::ok && only) {
        only->references.drop();
        destinations_.end_if_idle(*only);
    }
    return status;
}

Status Enumerations::begin_next_hops(Entity& owner, const EnumRange& range, Handle& handle)
{
    Enumeration& made = make(owner, Enumeration::Subject::next_hops);
    made.range_ = range;
    WritingLock lock(site_.writing);
    return publish(made, handle);
}

Status Enumerations::begin_list(Entity& owner, RouteList& list, Handle& handle)
{
    Enumeration& made = make(owner, Enumeration::Subject::list);
    WritingLock lock(site_.writing);
    if (!Chain<RouteList>::is_linked(list)) {
        enumerations_.discard(made);
        return Status::invalid_handle;
    }
    const Status status = publish(made, handle);
    if (status == Status::ok)
        list.begin(made.cursor_);
    return status;
}

bool Enumerations::end(Enumeration& enumeration) noexcept
{
    std::lock_guard walk(enumeration.mutex_);
    if (std::exchange(enumeration.closed_, true))
        return false;
    for (Route* route : enumeration.kept_)
        routes_.release(*route);
    enumeration.kept_.clear();
    if (Destination* only = enumeration.only_; only && only->references.reserve())
        destinations_.after_release(*only);
    WritingLock lock(site_.writing);
    RouteList::end(enumeration.cursor_);
    enumeration.owner.possessions.enumerations.remove(enumeration);
    enumerations_.retire(enumeration);
    return true;
}

void Enumerations::end_all(Entity& owner) noexcept
{
    while (true) {
        ReadSections::Scope scope(site_.sections);
        Enumeration* enumeration;
        {
            WritingLock lock(site_.writing);
            enumeration = owner.possessions.enumerations.first();
        }
        if (!enumeration)
            return;
        end(*enumeration);
    }
}

// ---- walking over prefixes

/// Calls visit(destination) in order from where the enumeration is, until that says false; then
/// the enumeration is before that destination.
template <class Visit> void Enumerations::walk(Enumeration& enumeration, Visit visit)
{
    // What is collected first is on its way into the cache while the rest is.
    std::array<Destination*, 32> batch;
    auto& position = enumeration.position_;
    while (!position.at_end) {
        std::size_t count = 0;
        destinations_.tree().walk(position.at, position.inclusive, [&](Destination& destination) {
            batch[count++] = prefetched(destination);
            return count != batch.size();
        });
        for (std::size_t i = 0; i < count; ++i) {
            const Prefix prefix = batch[i]->prefix(site_.family);
            if (enumeration.range_.within && !enumeration.range_.start.covers(prefix)) {
                position.at_end = true;
                return;
            }
            if (!visit(*batch[i]))
                return;
            position.at = prefix;
            position.inclusive = false;
        }
        position.at_end = count != batch.size();
    }
}

bool Enumerations::is_wanted(const Enumeration& enumeration,
                             const Destination& destination) const noexcept
{
    if (enumeration.views != 0 && (destination.belongs_to() & enumeration.views) == 0)
        return false;
    if (!enumeration.own_)
        return true;
    const ViewSet views = enumeration.views != 0 ? enumeration.views : views_supported;
    for (unsigned view = 0; view < view_count; ++view) {
        const Place best = destination.best[view].load(std::memory_order_acquire);
        if ((views >> view & 1) != 0 && best != 0 &&
            routes_.is_owner(enumeration.owner, routes_.at(best)))
            return true;
    }
    return false;
}

std::size_t Enumerations::next(Enumeration& enumeration, std::span<Destination*> out) noexcept
{
    std::lock_guard lock(enumeration.mutex_);
    std::size_t count = 0;
    if (enumeration.closed_)
        return 0;
    walk(enumeration, [&](Destination& destination) {
        if (count == out.size())
            return false;
        if (is_wanted(enumeration, destination) && destination.references.try_add())
            out[count++] = &destination;
        return true;
    });
    return count;
}

// ---- routes

/// Calls visit(route) for the live ones in order until it says false, or the destination is
/// changed: a route that is moved could lead round in a circle.
template <class Visit>
void Enumerations::for_each_route(const Destination& destination, std::uint32_t version,
                                  Visit visit) const
{
    Place place = destination.first_route.load(std::memory_order_acquire);
    while (place != 0 && destination.version.load(std::memory_order_acquire) == version) {
        Route& route = routes_.at(place);
        if (route.is_live() && !visit(route))
            return;
        place = route.next.load(std::memory_order_acquire);
    }
}

bool Enumerations::is_wanted(const Enumeration& enumeration, const Route& route) const noexcept
{
    const ViewSet views = route.views.load(std::memory_order_acquire);
    if (enumeration.views != 0 && (views & enumeration.views) == 0)
        return false;
    if (enumeration.own_ && !routes_.is_owner(enumeration.owner, route))
        return false;
    return enumeration.criteria_.matches(routes_, next_hops_, route);
}

/// Fills `found` with the routes of a destination that are wanted, as they are at one time.
void Enumerations::find_routes(const Enumeration& enumeration, const Destination& destination,
                               FoundRoutes& found) const
{
    for (unsigned tries = 0;; ++tries) {
        found.clear();
        const std::uint32_t version = destination.version.load(std::memory_order_acquire);
        for_each_route(destination, version, [&](Route& route) {
            if (is_wanted(enumeration, route))
                found.push_back(&route);
            return true;
        });
        for (unsigned view = 0; enumeration.views == 0 && view < view_count; ++view) {
            const Place hold = destinations_.held_route(destination, view);
            Route* route = hold != 0 ? &routes_.at(hold) : nullptr;
            if (route && is_wanted(enumeration, *route) &&
                std::find(found.begin(), found.end(), route) == found.end())
                found.push_back(route);
        }
        if (is_unchanged(destination, version))
            return;
        if (tries > 64)
            std::this_thread::yield();
    }
}

std::size_t Enumerations::take_kept(Enumeration& enumeration, std::span<Route*> out) noexcept
{
    std::size_t count = 0;
    auto& kept = enumeration.kept_;
    while (count < out.size() && !kept.empty()) {
        Route* route = kept.back();
        kept.pop_back();
        if (route->is_live() || (enumeration.views == 0 && route->is_held()))
            out[count++] = route;
        else
            routes_.release(*route);
    }
    return count;
}

std::size_t Enumerations::next(Enumeration& enumeration, std::span<Route*> out)
{
    std::lock_guard lock(enumeration.mutex_);
    if (enumeration.closed_)
        return 0;
    std::size_t count = take_kept(enumeration, out);
    const auto visit = [&](const Destination& destination) {
        if (count == out.size())
            return false;
        FoundRoutes& found = enumeration.kept_;
        find_routes(enumeration, destination, found);
        std::erase_if(found, [](Route* route) { return !route->references.try_add(); });
        std::reverse(found.begin(), found.end());
        count += take_kept(enumeration, out.subspan(count));
        return true;
    };
    try {
        if (!enumeration.only_) {
            walk(enumeration, visit);
        } else if (count < out.size() && !enumeration.position_.at_end) {
            visit(*enumeration.only_);
            enumeration.position_.at_end = true;
        }
    } catch (const std::bad_alloc&) {
        enumeration.kept_.clear(); // nothing in it is referred to yet
        // What has been taken is delivered; the next call meets the shortage again.
        if (count == 0)
            throw;
    }
    return count;
}

Route* Enumerations::find_route(const Destination& destination, ViewSet views,
                                const RouteCriteria& criteria) noexcept
{
    for (unsigned tries = 0;; ++tries) {
        Route* found = nullptr;
        const std::uint32_t version = destination.version.load(std::memory_order_acquire);
        for_each_route(destination, version, [&](Route& route) {
            if ((views == 0 || (route.views.load(std::memory_order_acquire) & views) != 0) &&
                criteria.matches(routes_, next_hops_, route))
                found = &route;
            return !found;
        });
        if (is_unchanged(destination, version) && (!found || found->references.try_add()))
            return found;
        if (tries > 64)
            std::this_thread::yield();
    }
}

std::size_t Enumerations::next_in_list(Enumeration& enumeration, std::span<Route*> out) noexcept
{
    std::lock_guard walk(enumeration.mutex_);
    std::size_t count = 0;
    if (enumeration.closed_)
        return 0;
    WritingLock lock(site_.writing);
    while (count < out.size()) {
        RouteExtras* more = RouteList::next(enumeration.cursor_);
        if (!more)
            break;
        if (more->route->references.try_add())
            out[count++] = more->route;
    }
    return count;
}

// ---- next hops

std::size_t Enumerations::next(Enumeration& enumeration, std::span<NextHop*> out) noexcept
{
    std::lock_guard walk(enumeration.mutex_);
    std::size_t count = 0;
    if (enumeration.closed_)
        return 0;
    if (enumeration.position_.at_end)
        return 0;
    WritingLock lock(site_.writing);
    const auto& list = enumeration.owner.possessions.next_hops;
    auto entry = enumeration.last_next_hop_
                     ? list.upper_bound(*enumeration.last_next_hop_)
                     : list.lower_bound(NextHopKey{enumeration.range_.start, 0});
    for (; entry != list.end() && count < out.size(); ++entry) {
        const auto& [key, next_hop] = *entry;
        if (enumeration.range_.within && !enumeration.range_.start.covers(key.address))
            break;
        enumeration.last_next_hop_ = key;
        if (next_hop->references.try_add())
            out[count++] = next_hop;
    }
    enumeration.position_.at_end = count != out.size();
    return count;
}

} // namespace rtm
