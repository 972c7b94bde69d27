// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "v1/ip_table.h"

#include "protocols.h"

#include <cstring>
#include <thread>

namespace rtm::v1
{

namespace
{

constexpr TableId table_id{0, rtm::Family::ipv4};
constexpr unsigned unicast = 0;                            // number of the view
constexpr std::uint32_t unused_metric = ~std::uint32_t(0); // as in RFC 1354

/// The RTMv2 table while one looks at it, with the lock that this takes.
class TableInUse
{
public:
    explicit TableInUse(Rib& rib) : rib_(rib), table_(rib.find_table(table_id)) {}
    ~TableInUse()
    {
        const bool was_last_look = table_ && table_->has_ended();
        table_.reset();
        if (was_last_look)
            rib_.sections().settle();
    }
    TableInUse(const TableInUse&) = delete;
    TableInUse& operator=(const TableInUse&) = delete;

    explicit operator bool() const noexcept { return table_ != nullptr; }
    Table& operator*() const noexcept { return *table_; }
    Table* operator->() const noexcept { return table_.get(); }

private:
    Rib& rib_;
    std::shared_ptr<Table> table_;
};

/// Has look() look at a destination until it has not been changed meanwhile.
template <class Look> bool at_one_time(const Destination& destination, Look look)
{
    for (unsigned tries = 0;; ++tries) {
        const std::uint32_t version = destination.version.load(std::memory_order_acquire);
        const bool result = look(version);
        std::atomic_thread_fence(std::memory_order_acquire);
        if (version % 2 == 0 && destination.version.load(std::memory_order_relaxed) == version)
            return result;
        if (tries > 64)
            std::this_thread::yield();
    }
}

NextHopInfo next_hop_info(const IpRoute& route) noexcept
{
    NextHopInfo info{};
    info.address.family = family_number(rtm::Family::ipv4);
    info.address.bits = 32;
    std::memcpy(info.address.bytes, &route.next_hop.number, sizeof(route.next_hop.number));
    info.interface_index = route.interface_id;
    return info;
}

RouteInfo contents_of(const IpRoute& route, Handle stored) noexcept
{
    RouteInfo info{};
    info.flags1 = static_cast<std::uint8_t>(route.data.flags);
    info.pref = {route.data.metric, default_preference(route.protocol)};
    info.views = view_unicast;
    info.entity_specific = reinterpret_cast<void*>(stored);
    info.next_hop_count = 1;
    return info;
}

/// The next hop that a client's route leads over, made if need be, while a call needs it; then
/// routes keep it.
class OwnNextHop
{
public:
    OwnNextHop(const Caller& caller, const IpRoute& route) : caller_(caller)
    {
        bool is_new = false;
        status =
            caller.table().next_hops().add(*caller, next_hop_info(route), &handle, is_new, true);
    }
    ~OwnNextHop()
    {
        if (handle != 0)
            caller_.table().references().release(*caller_, Kind::next_hop, {&handle, 1});
    }
    OwnNextHop(const OwnNextHop&) = delete;
    OwnNextHop& operator=(const OwnNextHop&) = delete;

    Status status;
    Handle handle = 0;

private:
    const Caller& caller_;
};

/// What a client says of a route, stored while a call is made; kept if it works.
class Storing
{
public:
    Storing(RouteStore& store, const Caller& caller, const IpRoute& route)
        : store_(store), owner_(Pool<Entity>::place_of(*caller)), handle_(store.add(owner_, route))
    {
    }
    ~Storing()
    {
        if (!is_kept_)
            store_.remove(owner_, handle_);
    }
    Storing(const Storing&) = delete;
    Storing& operator=(const Storing&) = delete;

    Handle handle() const noexcept { return handle_; }
    void keep() noexcept { is_kept_ = true; }

private:
    RouteStore& store_;
    const Place owner_;
    const Handle handle_;
    bool is_kept_ = false;
};

} // namespace

/// A call of a client's that changes the table.
struct IpTable::Call final : Cause {
    Call(IpClient& c, Told t, BestRouteChange<Ip>& ch) noexcept : client(c), told(t), change(ch) {}

