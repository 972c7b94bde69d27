// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// When memory or resources run out, a call says so and has changed nothing.

#include "world.h"

using namespace rtm;
using namespace rtm::mgm;

namespace
{

const Flow g = flow("239.1.1.1");
const Flow sg = flow("239.1.1.1", "10.0.0.1");

/// Runs call() with the first allocation failing, then the second, and so on, until it works.
/// Returns how often it failed.
template <class Call> unsigned fail_each(Call call)
{
    for (unsigned nth = 1;; ++nth) {
        faults::fail_allocation(nth);
        Status status = Status::not_enough_memory;
        try {
            status = call();
        } catch (const std::bad_alloc&) {
        }
        faults::fail_allocation(0);
        if (status == Status::ok)
            return nth - 1;
        assert_true(status == Status::not_enough_memory);
    }
}

/// pim and dvmrp with two interfaces each, the latter's joined, and IGMP on all.
struct Router : World {
    Router()
    {
        for (std::uint32_t iface = 1; iface < 5; ++iface) {
            manager.take(iface < 3 ? pim : dvmrp, {iface, 0});
            manager.take(igmp, {iface, 0});
        }
        route("10.0.0.0", 8, 1, "192.0.2.1");
        manager.add(dvmrp, g, {3, 0}, membership);
        take_log();
    }
    ~Router()
    {
        for (Handle protocol : {pim, dvmrp, igmp}) {
            for (std::uint32_t iface = 1; iface < 5; ++iface)
                manager.release(protocol, {iface, 0});
            leave(protocol);
        }
    }

    Handle pim = join("pim", 101);
    Handle dvmrp = join("dvmrp", 102);
    Handle igmp = join_igmp("igmp");
};

void joining(void**)
{
    World world;
    Handle witness = *rtm::join(world.rib, client(9));
    const unsigned before = count_entities(world.rib, witness);
    Handle handle = 0;
    const auto join = [&] {
        assert_int_equal(count_entities(world.rib, witness), before);
        return world.manager.join({101, 0}, {}, handle);
    };
    assert_true(fail_each(join) > 5);
    assert_true(world.leave(handle) == Status::ok);
    faults::fail_resource(1);
    assert_true(world.manager.join({101, 0}, {}, handle) == Status::no_system_resources);
    faults::fail_resource(0);
    assert_int_equal(count_entities(world.rib, witness), before);
    rtm::leave(world.rib, witness);
}

void taking(void**)
{
    Router router;
    assert_true(fail_each([&] {
                    assert_false(router.manager.owner_of({9, 0}).has_value());
                    return router.manager.take(router.pim, {9, 0});
                }) > 0);
    assert_true(router.manager.release(router.pim, {9, 0}) == Status::ok);
}

void memberships(void**)
{
    Router router;
    assert_true(fail_each([&] {
                    router.assert_log({});
                    return router.manager.add(router.pim, g, {1, 0}, membership);
                }) > 0);
    router.assert_log({"dvmrp: join (*, 239.1.1.1)"});
    assert_true(fail_each([&] {
                    router.assert_log({});
                    return router.manager.remove(router.pim, g, {1, 0}, membership);
                }) > 0);
    router.assert_log({"dvmrp: prune (*, 239.1.1.1) if1"});
    Handle walk = 0;
    assert_true(fail_each([&] {
                    return router.manager.begin_walk(router.pim, WalkType::flows, walk);
                }) > 0);
}

void entries(void**)
{
    Router router;
    router.on_outgoing = [](std::span<OutgoingChoice> choices) { choices[0].is_enabled = false; };
    for (unsigned nth = 1; !router.has_entry(sg); ++nth) {
        faults::fail_allocation(nth);
        try {
            router.receive(sg, 1);
        } catch (const std::bad_alloc&) {
        }
        faults::fail_allocation(0);
    }
    assert_true(router.outgoing(sg).empty());
    router.take_log();
    assert_true(fail_each([&] {
                    router.assert_log({});
                    assert_true(router.outgoing(sg).empty());
                    return router.manager.add(router.dvmrp, g, {4, 0}, forwarding);
                }) > 0);
    router.assert_log({"pim: join (10.0.0.1, 239.1.1.1) entry"});
    assert_int_equal(router.outgoing(sg).size(), 1);
    EntryReport report;
    assert_true(fail_each([&] {
                    EntryReport fresh;
                    return router.manager.report(sg, true, fresh) ? Status::ok : Status::not_found;
                }) > 0);
}

/// What could not be told is still joined, and so is the interface its owner's.
void releasing(void**)
{
    Router router;
    for (int i = 1; i < 5; ++i)
        router.manager.add(router.pim, flow("239.2.0." + std::to_string(i)), {1, 0}, membership);
    router.take_log();
    const unsigned failures = fail_each([&] {
        assert_int_equal(router.manager.owner_of({1, 0})->protocol, 101);
        return router.manager.release(router.pim, {1, 0});
    });
    assert_true(failures > 0);
    int prunes = 0;
    int disables = 0;
    int enables = 0;
    for (const std::string& line : router.take_log()) {
        prunes += line.starts_with("dvmrp: prune");
        disables += line == "igmp: disable if1";
        enables += line == "igmp: enable if1";
    }
    assert_int_equal(prunes, 4);
    assert_int_equal(disables, failures + 1);
    assert_int_equal(enables, failures + 1);
}

} // namespace

int main()
{
    const CMUnitTest tests[] = {
        cmocka_unit_test(joining), cmocka_unit_test(taking),    cmocka_unit_test(memberships),
        cmocka_unit_test(entries), cmocka_unit_test(releasing),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
