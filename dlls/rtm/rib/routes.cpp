// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "routes.h"

#include "entity.h"
#include "fields.h"
#include "hold_down.h"
#include "protocols.h"

#include <algorithm>
#include <optional>
#include <thread>

namespace rtm
{

namespace
{

// Keeps readers from taking a route that is being changed for whole.
class RouteChange
{
public:
    explicit RouteChange(Route& route) noexcept : version_(route.version)
    {
        version_.store(next(), std::memory_order_relaxed);
        std::atomic_thread_fence(std::memory_order_release);
    }
    ~RouteChange() { version_.store(next(), std::memory_order_release); }
    RouteChange(const RouteChange&) = delete;
    RouteChange& operator=(const RouteChange&) = delete;

private:
    std::uint16_t next() const noexcept
    {
        return static_cast<std::uint16_t>(version_.load(std::memory_order_relaxed) + 1);
    }

    std::atomic<std::uint16_t>& version_;
};

// Ends the destination that a call has made, if it turns out not to be needed.
class IdleEnder
{
public:
    IdleEnder(Destinations& destinations, Destination& destination) noexcept
        : destinations_(destinations), destination_(destination)
    {
    }
    ~IdleEnder() { destinations_.end_if_idle(destination_); }
    IdleEnder(const IdleEnder&) = delete;
    IdleEnder& operator=(const IdleEnder&) = delete;

private:
    Destinations& destinations_;
    Destination& destination_;
};

constexpr ContentsChange everything{true, true, true};

} // namespace

Routes::Routes(Site& site, Destinations& destinations, NextHops& next_hops, Changes& changes,
               Schedule& schedule, HoldDown& hold_down, ClientLocks& locks,
               RouteLocks& route_locks) noexcept
    : site_(site), destinations_(destinations), next_hops_(next_hops), changes_(changes),
      schedule_(schedule), hold_down_(hold_down), locks_(locks), route_locks_(route_locks),
      pool_(site.directory, site.sections, site.regions, site.table,
            Route::size(site.limits.next_hops_in_route)),
      extras_(site.directory, site.sections, site.regions, site.table, sizeof(RouteExtras)),
      ranking_(pool_)
{
}

bool Routes::is_owner(const Entity& entity, const Route& route) const noexcept
{
    return route.owner == Pool<Entity>::place_of(entity);
}

ViewSet Routes::best_in(const Route& route) const noexcept
{
    ViewSet set = 0;
    for (unsigned view = 0; view < view_count; ++view)
        if (destination(route).best[view].load(std::memory_order_acquire) == route.place)
            set |= ViewSet(1) << view;
    // Of one that is just ending the place may be another's.
    return route.is_live() ? set : 0;
}

// ---- the watcher

void Routes::see_next_hop(Handle handle, RouteSight& sight) const noexcept
{
    const NextHop* next_hop = handle != 0 ? next_hops_.find(handle) : nullptr;
    sight.has_next_hop = next_hop != nullptr;
    sight.next_hop = next_hop ? next_hop->key.address.bytes : std::array<std::uint8_t, 16>{};
    sight.interface_index = next_hop ? next_hop->key.interface_index : 0;
}

RouteSight Routes::see(const Route& route) const noexcept
{
    const Destination& its = destination(route);
    RouteSight sight{};
    sight.owner = owner(route).id;
    sight.owner_place = route.owner;
    sight.changed = {its.changed_low.load(std::memory_order_relaxed),
                     its.changed_high.load(std::memory_order_relaxed)};
    for (unsigned tries = 0;; ++tries) {
        const std::uint16_t version = route.version.load(std::memory_order_acquire);
        sight.pref = {read_field(route.info.pref.metric), read_field(route.info.pref.preference)};
        sight.flags1 = read_field(route.info.flags1);
        sight.entity_specific = read_field(route.info.entity_specific);
        const auto next_hops = next_hops_of(route.info, most_next_hops());
        const Handle next_hop = next_hops.empty() ? 0 : read_field(next_hops[0]);
        std::atomic_thread_fence(std::memory_order_acquire);
        if (version % 2 == 0 && route.version.load(std::memory_order_relaxed) == version) {
            see_next_hop(next_hop, sight);
            return sight;
        }
        if (tries > 64)
            std::this_thread::yield();
    }
}

/// Shows the watcher, if there is one that watches, what a change does to a destination's best
/// route: made before the change, finished after it.
class Routes::WatchedChange
{
public:
    /// `there` may be null. `before` is what `edited` was if its owner has changed it in place.
    WatchedChange(const Routes& routes, const Destination* there, BestRouteWatcher::Cause* cause,
                  const Route* edited = nullptr, const RouteContents* before = nullptr) noexcept
        : routes_(routes), watcher_(watching(routes)), cause_(cause)
    {
        const Route* best = watcher_ && there ? routes.best_unicast(*there) : nullptr;
        if (!best)
            return;
        before_ = routes.see(*best);
        if (best == edited && before)
            routes.see_former(*before, *before_);
    }
    WatchedChange(const WatchedChange&) = delete;
    WatchedChange& operator=(const WatchedChange&) = delete;