    IpClient& client;
    const Told told;
    BestRouteChange<Ip>& change;
};

// ---- coming and going

Status IpTable::join(IpClient& client)
{
    std::lock_guard lock(coming_);
    hold_store();
    Registration registration{};
    registration.table = table_id;
    registration.id = {client.protocol, entity_instance};
    const Status status = rib_.join(registration, [&](Handle made, const Limits&) {
        client.entity = made;
        journal_.add(client.messages);
    });
    if (status != Status::ok)
        release_store();
    return status;
}

Missed IpTable::leave(IpClient& client) noexcept
{
    const Missed missed = journal_.remove(client.messages);
    rib_.leave(client.entity, [](const Entity&) {});
    std::lock_guard lock(coming_);
    release_store();
    return missed;
}

void IpTable::hold_store()
{
    if (clients_ == 0) {
        faults::before_allocation();
        store_.store(new RouteStore(rib_.directory(), rib_.sections(), rib_.host()),
                     std::memory_order_release);
        set_watching(true);
    }
    ++clients_;
}

void IpTable::release_store() noexcept
{
    if (--clients_ != 0)
        return;
    set_watching(false);
    if (TableInUse table(rib_); table)
        table->wait_for_writer(); // it may be watching still
    std::unique_ptr<RouteStore> store(store_.exchange(nullptr, std::memory_order_seq_cst));
    rib_.sections().wait_for_readers();
    store.reset();
    rib_.sections().settle();
}

// ---- watching

void IpTable::changed(const Prefix& prefix, const RouteSight* before, const RouteSight* after,
                      Cause* cause) noexcept
{
    auto* call = static_cast<Call*>(cause);
    if (!call && !journal_.has_readers())
        return;
    IpRoute routes[2];
    if (before)
        routes[0] = route_of(prefix, *before);
    if (after)
        routes[1] = route_of(prefix, *after);
    const BestRouteChange<Ip> change =
        compare<Ip>(before ? &routes[0] : nullptr, after ? &routes[1] : nullptr);
    if (call)
        call->change = change;
    if (change.flags != change_flag::none)
        journal_.post(change,
                      call && call->told == Told::others ? &call->client.messages : nullptr);
}

void IpTable::forget(Place owner, void* entity_specific) noexcept
{
    if (RouteStore* store = store_.load(std::memory_order_acquire))
        store->remove(owner, reinterpret_cast<Handle>(entity_specific));
}

/// A route as RTMv1 shows it: as its client said, or else what there is to say of it.
IpRoute IpTable::route_of(const Prefix& prefix, const RouteSight& sight) const noexcept
{
    const RouteStore* store = store_.load(std::memory_order_acquire);
    const auto handle = reinterpret_cast<Handle>(sight.entity_specific);
    if (const StoredRoute* stored = store ? store->find(sight.owner_place, handle) : nullptr)
        return stored->route;
    IpRoute route{};
    route.time_stamp = sight.changed;
    route.protocol = sight.owner.protocol;
    route.interface_id = sight.interface_index;
    route.network = Ip::network_from(prefix);
    if (sight.has_next_hop) {
        std::memcpy(&route.next_hop.number, sight.next_hop.data(), sizeof(route.next_hop.number));
        route.next_hop.mask = ~std::uint32_t(0);
    }
    route.data.type = sight.has_next_hop ? ip_type::remote : ip_type::local;
    route.data.priority = sight.pref.preference;
    route.data.metric = sight.pref.metric;
    route.data.shown_metrics.fill(unused_metric);
    route.data.shown_metrics[0] = sight.pref.metric;
    route.data.flags = sight.flags1 | ip_route_is_valid;
    return route;
}

// ---- changing

Status IpTable::add(IpClient& client, const IpRoute& wanted, std::uint32_t time_to_live_ms,
                    BestRouteChange<Ip>& change)
{
    const auto prefix = Ip::network_of(wanted.network);
    if (!prefix)
        return Status::invalid_parameter;
    IpRoute route = wanted;
    route.protocol = client.protocol;
    route.network.number = Ip::network_from(*prefix).number;
    route.data.priority = default_preference(client.protocol);
    const std::uint64_t now = rib_.host().wall_clock();
    route.time_stamp = {static_cast<std::uint32_t>(now), static_cast<std::uint32_t>(now >> 32)};
    Call call(client, Told::others, change);
    RouteTerms terms;
    terms.time_to_live = time_to_live_ms;
    terms.cause = &call;
    while (true) {
        Handle locked = 0;
        const Status status = try_add(client, *prefix, route, terms, locked);
        if (status != Status::busy)
            return status;
        rib_.wait_for_lock(client.entity, locked);
    }
}

Status IpTable::try_add(IpClient& client, const Prefix& prefix, const IpRoute& route,
                        const RouteTerms& terms, Handle& locked)
{
    Caller caller(rib_, client.entity);
    RouteStore* store = store_.load(std::memory_order_acquire);
    if (!caller || !store)
        return Status::invalid_handle;
    const OwnNextHop next_hop(caller, route);
    if (next_hop.status != Status::ok)
        return next_hop.status;
    Storing storing(*store, caller, route);
    RouteInfo contents = contents_of(route, storing.handle());
    contents.neighbour = contents.next_hops[0] = next_hop.handle;
    std::uint32_t flags = client.single_route ? route_change::first : 0;
    const Status status =
        caller.table().routes().add(*caller, prefix, contents, terms, flags, nullptr, locked);
    if (status == Status::ok)
        storing.keep();
    return status;
}

Status IpTable::remove(IpClient& client, const IpRoute& which, Told told,
                       BestRouteChange<Ip>& change)
{
    const auto prefix = Ip::network_of(which.network);
    if (!prefix)
        return Status::invalid_parameter;
    Call call(client, told, change);
    while (true) {
        Handle locked = 0;
        const Status status = try_remove(client, *prefix, which, call, locked);
        if (status != Status::busy)
            return status;
        rib_.wait_for_lock(client.entity, locked);
    }
}

Status IpTable::try_remove(IpClient& client, const Prefix& prefix, const IpRoute& which, Call& call,
                           Handle& locked)
{
    Caller caller(rib_, client.entity);
    if (!caller)
        return Status::invalid_handle;
    Route* route = find_own(caller, client, prefix, which);
    if (!route)
        return Status::not_found;
    Routes& routes = caller.table().routes();
    std::uint32_t change = 0;
    const Status status = routes.remove(*caller, *route, false, change, locked, &call);
    routes.release(*route);
    return status;
}

/// The client's route, referred to, or nullptr.
Route* IpTable::find_own(const Caller& caller, const IpClient& client, const Prefix& prefix,
                         const IpRoute& which)
{
    Table& table = caller.table();
    const Destination* destination = table.destinations().tree().find(prefix);
    if (!destination)
        return nullptr;
    RouteCriteria criteria;
    criteria.flags = match::owner;
    criteria.owner = caller->handle;
    if (!client.single_route) {
        NextHop* next_hop = nullptr;
        if (table.next_hops().find_own(*caller, next_hop_info(which), false, next_hop) !=
            Status::ok)
            return nullptr;
        criteria.flags |= match::neighbour;
        criteria.neighbour = next_hop->handle();
    }
    return table.enumerations().find_route(*destination, 0, criteria);
}

// ---- looking

bool IpTable::best_of(Table& table, const Destination& destination, IpRoute& best) const noexcept
{
    const Prefix prefix = destination.prefix(table_id.family);
    return at_one_time(destination, [&](std::uint32_t) {
        const Place place = destination.best[unicast].load(std::memory_order_acquire);
        if (place != 0)
            best = route_of(prefix, table.routes().see(table.routes().at(place)));
        return place != 0;
    });
}

bool IpTable::find_best(const Ip::NetworkKey& network, IpRoute& best)
{
    TableInUse table(rib_);
    if (!table)
        return false;
    ReadSections::Scope scope(rib_.sections());
    const Destination* found =
        table->has_ended() ? nullptr : table->destinations().tree().find(network);
    return found && best_of(*table, *found, best);
}

bool IpTable::find_best_for(const Ip::NetworkKey& address, IpRoute& best)
{
    TableInUse table(rib_);
    if (!table)
        return false;
    ReadSections::Scope scope(rib_.sections());
    return !table->has_ended() && table->destinations().tree().find_longest(
                                      address, address.length, [&](const Destination& found) {
                                          return best_of(*table, found, best);
                                      });
}

unsigned IpTable::count_networks()
{
    TableInUse table(rib_);
    return table ? table->routes().destinations_in(unicast) : 0;
}

/// The next route at one destination. Of several that RTMv1 cannot tell apart the best is shown.
bool IpTable::next_of(Table& table, const Destination& destination, const Walk<Ip>& walk,
                      IpRoute& route) const noexcept
{
    const Prefix prefix = destination.prefix(table_id.family);
    if (walk.criteria.has(only::best_routes))
        return best_of(table, destination, route) && walk.is_ahead(*key_of<Ip>(route));
    return at_one_time(destination, [&](std::uint32_t version) {
        std::optional<Ip::Key> lowest;
        Place place = destination.first_route.load(std::memory_order_acquire);
        // A route that is moved could lead round in a circle.
        while (place != 0 && destination.version.load(std::memory_order_acquire) == version) {
            const Route& found = table.routes().at(place);
            place = found.next.load(std::memory_order_acquire);
            if ((found.views.load(std::memory_order_acquire) & view_unicast) == 0)
                continue;
            const IpRoute shown = route_of(prefix, table.routes().see(found));
            const Ip::Key key = *key_of<Ip>(shown);
            if (!walk.is_ahead(key) || (lowest && key >= *lowest))
                continue;
            lowest = key;
            route = shown;
        }
        return lowest.has_value();
    });
}

bool IpTable::next(Walk<Ip>& walk, IpRoute& route)
{
    TableInUse table(rib_);
    if (!table)
        return false;
    if (!next_in(*table, walk, route))
        return false;
    walk.last = key_of<Ip>(route);
    return true;
}

/// Looks at some destinations at a time, so that no read section lasts long.
bool IpTable::next_in(Table& table, Walk<Ip>& walk, IpRoute& route) const
{
    constexpr unsigned at_a_time = 256;
    const bool one_network = walk.criteria.has(only::this_network);
    Prefix at = walk.last ? walk.last->network : Prefix{};
    if (one_network)
        at = walk.criteria.network;
    bool inclusive = true;
    bool found = false;
    unsigned count;
    do {
        count = 0;
        ReadSections::Scope scope(rib_.sections());
        if (table.has_ended())
            return false;
        table.destinations().tree().walk(at, inclusive, [&](Destination& destination) {
            at = destination.prefix(table_id.family);
            if (one_network && at != walk.criteria.network)
                return false;
            found = next_of(table, destination, walk, route);
            return !found && !one_network && ++count != at_a_time;
        });
        inclusive = false;
    } while (!found && count == at_a_time);
    return found;
}

} // namespace rtm::v1
