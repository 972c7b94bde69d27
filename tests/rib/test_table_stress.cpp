// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Everything at once on one table: routes come, change, expire and go, with their owners too,
// while others look up, walk, lock, and are told. In the end a watcher's mirror is the table.

#include "cmocka_cpp.h"

#include "fake_host.h"
#include "fields.h"

#include <map>
#include <random>

using namespace rtm;

namespace
{

constexpr int rounds = 3000;

struct World {
    Engine engine;
    std::atomic<bool> done{false};
    std::atomic<int> errors{0};

    // What the watcher has been told: the metric of each best route.
    std::mutex mutex;
    std::map<Prefix, std::uint32_t> mirror;

    void expect(bool good) { errors += !good; }
};

Prefix any_prefix(std::mt19937& random)
{
    Prefix host;
    host.length = 32;
    host.bytes[0] = 10;
    for (int i = 1; i < 4; ++i)
        host.bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(random() % 4 * 85);
    return host.shortened(8 + random() % 25);
}

RouteInfo some_route(std::mt19937& random, Handle next_hop)
{
    RouteInfo info{};
    info.neighbour = next_hop;
    info.pref = {static_cast<std::uint32_t>(random() % 8),
                 static_cast<std::uint32_t>(random() % 4 * 10)};
    info.views = 1 + random() % 3;
    info.next_hop_count = 1;
    info.next_hops[0] = next_hop;
    return info;
}

Handle add_next_hop(World& world, Handle me)
{
    Caller caller(world.engine.rib, me);
    NextHopInfo info{};
    info.address = {2, 32, {192, 0, 2, 1}};
    Handle handle = 0;
    bool is_new = false;
    world.expect(caller.table().next_hops().add(*caller, info, &handle, is_new) == Status::ok);
    return handle;
}

void add_route(World& world, Handle me, Handle next_hop, std::mt19937& random)
{
    while (true) {
        Handle locked = 0;
        {
            Caller caller(world.engine.rib, me);
            RouteTerms terms;
            terms.time_to_live = random() % 4 == 0 ? random() % 20 : forever;
            std::uint32_t change = 0;
            const Status status = caller.table().routes().add(*caller, any_prefix(random),
                                                              some_route(random, next_hop), terms,
                                                              change, nullptr, locked);
            world.expect(status == Status::ok || status == Status::busy);
            if (status == Status::ok)
                return;
        }
        world.engine.rib.wait_for_lock(me, locked);
    }
}

void delete_route(World& world, Handle me, std::mt19937& random)
{
    Caller caller(world.engine.rib, me);
    Table& table = caller.table();
    const Destination* found = table.destinations().tree().find(any_prefix(random));
    Route* route = found ? table.enumerations().find_route(*found, 0, {match::owner, me}) : nullptr;
    if (!route)
        return;
    std::uint32_t change = 0;
    Handle locked = 0;
    const Status status = table.routes().remove(*caller, *route, false, change, locked);
    world.expect(status == Status::ok || status == Status::busy || status == Status::not_found);
    table.routes().release(*route);
}

void edit_in_place(World& world, Handle me, std::mt19937& random)
{
    Handle handle = 0;
    Handle destination = 0;
    {
        Caller caller(world.engine.rib, me);
        Table& table = caller.table();
        const Destination* found = table.destinations().tree().find(any_prefix(random));
        Route* route =
            found ? table.enumerations().find_route(*found, 0, {match::owner, me}) : nullptr;
        if (!route)
            return;
        caller->held.add(Kind::route, 1);
        handle = route->handle();
        destination = table.routes().destination(*route).handle();
    }
    if (world.engine.rib.lock(me, destination, true) == Status::ok) {
        Caller caller(world.engine.rib, me);
        Table& table = caller.table();
        Route* route = table.routes().find(handle);
        world.expect(route != nullptr);
        if (route && route->is_live()) {
            const RouteContents before = contents_of(route->info, 4);
            std::atomic_ref(route->info.pref.metric).store(random() % 8);
            std::uint32_t change = 0;
            const Status status =
                table.routes().update_in_place(*caller, *route, {}, before, change);
            // It may expire under the lock.
            world.expect(status == Status::ok || !route->is_live());
        }
        world.expect(table.locks().unlock(destination, *caller, true));
    }
    Caller caller(world.engine.rib, me);
    world.expect(caller.table().references().release(*caller, Kind::route, {&handle, 1}));
}

void hold_some(World& world, Handle me, std::mt19937& random)
{
    Caller caller(world.engine.rib, me);
    Table& table = caller.table();
    if (Destination* found = table.destinations().tree().find(any_prefix(random)))
        table.hold_down().arm(*found, 1 + random() % 3, 1 + random() % 20);
}

void write(World& world, std::uint32_t id, unsigned seed, bool leaves)
{
    std::mt19937 random(seed);
    Handle me = 0;
    Handle next_hop = 0;
    for (int round = 0; round < rounds; ++round) {
        if (me == 0) {
            me = *join(world.engine.rib, client(id, random() % 2 ? some_callback : nullptr));
            next_hop = add_next_hop(world, me);
        }
        switch (random() % 8) {
        case 0:
        case 1:
            delete_route(world, me, random);
            break;
        case 2:
            edit_in_place(world, me, random);
            break;
        case 3:
            hold_some(world, me, random);
            break;
        default:
            add_route(world, me, next_hop, random);
        }
        if (leaves && random() % 64 == 0) {
            world.expect(leave(world.engine.rib, me));
            me = 0;
        }
    }
    if (me != 0)
        leave(world.engine.rib, me);
}

/// Everything that is reported can be given back, and holds together.
void report_and_release(World& world, const Caller& caller, Destination& destination)
{
    alignas(DestInfo) std::byte dest_buffer[sizeof(DestInfo) + sizeof(ViewInfo)];
    auto& report = reinterpret_cast<DestInfo&>(dest_buffer);
    Reports& reports = caller.table().reports();
    reports.describe(*caller, destination, {best_protocol, views_supported}, report);
    for (unsigned view = 0; view < view_count; ++view) {
        const ViewInfo& its = report.view[view];
        world.expect((its.route != 0) == (its.routes != 0));
        Route* route = its.route != 0 ? caller.find_route(its.route) : nullptr;
        world.expect(its.route == 0 || route);
        if (!route)
            continue;
        alignas(RouteInfo) std::byte route_buffer[sizeof(RouteInfo) + 4 * sizeof(Handle)];
        auto& told = reinterpret_cast<RouteInfo&>(route_buffer);
        reports.describe(*caller, *route, &told, nullptr);
        world.expect(told.destination == report.destination);
        world.expect(told.next_hop_count <= 1);
        world.expect(reports.release(*caller, told));
    }
    world.expect(reports.release(*caller, &report, 1, sizeof(dest_buffer)));
}

void look_up(World& world, Handle me, unsigned seed)
{
    std::mt19937 random(seed);
    while (!world.done) {
        Caller caller(world.engine.rib, me);
        Prefix host = any_prefix(random);
        Destination* found = caller.table().destinations().tree().find_longest(
            host, host.length, [](const Destination& d) { return d.belongs_to() != 0; });
        if (found && found->references.try_add()) {
            world.expect(found->covers(host));
            report_and_release(world, caller, *found);
        }
    }
}

void walk(World& world, Handle me)
{
    while (!world.done) {
        Caller caller(world.engine.rib, me);
        Enumerations& enumerations = caller.table().enumerations();
        Handle handle = 0;
        world.expect(enumerations.begin_destinations(*caller, {}, handle) == Status::ok);
        Enumeration& enumeration = *world.engine.rib.find_enumeration(handle);
        Prefix last;
        bool is_first = true;
        std::array<Destination*, 16> some;
        while (std::size_t got = enumerations.next(enumeration, some)) {
            for (std::size_t i = 0; i < got; ++i) {
                const Prefix prefix = some[i]->prefix(Family::ipv4);
                world.expect(is_first || last < prefix);
                is_first = false;
                last = prefix;
                report_and_release(world, caller, *some[i]);
            }
        }
        world.expect(enumerations.end(enumeration));
        world.expect(enumerations.begin_routes(*caller, nullptr, {}, handle) == Status::ok);
        Enumeration& of_routes = *world.engine.rib.find_enumeration(handle);
        std::array<Route*, 16> routes;
        while (std::size_t got = enumerations.next(of_routes, std::span<Route*>(routes)))
            for (std::size_t i = 0; i < got; ++i)
                caller.table().routes().release(*routes[i]);
        world.expect(enumerations.end(of_routes));
    }
}

std::uint32_t best_metric(const Caller& caller, const Destination& destination)
{
    const Place best = destination.best[0].load();
    return best != 0 ? read_field(caller.table().routes().at(best).info.pref.metric) + 1 : 0;
}

void drain(World& world, Handle watcher, Handle notification)
{
    Caller caller(world.engine.rib, watcher);
    Notification* its = caller.find_notification(world.engine.rib, notification);
    std::array<Destination*, 8> some;
    while (std::size_t got = caller.table().changes().fetch(*its, some)) {
        std::lock_guard lock(world.mutex);
        for (std::size_t i = 0; i < got; ++i) {
            if (std::uint32_t metric = best_metric(caller, *some[i]))
                world.mirror[some[i]->prefix(Family::ipv4)] = metric;
            else
                world.mirror.erase(some[i]->prefix(Family::ipv4));
            some[i]->references.reserve();
            caller.table().destinations().after_release(*some[i]);
        }
    }
}

void check_mirror(World& world, Handle watcher)
{
    Caller caller(world.engine.rib, watcher);
    std::map<Prefix, std::uint32_t> table;
    caller.table().destinations().tree().walk(Prefix{}, true, [&](Destination& destination) {
        if (std::uint32_t metric = best_metric(caller, destination))
            table[destination.prefix(Family::ipv4)] = metric;
        return true;
    });
    assert_true(table == world.mirror);
}

void all_at_once(void**)
{
    World world;
    Rib& rib = world.engine.rib;
    std::mt19937 chance(7);
    std::atomic<unsigned> asked{0};
    world.engine.host.on_expired = [&](Entity& owner, Handle route, RouteInfo&) {
        if (++asked % 3 != 0)
            return true;
        // Kept without a timer; the reference is given back.
        Caller caller(rib, owner.handle);
        world.expect(caller.table().references().release(*caller, Kind::route, {&route, 1}));
        return false;
    };
    const Handle watcher = *join(rib, client(100, some_callback));
    Handle notification = 0;
    {
        Caller caller(rib, watcher);
        assert_true(caller.table().changes().watch(*caller, view_unicast, change_type::best,
                                                   nullptr, notification) == Status::ok);
    }
    world.engine.host.on_changes = [&](Entity&, Handle told, void*) {
        drain(world, watcher, told);
    };
    std::vector<std::thread> writers;
    writers.emplace_back([&] { write(world, 1, 11, false); });
    writers.emplace_back([&] { write(world, 2, 12, false); });
    writers.emplace_back([&] { write(world, 3, 13, true); });
    std::vector<std::thread> others;
    others.emplace_back([&] { look_up(world, watcher, 21); });
    others.emplace_back([&] { walk(world, watcher); });
    others.emplace_back([&] {
        while (!world.done)
            world.engine.host.advance(1);
    });
    for (std::thread& writer : writers)
        writer.join();
    world.done = true;
    for (std::thread& other : others)
        other.join();
    world.engine.host.advance(1000);
    world.engine.host.advance(1000);
    drain(world, watcher, notification);
    assert_int_equal(world.errors, 0);
    check_mirror(world, watcher);
    assert_true(world.mirror.empty()); // all owners have left
    {
        Caller caller(rib, watcher);
        bool any = false;
        caller.table().destinations().tree().walk(Prefix{}, true, [&](Destination&) {
            any = true;
            return false;
        });
        assert_false(any); // nor is a destination kept by anything
    }
    leave(rib, watcher);
}

} // namespace

int main()
{
    const CMUnitTest tests[] = {cmocka_unit_test(all_at_once)};
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