    static BestRouteWatcher* watching(const Routes& routes) noexcept
    {
        BestRouteWatcher* watcher = routes.site_.watcher;
        return watcher && watcher->is_watching() ? watcher : nullptr;
    }

    void finish(const Destination& destination) noexcept
    {
        if (!watcher_)
            return;
        std::optional<RouteSight> after;
        if (const Route* best = routes_.best_unicast(destination))
            after = routes_.see(*best);
        watcher_->changed(destination.prefix(routes_.site_.family), before_ ? &*before_ : nullptr,
                          after ? &*after : nullptr, cause_);
    }

    /// What the owner had said of a route, which has been replaced or is no more.
    void forget(const Route& route, void* entity_specific) noexcept
    {
        if (watcher_)
            watcher_->forget(route.owner, entity_specific);
    }

private:
    const Routes& routes_;
    BestRouteWatcher* const watcher_;
    BestRouteWatcher::Cause* const cause_;
    std::optional<RouteSight> before_;
};

const Route* Routes::best_unicast(const Destination& destination) const noexcept
{
    return pool_.at_or_null(destination.best[0].load(std::memory_order_acquire));
}

void Routes::see_former(const RouteContents& contents, RouteSight& sight) const noexcept
{
    sight.pref = contents.pref;
    sight.flags1 = contents.flags1;
    sight.entity_specific = contents.entity_specific;
    see_next_hop(contents.next_hops.empty() ? 0 : contents.next_hops[0], sight);
}

void Routes::prepare_watcher() const
{
    if (BestRouteWatcher* watcher = WatchedChange::watching(*this))
        watcher->prepare();
}

// ---- references

void Routes::after_release(Route& route) noexcept
{
    if (!route.references.settle())
        return;
    WritingLock lock(site_.writing);
    end(route);
}

void Routes::release_while_writing(Route& route) noexcept
{
    if (route.references.drop() == ReferenceCount::Drop::last)
        end(route);
}

// ---- what a client may say

Routes::FormerHops Routes::hops_of(const Route& route) const noexcept
{
    return {read_field(route.info.neighbour), next_hops_of(route.info, most_next_hops())};
}

Status Routes::check_next_hop(const Entity& owner, Handle next_hop,
                              const FormerHops& former) const noexcept
{
    const NextHop* found = next_hops_.find(next_hop);
    if (!found)
        return Status::invalid_handle;
    if (!next_hops_.is_owner(owner, *found))
        return Status::invalid_parameter;
    // One that has been deleted stays in the routes that have it, not in others.
    if (!found->references.is_in_table() && next_hop != former.neighbour &&
        std::find(former.next_hops.begin(), former.next_hops.end(), next_hop) ==
            former.next_hops.end())
        return Status::invalid_parameter;
    return Status::ok;
}

/// `views` are what was read of them: another thread of the client's may be writing there.
Status Routes::check(const Entity& owner, const RouteInfo& info, ViewSet views,
                     const FormerHops& former) const noexcept
{
    if (views == 0 || (views & ~views_supported) != 0 ||
        read_field(info.next_hop_count) > most_next_hops())
        return Status::invalid_parameter;
    if (const Handle neighbour = read_field(info.neighbour); neighbour != 0) {
        const Status status = check_next_hop(owner, neighbour, former);
        if (status != Status::ok)
            return status;
    }
    for (const Handle& next_hop : next_hops_of(info, most_next_hops())) {
        const Status status = check_next_hop(owner, read_field(next_hop), former);
        if (status != Status::ok)
            return status;
    }
    return Status::ok;
}

PrefInfo Routes::effective_pref(const Entity& owner, const RouteInfo& info) const noexcept
{
    PrefInfo pref{read_field(info.pref.metric), read_field(info.pref.preference)};
    if (pref.preference == 0)
        pref.preference = default_preference(owner.id.protocol);
    return pref;
}

// ---- adding and changing

Route* Routes::find_own(const Entity& owner, const Destination& destination, Handle neighbour,
                        bool any_neighbour) const noexcept
{
    Route* route = pool_.at_or_null(destination.first_route.load(std::memory_order_relaxed));
    while (route && !(is_owner(owner, *route) &&
                      (any_neighbour || read_field(route->info.neighbour) == neighbour)))
        route = pool_.at_or_null(route->next.load(std::memory_order_relaxed));
    return route;
}

Status Routes::add(Entity& owner, const Prefix& prefix, const RouteInfo& info,
                   const RouteTerms& terms, std::uint32_t& change, Handle* handle, Handle& locked)
{
    WritingLock lock(site_.writing);
    if (owner.possessions.is_leaving)
        return Status::invalid_handle;
    const Destination* there = destinations_.tree().find(prefix);
    Route* route = nullptr;
    if (there && (change & route_change::is_new) == 0)
        route = find_own(owner, *there, info.neighbour, (change & route_change::first) != 0);
    const ViewSet views = read_field(info.views);
    const Status status = check(owner, info, views, route ? hops_of(*route) : FormerHops{});
    if (status != Status::ok)
        return status;
    if (there && locks_.keeps_out(there->handle())) {
        locked = there->handle();
        return Status::busy;
    }
    prepare_watcher();
    std::uint32_t effect = 0;
    if (route) {
        effect = replace_contents(owner, *route, info, views, terms);
    } else {
        Destination& destination = destinations_.find_or_make(prefix, pool_.likely_next());
        IdleEnder ender(destinations_, destination);
        if (destination.route_objects == Destination::most_routes)
            return Status::no_system_resources;
        WatchedChange watched(*this, &destination, terms.cause);
        route = &make(owner, destination, terms);
        const PrefInfo pref = effective_pref(owner, info);
        set_contents(*route, info, views, pref);
        begin(owner, destination, *route);
        effect = route_change::is_new | commit(*route, views, pref, pref, everything);
        set_terms(owner, *route, terms);
        watched.finish(destination);
    }
    change = effect;
    if (handle && route->references.try_add()) {
        owner.held.add(Kind::route, 1);
        *handle = route->handle();
    }
    return Status::ok;
}

/// Takes what a new route needs, so that nothing fails from here on.
Route& Routes::make(Entity& owner, Destination& destination, const RouteTerms& terms)
{
    Route& made = pool_.take();
    made.extras = 0;
    try {
        extras_for(made, terms);
    } catch (...) {
        pool_.discard(made);
        throw;
    }
    made.references.begin();
    made.views.store(0, std::memory_order_relaxed);
    made.held_in = 0;
    made.destination = destination.place;
    made.next.store(0, std::memory_order_relaxed);
    made.owner = Pool<Entity>::place_of(owner);
    RouteChange change(made);
    write_field(made.info.destination, destination.handle());
    write_field(made.info.owner, owner.handle);
    write_field(made.info.neighbour, Handle(0));
    write_field(made.info.next_hop_count, std::uint16_t(0));
    write_field(made.info.state, route_state::created);
    return made;
}

/// Makes a new route known.
void Routes::begin(Entity& owner, Destination& destination, Route& route) noexcept
{
    ++destination.route_objects;
    site_.events.refer(owner);
    link_own(owner, route);
    pool_.publish(route);
}

Status Routes::update(Entity& owner, Route& route, const RouteInfo& info, const RouteTerms& terms,
                      std::uint32_t& change, Handle& locked)
{
    WritingLock lock(site_.writing);
    if (!is_owner(owner, route))
        return Status::access_denied;
    if (owner.possessions.is_leaving)
        return Status::invalid_handle;
    if (!route.is_live())
        return Status::not_found;
    const ViewSet views = read_field(info.views);
    const Status status = check(owner, info, views, hops_of(route));
    if (status != Status::ok)
        return status;
    if (const Handle object = destination(route).handle(); locks_.keeps_out(object)) {
        locked = object;
        return Status::busy;
    }
    prepare_watcher();
    change = replace_contents(owner, route, info, views, terms);
    return Status::ok;
}

std::uint32_t Routes::replace_contents(Entity& owner, Route& route, const RouteInfo& info,
                                       ViewSet views, const RouteTerms& terms)
{
    extras_for(route, terms);
    const PrefInfo pref = effective_pref(owner, info);
    // Of a route that its owner is just editing the table knows only what was committed.
    const RouteContents* committed =
        route_locks_.is_held(route.handle()) ? route_locks_.before(owner, route.handle()) : nullptr;
    const ContentsChange what = committed ? compare(*committed, info, pref, most_next_hops())
                                          : compare(route.info, info, pref, most_next_hops());
    const PrefInfo former = ranking_.rank_of(route);
    Destination& its = destination(route);
    WatchedChange watched(*this, &its, terms.cause, &route, committed);
    void* const former_data = read_field(route.info.entity_specific);
    if (what.any || committed)
        set_contents(route, info, views, pref);
    set_terms(owner, route, terms);
    const std::uint32_t change = commit(route, views, former, pref, what);
    watched.finish(its);
    if (former_data != info.entity_specific)
        watched.forget(route, former_data);
    if (committed)
        route_locks_.renew(route.handle(), route.info, views, pref, most_next_hops());
    else
        ranking_.forget_rank(route); // earlier edits are replaced
    return change;
}

Status Routes::update_in_place(Entity& owner, Route& route, const RouteTerms& terms,
                               const RouteContents& before, std::uint32_t& change)
{
    WritingLock lock(site_.writing);
    if (owner.possessions.is_leaving || !route.is_live())
        return Status::invalid_handle;
    const ViewSet views = read_field(route.info.views);
    if (check(owner, route.info, views, {before.neighbour, before.next_hops}) != Status::ok)
        return Status::invalid_parameter;
    extras_for(route, terms);
    const PrefInfo pref = effective_pref(owner, route.info);
    write_field(route.info.pref.preference, pref.preference);
    const ContentsChange what = compare(before, route.info, pref, most_next_hops());
    prepare_watcher();
    WatchedChange watched(*this, &destination(route), terms.cause, &route, &before);
    set_terms(owner, route, terms);
    change = commit(route, views, ranking_.rank_of(route), pref, what);
    watched.finish(destination(route));
    if (before.entity_specific != read_field(route.info.entity_specific))
        watched.forget(route, before.entity_specific);
    route_locks_.renew(route.handle(), route.info, views, pref, most_next_hops()); // `before` is it
    return Status::ok;
}

void Routes::begin_edits(Route& route)
{
    WritingLock lock(site_.writing);
    if (route.is_live())
        ranking_.keep_rank(route);
}

void Routes::end_edits(Route& route) noexcept
{
    WritingLock lock(site_.writing);
    if (!route.is(Route::is_edited))
        ranking_.forget_rank(route);
}

void Routes::note_edits(Route& route, const RouteContents& before) noexcept
{
    WritingLock lock(site_.writing);
    if (route.is_live() && compare(before, route.info, route.info.pref, most_next_hops()).any)
        route.set(Route::is_edited);
}

void Routes::set_contents(Route& route, const RouteInfo& info, ViewSet views,
                          const PrefInfo& pref) noexcept
{
    const auto next_hops = next_hops_of(info, most_next_hops());
    // New references first: what stays must not end meanwhile.
    next_hops_.refer(info.neighbour);
    for (Handle next_hop : next_hops)
        next_hops_.refer(next_hop);
    release_next_hops(route.info);
    RouteChange change(route);
    RouteInfo& live = route.info;
    write_field(live.neighbour, info.neighbour);
    write_field(live.flags1, info.flags1);
    write_field(live.flags, info.flags);
    write_field(live.pref.metric, pref.metric);
    write_field(live.pref.preference, pref.preference);
    write_field(live.views, views);
    write_field(live.entity_specific, info.entity_specific);
    write_field(live.next_hop_count, static_cast<std::uint16_t>(next_hops.size()));
    for (std::size_t i = 0; i < next_hops.size(); ++i)
        write_field(live.next_hops[i], next_hops[i]);
}

void Routes::release_next_hops(const RouteInfo& info) noexcept
{
    next_hops_.release_while_writing(read_field(info.neighbour));
    for (const Handle& next_hop : next_hops_of(info, most_next_hops()))
        next_hops_.release_while_writing(read_field(next_hop));
}

void Routes::set_state(Route& route, std::uint8_t state) noexcept
{
    RouteChange change(route);
    write_field(route.info.state, state);
}

// ---- time to live, and lists

RouteExtras& Routes::make_extras(Route& route)
{
    if (RouteExtras* there = extras(route))
        return *there;
    RouteExtras& made = extras_.take();
    made.route = &route;
    made.expiry.reset(TimerPurpose::route_expiry, &made);
    made.list = nullptr;
    route.extras = made.place;
    return made;
}

RouteExtras* Routes::extras_for(Route& route, const RouteTerms& terms)
{
    if (terms.time_to_live == forever && !terms.list)
        return extras(route);
    if (terms.time_to_live != forever)
        schedule_.prepare();
    return &make_extras(route);
}

void Routes::stop_timer(Route& route) noexcept
{
    RouteExtras* more = extras(route);
    if (!more)
        return;
    schedule_.cancel(more->expiry);
    if (site_.events.withdraw_expired(owner(route), *more))
        route.references.drop(); // the table still has it
}

void Routes::set_terms(Entity& owner, Route& route, const RouteTerms& terms) noexcept
{
    stop_timer(route);
    RouteExtras* more = extras(route);
    if (terms.time_to_live != forever)
        schedule_.arm(more->expiry, terms.time_to_live);
    if (terms.list && &terms.list->owner == &owner && Chain<RouteList>::is_linked(*terms.list))
        terms.list->insert(*more);
}

void Routes::expire(RouteExtras& more) noexcept
{
    Route& route = *more.route;
    Entity& its_owner = owner(route);
    if (its_owner.has_callback() && route.references.try_add()) {
        if (site_.events.post_expired(its_owner, more))
            return;
        route.references.drop();
    }
    remove_while_writing(route);
}

void Routes::remove_expired(Route& route) noexcept
{
    WritingLock lock(site_.writing);
    if (route.is_live())
        remove_while_writing(route);
}

// ---- rank, best routes, and who is told

/// Ranks a route anew in those views, 0 to take it out. Returns whether that concerns the best.
std::uint32_t Routes::commit(Route& route, ViewSet views, const PrefInfo& former,
                             const PrefInfo& pref, ContentsChange what) noexcept
{
    Destination& its = destination(route);
    const ViewSet former_views = route.views.load(std::memory_order_relaxed);
    if (route.clear(Route::is_edited))
        what = everything;
    if (views == former_views && pref == former && !what.any) // a mere refresh
        return best_in(route) != 0 ? route_change::best : 0;
    ChangeTypes types{};
    std::uint32_t concerns_best = 0;
    {
        Destinations::Change change(its);
        concerns_best = rank(its, route, views, former, pref, what, types);
        if (views == 0)
            hold_down_.hold(*this, its, route, former_views);
        destinations_.set_last_changed(its);
    }
    changes_.note(its, types);
    return concerns_best;
}

std::uint32_t Routes::rank(Destination& its, Route& route, ViewSet views, const PrefInfo& former,
                           const PrefInfo& pref, const ContentsChange& what,
                           ChangeTypes& types) noexcept
{
    const ViewSet former_views = route.views.load(std::memory_order_relaxed);
    const bool was_listed = former_views != 0;
    const bool was_better = was_listed && Ranking::is_better(former, pref);
    const bool moves = !was_listed || pref != former || views == 0;
    std::uint32_t concerns_best = 0;
    if (moves && was_listed)
        ranking_.unlink(its, route);
    route.views.store(static_cast<std::uint8_t>(views), std::memory_order_relaxed);
    ranking_.set_rank(route, pref);
    if (moves && views != 0)
        ranking_.link(its, route, was_better);
    for (unsigned view = 0; view < view_count; ++view) {
        const bool was_in = (former_views >> view & 1) != 0;
        const bool is_in = (views >> view & 1) != 0;
        if (!was_in && !is_in)
            continue;
        const unsigned former_routes = its.routes[view].load(std::memory_order_relaxed);
        const unsigned routes = former_routes + is_in - was_in;
        its.routes[view].store(static_cast<std::uint16_t>(routes), std::memory_order_relaxed);
        count_destination(view, former_routes != 0, routes != 0);
        const Route* best = ranking_.choose_best(its, view);
        const Place place = best ? best->place.load(std::memory_order_relaxed) : 0;
        const Place former_best = its.best[view].exchange(place, std::memory_order_release);
        if (former_best == route.place || place == route.place || place != former_best)
            concerns_best = route_change::best;
        if (what.any || was_in != is_in)
            types[view] |= change_type::any;
        if (place != former_best)
            types[view] |= change_type::best | change_type::forwarding;
        else if (place == route.place)
            types[view] |= (what.best ? change_type::best : 0) |
                           (what.forwarding ? change_type::forwarding : 0);
    }
    return concerns_best;
}

void Routes::count_destination(unsigned view, bool was_in, bool is_in) noexcept
{
    auto& count = destinations_in_[view];
    if (was_in != is_in)
        count.store(count.load(std::memory_order_relaxed) + is_in - was_in,
                    std::memory_order_relaxed);
}

// ---- deleting

Status Routes::remove(Entity& owner, Route& route, bool drop_reference, std::uint32_t& change,
                      Handle& locked, BestRouteWatcher::Cause* cause) noexcept
{
    WritingLock lock(site_.writing);
    if (!is_owner(owner, route))
        return Status::access_denied;
    if (!route.is_live())
        return Status::not_found;
    if (const Handle object = destination(route).handle(); locks_.keeps_out(object)) {
        locked = object;
        return Status::busy;
    }
    if (drop_reference && route.references.drop() != ReferenceCount::Drop::excess)
        owner.held.add(Kind::route, -1);
    change = remove_while_writing(route, cause);
    return Status::ok;
}

std::uint32_t Routes::remove_while_writing(Route& route, BestRouteWatcher::Cause* cause) noexcept
{
    WatchedChange watched(*this, &destination(route), cause);
    stop_timer(route);
    if (RouteExtras* more = extras(route))
        RouteList::remove(*more);
    unlink_own(route);
    const PrefInfo rank = ranking_.rank_of(route);
    const std::uint32_t change = commit(route, 0, rank, rank, everything);
    ranking_.forget_rank(route);
    watched.finish(destination(route));
    watched.forget(route, read_field(route.info.entity_specific));
    set_state(route, route.is_held() ? route_state::deleting : route_state::deleted);
    if (!route.is_held() && route.references.leave_table())
        end(route);
    return change;
}

void Routes::release_from_hold(Route& route) noexcept
{
    set_state(route, route_state::deleted);
    if (route.references.leave_table())
        end(route);
}

void Routes::remove_all(Entity& owner) noexcept
{
    constexpr int at_a_time = 256;
    while (true) {
        {
            WritingLock lock(site_.writing);
            for (int i = 0; i < at_a_time; ++i) {
                Route* route = pool_.at_or_null(owner.possessions.first_route);
                if (!route)
                    return;
                remove_while_writing(*route);
            }
        }
        std::this_thread::yield(); // let others write
    }
}

void Routes::link_own(Entity& owner, Route& route) noexcept
{
    Place& first = owner.possessions.first_route;
    route.owned_previous = 0;
    route.owned_next = first;
    if (first != 0)
        pool_.at(first).owned_previous = route.place;
    first = route.place;
}

void Routes::unlink_own(Route& route) noexcept
{
    if (route.owned_previous != 0)
        pool_.at(route.owned_previous).owned_next = route.owned_next;
    else
        owner(route).possessions.first_route = route.owned_next;
    if (route.owned_next != 0)
        pool_.at(route.owned_next).owned_previous = route.owned_previous;
}

/// Nobody refers to it any more.
void Routes::end(Route& route) noexcept
{
    release_next_hops(route.info);
    if (RouteExtras* more = extras(route))
        extras_.retire(*more);
    Destination& its = destination(route);
    --its.route_objects;
    Entity& its_owner = owner(route);
    pool_.retire(route);
    site_.events.unrefer(its_owner); // who finds the route may look at its owner
    destinations_.end_if_idle(its);
}

} // namespace rtm
